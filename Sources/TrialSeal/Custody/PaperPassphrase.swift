public import BlindRecord
import OpenSSLCrypto

/// A random passphrase that is made to be printed once and typed back years later.
///
/// Five groups of five characters, `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`, from an alphabet without 0, O, 1,
/// I and U. The first four of a group are random, 20 log2 31 = 99 bits in all; the fifth checks the
/// group and its place, so that a slip is found before the slow test of a passphrase, and where it is.
public struct PaperPassphrase: Sendable, CustomStringConvertible, CustomReflectable {
  /// How many groups there are.
  static let groupCount = 5
  private static let groupLength = 5

  /// The passphrase as it is printed, typed, and taken by scrypt: ASCII with hyphens.
  public private(set) var bytes: [UInt8]

  /// Draws a new one from the system's entropy.
  public static func generate() throws -> PaperPassphrase {
    var values: [Int] = []
    while values.count < groupCount * (groupLength - 1) {
      var drawn = try randomBytes(64)
      defer { wipe(&drawn) }
      // 248 = 8 · 31: what lies above would favour the first letters.
      values += drawn.filter { $0 < 248 }.map { Int($0) % 31 }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(groupCount * (groupLength + 1))
    for group in 0..<groupCount {
      let first = values[(group * (groupLength - 1))...].prefix(groupLength - 1)
      if group > 0 { bytes.append(UInt8(ascii: "-")) }
      bytes += (Array(first) + [check(Array(first), group: group)]).map { letters[$0] }
    }
    return PaperPassphrase(bytes: bytes)
  }

  /// Reads what a person typed: small letters, blanks and missing hyphens are forgiven.
  ///
  /// - Throws: `PaperFault`, which names the group with the slip and never repeats it.
  public init(typed: [UInt8]) throws(PaperFault) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(PaperPassphrase.groupCount * (PaperPassphrase.groupLength + 1))
    var values: [Int] = []
    for byte in typed where byte != 0x20 && byte != UInt8(ascii: "-") && byte != 0x09 {
      let upper = (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
      guard let value = PaperPassphrase.letters.firstIndex(of: upper) else {
        throw PaperFault.character(group: values.count / PaperPassphrase.groupLength + 1)
      }
      if values.count % PaperPassphrase.groupLength == 0, !values.isEmpty {
        bytes.append(UInt8(ascii: "-"))
      }
      values.append(value)
      bytes.append(upper)
    }
    let expected = PaperPassphrase.groupCount * PaperPassphrase.groupLength
    guard values.count == expected else { throw .length(values.count) }
    for group in 0..<PaperPassphrase.groupCount {
      let own = values[(group * PaperPassphrase.groupLength)...]
      let first = Array(own.prefix(PaperPassphrase.groupLength - 1))
      guard own[own.startIndex + first.count] == PaperPassphrase.check(first, group: group) else {
        throw .group(group + 1)
      }
    }
    self.bytes = bytes
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Overwrites it.
  public mutating func clear() { wipe(&bytes) }

  private static let letters = KitCode.alphabet

  /// The character v₅ that makes place + 1·v₁ + 2·v₂ + … + 5·v₅ a multiple of 31.
  private static func check(_ values: [Int], group: Int) -> Int {
    let sum = values.enumerated().reduce(group + 1) { $0 + ($1.offset + 1) * $1.element }
    // 5 · 25 = 125 = 4 · 31 + 1: 25 is the inverse of 5.
    return (31 - sum % 31) * 25 % 31
  }

  /// Never the passphrase.
  public var description: String { "PaperPassphrase" }
  /// Never the passphrase.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is wrong with a typed passphrase from paper; never the passphrase itself.
public enum PaperFault: Refusal, Equatable {
  /// Another number of characters than 25.
  case length(Int)
  /// A character that no passphrase has.
  case character(group: Int)
  /// A group whose last character does not fit the others.
  case group(Int)

  /// The sentence.
  public var message: String { message(of: "the passphrase from the envelope") }

  /// The sentence about another text of the same form.
  package func message(of what: String) -> String {
    switch self {
    case .length(let count):
      "\(what): found \(count) characters, expected 25 in 5 groups"
    case .character(let group):
      "\(what): found a character that is never used in group \(group)"
    case .group(let group):
      "\(what): found a slip in group \(group)"
    }
  }

  /// What to do.
  public var hint: String? {
    "compare with the page; 0, O, 1, I and U are never used, small letters are as good"
  }
}
