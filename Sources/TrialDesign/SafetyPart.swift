/// The part of a protocol without which nothing is sealed.
public struct SafetyPart: Hashable, Sendable {
  /// Whether a clinician was asked.
  public enum ClinicianAsked: String, Hashable, Sendable, CaseIterable {
    /// One was asked and raised no objection.
    case yes
    /// None was asked.
    case no
    /// Nothing that is taken calls for one.
    case notNeeded = "not-needed"
  }

  /// When to stop, each in one sentence; at least one.
  public let stoppingRules: [String]
  /// Whom to call.
  public let emergencyContact: String
  /// Whether a clinician was asked.
  public let clinicianAsked: ClinicianAsked
  /// Whether what is taken is lawful where the person lives; always true in a protocol that was read.
  public let lawful: Bool

  /// Makes the safety part.
  public init(
    stoppingRules: [String], emergencyContact: String, clinicianAsked: ClinicianAsked, lawful: Bool
  ) {
    self.stoppingRules = stoppingRules
    self.emergencyContact = emergencyContact
    self.clinicianAsked = clinicianAsked
    self.lawful = lawful
  }
}
