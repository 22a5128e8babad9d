import BlindRecord
import LocalWeb
import TrialJournal

extension TrialPages {
  /// A refusal as a page says it, where the terminal's sentence names what no page has.
  static func words(of error: JournalError) -> Markup? {
    switch error {
    case .paused(let slot, let since, nil):
      """
      Slot \(slot): the trial has been paused since \(since.description). \
      <a href="/pause">End the pause</a> first.
      """
    case .pausedAlready(let since):
      "The trial has been paused since \(since.description)."
    case .notPaused: "The trial is not paused."
    case .locked: "The record is locked; nothing is added any more."
    case .notPacked: "The kits are not packed yet."
    case .wrongKit(let slot, let found, _):
      // The code that is expected is to be read on the container: from here it could be typed.
      "The kit \(found.text) is not the one of slot \(slot). If it was taken, record first that another kit was."
    case .wrongKitIncomplete:
      "Another kit was taken: say of which slot, and the code on the kit that was taken."
    case .kitIsScheduled(let slot, let kit):
      "The kit \(kit.text) is the one of slot \(slot). Give the code on the kit that was taken instead."
    case .spareIncomplete: "A spare took its place: say of which slot, and the code on the spare."
    case .noSpare(let kit): "The kit \(kit.text) is no spare of this trial."
    case .spareUsed(let kit, _): "The spare \(kit.text) was used before."
    case .slotIsNeeded(.lostKit), .slotIsNeeded(.brokenKit):
      "Say of which slot the kit is; of a spare, the code on it."
    case .slotIsNeeded: "Say of which slot."
    case .notYet(_, let slot, let due, _):
      "Slot \(slot) is due on \(due.description): come back on that day."
    case .keptTooLong(let seconds):
      """
      This form waited \(days(seconds / 86_400)) on its device; a form can wait \
      \(days(JournalEntry.longestKept / 86_400)).
      """
    case .onsetAhead(let onset, _):
      "It cannot have begun on \(onset.description), which is still to come."
    case .onsetTooEarly(let onset, let earliest):
      "It cannot have begun on \(onset.description): the earliest day is \(earliest.description)."
    default: nil
    }
  }
}
