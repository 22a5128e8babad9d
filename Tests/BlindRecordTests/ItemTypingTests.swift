import BlindRecord
import Foundation
import Testing

/// Items that are asked for in another way than by a number: what is typed, kept and read back.
@Suite struct ItemTypingTests {
  @Test func daysBackAreWrittenWhereThereAreAny() throws {
    func written(_ columns: ItemImport) throws -> String {
      String(decoding: try CommittedJSON.encode(columns, endsLine: false), as: UTF8.self)
    }
    let (plain, night) = (
      ItemImport(day: "d", value: "v"), ItemImport(day: "d", value: "v", daysBack: 1)
    )
    #expect(try written(plain) == #"{"day":"d","value":"v"}"#)
    #expect(try written(night) == #"{"day":"d","daysBack":1,"value":"v"}"#)
    for columns in [plain, night] {
      let read = try JSONDecoder().decode(ItemImport.self, from: Data(written(columns).utf8))
      #expect(read == columns)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        ItemImport.self, from: Data(#"{"day":"d","daysBack":8,"value":"v"}"#.utf8))
    }
  }

  private static func number(
    _ lower: Int, _ upper: Int, _ face: ItemFace?, decimals: Int = 0
  ) -> Item {
    Item(
      name: "x", prompt: "?",
      kind: .number(
        lower: DecimalNumber(units: lower), upper: DecimalNumber(units: upper), decimals: decimals,
        unit: nil), face: face)
  }

  // With the day beginning at 18:00, times after midnight are those of the next day.
  @Test(arguments: [
    ("18:00", 1_080, "18:00"), ("23:15", 1_395, "23:15"), ("0:00", 1_440, "00:00"),
    ("00:30", 1_470, "00:30"), ("17:59", 2_519, "17:59"),
  ])
  func aTimeIsMinutesFromItsOwnBeginningOn(_ typed: String, _ minutes: Int, _ shown: String) throws
  {
    let item = Self.number(1_080, 1_080 + 1_439, .time)
    let answer = try item.answer(typed)
    #expect(answer == .number(DecimalNumber(units: minutes)))
    #expect(item.words(for: answer) == shown)
  }

  @Test(arguments: ["24:00", "7", "7:5", "7:60", "-1:00", "7:05 ", "٧:00", "", "100:00"])
  func whatIsNoTimeIsRefused(_ typed: String) {
    #expect(throws: FormatError.self) {
      try Self.number(0, 1_439, .time).answer(typed)
    }
    #expect(throws: FormatError.self) {
      try Self.number(0, 1_440, .duration).answer(typed == "24:00" ? "24:01" : typed)
    }
  }

  @Test func aDurationIsMinutes() throws {
    let item = Self.number(60, 600, .duration)
    #expect(try item.answer("7:30") == .number(DecimalNumber(units: 450)))
    #expect(item.words(for: .number(DecimalNumber(units: 450))) == "7:30")
    #expect(item.expectation == "hours and minutes as H:MM, from 1:00 to 10:00")
    #expect(throws: FormatError.self) { try item.answer("0:59") }
    #expect(throws: FormatError.self) { try item.answer("10:01") }
  }

  @Test func aScaleIsItsNumberWithItsWord() throws {
    let item = Self.number(0, 3, .scale(["never", "once", "often", "always"]))
    #expect(try item.answer("2") == .number(DecimalNumber(units: 2)))
    #expect(item.words(for: .number(DecimalNumber(units: 2))) == "2 often")
    #expect(item.expectation == "one of 0 never, 1 once, 2 often, 3 always")
    #expect(throws: FormatError.self) { try item.answer("often") }
  }

  @Test func severalChoicesHaveOneOrder() throws {
    let item = Item(name: "x", prompt: "?", kind: .choices(["a", "b c", "d"], most: 2))
    #expect(try item.answer(" d ; a") == .choices(["a", "d"]))
    #expect(item.accepts(.choices(["a", "d"])))
    for wrong in [["d", "a"], [], ["a", "a"], ["a", "b c", "d"], ["x"]] {
      #expect(!item.accepts(.choices(wrong)))
    }
    for typed in ["", ";", "a; a", "a; b c; d", "x", "a, d"] {
      #expect(throws: FormatError.self) { try item.answer(typed) }
    }
    #expect(item.expectation == "1 to 2 of a, b c, d")
    #expect(item.words(for: .choices(["a", "d"])) == "a; d")
  }

  @Test func aPersonMayTypeAsTheyWrite() throws {
    let number = Self.number(0, 16, nil, decimals: 1)
    #expect(try number.answer(byHand: "7,5") == .number(DecimalNumber(units: 75, decimals: 1)))
    let choice = Item(name: "x", prompt: "?", kind: .choice(["Well", "badly", "2"]))
    #expect(try choice.answer(byHand: "well") == .choice("Well"))
    #expect(try choice.answer(byHand: "1") == .choice("Well"))
    // An option's own name goes before its place.
    #expect(try choice.answer(byHand: "2") == .choice("2"))
    for typed in ["0", "4", "-9223372036854775808", "so so"] {
      #expect(throws: FormatError.self) { try choice.answer(byHand: typed) }
    }
    let several = Item(name: "x", prompt: "?", kind: .choices(["a", "b c", "d"], most: 2))
    for typed in ["a, D", "3;1", "1, d"] {
      #expect(try several.answer(byHand: typed) == .choices(["a", "d"]))
    }
    let commas = Item(name: "x", prompt: "?", kind: .choices(["a, b", "c"], most: 2))
    #expect(try commas.answer(byHand: "a, b; c") == .choices(["a, b", "c"]))
  }

  @Test func facesAndScoresHaveOneSpelling() throws {
    let items = [
      Self.number(0, 100, .slider(low: "not at all", high: "very")),
      Self.number(1, 2, .scale(["a", "b"])), Self.number(0, 1_439, .time),
      Self.number(0, 90, .duration), Self.number(100, 2_000, .task(.vigilance)),
      Item(name: "c", prompt: "?", kind: .choices(["a", "b"], most: 1)),
      Item(
        name: "s", prompt: "?",
        kind: .number(
          lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 4), decimals: 1, unit: nil),
        score: ItemScore(method: .mean, items: ["x"], reversed: ["x"], source: "here"),
        recall: "last week"),
      Item(name: "i", prompt: "?", kind: .text, imported: ItemImport(day: "d", value: "v")),
    ]
    for item in items {
      let bytes = try CommittedJSON.encode(item)
      #expect(try CommittedJSON.decode(Item.self, from: bytes, place: "item") == item)
    }
    // An item without any of it is written as before.
    let plain = Item(name: "n", prompt: "p", kind: .text)
    #expect(
      String(decoding: try CommittedJSON.encode(plain), as: UTF8.self)
        == #"{"direction":"neither","kind":{"type":"text"},"name":"n","prompt":"p"}"#)
  }
}

/// Scores by hand.
@Suite struct ItemScoreTests {
  private static func part(_ name: String, _ lower: Int = 0, _ upper: Int = 3) -> Item {
    Item(
      name: name, prompt: "?",
      kind: .number(
        lower: DecimalNumber(units: lower), upper: DecimalNumber(units: upper), decimals: 1,
        unit: nil))
  }
  private static let parts = ["a", "b", "c"].map { part($0) }

  private static func answers(_ texts: [String]) -> [String: Answer] {
    Dictionary(
      uniqueKeysWithValues: zip(["a", "b", "c"], texts).map { name, text in
        (name, DecimalNumber(text).map { .number($0) } ?? .skipped(reason: "why"))
      })
  }

  @Test(arguments: [
    (ItemScore.Method.sum, 1, "", ["1", "2", "2.5"], "5.5"),
    // 3 - 2 instead of 2.
    (.sum, 1, "b", ["1", "2", "3"], "5"), (.mean, 2, "", ["1", "1", "3"], "1.67"),
    // 4.5 / 3 is rounded away from zero.
    (.mean, 0, "", ["0", "2", "2.5"], "2"), (.mean, 1, "c", ["0.1", "0.1", "2.9"], "0.1"),
  ])
  func scoresByHand(
    _ method: ItemScore.Method, _ decimals: Int, _ reversed: String, _ texts: [String],
    _ expected: String
  ) {
    let score = ItemScore(
      method: method, items: ["a", "b", "c"], reversed: reversed.isEmpty ? [] : [reversed])
    let made = score.answer(from: Self.answers(texts), decimals: decimals, of: Self.parts)
    #expect(made == DecimalNumber(expected).map { .number($0) })
  }

  @Test func belowZeroItIsRoundedAwayToo() {
    let items = [Self.part("a", -3, 3), Self.part("b", -3, 3)]
    let score = ItemScore(method: .mean, items: ["a", "b"])
    #expect(
      score.answer(from: Self.answers(["-1", "-2", "0"]), decimals: 0, of: items)
        == .number(DecimalNumber(units: -2)))
  }

  @Test func aSkippedPartSkipsTheScore() {
    let score = ItemScore(method: .sum, items: ["a", "b"])
    #expect(
      score.answer(from: Self.answers(["1", "", "1"]), decimals: 1, of: Self.parts)
        == .skipped(reason: "a part of it was skipped"))
    #expect(
      score.answer(from: ["a": .number(DecimalNumber(units: 1))], decimals: 1, of: Self.parts)
        == nil)
    #expect(
      score.answer(from: ["a": .text("1"), "b": .text("2")], decimals: 1, of: Self.parts) == nil)
  }

  @Test func hugeNumbersDoNotOverflow() throws {
    let most = 999_999_999
    let items = (1...50).map { Self.part("i\($0)", -most, most) }
    let score = ItemScore(method: .sum, items: items.map(\.name), reversed: items.map(\.name))
    let answers = Dictionary(
      uniqueKeysWithValues: items.map { ($0.name, Answer.number(DecimalNumber(units: -most))) })
    #expect(
      score.answer(from: answers, decimals: 0, of: items)
        == .number(DecimalNumber(units: 50 * most)))
  }

  @Test func theFormIsCompletedWithWhatNobodyIsAsked() {
    let score = ItemScore(method: .sum, items: ["a", "b"])
    let items =
      Self.parts + [
        Item(name: "s", prompt: "?", kind: Self.part("s", 0, 6).kind, score: score),
        Item(
          name: "i", prompt: "?", kind: .text, imported: ItemImport(day: "d", value: "v")),
      ]
    let all = items.completed(Self.answers(["1", "2", "3"]))
    #expect(all["s"] == .number(DecimalNumber(units: 3)))
    #expect(all["i"] == .skipped(reason: "to be imported"))
  }
}
