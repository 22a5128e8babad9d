import Foundation
import Testing

@testable import TrialStatistics

/// The Bayesian effect against slow sums that share nothing with it but the model.
@Suite("Bayesian effect: naive twins, priors, covariates")
struct PosteriorTwinTests {
  /// A series with gaps, two arms in blocks, the arm before and a third column.
  struct Made {
    var outcome: [Double?] = []
    var active: [Int] = []
    var day: [Double] = []
    var before: [Double] = []
    var other: [Double] = []

    init(_ count: Int, phi: Double, gaps: Bool, seed: UInt64 = 7) {
      var state = seed
      func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
      }
      var noise = 0.0
      var today = 0.0
      for slot in 0..<count {
        noise = phi * noise + (0..<6).reduce(-3.0) { sum, _ in sum + uniform() }
        today += gaps && slot % 5 == 3 ? 3 : 1
        let blocks = [[0, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]]
        active.append(blocks[slot / 4 % 5][slot % 4])
        before.append(slot == 0 ? 0 : Double(active[slot - 1]))
        day.append(today)
        other.append(uniform())
        outcome.append(
          gaps && slot % 7 == 6 ? nil : 4 + 0.6 * Double(active[slot]) + 0.02 * today + noise)
      }
    }
  }

  /// The sum over 400 nodes of φ = sin θ, each fitted anew by whitening every row.
  private struct Twin {
    var weights: [Double] = []
    var phi: [Double] = []
    var centres: [Double] = []
    var scales: [Double] = []
    var residuals: [Double] = []
    var degrees = 0.0
    var logTotal = 0.0

    init(_ series: AR1Series, place: Int = 1, reference: Bool = false) {
      degrees = Double(series.outcome.count - series.columns.count)
      var logs: [Double] = []
      let rule = GaussLegendre(400)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let theta = node * Double.pi / 2
        let room = cos(theta) * cos(theta)
        guard
          let fit = AR1Fit(
            outcome: series.outcome, columns: series.columns, gaps: series.gaps, phi: sin(theta),
            room: room)
        else { continue }
        let density = reference ? 1 / (Double.pi * cos(theta)) : 0.5
        logs.append(
          log(weight * Double.pi / 2 * cos(theta) * density) - 0.5 * fit.logDeterminant
            - 0.5 * fit.logVariance - degrees / 2 * log(fit.residual))
        phi.append(sin(theta))
        centres.append(fit.coefficients[place])
        scales.append((fit.residual / degrees * fit.inverseDiagonal(place)).squareRoot())
        residuals.append(fit.residual)
      }
      let top = logs.max() ?? 0
      let total = logs.reduce(0) { $0 + exp($1 - top) }
      logTotal = top + log(total)
      weights = logs.map { exp($0 - top) / total }
    }

    var mean: Double { zip(weights, centres).reduce(0) { $0 + $1.0 * $1.1 } }
    var phiMean: Double { zip(weights, phi).reduce(0) { $0 + $1.0 * $1.1 } }

    func above(_ value: Double) throws -> Double {
      let student = try StudentDistribution(degrees: degrees)
      return weights.indices.reduce(0) {
        $0 + weights[$1] * student.probability(above: (value - centres[$1]) / scales[$1])
      }
    }

    func density(_ value: Double) throws -> Double {
      let student = try StudentDistribution(degrees: degrees)
      return weights.indices.reduce(0) {
        $0 + weights[$1] * student.density((value - centres[$1]) / scales[$1]) / scales[$1]
      }
    }
  }

  @Test(
    "the same as 400 fits of every row, to 1e-11 of a standard deviation",
    arguments: [-0.6, 0, 0.5, 0.9], [16, 56])
  func direct(phi: Double, count: Int) throws {
    for (gaps, columns, reference) in [
      (false, 0, false), (true, 0, true), (true, 1, false), (false, 2, true), (true, 2, false),
    ] {
      let made = Made(count, phi: phi, gaps: gaps)
      let covariates = Array([made.before, made.other].prefix(columns))
      let priors = AR1Priors(autocorrelation: reference ? .reference : .uniform)
      let found = try AR1Posterior(
        outcome: made.outcome, active: made.active, day: made.day, trend: columns == 2,
        covariates: covariates, priors: priors)
      let twin = Twin(
        try AR1Series(
          outcome: made.outcome, active: made.active, day: made.day, trend: columns == 2,
          covariates: covariates), reference: reference)
      // The twin's own sum is right to about 1e-12 where the mass is not at an end.
      let allowed = 1e-11 * found.sd
      #expect(abs(found.mean - twin.mean) < allowed, "\(gaps) \(columns)")
      #expect(abs(found.phiMean - twin.phiMean) < 1e-11)
      for threshold in [-1.0, 0, 0.3, 2] {
        let above = try twin.above(threshold)
        #expect(abs(found.probability(above: threshold) - above) < 1e-11)
        #expect(abs(found.probability(below: threshold) + above - 1) < 1e-11)
        #expect(abs(found.density(at: threshold) - (try twin.density(threshold))) < 1e-10)
      }
      #expect(abs(try twin.above(found.upper) - 0.025) < 1e-11)
      #expect(abs(try twin.above(found.lower) - 0.975) < 1e-11)
      let degrees = twin.degrees
      let constant = -log(2) - degrees / 2 * log(Double.pi) + lgamma(degrees / 2)
      #expect(abs(found.logMarginal - twin.logTotal - constant) < 1e-10)
    }
  }

  @Test("proper priors: the same as a sum over a fine grid of effects, prior and data apart or not")
  func properPriors() throws {
    let made = Made(24, phi: 0.4, gaps: true)
    let series = try AR1Series(
      outcome: made.outcome, active: made.active, day: made.day, trend: false)
    let twin = Twin(series)
    let priors: [(AR1Priors.Effect, (Double) -> Double)] = [
      (.normal(sd: 0.02), { exp(-$0 * $0 / 0.0008) / (0.02 * sqrt(2 * Double.pi)) }),
      (.normal(sd: 1), { exp(-$0 * $0 / 2) / sqrt(2 * Double.pi) }),
      (.cauchy(scale: 0.05), { 0.05 / (Double.pi * (0.0025 + $0 * $0)) }),
      (
        .student(degrees: 3, scale: 2),
        { 2 / (Double.pi * sqrt(3) * 2 * pow(1 + $0 * $0 / 12, 2)) }
      ),
    ]
    for (effect, density) in priors {
      let found = try AR1Posterior(
        outcome: made.outcome, active: made.active, day: made.day,
        priors: AR1Priors(effect: effect))
      // Simpson's rule; its step is a thirtieth of the narrowest prior.
      let step = 0.0006
      var (total, first, square, positive, null) = (0.0, 0.0, 0.0, 0.0, 0.0)
      var byPhi = [Double](repeating: 0, count: twin.weights.count)
      let student = try StudentDistribution(degrees: twin.degrees)
      for index in -12_000...12_000 {
        let value = Double(index) * step
        let rule = (index % 2 == 0 ? 2.0 : 4) * step / 3
        let prior = rule * density(value)
        guard prior > 1e-25 else { continue }
        var likelihood = 0.0
        for place in byPhi.indices where twin.weights[place] > 1e-12 {
          let t = (value - twin.centres[place]) / twin.scales[place]
          let part = twin.weights[place] * student.density(t) / twin.scales[place]
          byPhi[place] += part * prior
          likelihood += part
        }
        let weight = prior * likelihood
        total += weight
        first += weight * value
        square += weight * value * value
        positive += index > 0 ? weight : index == 0 ? weight / 2 : 0
        if index == 0 { null = likelihood }
      }
      let mean = first / total
      #expect(abs(found.mean - mean) < 1e-8, "\(effect)")
      #expect(abs(found.sd - (square / total - mean * mean).squareRoot()) < 1e-7, "\(effect)")
      #expect(abs(found.probabilityPositive - positive / total) < 1e-7, "\(effect)")
      #expect(abs(try #require(found.bayesFactor) / (total / null) - 1) < 1e-8, "\(effect)")
      let phi = zip(byPhi, twin.phi).reduce(0) { $0 + $1.0 * $1.1 } / total
      #expect(abs(found.phiMean - phi) < 1e-8, "\(effect)")
      #expect(abs(found.probability(above: found.median) - 0.5) < 1e-12)
      #expect(abs(found.probability(below: found.lower) - 0.025) < 1e-13)
      #expect(found.probability(within: 1e9) > 1 - 1e-12)
    }
  }

  @Test("a covariate's coefficient is the effect of the model with the roles exchanged")
  func covariates() throws {
    let made = Made(40, phi: 0.5, gaps: true)
    let lag = made.before.map { Int($0) }
    let found = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day,
      covariates: [made.other, made.before])
    let exchanged = try AR1Posterior(
      outcome: made.outcome, active: lag, day: made.day,
      covariates: [made.other, made.active.map { Double($0) }])
    let coefficient = try #require(found.coefficient(ofCovariate: 1))
    #expect(abs(coefficient.mean - exchanged.mean) < 1e-12)
    #expect(abs(coefficient.sd - exchanged.sd) < 1e-12)
    #expect(abs(coefficient.lower - exchanged.lower) < 1e-11)
    #expect(abs(coefficient.quantile(0.3) - exchanged.quantile(0.3)) < 1e-11)
    #expect(abs(coefficient.probabilityPositive - exchanged.probabilityPositive) < 1e-12)
    #expect(abs(coefficient.density(at: 0.1) - exchanged.density(at: 0.1)) < 1e-11)
    #expect(found.coefficient(ofCovariate: 2) == nil && found.trendPerDay == nil)
    #expect(found.coefficient(ofCovariate: -1) == nil)

    // With the effect held at 0 by its prior, what remains is the model without its column.
    let held = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day, covariates: [made.before],
      priors: AR1Priors(effect: .normal(sd: 1e-7)))
    let without = try AR1Posterior(outcome: made.outcome, active: lag, day: made.day)
    let kept = try #require(held.coefficient(ofCovariate: 0))
    #expect(abs(kept.mean - without.mean) < 1e-6)
    #expect(abs(kept.sd - without.sd) < 1e-6)
    #expect(abs(kept.upper - without.upper) < 1e-6)
    #expect(abs(held.phiMean - without.phiMean) < 1e-6)
    #expect(abs(held.sigmaMean - without.sigmaMean) < 1e-6)
    // And a prior that says nothing leaves everything as it was.
    let wide = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day, covariates: [made.before],
      priors: AR1Priors(effect: .normal(sd: 1e6)))
    let flat = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day, covariates: [made.before])
    #expect(abs(wide.mean - flat.mean) < 1e-9 && abs(wide.sigmaMean - flat.sigmaMean) < 1e-9)
    let lags = (wide.coefficient(ofCovariate: 0), flat.coefficient(ofCovariate: 0))
    #expect(abs(try #require(lags.0).upper - (try #require(lags.1).upper)) < 1e-8)
  }

  @Test("the trend as a column of its own and as the model's")
  func trend() throws {
    let made = Made(30, phi: 0.2, gaps: true)
    let own = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day, trend: true)
    let column = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: made.day, covariates: [made.day])
    #expect(abs(own.mean - column.mean) < 1e-12)
    let slope = try #require(own.trendPerDay)
    #expect(abs(slope.mean - (try #require(column.coefficient(ofCovariate: 0)).mean)) < 1e-12)
    // A day counted from long ago is the same column.
    let late = made.day.map { $0 + 2_460_000 }
    let other = try AR1Posterior(
      outcome: made.outcome, active: made.active, day: late, covariates: [late])
    #expect(abs(own.mean - other.mean) < 1e-9)
  }

  @Test("the table of priors is the posterior under each of them")
  func sensitivity() throws {
    let made = Made(28, phi: 0.4, gaps: false)
    let own = try AR1Posterior(
      outcome: made.outcome, active: made.active, priors: AR1Priors(effect: .normal(sd: 3)))
    let table = try own.sensitivity(sds: [0.5, 2])
    #expect(
      table.map(\.priors) == [
        AR1Priors(), AR1Priors(autocorrelation: .reference),
        AR1Priors(effect: .normal(sd: 0.5)), AR1Priors(effect: .normal(sd: 2)),
      ])
    for row in table {
      let again = try AR1Posterior(
        outcome: made.outcome, active: made.active, priors: row.priors)
      #expect(again.mean == row.mean && again.upper == row.upper)
      #expect(again.logBayesFactor == row.logBayesFactor)
    }
    #expect(table[0].bayesFactor == nil && table[2].bayesFactor != nil)
    #expect(abs(table[2].mean) < abs(table[3].mean))
    #expect(try own.sensitivity().count == 6)
    #expect(throws: StatisticsError.priorOutOfRange) { try own.sensitivity(sds: [0]) }
  }

  @Test("outcomes of any size give the same answer in their unit", arguments: [1e-150, 1, 1e150])
  func scale(unit: Double) throws {
    let made = Made(20, phi: 0.3, gaps: true)
    let plain = try AR1Posterior(outcome: made.outcome, active: made.active, day: made.day)
    let scaled = try AR1Posterior(
      outcome: made.outcome.map { $0.map { $0 * unit } }, active: made.active, day: made.day)
    #expect(abs(scaled.mean / unit - plain.mean) < 1e-12)
    #expect(abs(scaled.sigmaMean / unit - plain.sigmaMean) < 1e-12)
    #expect(abs(scaled.upper / unit - plain.upper) < 1e-12)
  }

  @Test("bad priors, covariates and noise without a scale are refused with a sentence")
  func refusals() throws {
    let outcome: [Double?] = [1, 4, 3, 1, 7, 2, 5, 4]
    let arms = [0, 1, 0, 0, 1, 1, 0, 1]
    func refused(_ error: StatisticsError, _ priors: AR1Priors = AR1Priors(), _ more: [[Double]]) {
      #expect(throws: error) {
        try AR1Posterior(outcome: outcome, active: arms, covariates: more, priors: priors)
      }
    }
    for bad in [
      AR1Priors.Effect.normal(sd: 0), .normal(sd: .infinity), .normal(sd: .nan),
      .student(degrees: 0, scale: 1), .cauchy(scale: -1),
    ] { refused(.priorOutOfRange, AR1Priors(effect: bad), []) }
    refused(.lengthsDiffer(name: "covariate 1", found: 1, expected: 8), AR1Priors(), [[1]])
    refused(.singularModel, AR1Priors(), [[3, 3, 3, 3, 3, 3, 3, 3]])
    refused(.singularModel, AR1Priors(), [arms.map { 1 - Double($0) }])
    refused(.covariateNotFinite(covariate: 1, slot: 3), AR1Priors(), [[1, 2, .nan, 4, 5, 6, 7, 8]])
    refused(
      .tooFewSlots(found: 8, needed: 9), AR1Priors(),
      (0..<4).map { power in (0..<8).map { pow(Double($0), Double(power + 1)) } })
    // Where the outcome is missing a covariate is not read.
    _ = try AR1Posterior(
      outcome: [1, 4, nil, 1, 7, 2, 5, 4], active: arms, covariates: [[1, 5, .nan, 2, 2, 6, 7, 3]])
    // What changes sign with every slot has no innovations at φ = −1.
    #expect(throws: StatisticsError.noVariation) {
      try AR1Posterior(outcome: [1, 2, 1, 2, 1, 2, 1, 2], active: arms)
    }
    #expect(
      StatisticsError.priorOutOfRange.description
        == "the prior of the effect: expected a scale that is more than 0 and finite, and degrees "
        + "of freedom from 0.001 to 100000000")
    #expect(
      StatisticsError.priorAgainstData.description
        == "the prior of the effect and the outcomes are too far apart to be put together: choose a "
        + "wider prior")
  }
}
