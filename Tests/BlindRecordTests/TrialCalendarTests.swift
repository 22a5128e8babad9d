import BlindRecord
import Testing

/// The calendar file, byte by byte where RFC 5545 says so.
@Suite struct TrialCalendarTests {
  private static func manifest(_ title: String, slots: Int = 2, kit: Int = 1) throws -> Manifest {
    let occasions = (1...slots).map {
      Occasion(
        slot: $0, day: CalendarDay(ordinal: 20_000 + 2 * $0),
        kit: KitCode(values: [$0, kit, 3, 4, 5, 6]))
    }
    return Manifest(
      trial: "00112233aabbccdd", title: title, simulated: true,
      sealedAt: Moment(seconds: 20_000 * 86_400 + 3_661, zone: "UTC", offset: 0),
      schedule: Schedule(occasions: occasions, entryWindow: 1), items: [], guessPrompt: nil,
      safety: Manifest.Safety(emergencyContact: "112", stoppingRules: ["pain"]),
      recorderKey: "",
      commitments: Manifest.Commitments(
        protocolDigest: "", shareCommitment: "", planRoot: "", custody: "self", mixing: "none",
        commitment: "", sealedFiles: [:], abandonedSealings: 0))
  }

  @Test func anEventForEachSlotAndTime() throws {
    let text = TrialCalendar(
      of: try Self.manifest("Tea"), times: [21 * 60, 8 * 60 + 5], minutesBefore: 10
    ).text
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//SelfBlind//"))
    #expect(text.hasSuffix("END:VEVENT\r\nEND:VCALENDAR\r\n"))
    let lines = text.split(separator: "\r\n")
    #expect(
      lines.filter { $0.hasPrefix("DTSTART") } == [
        "DTSTART:20241006T080500", "DTSTART:20241006T210000", "DTSTART:20241008T080500",
        "DTSTART:20241008T210000",
      ])
    #expect(
      lines.filter { $0.hasPrefix("UID") }.first == "UID:00112233aabbccdd-1-0805@selfblind")
    #expect(Set(lines.filter { $0.hasPrefix("UID") }).count == 4)
    #expect(lines.contains("DTSTAMP:20241004T010101Z"))
    #expect(lines.contains("SUMMARY:Tea: slot 2 of 2") && lines.contains("TRIGGER:-PT10M"))
  }

  @Test func textsAreEscapedAndLinesFolded() throws {
    let title = "Tee, Kaffee; \\ " + String(repeating: "ä", count: 60)
    let text = TrialCalendar(of: try Self.manifest(title), times: [0]).text
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(
      unfolded.contains(
        "SUMMARY:Tee\\, Kaffee\\; \\\\ " + String(repeating: "ä", count: 60) + ": slot 1 of 2"))
  }

  @Test func itSaysNothingOfKits() throws {
    let one = TrialCalendar(of: try Self.manifest("Tea", kit: 1), times: [60]).text
    let other = TrialCalendar(of: try Self.manifest("Tea", kit: 9), times: [60]).text
    #expect(one == other)
  }
}
