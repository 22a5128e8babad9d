import BlindRecord
import Testing

/// Committed objects come back as they were, and their bytes are pinned.
struct RecordJSONTests {
  static let moment = Moment(seconds: 1_728_072_000, zone: "Europe/Berlin", offset: 7_200)
  static let kit = KitCode(values: [0, 1, 2, 3, 4, 5])

  static let events: [(JournalEntry.Event, String)] = [
    (.opened(manifestDigest: "ab"), #"{"digest":"ab"},"clock":"set","event":"opened""#),
    (
      .checkIn(
        CheckIn(
          slot: 2, kit: kit,
          answers: [
            "mood": .number(DecimalNumber(units: 65, decimals: 1)), "sleep": .choice("well"),
            "note": .text("a/b \"é\""), "more": .skipped(reason: nil),
            "less": .skipped(reason: "ill"),
          ], guess: TreatmentGuess(percent: nil, reason: "taste"))),
      #"{"answers":{"less":{"skipped":"ill"},"mood":{"number":"6.5"},"more":{"skipped":""},"#
        + #""note":{"text":"a/b \"é\""},"sleep":{"choice":"well"}},"#
        + #""guess":{"percent":"dk","reason":"taste"},"kit":"234567P","slot":2},"#
        + #""clock":"set","event":"check-in""#
    ),
    (
      .checkIn(
        CheckIn(slot: 1, kit: kit, answers: [:], guess: TreatmentGuess(percent: 70))),
      #"{"answers":{},"guess":{"percent":70,"reason":""},"kit":"234567P","slot":1},"#
        + #""clock":"set","event":"check-in""#
    ),
    (
      .correction(
        Correction(slot: 1, item: "mood", answer: .skipped(reason: "x"), reason: "slip")),
      #"{"answer":{"skipped":"x"},"item":"mood","reason":"slip","slot":1},"#
        + #""clock":"set","event":"correction""#
    ),
    (
      .deviation(Deviation(slot: nil, kind: .coMedication, reason: "aspirin")),
      #"{"kind":"co-medication","reason":"aspirin"},"clock":"set","event":"deviation""#
    ),
    (
      .deviation(Deviation(slot: 3, kind: .wrongKit, kit: kit, reason: "mixed up")),
      #"{"kind":"wrong-kit","kit":"234567P","reason":"mixed up","slot":3},"#
        + #""clock":"set","event":"deviation""#
    ),
    (
      .adverseEvent(
        AdverseEvent(
          term: "rash", onset: CalendarDay(ordinal: 20_000), severity: .moderate, serious: true,
          action: "stopped", outcome: "gone")),
      #"{"action":"stopped","onset":"2024-10-04","outcome":"gone","serious":true,"#
        + #""severity":"moderate","term":"rash"},"clock":"set","event":"adverse-event""#
    ),
    (
      .codeBreak(slot: 4, reason: "hospital"),
      #"{"reason":"hospital","slot":4},"clock":"set","event":"code-break""#
    ),
    (.locked(reason: "done"), #"{"reason":"done"},"clock":"set","event":"locked""#),
  ]

  @Test(arguments: events)
  func entriesComeBack(event: JournalEntry.Event, body: String) throws {
    let entry = JournalEntry(index: 3, moment: Self.moment, clockIsSet: true, event: event)
    let bytes = try CommittedJSON.encode(entry)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"at":{"instant":"2024-10-04T20:00:00Z","offset":7200,"zone":"Europe/Berlin"},"#
        + #""body":"# + body + #","index":3}"#)
    #expect(
      try CommittedJSON.decode(JournalEntry.self, from: bytes, place: "entry") == entry)
  }

  @Test(arguments: [
    ("check-in", "checkin", "a kind this version knows"), ("\"set\"", "\"sun\"", "system or set"),
    ("234567P", "234567Q", "a code of seven characters"),
    ("\"percent\":70", "\"percent\":101", "0 to 100, or \"dk\""),
    ("\"percent\":70", "\"percent\":\"no\"", "0 to 100, or \"dk\""),
    ("\"slot\":1", "\"slot\":\"1\"", "the fields of its format"),
    ("\"slot\":1", "\"slot\":1.5", "the fields of its format"),
    ("20:00:00Z", "20:00:00+00:00", "YYYY-MM-DDTHH:MM:SSZ"),
    ("\"index\":3", "\"indices\":3", "the fields of its format"),
    ("{}", "{\"mood\":{\"number\":\"1e3\"}}", "a decimal number as text"),
    (
      "{}", "{\"mood\":{\"number\":\"1\",\"text\":\"1\"}}",
      "one of number, choice, choices, text, skipped"
    ),
    ("}", "", "the fields of its format"),
  ])
  func otherEntriesAreRefused(good: String, bad: String, expected: String) throws {
    let entry = JournalEntry(
      index: 3, moment: Self.moment, clockIsSet: true, event: RecordJSONTests.events[2].0)
    let text = String(decoding: try CommittedJSON.encode(entry), as: UTF8.self)
    #expect(text.contains(good))
    let error = #expect(throws: FormatError.self) {
      try CommittedJSON.decode(
        JournalEntry.self, from: Array(text.replacing(good, with: bad).utf8), place: "entry 3")
    }
    #expect(error?.place == "entry 3" && error?.expected == expected)
  }

  /// A look says how many slots and one of two words, and nothing else is read as one.
  @Test(arguments: [("continue", false), ("may stop", true)])
  func aLookIsOneWord(_ word: String, _ mayStop: Bool) throws {
    func entry(_ word: String) -> [UInt8] {
      Array(
        (#"{"at":{"instant":"2024-10-03T18:00:00Z","offset":7200,"zone":"Europe/Berlin"},"#
          + #""body":{"slots":8,"verdict":"\#(word)"},"clock":"system","event":"look","index":1}"#)
          .utf8)
    }
    let read = try CommittedJSON.decode(JournalEntry.self, from: entry(word), place: "entry")
    #expect(read.event == .look(slots: 8, mayStop: mayStop))
    #expect(try CommittedJSON.encode(read) == entry(word))
    #expect(throws: (any Error).self) {
      try CommittedJSON.decode(JournalEntry.self, from: entry("stop now"), place: "entry")
    }
  }
}
