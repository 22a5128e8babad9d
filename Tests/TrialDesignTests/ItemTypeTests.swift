import BlindRecord
import Foundation
import Testing
import TrialDesign
import TrialTestSupport

/// The types of items of a protocol file: what each is read as, and what is refused.
@Suite struct ItemTypeTests {
  /// The example's protocol with other lines below its first item.
  private static func items(_ lines: String) throws -> [Item] {
    let text = String(decoding: ExampleProtocols.small, as: UTF8.self)
    let start = try #require(text.range(of: "\nguess:"))
    let whole = text[..<start.lowerBound] + "\n" + lines + text[start.lowerBound...]
    return try TrialProtocol(bytes: Array(whole.utf8), file: "p").items
  }

  private static func last(_ lines: String) throws -> Item {
    try #require(try items("  - name: x\n    prompt: a question\n" + lines).last)
  }

  private static func number(
    _ lower: Int, _ upper: Int, decimals: Int = 0, unit: String? = nil
  ) -> Item.Kind {
    .number(
      lower: DecimalNumber(units: lower), upper: DecimalNumber(units: upper), decimals: decimals,
      unit: unit)
  }

  @Test func eachTypeIsReadAsWhatItIs() throws {
    let cases: [(String, Item.Kind, ItemFace?)] = [
      (
        "type: slider\n    ends: [low, high]", Self.number(0, 100),
        .slider(low: "low", high: "high")
      ),
      (
        "type: slider\n    ends: [a, b]\n    range: [-5, 5]\n    unit: cm",
        Self.number(-5, 5, unit: "cm"), .slider(low: "a", high: "b")
      ),
      ("type: likert\n    labels: [a, b, c]", Self.number(1, 3), .scale(["a", "b", "c"])),
      ("type: likert\n    labels: [a, b]\n    from: 0", Self.number(0, 1), .scale(["a", "b"])),
      ("type: time", Self.number(0, 1_439, unit: "min"), .time),
      ("type: time\n    from: 18:00", Self.number(1_080, 2_519, unit: "min"), .time),
      ("type: duration", Self.number(0, 1_440, unit: "min"), .duration),
      ("type: duration\n    range: [0:30, 12:00]", Self.number(30, 720, unit: "min"), .duration),
      ("type: choices\n    options: [a, b]", .choices(["a", "b"], most: 2), nil),
      ("type: choices\n    options: [a, b]\n    most: 1", .choices(["a", "b"], most: 1), nil),
      ("type: vigilance", Self.number(100, 2_000, unit: "ms"), .task(.vigilance)),
      ("type: symbols", Self.number(0, 200), .task(.symbols)),
    ]
    for (lines, kind, face) in cases {
      let item = try Self.last("    " + lines)
      #expect(item.kind == kind && item.face == face, "\(lines)")
    }
  }

  @Test func aScoreIsMadeOfItemsAboveIt() throws {
    let parts = """
        - {name: p, prompt: a question, type: likert, labels: [a, b, c, d], from: 0}
        - {name: q, prompt: a question, type: number, range: [-1, 1], decimals: 1}

      """
    let mean = try #require(
      try Self.items(
        parts
          + "  - {name: s, prompt: a score, type: score, of: [p, q], method: mean, decimals: 1, "
          + "reversed: [q], source: here}"
      ).last)
    // (0 - 1) / 2 and (3 + 1) / 2, outwards to one decimal.
    #expect(
      mean.kind
        == .number(
          lower: DecimalNumber(units: -5, decimals: 1), upper: DecimalNumber(units: 2),
          decimals: 1, unit: nil))
    #expect(
      mean.score
        == ItemScore(method: .mean, items: ["p", "q"], reversed: ["q"], source: "here"))
    #expect(!mean.isAsked)
    for (score, words) in [
      ("of: [p, q], method: sum", "found items with more digits than the score"),
      ("of: [p, z], method: sum", "expected the name of an item above"),
      ("of: [p, p], method: sum", "expected each item once"),
      ("of: [p], method: sum, reversed: [q], decimals: 1", "expected each item once"),
      ("of: [p], method: median", "method: one of sum, mean"),
      ("of: [p]", "expected method: sum or mean"),
      ("method: sum", "expected of: the names of the items"),
    ] {
      let error = #expect(throws: ProtocolFaults.self) {
        try Self.items(parts + "  - {name: s, prompt: a score, type: score, \(score)}")
      }
      #expect(error?.description.contains(words) == true, "\(score): \(error?.description ?? "")")
    }
  }

  @Test func importAndRecallAreRead() throws {
    let item = try Self.last(
      "    type: number\n    range: [0, 100]\n    recall: last night\n"
        + "    import: {day: Date, value: Sleep score}")
    #expect(item.recall == "last night")
    #expect(item.imported == ItemImport(day: "Date", value: "Sleep score"))
    #expect(!item.isAsked)
    let night = try Self.last(
      "    type: number\n    range: [0, 100]\n    import: {day: Date, value: Score, daysBack: 1}")
    #expect(night.imported == ItemImport(day: "Date", value: "Score", daysBack: 1))
  }

  @Test(arguments: [
    ("type: slider", "expected ends: [not at all, extremely]"),
    ("type: slider\n    ends: [a]", "found the words of one end"),
    ("type: slider\n    ends: [a, b]\n    range: [5, 1]", "the lowest first"),
    ("type: likert\n    labels: [a]", "found one label"),
    ("type: likert\n    labels: [a, a]", "found a label twice"),
    (
      "type: likert\n    labels: [a, b]\n    options: [a]",
      "found options in an item of type likert"
    ),
    ("type: time\n    from: 25:00", "expected from as HH:MM"),
    ("type: duration\n    range: [2:00, 1:00]", "the shortest first"),
    ("type: choices\n    options: [a, b]\n    most: 3", "most as a whole number from 1 to 2"),
    ("type: choices\n    options: [a; b, c]", "found an option with a semicolon"),
    ("type: text\n    import: {day: d}", "expected value: the name of the column"),
    (
      "type: text\n    import: {day: d, value: v, daysBack: 8}",
      "expected daysBack as a whole number from 0 to 7"
    ),
    ("type: text\n    recall: \"\"", "expected the time that is asked about"),
  ])
  func whatIsWrongIsNamed(_ lines: String, _ words: String) {
    let error = #expect(throws: ProtocolFaults.self) { try Self.last("    " + lines) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: Instrument.all.map(\.name))
  func everyInstrumentIsAPartOfAProtocol(_ name: String) throws {
    let instrument = try #require(Instrument.named(name))
    let before = try Self.items("").count
    let items = try Self.items(instrument.text)
    #expect(items.count > before)
    for field in [instrument.title, instrument.about, instrument.source, instrument.licence] {
      #expect(!field.isEmpty && !field.contains("\n"))
    }
  }

  // Cut-offs are published for these ranges, so the scores must have them.
  @Test(arguments: [("phq-4", 12), ("gad-7", 21)])
  func scoresHaveTheirPublishedRange(_ name: String, _ most: Int) throws {
    let instrument = try #require(Instrument.named(name))
    #expect(try Self.items(instrument.text).last?.kind == Self.number(0, most))
  }
}
