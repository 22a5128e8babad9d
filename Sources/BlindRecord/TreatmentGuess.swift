/// The participant's guess, asked after the ratings and before any reveal.
///
/// A probability that the kit was not the reference arm's, in whole percent, or "don't know".
public struct TreatmentGuess: Hashable, Sendable, Codable {
  /// 0 to 100; `nil` means "don't know".
  public let percent: Int?
  /// What the guess rests on, in the participant's words; may be empty.
  public let reason: String

  /// Makes a guess; `nil` when the percentage is outside 0 to 100.
  public init?(percent: Int?, reason: String = "") {
    if let percent, !(0...100).contains(percent) { return nil }
    self.percent = percent
    self.reason = reason
  }

  private enum CodingKeys: String, CodingKey { case percent, reason }

  /// Reads `{"percent": 0 to 100 or "dk", "reason": text}`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let reason = try fields.decode(String.self, forKey: .reason)
    if let word = try? fields.decode(String.self, forKey: .percent) {
      guard word == "dk" else {
        throw FormatError("guess", found: "\"\(word)\"", expected: "0 to 100, or \"dk\"")
      }
      self.percent = nil
    } else {
      let percent = try fields.decode(Int.self, forKey: .percent)
      guard (0...100).contains(percent) else {
        throw FormatError("guess", found: "\(percent)", expected: "0 to 100, or \"dk\"")
      }
      self.percent = percent
    }
    self.reason = reason
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if let percent {
      try fields.encode(percent, forKey: .percent)
    } else {
      try fields.encode("dk", forKey: .percent)
    }
    try fields.encode(reason, forKey: .reason)
  }
}
