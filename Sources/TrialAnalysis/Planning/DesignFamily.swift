import TrialDesign

/// A kind of scheme of which a shorter and a longer design can be made.
struct DesignFamily: Hashable, Sendable {
  private enum Kind: Hashable {
    /// Blocks of so many slots of each arm.
    case blocks(each: Int)
    /// Two large blocks.
    case halves
    case complete
    case longestRun(Int)
    /// Sets of periods, the first slots of each left out.
    case periods(length: Int, drop: Int)
  }

  /// The name in tables.
  let name: String
  /// Every design has a multiple of so many slots.
  let step: Int
  private let kind: Kind
  private let arms: Int

  private init(_ name: String, _ kind: Kind, arms: Int, step: Int) {
    self.name = name
    self.kind = kind
    self.arms = arms
    self.step = step
  }

  /// The kinds that are compared for a plan.
  ///
  /// - Parameter carryOver: the share of the effect that is left in the slot after; periods with a
  ///   washout down to a tenth of it are compared too where there is some.
  static func all(arms: Int, plan: AnalysisPlan, carryOver: Double) -> [DesignFamily] {
    func blocks(_ each: Int) -> DesignFamily {
      let size = each * arms
      let name = size == 2 ? "pairs" : "blocks of \(size)"
      return DesignFamily(name, .blocks(each: each), arms: arms, step: size)
    }
    var periods: [DesignFamily] = []
    if carryOver > 0 {
      var (drop, left) = (1, carryOver)
      while left > 0.1, drop < 14 {
        left *= carryOver
        drop += 1
      }
      let length = 2 * drop + 1
      periods = [
        DesignFamily(
          "periods of \(length), \(drop) left out", .periods(length: length, drop: drop),
          arms: arms, step: arms * length)
      ]
    }
    if plan.statistic == .signedRank { return [blocks(1)] + (arms == 2 ? periods : []) }
    return [blocks(1), blocks(2), blocks(4)] + [
      DesignFamily("two large blocks", .halves, arms: arms, step: 2 * arms),
      DesignFamily("longest run 3", .longestRun(3), arms: arms, step: arms),
      DesignFamily("complete", .complete, arms: arms, step: arms),
    ] + periods
  }

  /// The design with so many steps.
  func scheme(_ steps: Int) -> RandomizationScheme {
    let each = steps * step / arms
    let counts = Array(repeating: each, count: arms)
    switch kind {
    case .blocks(1) where arms == 2: return .pairs(RandomizedPairs(count: steps))
    case .blocks(let each):
      return .blocks(
        PermutedBlocks(
          counts: Array(repeating: Array(repeating: each, count: arms), count: steps)))
    case .halves:
      let half = Array(repeating: steps, count: arms)
      return .blocks(PermutedBlocks(counts: [half, half]))
    case .complete: return .complete(CompleteRandomization(counts: counts))
    case .longestRun(let run):
      return .alternation(RestrictedAlternation(counts: counts, longestRun: run))
    case .periods(let length, let drop):
      return .periods(RandomizedPeriods(sets: steps, arms: arms, length: length, drop: drop))
    }
  }
}
