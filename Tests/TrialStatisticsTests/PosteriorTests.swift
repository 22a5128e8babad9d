import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Bayesian effect with AR(1) noise")
struct PosteriorTests {
  private struct Expected: Decodable {
    let expected: [String: [String: [String: String]]]
  }

  @Test("every series of the reference, with and without trend, to 1e-8")
  func reference() throws {
    guard let file = SharedFiles.url("reference/statistics/expected/bayes_ar1_grid.json") else {
      print("skipped: ../shared is not here")
      return
    }
    let cases = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file)).expected
    #expect(cases.count == 10)
    for (name, models) in cases {
      guard let wanted = models["flatEffect_uniformPhi"] else { continue }
      let trend = name.hasSuffix(" trend")
      let series = trend ? String(name.dropLast(6)) : name
      let (day, active, outcome) = try read(series)
      let result = try AR1Posterior(outcome: outcome, active: active, day: day, trend: trend)
      let found: [String: Double] = [
        "mean": result.mean, "sd": result.sd, "median": result.median, "q025": result.lower,
        "q975": result.upper, "q05": result.quantile(0.05), "q95": result.quantile(0.95),
        "pGreater0": result.probabilityPositive, "phiMean": result.phiMean,
        "phiSD": result.phiSD, "sigmaMean": result.sigmaMean, "logMarginal": result.logMarginal,
        "pInROPE": result.probability(within: Double(wanted["ropeHalfWidth"] ?? "") ?? .nan),
      ]
      for (key, value) in found {
        let expected = Double(wanted[key] ?? "") ?? .nan
        #expect(abs(value - expected) < 1e-8, "\(name) \(key): \(value), not \(expected)")
      }
    }
  }

  private func read(_ series: String) throws -> ([Double], [Int], [Double?]) {
    let url = SharedFiles.url("reference/statistics/inputs/series_\(series).csv")
    let text = try String(contentsOf: #require(url), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    return (
      rows.map { Double($0[0]) ?? .nan }, rows.map { Int($0[1]) ?? -1 }, rows.map { Double($0[2]) }
    )
  }

  @Test("a gap of any length is one step", arguments: [-0.9, 0.3, 0.999])
  func gaps(phi: Double) {
    for gap in [1, 2, 64, 65, 200] {
      let terms = (0..<gap).reduce(0.0) { $0 + pow(phi, 2 * Double($1)) }
      let step = AR1Fit.step(phi, gap)
      #expect(abs(step.variance - terms) < 1e-11 * terms)
      #expect(abs(step.power - pow(phi, Double(gap))) < 1e-13)
    }
    #expect(abs(AR1Fit.step(phi, 900_000_000).variance * (1 - phi * phi) - 1) < 1e-9)
  }

  @Test("the t distribution against closed forms", arguments: [-40.0, -3, -0.5, 0, 0.1, 2, 7, 90])
  func studentT(t: Double) throws {
    let cauchy = 0.5 + atan(t) / .pi
    #expect(abs(try StudentDistribution(degrees: 1).probability(below: t) - cauchy) < 1e-13)
    let two = 0.5 + t / (2 * (2 + t * t).squareRoot())
    #expect(abs(try StudentDistribution(degrees: 2).probability(below: t) - two) < 1e-13)
    let angle = atan(t / 3.0.squareRoot())
    let three = 0.5 + (angle + sin(angle) * cos(angle)) / .pi
    #expect(abs(try StudentDistribution(degrees: 3).probability(below: t) - three) < 1e-13)
  }

  @Test("the logarithm of the gamma function at integers and halves")
  func logGamma() {
    var factorial = 0.0
    var half = 0.5 * log(Double.pi)
    for n in 1...40 {
      let x = Double(n)
      let bound = 1e-14 * max(1, factorial)
      #expect(abs(SpecialFunctions.logGamma(x) - factorial) < 2 * bound, "\(n)")
      #expect(abs(SpecialFunctions.logGamma(x - 0.5) - half) < 2e-14 * max(1, abs(half)), "\(n)")
      factorial += log(x)
      half += log(x - 0.5)
    }
  }

  @Test("quadrature is exact for polynomials")
  func quadrature() {
    let rule = GaussLegendre(7)
    for power in 0...13 {
      let sum = zip(rule.nodes, rule.weights).reduce(0) { $0 + pow($1.0, Double(power)) * $1.1 }
      #expect(abs(sum - (power % 2 == 0 ? 2 / Double(power + 1) : 0)) < 1e-14)
    }
  }

  @Test("bad series are refused")
  func refusals() throws {
    let arms = [0, 1, 0, 1, 0, 1]
    #expect(throws: StatisticsError.noVariation) {
      try AR1Posterior(outcome: [3, 3, 3, 3, 3, 3], active: arms)
    }
    #expect(throws: StatisticsError.allMissing) {
      try AR1Posterior(outcome: [nil, nil, nil, nil, nil, nil], active: arms)
    }
    #expect(throws: StatisticsError.armUnobserved(active: true)) {
      try AR1Posterior(outcome: [1, nil, 2, nil, 3, nil], active: arms)
    }
    #expect(throws: StatisticsError.notFinite(slot: 2)) {
      try AR1Posterior(outcome: [1, .infinity, 2, 1, 3, 2], active: arms)
    }
    #expect(throws: StatisticsError.tooFewSlots(found: 4, needed: 5)) {
      try AR1Posterior(outcome: [1, 4, nil, 1, nil, 2], active: arms)
    }
    #expect(throws: StatisticsError.daysNotAscending(slot: 3)) {
      try AR1Posterior(outcome: [1, 4, 3, 1, 7, 2], active: arms, day: [1, 2, 2, 4, 5, 6])
    }
    #expect(throws: StatisticsError.lengthsDiffer(name: "days", found: 1, expected: 6)) {
      try AR1Posterior(outcome: [1, 4, 3, 1, 7, 2], active: arms, day: [1])
    }
  }
}
