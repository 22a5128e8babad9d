extension TrialResult {
  /// The prediction in its fixed form; `nil` where there was none or it was said otherwise.
  public var prediction: Prediction? {
    guard case .sealed(let facts) = provenance, let said = facts.prediction else { return nil }
    return Prediction(said, outcomes: ([primary] + alsoTested).map(\.name), arms: arms)
  }

  /// The prediction beside what was found; `nil` where the two cannot be compared.
  ///
  /// With more than two arms a prediction about the reference arm is about no single comparison.
  public var predictionCompared: String? {
    guard let prediction else { return nil }
    let outcome = alsoTested.first { $0.name == prediction.outcome } ?? primary
    let contrasts = outcome.contrasts
    if let arm = prediction.arm, arm != arms[0] {
      return contrasts.first { $0.name == arm }.flatMap(prediction.compared)
    }
    guard contrasts.count == 1 else {
      return "It is about no single comparison of two arms, so nothing is compared with it."
    }
    return contrasts.first.flatMap(prediction.compared)
  }
}
