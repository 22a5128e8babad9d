public import BlindRecord

/// All that is fixed before the first dose: the content of `protocol.yaml`, checked.
///
/// A value exists only when the whole file is right, safety part included; the format is described in
/// `Documentation/Specifications/protocol.md`.
public struct TrialProtocol: Sendable {
  /// The newest format that this version reads.
  public static let formatVersion = 1
  /// Most arms of a protocol.
  public static let mostArms = 6

  /// The file as it was read; what a seal commits to.
  public let bytes: [UInt8]
  /// The trial's title.
  public let title: String
  /// The arms, the reference first; two to six.
  public let arms: [Arm]
  /// How the allocation is drawn, and the set it is drawn from.
  public let scheme: RandomizationScheme
  /// That set, compiled once for all that ask.
  public let automaton: SlotAutomaton
  /// The day of each slot, strictly increasing.
  public let days: [CalendarDay]
  /// The zone in which the days are meant, such as `Europe/Berlin`.
  public let zone: String
  /// Days after a slot's day during which it may still be recorded.
  public let entryWindow: Int
  /// The daily form, in the order asked.
  public let items: [Item]
  /// The question for the guess; `nil` when none is asked.
  public let guessPrompt: String?
  /// The analysis.
  public let plan: AnalysisPlan
  /// Who packs the kits; `nil` where the protocol does not say: a helper, without spares.
  public let packing: PackingPart?
  /// Stopping rules, emergency contact, and what else must be settled first.
  public let safety: SafetyPart

  /// The outcome's item.
  public var outcome: Item? { items.first { $0.name == plan.outcome } }
}
