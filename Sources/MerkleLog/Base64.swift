/// Base64 with padding (RFC 4648, section 4), read strictly.
public enum Base64 {
  /// The padded text.
  public static func encode(_ bytes: [UInt8]) -> String {
    let text = RawBase64.encode(bytes)
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// The bytes that ``encode(_:)`` would write as `text`.
  ///
  /// - Returns: `nil` for anything else: white space, missing padding, bits after the end.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 4) else { return nil }
    for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    return RawBase64.decode(digits)
  }
}

/// Base64 without padding (RFC 4648, sections 3.2 and 4), read strictly, as the age format has it.
public enum RawBase64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8?] = {
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// The unpadded text.
  public static func encode(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity((bytes.count * 4 + 2) / 3)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        digits.append(alphabet[Int(pending >> bits & 63)])
      }
    }
    if bits > 0 { digits.append(alphabet[Int(pending << (6 - bits) & 63)]) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The bytes that ``encode(_:)`` would write as `digits`.
  ///
  /// - Returns: `nil` for anything else: padding, white space, a lone last digit, bits that are not
  ///   zero after the end (RFC 4648, section 3.5). Each byte string has one text only.
  public static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for digit in digits {
      guard let value = values[Int(digit)] else { return nil }
      pending = pending << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    return pending & (1 << bits - 1) == 0 ? bytes : nil
  }

  /// The bytes of an unpadded text.
  public static func decode(_ text: String) -> [UInt8]? {
    decode(text.utf8)
  }
}
