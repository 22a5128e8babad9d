/// One question of the daily form, or one measurement.
public struct Item: Hashable, Sendable, Codable {
  /// What an answer to the item looks like.
  public enum Kind: Hashable, Sendable {
    /// A number between two bounds, both allowed, with at most that many decimals (0 to 9).
    case number(
      lower: DecimalNumber, upper: DecimalNumber, decimals: Int, unit: String?)
    /// One of the listed texts.
    case choice([String])
    /// At least one of the listed texts, and at most so many of them.
    case choices([String], most: Int)
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
  /// How a number is asked for, where not by typing it; what is recorded is a number all the same.
  public let face: ItemFace?
  /// How the answer follows from those to other items; `nil` where it is asked for.
  public let score: ItemScore?
  /// The time that is asked about, in words, where it is not plain from the question.
  public let recall: String?
  /// Where the answers come from, where a file of measurements has them; then nobody is asked.
  public let imported: ItemImport?

  /// Makes an item.
  public init(
    name: String, prompt: String, kind: Kind, direction: Direction = .neither,
    face: ItemFace? = nil, score: ItemScore? = nil, recall: String? = nil,
    imported: ItemImport? = nil
  ) {
    self.name = name
    self.prompt = prompt
    self.kind = kind
    self.direction = direction
    self.face = face
    self.score = score
    self.recall = recall
    self.imported = imported
  }

  /// Whether the analysis can use the answers as numbers.
  public var isNumeric: Bool {
    if case .number = kind { true } else { false }
  }

  /// Whether somebody is asked for it.
  public var isAsked: Bool { score == nil && imported == nil }

  /// Whether a recorded answer is one that this item can have.
  public func accepts(_ answer: Answer) -> Bool {
    switch (answer, kind) {
    case (.skipped, _): true
    case (.number(let number), .number(let lower, let upper, let decimals, _)):
      lower <= number && number <= upper && number.decimals <= decimals
    case (.choice(let text), .choice(let options)): options.contains(text)
    case (.choices(let texts), .choices(let options, let most)):
      // In the order of the list, so that one answer has one spelling.
      !texts.isEmpty && texts.count <= most && texts == options.filter(texts.contains)
    case (.text(let text), .text): text.unicodeScalars.count <= Item.longestText
    default: false
    }
  }
}

extension Item.Kind: Codable {
  private enum CodingKeys: String, CodingKey {
    case type, lower, upper, decimals, unit, options, most
  }

  /// Reads `{"type": "number" | "choice" | "choices" | "text", …}`.
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
    case "choices":
      self = .choices(
        try fields.decode([String].self, forKey: .options),
        most: try fields.decode(Int.self, forKey: .most))
    case "text": self = .text
    case let other:
      throw FormatError(
        "item type", found: "\"\(other)\"", expected: "number, choice, choices or text")
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
    case .choices(let options, let most):
      try fields.encode("choices", forKey: .type)
      try fields.encode(options, forKey: .options)
      try fields.encode(most, forKey: .most)
    case .text: try fields.encode("text", forKey: .type)
    }
  }
}
