/// What was answered to one item at one occasion.
public enum Answer: Hashable, Sendable {
  /// A number, exactly as entered.
  case number(DecimalNumber)
  /// One of the item's options.
  case choice(String)
  /// Several of the item's options, in their order.
  case choices([String])
  /// Free text.
  case text(String)
  /// Deliberately not answered; recorded as such, with an optional reason.
  case skipped(reason: String?)

  /// The number, where the answer is one.
  public var number: DecimalNumber? {
    if case .number(let number) = self { number } else { nil }
  }
}

extension Answer: Codable {
  private enum CodingKeys: String, CodingKey { case number, choice, choices, text, skipped }

  /// Reads an object with exactly one of `number`, `choice`, `choices`, `text`, `skipped`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard fields.allKeys.count == 1, let key = fields.allKeys.first else {
      throw FormatError(
        "answer", found: "\(fields.allKeys.count) fields",
        expected: "one of number, choice, choices, text, skipped")
    }
    switch key {
    case .number: self = .number(try fields.decode(DecimalNumber.self, forKey: .number))
    case .choice: self = .choice(try fields.decode(String.self, forKey: .choice))
    case .choices: self = .choices(try fields.decode([String].self, forKey: .choices))
    case .text: self = .text(try fields.decode(String.self, forKey: .text))
    case .skipped:
      let reason = try fields.decode(String.self, forKey: .skipped)
      self = .skipped(reason: reason.isEmpty ? nil : reason)
    }
  }

  /// Writes the same form; a skip without a reason has an empty text.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .number(let number): try fields.encode(number, forKey: .number)
    case .choice(let option): try fields.encode(option, forKey: .choice)
    case .choices(let options): try fields.encode(options, forKey: .choices)
    case .text(let text): try fields.encode(text, forKey: .text)
    case .skipped(let reason): try fields.encode(reason ?? "", forKey: .skipped)
    }
  }
}
