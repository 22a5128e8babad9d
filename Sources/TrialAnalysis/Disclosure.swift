import BlindRecord
import TrialDesign

/// When the arm of each slot was known, by the order of the entries in the journal.
///
/// A code break opens its own slot and may make others certain, given the scheme and every slot
/// that was opened before.
struct Disclosure {
  /// A slot's arm becoming known.
  struct Event: Hashable {
    /// The entry that announced the code break.
    let entry: Int
    /// The slot whose code was broken (1-based).
    let opened: Int
  }

  /// One code break.
  struct Break {
    /// The entry that announced it.
    let entry: JournalEntry
    /// The slot whose code was broken (1-based).
    let slot: Int
    /// The reason given for it.
    let reason: String
    /// Other slots that are certain from then on (1-based).
    let certain: [Int]
    /// Slots that can be guessed better by the scheme than without any code break, but not for certain.
    let surer: [CodeBreakLine.Surer]
  }

  /// The code breaks, in the order of the journal.
  let breaks: [Break]

  private var known: [Int: Event] = [:]
  private var checkIns: [Int: Int] = [:]
  private var answers: [Int: [String: Int]] = [:]

  /// Follows the entries of a record.
  init(_ entries: [JournalEntry], observed: [Int], automaton: SlotAutomaton) {
    var fixed: [Int: Int] = [:]
    var breaks: [Break] = []
    // Asked at the first code break only: in most trials there is none.
    lazy var before = automaton.posterior(fixing: [:]).map { $0.max() ?? 0 }
    for (place, entry) in entries.enumerated() {
      switch entry.event {
      case .codeBreak(let slot, let reason) where observed.indices.contains(slot - 1):
        fixed[slot - 1] = observed[slot - 1]
        let after = automaton.posterior(fixing: fixed).map { $0.max() ?? 0 }
        let sealed = after.indices.filter { fixed[$0] == nil }
        let certain = sealed.filter { after[$0] >= 1 - 1e-12 }.map { $0 + 1 }
        let surer = sealed.filter { after[$0] < 1 - 1e-12 && after[$0] - before[$0] >= 0.05 }
          .map { CodeBreakLine.Surer(slot: $0 + 1, share: after[$0]) }
        breaks.append(
          Break(entry: entry, slot: slot, reason: reason, certain: certain, surer: surer))
        for other in [slot] + certain where known[other] == nil {
          known[other] = Event(entry: place, opened: slot)
        }
      case .checkIn(let checkIn):
        checkIns[checkIn.slot] = place
        for item in checkIn.answers.keys { answers[checkIn.slot, default: [:]][item] = place }
      case .correction(let correction):
        answers[correction.slot, default: [:]][correction.item] = place
      case .codeBreak, .opened, .deviation, .adverseEvent, .kitList, .matching, .packed, .rehearsal,
        .look, .locked:
        break
      }
    }
    self.breaks = breaks
  }

  /// What had made a slot's arm known before an entry was written, if anything had.
  func event(ofSlot slot: Int, before entry: Int) -> Event? {
    known[slot].flatMap { $0.entry < entry ? $0 : nil }
  }

  /// The entry with a slot's check-in.
  func checkIn(ofSlot slot: Int) -> Int? { checkIns[slot] }

  /// The entry with the answer that counts for an item of a slot.
  func answer(ofSlot slot: Int, _ item: String) -> Int? { answers[slot]?[item] }

  /// The first opened slot that made another one's arm certain.
  func revealer(ofSlot slot: Int) -> Int? {
    breaks.first { $0.certain.contains(slot) }?.slot
  }

  /// Whether a slot's arm was known when its check-in, and with it the guess, was written.
  func isKnownAtCheckIn(_ slot: Int) -> Bool {
    checkIns[slot].map { event(ofSlot: slot, before: $0) != nil } ?? false
  }

  /// Whether a slot's arm was known when the answer that counts for an item was written.
  func isKnownAtAnswer(_ slot: Int, _ item: String) -> Bool {
    answers[slot]?[item].map { event(ofSlot: slot, before: $0) != nil } ?? false
  }
}
