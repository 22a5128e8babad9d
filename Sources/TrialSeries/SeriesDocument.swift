import Foundation
import TrialAnalysis
import TrialStatistics

/// A pooled series as one JSON object; what is not there is `null`.
package struct SeriesDocument: Encodable {
  private let result: SeriesResult
  private let withTrials: Bool

  /// The document of a result.
  ///
  /// - Parameter withTrials: whether every pooled trial is listed.
  package init(_ result: SeriesResult, withTrials: Bool) {
    self.result = result
    self.withTrials = withTrials
  }

  /// The bytes, ended by a line feed.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  private enum CodingKeys: String, CodingKey {
    case format, comparison, level, pooled, unverified, simulated, leftOut, means, heterogeneity,
      bayes, randomization, blinding, trials
  }

  /// Writes the object.
  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode("selfblind/series/v1", forKey: .format)
    try fields.encode(result.key, forKey: .comparison)
    try fields.encode(result.level, forKey: .level)
    try fields.encode(result.lines.count, forKey: .pooled)
    try fields.encode(result.unverified, forKey: .unverified)
    try fields.encode(result.simulated, forKey: .simulated)
    try fields.encode(result.leftOut, forKey: .leftOut)
    try fields.encode(
      Dictionary(
        uniqueKeysWithValues: result.means.map { ($0.estimator.rawValue, MeanFields(mean: $0)) }),
      forKey: .means)
    try fields.encode(result.heterogeneity, forKey: .heterogeneity)
    try encode(result.posterior, as: BayesFields.init, .bayes, &fields)
    try encode(
      result.test, as: { TestFields(test: $0, difference: result.difference) }, .randomization,
      &fields)
    try fields.encode(result.guesses.map(GuessFields.init), forKey: .blinding)
    if withTrials { try fields.encode(result.lines.map(TrialFields.init), forKey: .trials) }
  }

  /// A part, or the reason why it is not there.
  private func encode<Value, Shown: Encodable>(
    _ part: Result<Value, SeriesFault>, as show: (Value) -> Shown, _ key: CodingKeys,
    _ fields: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    switch part {
    case .success(let value): try fields.encode(show(value), forKey: key)
    case .failure(let fault): try fields.encode(["reason": fault.message], forKey: key)
    }
  }
}

/// One estimate of the mean.
private struct MeanFields: Encodable {
  let mean: RandomEffects

  private enum CodingKeys: String, CodingKey {
    case mean, tau2, i2, h2, plain, hartungKnapp, factor, predictionLower, predictionUpper
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(mean.mean, forKey: .mean)
    try fields.encode(mean.tau2, forKey: .tau2)
    try fields.encode(mean.i2, forKey: .i2)
    try fields.encode(mean.h2, forKey: .h2)
    try fields.encode(mean.plain, forKey: .plain)
    try fields.encode(mean.hartungKnapp, forKey: .hartungKnapp)
    try fields.encode(mean.factor, forKey: .factor)
    try fields.encode(mean.predictionLower, forKey: .predictionLower)
    try fields.encode(mean.predictionUpper, forKey: .predictionUpper)
  }
}

/// The hierarchical model.
private struct BayesFields: Encodable {
  let tauScale, mean, sd, median, lower, upper, probabilityPositive, tauMean, tauSD: Double
  let predictionLower, predictionUpper, logMarginal: Double

  init(_ posterior: HierarchicalPosterior) {
    tauScale = posterior.scale
    (mean, sd, median) = (posterior.effect.mean, posterior.effect.sd, posterior.median)
    (lower, upper) = (posterior.effect.lower, posterior.effect.upper)
    probabilityPositive = posterior.probabilityPositive
    (tauMean, tauSD) = (posterior.tauMean, posterior.tauSD)
    predictionLower = posterior.prediction.lower
    predictionUpper = posterior.prediction.upper
    logMarginal = posterior.logMarginal
  }
}

/// The randomization test over all trials.
private struct TestFields: Encodable {
  let test: StratifiedTest
  let difference: Double?

  private enum CodingKeys: String, CodingKey {
    case method, draws, standardError, difference, p
  }
  private enum SideKeys: String, CodingKey { case greater, less, doubled }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch test.method {
    case .exact: try fields.encode("exact", forKey: .method)
    case .monteCarlo(let draws, let error):
      try fields.encode("monte-carlo", forKey: .method)
      try fields.encode(draws, forKey: .draws)
      try fields.encode(error, forKey: .standardError)
    }
    try fields.encode(difference, forKey: .difference)
    var sides = fields.nestedContainer(keyedBy: SideKeys.self, forKey: .p)
    try sides.encode(test.pGreater, forKey: .greater)
    try sides.encode(test.pLess, forKey: .less)
    try sides.encode(test.pDoubled, forKey: .doubled)
  }
}

/// The pooled indices.
private struct GuessFields: Encodable {
  let guesses: PooledGuesses

  private enum CodingKeys: String, CodingKey {
    case trials, guesses, bang, james, rightShare, baseRate
  }
  private enum ArmKeys: String, CodingKey { case active, reference }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(guesses.trials, forKey: .trials)
    try fields.encode(guesses.table.total, forKey: .guesses)
    var bang = fields.nestedContainer(keyedBy: ArmKeys.self, forKey: .bang)
    try bang.encode(guesses.bangActive, forKey: .active)
    try bang.encode(guesses.bangReference, forKey: .reference)
    try fields.encode(guesses.james, forKey: .james)
    try fields.encode(guesses.table.correctRate, forKey: .rightShare)
    try fields.encode(guesses.table.baseRate, forKey: .baseRate)
  }
}

/// One pooled trial.
private struct TrialFields: Encodable {
  let line: SeriesResult.Line

  init(_ line: SeriesResult.Line) { self.line = line }

  private enum CodingKeys: String, CodingKey { case name, verified, effect, se, ratings, shrunken }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(line.name, forKey: .name)
    try fields.encode(line.isVerified, forKey: .verified)
    try fields.encode(line.effect, forKey: .effect)
    try fields.encode(line.se, forKey: .se)
    try fields.encode(line.ratings, forKey: .ratings)
    try fields.encode(line.shrunken, forKey: .shrunken)
  }
}
