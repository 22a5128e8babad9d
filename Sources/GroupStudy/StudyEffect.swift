import TrialStatistics

/// One model of the arm, with or without the guess, or why there is none.
package struct StudyEffect: Encodable, Sendable {
  /// The second arm minus the first.
  package let effect: StudyContrast?
  /// Guessed the second arm minus guessed the first, the arm being the same.
  package let guess: StudyContrast?
  /// The square root of both variances together: what a difference may be measured by.
  package let standardDeviation: Double?
  /// The whole model.
  package let model: StudyModel?
  /// Why it could not be fitted.
  package let refusal: String?
  /// The fit itself, for resampling.
  let fitted: RandomInterceptModel?

  private enum CodingKeys: String, CodingKey {
    case effect, guess, standardDeviation, model, refusal
  }

  /// - Parameter withGuess: whether the guess stands beside the arm.
  init(_ fit: StudyFit, _ rows: StudyRows, withGuess: Bool) {
    let result = Result { () throws(MixedModelError) in
      let columns = withGuess ? [fit.arm(rows), fit.said(rows)] : [fit.arm(rows)]
      let model = try fit.model(rows, columns)
      return (model, try fit.line(model))
    }
    switch result {
    case .success(let (model, line)):
      fitted = model
      self.model = line
      standardDeviation = (model.personVariance + model.residualVariance).squareRoot()
      effect = line.coefficient(fit.active)
      guess = withGuess ? line.coefficient(fit.guess) : nil
      refusal = nil
    case .failure(let error):
      (fitted, model, effect, guess, standardDeviation) = (nil, nil, nil, nil, nil)
      refusal = StudyEffect.sentence(error, rows, fit)
    }
  }

  /// The reason in the words of the study where one arm is all there is.
  static func sentence(_ error: MixedModelError, _ rows: StudyRows, _ fit: StudyFit) -> String {
    for (place, arm) in fit.arms.enumerated()
    where !rows.isActive.contains(place == 1) { return "no row of \(arm) has this outcome" }
    return error.description
  }
}
