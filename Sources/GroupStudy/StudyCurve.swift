import TrialStatistics

/// The difference between the arms at other rates of right guesses, and how far it may be off.
///
/// Twice: by the means of the rows, as published [Szigeti et al. 2023], which at the observed rate is
/// the raw difference; and by the means of the model with arm, guess and both, in which a person's rows
/// hang together. Intervals are percentiles over replicates in which whole persons are drawn anew.
package struct StudyCurve: Encodable, Sendable {
  /// A difference with its draws.
  package struct Value: Encodable, Sendable {
    /// The difference.
    package let difference: Double
    /// What resampling persons says; `nil` where too few replicates have it.
    package let draws: StudyDraws?
  }

  /// A point of the curve.
  package struct Point: Encodable, Sendable {
    /// The rate of right guesses.
    package let rate: Double
    /// The second arm minus the first.
    package let difference: Double
    /// The limits of its interval.
    package let lower, upper: Double?
  }

  /// One curve.
  package struct Line: Encodable, Sendable {
    /// At the observed rate.
    package let observed: Value
    /// At the rate of a coin, one half.
    package let blind: Value
    /// At 21 rates from 0 to 1.
    package let points: [Point]
  }

  /// The share of right guesses among those that named an arm.
  package let observedRate: Double?
  /// By the means of the rows.
  package let rows: Line?
  /// By the means of the model.
  package let model: Line?
  /// Why there is no curve.
  package let refusal: String?

  /// The rates of the points.
  static let rates = (0...20).map { Double($0) / 20 }

  /// - Parameters:
  ///   - strata: the groups, with the model of arm, guess and both.
  ///   - draws: the replicates; each drawn once for all numbers of an outcome.
  init(_ strata: StudyStrata, _ guessed: GuessedRows, _ draws: StudyReplicates, minimum: Int) {
    let counted = guessed.strata()
    let plain = Result { () throws(GuessCurveError) in
      try GuessCurve(strata: counted, minimum: minimum)
    }
    let means = strata.cells.map(\.estimate)
    let modelled = try? GuessCurve(
      strata: counted, means: means.isEmpty ? nil : means, minimum: minimum)
    switch plain {
    case .success(let curve):
      observedRate = curve.observedRate
      rows = StudyCurve.line(curve, draws, draws.rowCurves)
      model =
        means.isEmpty ? nil : modelled.map { StudyCurve.line($0, draws, draws.modelCurves) }
      refusal = nil
    case .failure(let error):
      (observedRate, rows, model) = (nil, nil, nil)
      refusal = strata.refusal ?? error.description
    }
  }

  /// The rates at which every replicate is asked: the points, one half, and its own observed rate.
  static func asked(_ curve: GuessCurve) -> [Double] {
    rates.map(curve.difference(atRate:)) + [curve.blindDifference, curve.rawDifference]
  }

  private static func line(
    _ curve: GuessCurve, _ draws: StudyReplicates, _ replicates: [[Double]?]
  ) -> Line {
    let values = asked(curve)
    func summary(_ place: Int) -> StudyDraws? {
      StudyDraws(replicates.map { $0?[place] }, level: draws.level)
    }
    let points = rates.indices.map { place -> Point in
      let draws = summary(place)
      return Point(
        rate: rates[place], difference: values[place], lower: draws?.lower, upper: draws?.upper)
    }
    let (blind, observed) = (rates.count, rates.count + 1)
    return Line(
      observed: Value(difference: values[observed], draws: summary(observed)),
      blind: Value(difference: values[blind], draws: summary(blind)), points: points)
  }
}
