/// Something that did not go by the protocol, recorded while blind (an intercurrent event).
public struct Deviation: Hashable, Sendable, Codable {
  /// What kind of departure it was.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The dose was not taken.
    case missedDose = "missed-dose"
    /// The dose was taken at another time than planned.
    case lateDose = "late-dose"
    /// Only a part of the dose was taken.
    case partialDose = "partial-dose"
    /// Another kit than the scheduled one was taken.
    case wrongKit = "wrong-kit"
    /// The kit was lost.
    case lostKit = "lost-kit"
    /// The kit was broken or spoiled.
    case brokenKit = "broken-kit"
    /// A spare took the place of the slot's kit.
    case spareKit = "spare-kit"
    /// Another medicine or substance was taken that may matter.
    case coMedication = "co-medication"
    /// The participant learned or strongly suspects what was in the kit.
    case blindBroken = "blind-broken"
    /// Entries before it were made under a wrong clock; from here on it is right.
    case clockCorrected = "clock-corrected"
    /// From here on nothing is taken, until it goes on; the days pass by and are not made up for.
    case paused
    /// It goes on.
    case resumed
    /// Illness, travel, a bad night: anything else that may matter.
    case other
  }

  /// 1-based number of the slot it concerns; `nil` when it concerns none in particular.
  public let slot: Int?
  /// What kind of departure it was.
  public let kind: Kind
  /// The kit that was actually taken, where that differs.
  public let kit: KitCode?
  /// What happened, in the participant's words; never empty.
  public let reason: String

  /// Makes a deviation.
  public init(slot: Int?, kind: Kind, kit: KitCode? = nil, reason: String) {
    self.slot = slot
    self.kind = kind
    self.kit = kit
    self.reason = reason
  }
}

/// An unwanted medical occurrence, whether or not it is caused by what was taken.
public struct AdverseEvent: Hashable, Sendable, Codable {
  /// How strong it was.
  public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
    /// Noticed, easily tolerated.
    case mild
    /// Interferes with usual activity.
    case moderate
    /// Prevents usual activity.
    case severe
  }

  /// What happened, in the participant's words; never empty.
  public let term: String
  /// The day it began.
  public let onset: CalendarDay
  /// How strong it was.
  public let severity: Severity
  /// Led to death, danger to life, hospital, lasting harm (ICH E2A), or the participant says so.
  public let serious: Bool
  /// What was done about it.
  public let action: String
  /// How it ended, or that it goes on.
  public let outcome: String

  /// Makes an adverse event.
  public init(
    term: String, onset: CalendarDay, severity: Severity, serious: Bool, action: String = "",
    outcome: String = ""
  ) {
    self.term = term
    self.onset = onset
    self.severity = severity
    self.serious = serious
    self.action = action
    self.outcome = outcome
  }
}
