import Testing

@testable import BlindRecord

/// What was taken at a slot: the last entry that says something of it counts.
struct SlotDoseTests {
  private static let own = KitCode(values: [1, 1, 2, 3, 4, 5])
  private static let other = KitCode(values: [2, 1, 2, 3, 4, 5])
  private static let spare = KitCode(values: [9, 1, 2, 3, 4, 5])

  private enum Said {
    case checkIn(KitCode?)
    case note(Deviation.Kind, KitCode?)
  }

  private static func row(_ said: Said...) -> SlotRecord? {
    let moment = Moment(seconds: 1_728_000_000, zone: "UTC", offset: 0)
    let entries = said.enumerated().map { index, said in
      let event: JournalEntry.Event =
        switch said {
        case .checkIn(let kit):
          .checkIn(CheckIn(slot: 1, kit: kit, answers: [:], guess: nil))
        case .note(let kind, let kit):
          .deviation(Deviation(slot: 1, kind: kind, kit: kit, reason: "so"))
        }
      return JournalEntry(index: index, moment: moment, clockIsSet: true, event: event)
    }
    let schedule = Schedule(
      occasions: [Occasion(slot: 1, day: CalendarDay(ordinal: 20_000), kit: own)], entryWindow: 1)
    return SlotRecord.rows(of: schedule, entries: entries, today: nil).first
  }

  @Test func aCheckInSettlesWhatWasNotedBefore() {
    #expect(Self.row(.note(.missedDose, nil), .checkIn(Self.own))?.hasNoDose == false)
    let wrong = Self.row(.note(.wrongKit, Self.other), .checkIn(Self.own))
    #expect(wrong?.takenKit == Self.own)
    let lost = Self.row(.note(.lostKit, nil), .checkIn(nil))
    #expect(lost?.hasNoDose == true)
  }

  @Test func whatIsNotedAfterwardsCorrectsTheCheckIn() {
    let wrong = Self.row(.checkIn(Self.own), .note(.wrongKit, Self.other))
    #expect(wrong?.takenKit == Self.other && wrong?.hasNoDose == false)
    #expect(Self.row(.checkIn(Self.own), .note(.missedDose, nil))?.hasNoDose == true)
    #expect(
      Self.row(.checkIn(nil), .note(.wrongKit, Self.other))?.hasNoDose == false, "it was taken")
  }

  @Test func aSpareIsForADoseToCome() {
    let given = Self.row(.note(.lostKit, nil), .note(.spareKit, Self.spare))
    #expect(given?.takenKit == Self.spare && given?.hasNoDose == false)
    let late = Self.row(.checkIn(Self.own), .note(.spareKit, Self.spare))
    #expect(late?.takenKit == Self.own)
    let rated = Self.row(.note(.lostKit, nil), .checkIn(nil), .note(.spareKit, Self.spare))
    #expect(rated?.hasNoDose == true)
  }

  /// The order of two notes about two kits decides nothing.
  @Test func aKitThatWasTakenIsNotLostByTheLossOfAnother() {
    for row in [
      Self.row(.note(.wrongKit, Self.other), .note(.lostKit, nil)),
      Self.row(.note(.lostKit, nil), .note(.wrongKit, Self.other)),
    ] { #expect(row?.takenKit == Self.other && row?.hasNoDose == false) }
    #expect(Self.row(.checkIn(Self.own), .note(.brokenKit, nil))?.hasNoDose == false)
  }

  /// Half of it was swallowed, and then the rest was spilled.
  @Test func theLossOfTheRestUndoesNoDose() {
    for kind in [Deviation.Kind.partialDose, .lateDose] {
      let row = Self.row(.note(kind, nil), .note(.brokenKit, nil))
      #expect(row?.hasNoDose == false && row?.dose.isUnnamed == true)
    }
    let wrong = Self.row(.note(.wrongKit, Self.other), .note(.lostKit, Self.other))
    #expect(wrong?.hasNoDose == false && wrong?.takenKit == Self.other)
  }

  /// The note of the wrong kit was wrong: its own was taken after all.
  @Test func theOwnKitAfterAll() {
    let row = Self.row(
      .note(.lostKit, nil), .note(.spareKit, Self.spare), .note(.wrongKit, Self.own))
    #expect(row?.takenKit == Self.own && row?.mistakenKits == [])
  }

  @Test func anotherKitThatIsLostIsNoDoseMissed() {
    #expect(Self.row(.note(.lostKit, Self.other))?.hasNoDose == false)
    #expect(Self.row(.note(.lostKit, Self.own))?.hasNoDose == true)
    #expect(
      Self.row(.note(.lostKit, nil), .note(.spareKit, Self.spare), .note(.brokenKit, Self.spare))?
        .hasNoDose == true)
  }
}
