public import BlindRecord

/// What a person is asked for before a protocol is written from a template.
///
/// Never a dose and never a source: arms are labels.
public struct ProtocolAnswers: Hashable, Sendable {
  /// What the trial is called.
  public var title: String
  /// The first day; some templates move it to the next Monday.
  public var start: CalendarDay
  /// The time zone, such as `Europe/Berlin`.
  public var zone: String
  /// The arms' names, the reference first.
  public var arms: [String]
  /// Whom to call in an emergency.
  public var emergencyContact: String
  /// When to stop.
  public var stoppingRules: [String]
  /// Whether a clinician was asked.
  public var clinicianAsked: SafetyPart.ClinicianAsked
  /// Whether what is taken is lawful where the person lives.
  public var lawful: Bool

  /// Makes answers.
  public init(
    title: String, start: CalendarDay, zone: String, arms: [String], emergencyContact: String,
    stoppingRules: [String], clinicianAsked: SafetyPart.ClinicianAsked, lawful: Bool
  ) {
    self.title = title
    self.start = start
    self.zone = zone
    self.arms = arms
    self.emergencyContact = emergencyContact
    self.stoppingRules = stoppingRules
    self.clinicianAsked = clinicianAsked
    self.lawful = lawful
  }
}
