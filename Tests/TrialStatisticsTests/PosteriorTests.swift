import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Bayesian effect with AR(1) noise")
struct PosteriorTests {
  private struct Expected: Decodable {
    let expected: [String: [String: [String: String]]]
  }

  @Test("every series and prior of the reference, with and without trend, to 1e-8")
  func reference() throws {
    guard let file = SharedFiles.url("reference/statistics/expected/bayes_ar1_grid.json") else {
      print("skipped: ../shared is not here")
      return
    }
    let cases = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file)).expected
    let priors = [
      "flatEffect_uniformPhi": AR1Priors(),
      "flatEffect_referencePhi": AR1Priors(autocorrelation: .reference),
      "normal0_0.5_uniformPhi": AR1Priors(effect: .normal(sd: 0.5)),
      "normal0_2.0_uniformPhi": AR1Priors(effect: .normal(sd: 2)),
    ]
    #expect(cases.count == 10)
    for (name, models) in cases {
      #expect(models.count == 4)
      let trend = name.hasSuffix(" trend")
      let series = trend ? String(name.dropLast(6)) : name
      let (day, active, outcome) = try read(series)
      for (model, wanted) in models {
        let result = try AR1Posterior(
          outcome: outcome, active: active, day: day, trend: trend,
          priors: #require(priors[model]))
        let found: [String: Double?] = [
          "mean": result.mean, "sd": result.sd, "median": result.median, "q025": result.lower,
          "q975": result.upper, "q05": result.quantile(0.05), "q95": result.quantile(0.95),
          "pGreater0": result.probabilityPositive, "phiMean": result.phiMean,
          "phiSD": result.phiSD, "sigmaMean": result.sigmaMean, "logMarginal": result.logMarginal,
          "pInROPE": result.probability(within: Double(wanted["ropeHalfWidth"] ?? "") ?? .nan),
          "BF01_pointNull": result.bayesFactor.map { 1 / $0 },
        ]
        for (key, text) in wanted {
          guard let value = found[key] else { continue }
          let expected = try #require(Double(text))
          let difference = abs((value ?? .nan) - expected)
          #expect(difference < 1e-8 * max(1, abs(expected)), "\(name) \(model) \(key)")
        }
      }
    }
  }

  @Test("long sampling of the same model, within five of its errors")
  func sampled() throws {
    guard let file = try PeerValues("reference/statistics/expected/bayes_ar1_mcmc.json")?.expected
    else { return }
    let priors = [
      "JAGS flat": AR1Priors(), "JAGS normal0_2": AR1Priors(effect: .normal(sd: 2)),
    ]
    var compared = 0
    for series in file.names {
      let (day, active, outcome) = try read(series)
      for (model, prior) in priors where !file[series][model].isMissing {
        let result = try AR1Posterior(outcome: outcome, active: active, day: day, priors: prior)
        for (name, value) in [
          ("d", result.mean), ("phi", result.phiMean), ("sigma", result.sigmaMean),
        ] {
          let wanted = file[series][model][name]
          let allowed = 5 * wanted.mcse.number
          #expect(abs(value - wanted.mean.number) < allowed, "\(series) \(model) \(name)")
          compared += 1
        }
      }
    }
    #expect(compared >= 12)
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

  /// Scaled by a power of two nothing is rounded differently, so the nodes are the same ones; here the
  /// effect is 0 but for rounding, whose size is that of the unit.
  @Test("the nodes do not depend on the unit of the outcome", arguments: [-160, 0, 160])
  func units(exponent: Int) throws {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let outcome: [Double?] = [1, -1, 1, 1e-30, 0, 1].map { $0 * unit }
    let series = try AR1Series(
      outcome: outcome, active: [0, 1, 1, 0, 0, 1], day: nil, trend: false, covariates: [])
    let model = try AR1Model(series, prior: .uniform)
    #expect(model.effect.parts.count < 200, "as many as a single halving needs")
    #expect(model.effect.mean.magnitude < 1e-13 * unit)
  }
}
