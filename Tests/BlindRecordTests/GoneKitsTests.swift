import Testing

@testable import BlindRecord

/// One list of the kits that are gone, from entries alone.
struct GoneKitsTests {
  private static func kit(_ number: Int) -> KitCode {
    KitCode(values: [number, 1, 2, 3, 4, 5])
  }

  private static let schedule = Schedule(
    occasions: (1...4).map {
      Occasion(slot: $0, day: CalendarDay(ordinal: 20_000 + $0), kit: kit($0))
    }, entryWindow: 1)

  private static func gone(_ events: JournalEntry.Event...) -> GoneKits {
    let moment = Moment(seconds: 1_728_000_000, zone: "UTC", offset: 0)
    return GoneKits(
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
    #expect(Self.gone().fate(of: spare) == nil)
    #expect(Self.gone(Self.dose(1, nil)).fate(of: Self.kit(1)) == nil, "nothing was taken")
    #expect(Self.gone(Self.dose(1, spare)).fate(of: spare) == .recorded(slot: 1))
    #expect(Self.gone(Self.note(.wrongKit, 1, spare)).fate(of: spare) == .taken(slot: 1))
    #expect(Self.gone(Self.note(.spareKit, 1, spare)).fate(of: spare) == .given(slot: 1))
    for kind in [Deviation.Kind.lostKit, .brokenKit] {
      #expect(Self.gone(Self.note(kind, nil, spare)).fate(of: spare) == .lost)
      #expect(Self.gone(Self.note(kind, 1)).fate(of: Self.kit(1)) == .lost, "the slot's own")
    }
    #expect(Self.gone(Self.note(.missedDose, 1)).fate(of: Self.kit(1)) == nil, "it is still there")
  }

  @Test func theSpareOfASlotCanBeLostToo() {
    let spare = Self.kit(9)
    let gone = Self.gone(
      Self.note(.lostKit, 1), Self.note(.spareKit, 1, spare), Self.note(.brokenKit, 1))
    #expect(gone.spare(for: 1) == spare)
    #expect(gone.isLost(spare) && gone.isLost(Self.kit(1)))
    #expect(gone.fate(of: spare) == .given(slot: 1))
    // Whatever became of it since, it holds what the kit of its slot held.
    let eaten = Self.gone(
      Self.note(.spareKit, 1, spare), Self.note(.wrongKit, 2, spare),
      Self.note(.spareKit, 1, Self.kit(10)))
    #expect(eaten.fate(of: spare) == .taken(slot: 2))
    #expect(eaten.slot(of: spare) == 1 && eaten.slot(of: Self.kit(10)) == 1)
    #expect(eaten.spare(for: 1) == Self.kit(10))
  }

  @Test func aRecordedDoseStands() {
    let kit = Self.kit(2)
    let gone = Self.gone(
      Self.dose(1, kit), Self.note(.wrongKit, 3, kit), Self.note(.lostKit, 2))
    #expect(gone.fate(of: kit) == .recorded(slot: 1))
    #expect(gone.fate(of: kit)?.slotOfTheDose == 1)
  }

  /// What stands for the slot was taken at it, and so not the kit that a note says.
  @Test func theCheckInOverrulesTheNoteOfItsSlot() {
    let (other, spare) = (Self.kit(2), Self.kit(9))
    let note = Self.note(.wrongKit, 1, other)
    #expect(Self.gone(note, Self.dose(1, Self.kit(1))).fate(of: other) == nil)
    #expect(Self.gone(Self.dose(1, Self.kit(1)), note).fate(of: other) == .taken(slot: 1))
    #expect(Self.gone(note, Self.dose(2, Self.kit(3))).fate(of: other) == .taken(slot: 1))
    #expect(Self.gone(note, Self.dose(1, Self.kit(3))).fate(of: other) == .taken(slot: 1))
    let given = Self.gone(note, Self.note(.spareKit, 1, spare), Self.dose(1, spare))
    #expect(given.fate(of: other) == nil && given.fate(of: spare) == .recorded(slot: 1))
    let back = Self.gone(
      Self.note(.spareKit, 3, spare), Self.note(.wrongKit, 1, spare), Self.dose(1, Self.kit(1)))
    #expect(back.fate(of: spare) == .given(slot: 3), "it still stands for its slot")
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
