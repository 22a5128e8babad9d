import Foundation
import TrialStatistics

/// Does what is promised hold? Prints the tables of Documentation/Design/statistics.md.
///
/// An argument multiplies the number of simulated trials; 1 takes some minutes.
@main
struct Calibration {
  static func main() throws {
    let factor = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 1
    try exactSize()
    try simulatedSize(trials: Int(2_000 * factor))
    try posterior(trials: Int(4_000 * factor))
  }

  /// Every assignment of small sets once as the real one: no Monte-Carlo error.
  static func exactSize() throws {
    print("| | | largest share of p ≤ 0.05 | | | least coverage at 95 % | | |")
    print("|---|---|---|---|---|---|---|---|")
    print("| set | assignments | plain | φ = 0.5 | φ estimated | plain | φ = 0.5 | φ estimated |")
    var noise = Noise(seed: 1)
    for design in Design.small {
      var sizes: [String] = []
      var coverages: [String] = []
      for whitening in [Whitening.none, .fixed(0.5), .estimated] {
        var size = 0.0
        var coverage = 1.0
        for series in 0..<12 {
          let phi = [0, 0.3, 0.6, 0.8][series % 4]
          let outcome = noise.ratings(design.slots, phi: phi)
          let (rejected, covered) = try shares(design, outcome, effect: 2, whitening)
          size = max(size, rejected)
          coverage = min(coverage, covered)
        }
        sizes.append(percent(size))
        coverages.append(percent(coverage))
      }
      let cells = [design.name, "\(design.assignments.count)"] + sizes + coverages
      print("| " + cells.joined(separator: " | ") + " |")
    }
  }

  /// The shares of assignments that reject no effect where there is none, and whose interval holds
  /// the effect where there is one.
  private static func shares(
    _ design: Design, _ outcome: [Double], effect: Double, _ whitening: Whitening
  ) throws -> (rejected: Double, covered: Double) {
    var (rejected, covered) = (0, 0)
    for arms in design.assignments {
      let null = try design.test(outcome, arms, whitening)
      if null.pDoubled <= 0.05 { rejected += 1 }
      let shifted = outcome.indices.map { outcome[$0] + effect * Double(arms[$0]) }
      if holds(try design.test(shifted, arms, whitening).interval, effect) { covered += 1 }
    }
    let all = Double(design.assignments.count)
    return (Double(rejected) / all, Double(covered) / all)
  }

  /// Trials with AR(1) noise: size, power at half a standard deviation, and coverage.
  static func simulatedSize(trials: Int) throws {
    print("\n| design | φ | statistic | size at 5 % | power at 0.5 SD | coverage at 95 % |")
    print("|---|---|---|---|---|---|")
    for design in [Design.pairs(14), Design.blocks(4, 7)] {
      for phi in [0, 0.3, 0.6, 0.8] {
        for whitening in [Whitening.none, .estimated] {
          var noise = Noise(seed: 7)
          var (size, power, coverage) = (0, 0, 0)
          for _ in 0..<trials {
            let outcome = noise.series(design.slots, phi: phi)
            let arms = design.drawn(&noise)
            if try design.test(outcome, arms, whitening).pDoubled <= 0.05 { size += 1 }
            let shifted = outcome.indices.map { outcome[$0] + 0.5 * Double(arms[$0]) }
            let result = try design.test(shifted, arms, whitening)
            if result.pDoubled <= 0.05 { power += 1 }
            if holds(result.interval, 0.5) { coverage += 1 }
          }
          let statistic = whitening == .none ? "plain" : "φ estimated"
          print(
            "| \(design.name) | \(phi) | \(statistic) | \(rate(size, trials)) |",
            "\(rate(power, trials)) | \(rate(coverage, trials)) |")
        }
      }
    }
  }

  /// The posterior probability below the true effect, which must be uniform.
  ///
  /// φ is drawn from its prior. The priors of coefficients and scale are flat under shifts and
  /// scalings of the outcome, so any fixed values of them serve.
  static func posterior(trials: Int) throws {
    print(
      "\n| model | trials | Kolmogorov distance | its 5 % limit | χ² of 20 classes, 19 degrees |")
    print("|---|---|---|---|---|")
    for trend in [false, true] {
      var noise = Noise(seed: 11)
      let design = Design.blocks(4, 7)
      var places: [Double] = []
      for _ in 0..<trials {
        let phi = 2 * noise.uniform() - 1
        let arms = design.drawn(&noise)
        let series = noise.series(design.slots, phi: phi)
        let outcome = series.indices.map { series[$0] + 0.7 * Double(arms[$0]) }
        let posterior = try AR1Posterior(outcome: outcome, active: arms, trend: trend)
        places.append(1 - posterior.probability(above: 0.7))
      }
      places.sort()
      var distance = 0.0
      var classes = [Double](repeating: 0, count: 20)
      let all = Double(trials)
      for (rank, place) in places.enumerated() {
        distance = max(distance, Double(rank + 1) / all - place, place - Double(rank) / all)
        classes[min(19, Int(place * 20))] += 1
      }
      let expected = all / 20
      let square = classes.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
      print(
        "| AR(1)\(trend ? " with trend" : "") | \(trials) | \(text(distance, 4)) |",
        "\(text(1.358 / all.squareRoot(), 4)) | \(text(square, 1)) |")
    }
  }

  private static func holds(_ interval: Interval, _ effect: Double) -> Bool {
    (interval.lower ?? -.infinity) <= effect + 1e-9
      && effect - 1e-9 <= (interval.upper ?? .infinity)
  }

  /// A share with its Monte-Carlo standard error.
  private static func rate(_ count: Int, _ trials: Int) -> String {
    let share = Double(count) / Double(trials)
    return percent(share) + " ± "
      + text(100 * (share * (1 - share) / Double(trials)).squareRoot(), 1)
  }

  private static func percent(_ share: Double) -> String { text(100 * share, 1) + " %" }

  private static func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
