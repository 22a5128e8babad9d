/// One question of the daily form, or one measurement.
public struct Item: Hashable, Sendable, Codable {
  /// What an answer to the item looks like.
  public enum Kind: Hashable, Sendable {
    /// A number between two bounds, both allowed, with at most that many decimals (0 to 9).
    case number(
      lower: DecimalNumber, upper: DecimalNumber, decimals: Int, unit: String?)
    /// One of the listed texts.
    case choice([String])
    /// Free text, never analysed.
    case text
  }

  /// Which way is better, where that is known.
  public enum Direction: String, Hashable, Sendable, Codable {
    /// More is better.
    case higher
    /// Less is better.
    case lower
    /// Neither, or not said.
    case neither
  }

  /// The most characters (Unicode scalars) of any text that a person writes into the record.
  package static let longestText = 2_000

  /// The name used in files and on the command line: letters, digits and hyphens.
  public let name: String
  /// The question as the participant reads it.
  public let prompt: String
  /// What an answer looks like.
  public let kind: Kind
  /// Which way is better.
  public let direction: Direction

  /// Makes an item.
  public init(name: String, prompt: String, kind: Kind, direction: Direction = .neither) {
    self.name = name
    self.prompt = prompt
    self.kind = kind
    self.direction = direction
  }

  /// Whether the analysis can use the answers as numbers.
  public var isNumeric: Bool {
    if case .number = kind { true } else { false }
  }

  /// What an answer must be, in words: `a number from 0 to 10`.
  public var expectation: String {
    switch kind {
    case .number(let lower, let upper, let decimals, _):
      let kind = decimals == 0 ? "a whole number" : "a number with at most \(decimals) decimals"
      return "\(kind) from \(lower) to \(upper)"
    case .choice(let options): return "one of " + options.joined(separator: ", ")
    case .text: return "a text of at most \(Item.longestText) characters"
    }
  }

  /// Reads a typed answer.
  ///
  /// - Throws: `FormatError` naming the item when the text does not fit.
  public func answer(_ typed: String) throws(FormatError) -> Answer {
    let refusal = FormatError(
      "answer to \"\(name)\"", found: "\"\(typed.prefix(40))\"", expected: expectation)
    switch kind {
    case .number(let lower, let upper, let decimals, _):
      guard let number = DecimalNumber(typed), number.decimals <= decimals,
        lower <= number, number <= upper
      else { throw refusal }
      return .number(number)
    case .choice(let options):
      guard options.contains(typed) else { throw refusal }
      return .choice(typed)
    case .text:
      guard typed.unicodeScalars.count <= Item.longestText else { throw refusal }
      return .text(typed)
    }
  }

  /// Whether a recorded answer is one that this item can have.
  public func accepts(_ answer: Answer) -> Bool {
    switch (answer, kind) {
    case (.skipped, _): true
    case (.number(let number), .number(let lower, let upper, let decimals, _)):
      lower <= number && number <= upper && number.decimals <= decimals
    case (.choice(let text), .choice(let options)): options.contains(text)
    case (.text(let text), .text): text.unicodeScalars.count <= Item.longestText
    default: false
    }
  }
}

extension Item.Kind: Codable {
  private enum CodingKeys: String, CodingKey { case type, lower, upper, decimals, unit, options }

  /// Reads `{"type": "number" | "choice" | "text", …}`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try fields.decode(String.self, forKey: .type) {
    case "number":
      self = .number(
        lower: try fields.decode(DecimalNumber.self, forKey: .lower),
        upper: try fields.decode(DecimalNumber.self, forKey: .upper),
        decimals: try fields.decode(Int.self, forKey: .decimals),
        unit: try fields.decodeIfPresent(String.self, forKey: .unit))
    case "choice": self = .choice(try fields.decode([String].self, forKey: .options))
    case "text": self = .text
    case let other:
      throw FormatError("item type", found: "\"\(other)\"", expected: "number, choice or text")
    }
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .number(let lower, let upper, let decimals, let unit):
      try fields.encode("number", forKey: .type)
      try fields.encode(lower, forKey: .lower)
      try fields.encode(upper, forKey: .upper)
      try fields.encode(decimals, forKey: .decimals)
      try fields.encodeIfPresent(unit, forKey: .unit)
    case .choice(let options):
      try fields.encode("choice", forKey: .type)
      try fields.encode(options, forKey: .options)
    case .text: try fields.encode("text", forKey: .type)
    }
  }
}
