import BlindRecord
import Testing

/// The manifest as a file, and the schedule in it.
struct ManifestTests {
  private func manifest(_ schedule: Schedule) -> Manifest {
    Manifest(
      trial: "00112233aabbccdd", title: "Caffeine", simulated: false,
      sealedAt: RecordJSONTests.moment, schedule: schedule,
      items: [
        Item(
          name: "mood", prompt: "Mood?",
          kind: .number(
            lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 10), decimals: 1,
            unit: "points"), direction: .higher),
        Item(name: "sleep", prompt: "Sleep?", kind: .choice(["well", "badly"])),
        Item(name: "note", prompt: "Note?", kind: .text, direction: .lower),
      ], guessPrompt: nil,
      safety: Manifest.Safety(emergencyContact: "112", stoppingRules: ["chest pain"]),
      recorderKey: "a+b+c",
      commitments: Manifest.Commitments(
        protocolDigest: "p", shareCommitment: "s", planRoot: "r", custody: "self",
        mixing: "none", commitment: "c", sealedFiles: ["envelopes/1.age": "e"], abandonedSealings: 0
      ))
  }

  private func occasions(_ slots: [Int], _ days: [Int]) -> [Occasion] {
    zip(slots, days).map {
      Occasion(slot: $0, day: CalendarDay(ordinal: $1), kit: RecordJSONTests.kit)
    }
  }

  @Test func aManifestComesBack() throws {
    let manifest = manifest(
      Schedule(occasions: occasions([1, 2, 3], [5, 6, 9]), entryWindow: 2))
    #expect(try Manifest(bytes: CommittedJSON.encode(manifest, endsLine: true)) == manifest)
    #expect(manifest.journalOrigin == "selfblind/journal/00112233aabbccdd")
    #expect(manifest.item("sleep")?.isNumeric == false && manifest.item("x") == nil)
  }

  @Test(arguments: [
    ([], [], 2), ([2, 3], [5, 6], 2), ([1, 3], [5, 6], 2), ([1, 2], [6, 5], 2),
    ([1, 2], [5, 5], 2), ([1, 2], [5, 6], -1), ([1, 2], [5, 6], Int.max),
  ])
  func schedulesOutOfOrderAreRefused(slots: [Int], days: [Int], window: Int) throws {
    let bytes = try CommittedJSON.encode(
      manifest(Schedule(occasions: occasions(slots, days), entryWindow: window)))
    #expect(throws: FormatError.self) { try Manifest(bytes: bytes) }
  }

  @Test func truncatedForeignAndNewerFiles() throws {
    let bytes = try CommittedJSON.encode(
      manifest(Schedule(occasions: occasions([1], [5]), entryWindow: 0)))
    for count in stride(from: 0, to: bytes.count, by: 13) {
      #expect(throws: FormatError.self) { try Manifest(bytes: Array(bytes.prefix(count))) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let newer = #expect(throws: FormatError.self) {
      try Manifest(bytes: Array(text.replacing("manifest/v1", with: "manifest/v2").utf8))
    }
    #expect(
      newer?.description
        == "manifest.json: found the format \"selfblind/manifest/v2\", expected "
        + "\"selfblind/manifest/v1\" "
        + "(it was made by another version of selfblind; use that version)")
    let foreign = #expect(throws: FormatError.self) {
      try Manifest(bytes: Array("{\"name\": \"left-pad\"}".utf8))
    }
    #expect(foreign?.hint == nil)
  }

  @Test(arguments: [Int.min, -1, 0, 4, Int.max])
  func slotsBeyondTheEnds(slot: Int) {
    let schedule = Schedule(occasions: occasions([1, 2, 3], [5, 6, 9]), entryWindow: 2)
    #expect(schedule.occasion(slot: slot) == nil)
  }

  @Test func occasionsAreFound() {
    let schedule = Schedule(occasions: occasions([1, 2, 3], [5, 6, 9]), entryWindow: 2)
    #expect(schedule.occasion(slot: 3)?.day == CalendarDay(ordinal: 9))
    #expect(schedule.occasion(on: CalendarDay(ordinal: 6))?.slot == 2)
    #expect(schedule.occasion(on: CalendarDay(ordinal: 7)) == nil)
    #expect(schedule.occasion(kit: RecordJSONTests.kit)?.slot == 1)
  }

  @Test func itemsReadTypedAnswers() throws {
    let items = manifest(Schedule(occasions: [], entryWindow: 0)).items
    #expect(try items[0].answer("6.5") == .number(DecimalNumber(units: 65, decimals: 1)))
    #expect(try items[1].answer("well") == .choice("well"))
    #expect(try items[2].answer("") == .text(""))
    for typed in ["6.55", "10.1", "-1", "ten", ""] {
      let error = #expect(throws: FormatError.self) { try items[0].answer(typed) }
      #expect(
        error?.message == "answer to \"mood\": found \"\(typed)\", expected a number with at "
          + "most 1 decimal from 0 to 10")
    }
    #expect(throws: FormatError.self) { try items[1].answer("Well") }
    #expect(throws: FormatError.self) {
      try items[2].answer(String(repeating: "x", count: 2_001))
    }
    #expect(TreatmentGuess(percent: 101) == nil && TreatmentGuess(percent: -1) == nil)
  }
}
