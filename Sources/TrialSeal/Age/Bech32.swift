import OpenSSLCrypto

/// Bech32 (BIP 173) without its limit of 90 characters: the text form of age keys.
enum Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let checksumCount = 6
  private static let separator = UInt8(ascii: "1")

  /// The text of `data` after a prefix; lower case throughout.
  ///
  /// - Precondition: `prefix` is lower-case ASCII.
  static func encode(prefix: String, _ data: [UInt8]) -> String {
    String(decoding: encodeBytes(prefix: prefix, data), as: UTF8.self)
  }

  /// The same as bytes, which the caller wipes: of a secret nothing else is left behind.
  static func encodeBytes(prefix: String, _ data: [UInt8]) -> [UInt8] {
    let prefix = Array(prefix.utf8)
    var digits = regroup(data, from: 8, to: 5)
    defer { wipe(&digits) }
    // With room from the start, so that no copy is left where an array grew.
    var padded = expanded(prefix)
    padded.reserveCapacity(padded.count + digits.count + checksumCount)
    defer { wipe(&padded) }
    padded += digits
    for _ in 0..<checksumCount { padded.append(0) }
    let check = checksum(padded) ^ 1
    var text = prefix
    // With room for a line feed, which a caller may add without leaving a copy.
    text.reserveCapacity(prefix.count + 1 + digits.count + checksumCount + 1)
    text.append(separator)
    for digit in digits { text.append(alphabet[Int(digit)]) }
    for place in 0..<checksumCount {
      text.append(alphabet[Int(check >> UInt32(5 * (5 - place)) & 31)])
    }
    return text
  }

  /// The prefix and the data of a text; nothing of it stays behind.
  ///
  /// - Returns: `nil` for mixed case, an unknown character, a wrong checksum, or padding that is not
  ///   zero (BIP 173, "Decoding").
  static func decode(_ bytes: [UInt8]) -> Decoded? {
    var lower = bytes.map(lowercased)
    defer { wipe(&lower) }
    guard bytes.allSatisfy({ (33...126).contains($0) }),
      bytes == lower || !bytes.contains(where: { (0x61...0x7A).contains($0) }),
      let cut = lower.lastIndex(of: separator), cut > 0, lower.count - cut > checksumCount
    else { return nil }
    // One array with room for all: the prefix as the checksum reads it, then the digits.
    var values = expanded(Array(lower[..<cut]))
    let start = values.count
    values.reserveCapacity(start + lower.count - cut)
    defer { wipe(&values) }
    for character in lower[(cut + 1)...] {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      values.append(UInt8(value))
    }
    guard checksum(values) == 1 else { return nil }
    var digits = Array(values[start..<(values.count - checksumCount)])
    defer { wipe(&digits) }
    var data = regroup(digits, from: 5, to: 8, isPadding: false)
    var again = regroup(data, from: 8, to: 5)
    defer { wipe(&again) }
    guard again == digits else {
      wipe(&data)
      return nil
    }
    return Decoded(prefix: String(decoding: bytes[..<cut], as: UTF8.self), data: data)
  }

  /// What a text says; its reader wipes the data of a secret.
  struct Decoded {
    /// The prefix, in the case it has.
    let prefix: String
    /// The bytes.
    var data: [UInt8]
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// The prefix as the checksum reads it: the high bits, a zero, the low bits.
  private static func expanded(_ prefix: [UInt8]) -> [UInt8] {
    prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
  }

  private static func checksum(_ values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
    var sum: UInt32 = 1
    for value in values {
      let top = sum >> 25
      sum = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
      for (bit, term) in generator.enumerated() where top >> UInt32(bit) & 1 == 1 { sum ^= term }
    }
    return sum
  }

  /// Cuts a string of bits into other groups; bits left over are padded with zeros, or dropped.
  private static func regroup(
    _ groups: [UInt8], from: UInt32, to: UInt32, isPadding: Bool = true
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(groups.count * Int(from) / Int(to) + 1)
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    let mask: UInt32 = (1 << to) - 1
    for group in groups {
      pending = (pending << from | UInt32(group)) & 0xfff
      bits += from
      while bits >= to {
        bits -= to
        result.append(UInt8(pending >> bits & mask))
      }
    }
    if isPadding, bits > 0 { result.append(UInt8(pending << (to - bits) & mask)) }
    return result
  }
}
