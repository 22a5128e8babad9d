import BlindRecord
import TrialJournal

/// What the dialogue at a dose says of kits: by slot and number, and by a code only where that was read already.
extension KitDialogue {
  /// How a torn label is printed again, and which spare stands for the slot's kit where one does.
  func sayLabel(of occasion: Occasion) throws {
    var label = "--slot \(occasion.slot)"
    if let kit = index.doses.spare(for: occasion.slot),
      case .spare(let spare) = index.meaning(of: kit)
    {
      label = "--spare \(spare)"
      try Output.show("  spare \(spare) stands for its kit")
    }
    try Output.show("  a torn label is printed again: selfblind label \(folder) \(label)")
  }

  /// That a note says what was taken, so that nothing more is.
  func sayTaken(_ kit: KitCode) throws {
    try Output.show(
      "the record says that \(index.words(for: kit)) was taken: take nothing more, only rate the day"
    )
    try Output.show("  if it was another kit after all, run it again with --kit CODE")
  }

  /// What a kit is, and which was expected; to who packed alone not by its code, which they are to read on the
  /// container and could type from here.
  func found(_ kit: KitCode, _ occasion: Occasion) -> String {
    let expected = isAlone ? "" : ", expected \(occasion.kit)"
    return switch index.meaning(of: kit) {
    case .slot(let other):
      "slot \(occasion.slot): the kit \(kit) is that of slot \(other)\(expected)"
    case .spare(let spare): "slot \(occasion.slot): the kit \(kit) is spare \(spare)\(expected)"
    case .label, .foreign: "the kit \(kit) is not of this trial"
    }
  }

  func refusal(_ kit: KitCode) -> CommandRefusal {
    if case .label = index.meaning(of: kit) {
      return CommandRefusal(
        "the label \(kit) is on no kit of this trial", hint: "scan the label on the container")
    }
    return CommandRefusal(
      "the kit \(kit) is not of this trial", hint: "read the code on the label once more")
  }
}
