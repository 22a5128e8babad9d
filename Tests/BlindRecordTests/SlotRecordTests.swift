import BlindRecord
import Testing

/// Every scheduled slot is a row with a status, whatever was recorded.
struct SlotRecordTests {
  static let schedule = Schedule(
    occasions: (1...6).map {
      Occasion(
        slot: $0, day: CalendarDay(ordinal: 100 + $0),
        kit: KitCode(values: [$0, 0, 0, 0, 0, 0]))
    }, entryWindow: 1)

  private func entry(_ index: Int, _ day: Int, _ event: JournalEntry.Event) -> JournalEntry {
    JournalEntry(
      index: index, moment: Moment(seconds: day * 86_400 + 3_600, zone: "UTC", offset: 0),
      clockIsSet: false, event: event)
  }

  private func checkIn(_ slot: Int, _ mood: Int) -> JournalEntry.Event {
    .checkIn(
      CheckIn(
        slot: slot, kit: KitCode(values: [slot, 0, 0, 0, 0, 0]),
        answers: ["mood": .number(DecimalNumber(units: mood))],
        guess: TreatmentGuess(percent: 10 * slot)))
  }

  @Test func statusesOnEveryDay() {
    let entries = [
      entry(0, 100, .opened(manifestDigest: "")), entry(1, 101, checkIn(1, 5)),
      entry(2, 104, checkIn(3, 6)),
    ]
    func letters(_ today: Int?) -> String {
      SlotRecord.rows(
        of: Self.schedule, entries: entries, today: today.map { CalendarDay(ordinal: $0) }
      ).map { row in
        switch row.status {
        case .recorded: "r"
        case .recordedLate: "l"
        case .open: "o"
        case .upcoming: "u"
        case .missing: "m"
        }
      }.joined()
    }
    // Slot s is due on day 100 + s; slot 1 was on its day, slot 3 one day late.
    #expect(letters(100) == "ruluuu")
    #expect(letters(102) == "roluuu")
    #expect(letters(103) == "roluuu")
    #expect(letters(104) == "rmlouu")
    #expect(letters(107) == "rmlmmo")
    #expect(letters(108) == "rmlmmm")
    #expect(letters(nil) == "rmlmmm")
  }

  /// Slot s is due on day 100 + s: what was due after the end was not reached, and is not missing.
  @Test func slotsAfterTheEndWereNotReached() {
    func statuses(_ more: [JournalEntry]) -> [SlotRecord.Status] {
      let entries = [entry(0, 100, .opened(manifestDigest: "")), entry(1, 101, checkIn(1, 5))]
      return SlotRecord.rows(of: Self.schedule, entries: entries + more, today: nil).map(\.status)
    }
    let locked = statuses([entry(2, 104, .locked(reason: "palpitations"))])
    #expect(locked == [.recorded, .missing, .missing, .missing, .upcoming, .upcoming])
    let late = statuses([entry(2, 108, .locked(reason: "the end"))])
    #expect(late.count { $0 == .missing } == 5 && !late.contains(.upcoming))
    let look = entry(2, 102, .look(slots: 2, mayStop: true))
    let stopped = statuses([look, entry(3, 106, .locked(reason: "may stop"))])
    #expect(stopped == [.recorded, .missing, .upcoming, .upcoming, .upcoming, .upcoming])
    let wentOn = statuses([look, entry(3, 103, checkIn(3, 6)), entry(4, 106, .locked(reason: ""))])
    #expect(wentOn == [.recorded, .missing, .recorded, .missing, .missing, .missing])
    let goOn = entry(2, 102, .look(slots: 2, mayStop: false))
    #expect(!statuses([goOn, entry(3, 106, .locked(reason: ""))]).contains(.upcoming))
  }

  @Test func whatBelongsToASlotIsInItsRow() {
    let first = Correction(
      slot: 1, item: "mood", answer: .number(DecimalNumber(units: 7)), reason: "slip")
    let second = Correction(slot: 1, item: "mood", answer: .skipped(reason: nil), reason: "no")
    let deviation = Deviation(slot: 2, kind: .missedDose, reason: "forgot")
    let general = Deviation(slot: nil, kind: .other, reason: "flu")
    let rows = SlotRecord.rows(
      of: Self.schedule,
      entries: [
        entry(0, 100, .opened(manifestDigest: "")), entry(1, 102, checkIn(1, 5)),
        entry(2, 102, .correction(first)), entry(3, 102, .correction(second)),
        entry(4, 102, .deviation(deviation)), entry(5, 102, .deviation(general)),
        entry(6, 103, .codeBreak(slot: 4, reason: "child took it")),
        entry(7, 103, .locked(reason: "end")),
      ], today: nil)
    #expect(rows.map(\.occasion) == Self.schedule.occasions)
    #expect(rows[0].status == .recordedLate && rows[0].delay == 1)
    #expect(rows[0].answers == ["mood": .skipped(reason: nil)])
    #expect(rows[0].corrections == [first, second] && rows[0].guess?.percent == 10)
    #expect(rows[1].deviations == [deviation] && rows[1].answers.isEmpty && rows[1].kit == nil)
    #expect(rows.map(\.codeBroken) == [false, false, false, true, false, false])
  }
}
