import Testing

@testable import BlindRecord

/// What became of each kit and what was swallowed at each slot, from entries alone.
struct DosesTests {
  private static func kit(_ number: Int) -> KitCode {
    KitCode(values: [number, 1, 2, 3, 4, 5])
  }

  private static let schedule = Schedule(
    occasions: (1...4).map {
      Occasion(slot: $0, day: CalendarDay(ordinal: 20_000 + $0), kit: kit($0))
    }, entryWindow: 1)

  private static func doses(_ events: JournalEntry.Event...) -> Doses {
    let moment = Moment(seconds: 1_728_000_000, zone: "UTC", offset: 0)
    return Doses(
      events.enumerated().map {
        JournalEntry(index: $0.offset, moment: moment, clockIsSet: true, event: $0.element)
      }, schedule: schedule)
  }

  private static func note(
    _ kind: Deviation.Kind, _ slot: Int?, _ kit: KitCode? = nil
  ) -> JournalEntry.Event {
    .deviation(Deviation(slot: slot, kind: kind, kit: kit, reason: "so"))
  }

  private static func dose(_ slot: Int, _ kit: KitCode?) -> JournalEntry.Event {
    .checkIn(CheckIn(slot: slot, kit: kit, answers: [:], guess: nil))
  }

  @Test func everyWayToBeGone() {
    let spare = Self.kit(9)
    #expect(Self.doses().fate(of: spare) == nil)
    #expect(Self.doses(Self.dose(1, nil)).fate(of: Self.kit(1)) == nil, "nothing was taken")
    #expect(Self.doses(Self.dose(1, spare)).fate(of: spare) == .recorded(slot: 1))
    #expect(Self.doses(Self.note(.wrongKit, 1, spare)).fate(of: spare) == .noted(slot: 1))
    #expect(Self.doses(Self.note(.spareKit, 1, spare)).fate(of: spare) == .given(slot: 1))
    for kind in [Deviation.Kind.lostKit, .brokenKit] {
      #expect(Self.doses(Self.note(kind, nil, spare)).fate(of: spare) == .lost)
      #expect(Self.doses(Self.note(kind, 1)).fate(of: Self.kit(1)) == .lost, "the slot's own")
    }
    #expect(Self.doses(Self.note(.missedDose, 1)).fate(of: Self.kit(1)) == nil, "it is still there")
  }

  @Test func theSpareOfASlotCanBeLostToo() {
    let spare = Self.kit(9)
    let doses = Self.doses(
      Self.note(.lostKit, 1), Self.note(.spareKit, 1, spare), Self.note(.brokenKit, 1))
    #expect(doses.spare(for: 1) == spare)
    #expect(doses.isLost(spare) && doses.isLost(Self.kit(1)))
    #expect(doses.fate(of: spare) == .given(slot: 1))
    // Whatever became of it since, it holds what the kit of its slot held.
    let eaten = Self.doses(
      Self.note(.spareKit, 1, spare), Self.note(.wrongKit, 2, spare),
      Self.note(.spareKit, 1, Self.kit(10)))
    #expect(eaten.fate(of: spare) == .noted(slot: 2))
    #expect(eaten.slot(of: spare) == 1 && eaten.slot(of: Self.kit(10)) == 1)
    #expect(eaten.spare(for: 1) == Self.kit(10))
  }

  @Test func aRecordedDoseStands() {
    let kit = Self.kit(2)
    let doses = Self.doses(
      Self.dose(1, kit), Self.note(.wrongKit, 3, kit), Self.note(.lostKit, 2))
    #expect(doses.fate(of: kit) == .recorded(slot: 1))
    #expect(doses.fate(of: kit)?.slotOfTheDose == 1)
  }

  /// What stands for the slot was taken at it, and so not the kit that a note says.
  @Test func theCheckInOverrulesTheNoteOfItsSlot() {
    let (other, spare) = (Self.kit(2), Self.kit(9))
    let note = Self.note(.wrongKit, 1, other)
    #expect(Self.doses(note, Self.dose(1, Self.kit(1))).fate(of: other) == nil)
    #expect(Self.doses(Self.dose(1, Self.kit(1)), note).fate(of: other) == .noted(slot: 1))
    #expect(Self.doses(note, Self.dose(2, Self.kit(3))).fate(of: other) == .noted(slot: 1))
    #expect(Self.doses(note, Self.dose(1, Self.kit(3))).fate(of: other) == nil, "the last word")
    let given = Self.doses(note, Self.note(.spareKit, 1, spare), Self.dose(1, spare))
    #expect(given.fate(of: other) == nil && given.fate(of: spare) == .recorded(slot: 1))
    let back = Self.doses(
      Self.note(.spareKit, 3, spare), Self.note(.wrongKit, 1, spare), Self.dose(1, Self.kit(1)))
    #expect(back.fate(of: spare) == .given(slot: 3), "it still stands for its slot")
  }

  /// A check-in with the wrong code that is put right afterwards keeps no other slot's kit.
  @Test func aCorrectedCheckInSetsItsKitFree() {
    let (wrong, right) = (Self.kit(3), Self.kit(4))
    let entries = [Self.note(.wrongKit, 1, wrong), Self.dose(1, wrong)]
    for correction in [Self.note(.missedDose, 1), Self.note(.wrongKit, 1, right)] {
      let doses = Self.doses(entries[0], entries[1], correction)
      #expect(doses.fate(of: wrong) == nil)
      #expect(Self.doses(entries[0], entries[1]).fate(of: wrong) == .recorded(slot: 1))
    }
    let doses = Self.doses(entries[0], entries[1], Self.note(.wrongKit, 1, right))
    #expect(doses.fate(of: right) == .noted(slot: 1))
  }

  /// A kit is swallowed once: who recorded it at its own slot did not take it at the other one.
  @Test func aLaterEntryWithdrawsTheNoteOfAnotherSlot() {
    let kit = Self.kit(2)
    for later in [Self.dose(2, kit), Self.note(.wrongKit, 3, kit)] {
      let before = Self.doses(Self.note(.wrongKit, 1, kit), later)
      #expect(before.fate(of: kit)?.slotOfTheDose != 1)
      let open = before.dose(of: 1)
      #expect(open.kit == nil && !open.isTaken && !open.isNone && open.isUnknown, "something was")
      let rated = Self.doses(Self.dose(1, Self.kit(1)), Self.note(.wrongKit, 1, kit), later)
      #expect(rated.dose(of: 1).kit == Self.kit(1) && !rated.dose(of: 1).isUnnamed)
      let none = Self.doses(
        Self.note(.missedDose, 1), Self.dose(1, nil), Self.note(.wrongKit, 1, kit), later)
      #expect(none.dose(of: 1).isNone)
    }
    // What a check-in says stands against a note.
    let stands = Self.doses(Self.dose(1, kit), Self.note(.wrongKit, 2, kit))
    #expect(stands.dose(of: 1).kit == kit && stands.fate(of: kit) == .recorded(slot: 1))
  }

  /// The check-in's kit was corrected and then taken elsewhere: it does not come back.
  @Test func aCorrectedCheckInDoesNotComeBack() {
    let (own, other) = (Self.kit(1), Self.kit(3))
    let corrected = Self.doses(
      Self.dose(1, own), Self.note(.wrongKit, 1, other), Self.note(.wrongKit, 2, own),
      Self.dose(2, own), Self.dose(3, other))
    #expect(corrected.fate(of: own) == .recorded(slot: 2))
    #expect(corrected.dose(of: 1).kit == nil && corrected.dose(of: 1).isUnknown)
    let revived = Self.doses(
      Self.dose(1, own), Self.note(.missedDose, 1), Self.note(.wrongKit, 2, own),
      Self.note(.lateDose, 1))
    #expect(revived.dose(of: 1).isUnknown && revived.fate(of: own) == .noted(slot: 2))
    let rated = Self.doses(
      Self.note(.missedDose, 1), Self.dose(1, nil), Self.note(.lateDose, 1))
    #expect(rated.dose(of: 1).isUnknown, "no entry names a kit")
  }

  /// What the check-in says anyway is no mere note.
  @Test func theSameSaidAgainChangesNothing() {
    let kit = Self.kit(2)
    let doses = Self.doses(
      Self.note(.wrongKit, 1, kit), Self.dose(1, kit), Self.note(.wrongKit, 1, kit))
    #expect(doses.fate(of: kit) == .recorded(slot: 1))
    #expect(doses.taker(of: kit, besides: 2) == 1 && doses.taker(of: kit, besides: 1) == nil)
  }

  @Test func theLatestWordOnADoseCounts() {
    func row(_ kinds: Deviation.Kind...) -> SlotRecord? {
      let moment = Moment(seconds: 1_728_000_000, zone: "UTC", offset: 0)
      let entries = kinds.enumerated().map {
        JournalEntry(
          index: $0.offset, moment: moment, clockIsSet: true,
          // Of the kit that stands for the slot; a spare is named.
          event: Self.note($0.element, 1, $0.element == .spareKit ? Self.kit(9) : nil))
      }
      return SlotRecord.rows(of: Self.schedule, entries: entries, today: nil).first
    }
    #expect(row()?.hasNoDose == false)
    #expect(row(.missedDose)?.hasNoDose == true)
    #expect(row(.lostKit, .other)?.hasNoDose == true)
    #expect(row(.brokenKit, .spareKit)?.hasNoDose == false)
    #expect(row(.missedDose, .lateDose)?.hasNoDose == false)
  }
}
