extension Calibration {
  /// Every assignment of small sets once as the real one: no Monte-Carlo error.
  static func exactSize() {
    var sizes: [[String]] = []
    var coverages: [[String]] = []
    var noise = Noise(seed: 1)
    for design in Design.small {
      let series = (0..<12).map { noise.ratings(design.slots, phi: phis[$0 % 4]) }
      var size = [Double](repeating: 0, count: Analysis.all.count)
      var coverage = [Double](repeating: 1, count: Analysis.all.count)
      for (index, analysis) in Analysis.all.enumerated() {
        for outcome in series {
          let (rejected, covered) = shares(design, outcome, effect: 2, analysis)
          size[index] = max(size[index], rejected)
          coverage[index] = min(coverage[index], covered)
        }
      }
      let start = [design.name, "\(design.assignments.count)"]
      sizes.append(start + size.map(percent))
      coverages.append(start + coverage.map(percent))
    }
    let names = ["set", "assignments"] + Analysis.all.map(\.name)
    head(names, "Largest share of p ≤ 0.05 without an effect:")
    for cells in sizes { line(cells) }
    head(names, "Least coverage at 95 %:")
    for cells in coverages { line(cells) }
  }

  /// The shares of assignments that reject no effect where there is none, and whose interval holds
  /// the effect where there is one.
  private static func shares(
    _ design: Design, _ outcome: [Double], effect: Double, _ analysis: Analysis
  ) -> (rejected: Double, covered: Double) {
    var (rejected, covered) = (0, 0)
    for arms in design.assignments {
      if analysis.verdict(design, outcome, arms, effect: 0).rejects { rejected += 1 }
      let shifted = outcome.indices.map { outcome[$0] + effect * Double(arms[$0]) }
      if analysis.verdict(design, shifted, arms, effect: effect).covers { covered += 1 }
    }
    let all = Double(design.assignments.count)
    return (Double(rejected) / all, Double(covered) / all)
  }

  /// Trials with AR(1) noise: size, power at half a standard deviation, and coverage.
  static func simulatedSize(trials: Int) {
    head([
      "design", "φ", "analysis", "size at 5 %", "power at 0.5 SD", "coverage at 95 %",
    ])
    let long = [Design.pairs(14), .blocks(4, 7)].map { ($0, [Analysis.plain, .estimated], trials) }
    // The others are listed assignment by assignment.
    let rest = Analysis.all.filter { !["plain", "φ = 0.5", "φ estimated"].contains($0.name) }
    let short = [Design.pairs(10), .blocks(4, 4)].map { ($0, rest, trials / 2) }
    for (design, analyses, trials) in long + short {
      for phi in phis {
        for analysis in analyses {
          var noise = Noise(seed: 7)
          var (size, power, coverage) = (0, 0, 0)
          for _ in 0..<trials {
            let outcome = noise.series(design.slots, phi: phi)
            let arms = design.drawn(&noise)
            if analysis.verdict(design, outcome, arms, effect: 0).rejects { size += 1 }
            let shifted = outcome.indices.map { outcome[$0] + 0.5 * Double(arms[$0]) }
            let verdict = analysis.verdict(design, shifted, arms, effect: 0.5)
            if verdict.rejects { power += 1 }
            if verdict.covers { coverage += 1 }
          }
          line([
            design.name, "\(phi)", analysis.name, rate(size, trials), rate(power, trials),
            rate(coverage, trials),
          ])
        }
      }
    }
  }
}
