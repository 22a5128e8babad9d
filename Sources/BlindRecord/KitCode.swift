/// The code printed on a kit; all that a blinded participant knows about it.
///
/// Six random characters of a 31-character alphabet (no 0, 1, I, O, U) and a check character. The
/// check character makes the sum of `(position + 1) * value` a multiple of 31, so every single wrong
/// character and every exchange of two neighbours is found. A code carries no other information.
public struct KitCode: Hashable, Sendable, CustomStringConvertible {
  /// The characters of a code, each worth its index.
  public static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTVWXYZ".utf8)
  /// Random characters in a code, before the check character.
  public static let length = 6

  /// The seven characters.
  public let text: String

  /// A code from six values of 0 to 30.
  ///
  /// - Precondition: `values` has six elements, each in 0..<31.
  public init(values: [Int]) {
    var sum = 0
    for (place, value) in values.enumerated() { sum += (place + 1) * value }
    // 7 * check = -sum (mod 31); 9 is the inverse of 7 modulo 31.
    let check = (((-sum * 9) % 31) + 31) % 31
    text = String(decoding: (values + [check]).map { KitCode.alphabet[$0] }, as: UTF8.self)
  }

  /// Reads a typed or scanned code; small letters, blanks and hyphens are forgiven.
  ///
  /// - Returns: `nil` when a character is not of the alphabet or the check character is wrong.
  public init?(_ typed: String) {
    // ASCII only: some other letters have S as their capital.
    let bytes = typed.utf8.filter { $0 != 0x20 && $0 != 0x2D }
      .map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    guard bytes.count == KitCode.length + 1 else { return nil }
    var sum = 0
    for (place, byte) in bytes.enumerated() {
      guard let value = KitCode.alphabet.firstIndex(of: byte) else { return nil }
      sum += (place + 1) * value
    }
    guard sum % 31 == 0 else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The seven characters.
  public var description: String { text }
}

extension KitCode: Codable {
  /// Reads the seven characters.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let code = KitCode(text), code.text == text else {
      throw FormatError("kit code", found: "\"\(text)\"", expected: "a code of seven characters")
    }
    self = code
  }

  /// Writes the seven characters.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
