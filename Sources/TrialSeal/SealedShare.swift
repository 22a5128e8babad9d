import OpenSSLCrypto

/// The text inside `sealed/share.age`: the secret from which everything follows.
///
/// Three lines that a custodian can hand over after opening the file with a stock `age`; layout in
/// seal.md, section 2.
struct SealedShare: Sendable {
  static let format = "selfblind/share/v1"

  let trial: [UInt8]
  private(set) var share: [UInt8]

  /// The three lines, which the caller wipes; made without a text of the share, which could not be.
  var bytes: [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var bytes = Array("\(SealedShare.format)\ntrial \(Hex.encode(trial))\nshare ".utf8)
    bytes.reserveCapacity(bytes.count + 2 * share.count + 1)
    for byte in share { bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return bytes + [0x0A]
  }

  /// The share in memory of its own.
  func protected() throws -> SecretBytes {
    try SecretBytes(count: share.count) { $0.copyBytes(from: share) }
  }

  /// Overwrites the share.
  mutating func clear() { wipe(&share) }

  init(trial: [UInt8], share: [UInt8]) {
    self.trial = trial
    self.share = share
  }

  /// Reads the three lines; blank lines around them are forgiven.
  init?(text: [UInt8]) {
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }
    guard lines.count == 3, lines[0].elementsEqual(SealedShare.format.utf8),
      lines[1].starts(with: "trial ".utf8), lines[2].starts(with: "share ".utf8),
      let trial = SealedShare.decode(lines[1].dropFirst(6)), trial.count == 8,
      let share = SealedShare.decode(lines[2].dropFirst(6)), share.count == 32
    else { return nil }
    self.init(trial: trial, share: share)
  }

  /// Small hex digits, read without a text.
  private static func decode(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
