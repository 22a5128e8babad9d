import TrialStatistics

/// Looks after every block: how often one stops without an effect, and what stopping early costs.
extension Calibration {
  static func monitoring(trials: Int) throws {
    head(
      [
        "design", "φ", "E ever 20, no effect", "exact test after every block, no effect",
        "E ever 20 at 1 SD", "exact test at the end, 1 SD", "slots until the stop, 1 SD",
      ], "Optional stopping at 5 %, a look after every block:")
    for size in [2, 4] {
      let blocks = 28 / size
      let design = size == 2 ? Design.pairs(blocks) : Design.blocks(size, blocks)
      let parts = (1...blocks).map { size == 2 ? Design.pairs($0) : Design.blocks(size, $0) }
      for phi in phis {
        var noise = Noise(seed: 31)
        var (stops, peeks, found, fixed, slots) = (0, 0, 0, 0, 0)
        for _ in 0..<trials {
          let outcome = noise.series(design.slots, phi: phi)
          let arms = design.drawn(&noise)
          if try firstStop(design, outcome, arms) != nil { stops += 1 }
          let everRejected = parts.contains { part in
            Analysis.plain.verdict(
              part, Array(outcome.prefix(part.slots)), Array(arms.prefix(part.slots)), effect: 0
            ).rejects
          }
          if everRejected { peeks += 1 }
          let shifted = outcome.indices.map { outcome[$0] + Double(arms[$0]) }
          let stop = try firstStop(design, shifted, arms)
          if stop != nil { found += 1 }
          slots += stop ?? design.slots
          if Analysis.plain.verdict(design, shifted, arms, effect: 1).rejects { fixed += 1 }
        }
        line(
          [design.name, "\(phi)"] + [stops, peeks, found, fixed].map { rate($0, trials) }
            + [text(Double(slots) / Double(trials), 1) + " of \(design.slots)"])
      }
    }
  }

  /// The slots after which the process first reaches 20; `nil` where it never does.
  private static func firstStop(
    _ design: Design, _ outcome: [Double], _ arms: [Int]
  ) throws -> Int? {
    let path = try BlockEProcess(
      outcome: outcome, observed: arms, reference: design.reference, blocks: design.blocks,
      tilts: BlockEProcess.tilts(sd: 1)
    ).path()
    return path.firstIndex { $0 >= 20 }.map { design.blocks[$0].upperBound }
  }
}
