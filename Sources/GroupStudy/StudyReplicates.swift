import TrialDesign
import TrialStatistics

/// All that is asked of each replicate of an outcome's rows, so that persons are drawn once.
struct StudyReplicates: Sendable {
  /// The level of the intervals.
  let level: Double
  /// The curve by the means of the rows, at the rates that are asked.
  let rowCurves: [[Double]?]
  /// The same by the means of the model.
  let modelCurves: [[Double]?]
  /// The effect without the guess less the effect with it.
  let changes: [Double?]

  /// - Parameters:
  ///   - without, with: the models of the arm on the same rows, without and with the guess.
  init(
    _ analysis: StudyPlan.Analysis, _ guessed: GuessedRows, without: RandomInterceptModel?,
    with: RandomInterceptModel?, strata: StudyStrata
  ) {
    level = analysis.level
    let bootstrap = PersonBootstrap(seed: analysis.seed, replicates: analysis.replicates)
    var (rowCurves, modelCurves): ([[Double]?], [[Double]?]) = ([], [])
    var changes: [Double?] = []
    for replicate in 0..<bootstrap.replicates {
      let times = bootstrap.times(persons: guessed.persons, replicate: replicate)
      let drawn = guessed.strata(times: times)
      rowCurves.append((try? GuessCurve(strata: drawn, minimum: 1)).map(StudyCurve.asked))
      modelCurves.append(
        StudyReplicates.means(strata, times).flatMap { means in
          (try? GuessCurve(strata: drawn, means: means, minimum: 1)).map(StudyCurve.asked)
        })
      if let plain = without?.coefficients(times: times),
        let beside = with?.coefficients(times: times)
      {
        changes.append(plain[1] - beside[1])
      } else {
        changes.append(nil)
      }
    }
    self.rowCurves = rowCurves
    self.modelCurves = modelCurves
    self.changes = changes
  }

  /// The four means of the model in one replicate.
  private static func means(_ strata: StudyStrata, _ times: [Int]) -> [Double]? {
    guard let coefficients = strata.fitted?.coefficients(times: times) else { return nil }
    return strata.weights.map { weights in
      zip(weights, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
