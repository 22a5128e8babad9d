public import BlindRecord

/// Why nothing can be planned from what was given, in one sentence.
public struct PlanningFault: Refusal, Equatable {
  /// What was found and what was expected.
  public let message: String
  /// What would be needed.
  public let hint: String?

  /// Makes the fault.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
