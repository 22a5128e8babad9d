import OpenSSLCrypto

/// A line that is typed without being shown, byte by byte.
struct HiddenLine {
  /// What a byte has led to.
  enum Step: Equatable {
    /// More is to come.
    case more
    /// The line has ended.
    case done
    /// Ctrl-C, Ctrl-D or Ctrl-\.
    case interrupted
    /// A key that is no character, such as an arrow: unseen, it would become part of the line.
    case notACharacter
    /// The line is longer than any passphrase.
    case tooLong
  }

  /// The most bytes a line may have.
  static let limit = 1024

  private var bytes: [UInt8] = []

  /// An empty line, with room so that its bytes never move.
  init() { bytes.reserveCapacity(HiddenLine.limit) }

  /// The line so far.
  var content: [UInt8] { bytes }

  /// Takes the next byte.
  mutating func take(_ byte: UInt8) -> Step {
    switch byte {
    case 0x0A, 0x0D: return .done
    case 0x03, 0x04, 0x1C: return .interrupted
    case 0x08, 0x7F: removeCharacter()
    case 0x15: clear()
    case 0..<0x20: return .notACharacter
    default:
      guard bytes.count < HiddenLine.limit else { return .tooLong }
      bytes.append(byte)
    }
    return .more
  }

  /// Removes the last character: the bytes that continue it, and the one that begins it.
  private mutating func removeCharacter() {
    while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
  }

  /// Forgets the line and overwrites where it was.
  mutating func clear() {
    wipe(&bytes)
    bytes.reserveCapacity(HiddenLine.limit)
  }
}
