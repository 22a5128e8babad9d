import BlindRecord
import Foundation
import Testing

/// The tables of the blinded record: what a column holds is what the dictionary says.
@Suite struct RecordExportTests {
  private static let day = CalendarDay(ordinal: 20_000)
  private static let kits = (0..<3).map { KitCode(values: [$0, 1, 2, 3, 4, 5]) }

  private static let items = [
    Item(
      name: "bed", prompt: "When?",
      kind: .number(
        lower: DecimalNumber(units: 1_080), upper: DecimalNumber(units: 2_519), decimals: 0,
        unit: "min"), face: .time),
    Item(
      name: "asleep", prompt: "How long?",
      kind: .number(
        lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 840), decimals: 0, unit: "min"),
      face: .duration),
    Item(
      name: "ring", prompt: "Score?",
      kind: .number(
        lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 100), decimals: 0, unit: nil),
      imported: ItemImport(day: "d", value: "v")),
  ]

  private static func number(_ units: Int) -> Answer { .number(DecimalNumber(units: units)) }

  /// Three slots: one recorded after it waited, corrected and imported; one with another kit; one to come.
  private func export() throws -> RecordExport {
    let manifest = Manifest(
      trial: "00112233aabbccdd", title: "x", simulated: true,
      sealedAt: Moment(seconds: 0, zone: "UTC", offset: 0),
      schedule: Schedule(
        occasions: (0..<3).map {
          Occasion(slot: $0 + 1, day: Self.day.advanced(by: $0), kit: Self.kits[$0])
        }, entryWindow: 1, zone: "UTC"), items: Self.items, guessPrompt: nil, packing: nil,
      safety: Manifest.Safety(emergencyContact: "x", stoppingRules: ["x"]), recorderKey: "x",
      commitments: Manifest.Commitments(
        protocolDigest: "", shareCommitment: "", planRoot: "", custody: "self", mixing: "none",
        commitment: "", sealedFiles: [:], abandonedSealings: 0))
    let events: [(Int, Int?, JournalEntry.Event)] = [
      (0, nil, .opened(manifestDigest: "")),
      (
        90_000, 7_200,
        .checkIn(
          CheckIn(
            slot: 1, kit: Self.kits[0],
            answers: [
              "bed": Self.number(1_450), "asleep": Self.number(450),
              "ring": .skipped(reason: "to be imported"),
            ], guess: nil))
      ),
      (
        90_001, nil,
        .correction(
          Correction(
            slot: 1, item: "asleep", answer: Self.number(451), reason: "imported from memory"))
      ),
      (
        90_002, nil,
        .correction(
          Correction(
            slot: 1, item: "ring", answer: Self.number(81), reason: "imported from r.csv, line 2"))
      ),
      (
        90_003, nil,
        .deviation(Deviation(slot: 2, kind: .wrongKit, kit: Self.kits[2], reason: "dark"))
      ),
      (
        90_004, nil,
        .adverseEvent(
          AdverseEvent(
            term: "rash", onset: Self.day, severity: .mild, serious: true, action: "cream; ice",
            outcome: "gone"))
      ),
    ]
    let entries = try events.enumerated().map { index, event in
      JournalEntry(
        index: index,
        moment: Moment(seconds: 20_000 * 86_400 + event.0, zone: "UTC", offset: 0),
        clockIsSet: false,
        form: try event.1.map { _ in try #require(FormToken(String(repeating: "0", count: 32))) },
        kept: event.1, event: event.2)
    }
    return RecordExport(manifest, entries: entries, today: Self.day.advanced(by: 1))
  }

  private func rows(_ text: String) throws -> [[String: String]] {
    let table = try CSVTable(bytes: Array(text.utf8), file: "x")
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0.cells)) }
  }

  @Test func aSlotSaysWhatItKnowsAndNothingElse() throws {
    let rows = try rows(export().record)
    #expect(rows.map { $0["delay"] } == ["0", "", ""])
    #expect(rows.map { $0["kept"] } == ["7200", "", ""])
    #expect(rows.map { $0["corrections"] } == ["1", "0", "0"])
    #expect(rows.map { $0["imports"] } == ["1", "0", "0"])
    #expect(rows.map { $0["kit"] } == [Self.kits[0].text, Self.kits[2].text, Self.kits[2].text])
    #expect(rows[0]["item_bed"] == "1450" && rows[0]["item_asleep"] == "451")
  }

  @Test func anEventHasItsDayItsZoneAndTheOldAnswer() throws {
    let rows = try rows(export().events)
    #expect(rows.map { $0["what"] } == ["correction", "import", "deviation", "adverse event"])
    #expect(rows[0]["old"] == "450" && rows[0]["new"] == "451")
    #expect(rows[1]["old"] == "skipped: to be imported" && rows[1]["new"] == "81")
    #expect(rows[2]["kit"] == Self.kits[2].text && rows[2]["slot"] == "2")
    #expect(rows[3]["onset"] == Self.day.description && rows[3]["action"] == "cream; ice")
    #expect(rows.allSatisfy { $0["zone"] == "UTC" && $0["day"] == "2024-10-05" })
  }

  @Test func theDictionaryNamesEveryColumnAndWhatStandsInIt() throws {
    let export = try export()
    let dictionary = try rows(export.dictionary)
    for (file, text) in [("record.csv", export.record), ("events.csv", export.events)] {
      let named = dictionary.filter { $0["file"] == file }.map { $0["column"] ?? "" }
      #expect(named == (try CSVTable(bytes: Array(text.utf8), file: "x").header))
    }
    func answers(_ column: String) -> String? {
      dictionary.first { $0["column"] == column }?["answers"]
    }
    #expect(
      answers("item_bed") == "minutes after midnight, 1080 to 2519; from 1440 on of the next day")
    #expect(answers("item_asleep") == "minutes, 0 to 840")
    #expect(dictionary.allSatisfy { $0["meaning"]?.isEmpty == false })
  }
}
