import MerkleLog

/// A file as text (age-encryption.org/v1, "ASCII armor"; strict PEM of RFC 7468, section 3).
///
/// Lines end in LF or CR LF; blank space may stand before the first line and after the last, and
/// nowhere else; every line of base64 has 64 columns but the last.
package enum AgeArmor {
  private static let begin = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
  private static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
  private static let columnCount = 64

  /// Whether a file is meant as armor: a binary one begins with the version line.
  package static func isArmored(_ file: [UInt8]) -> Bool {
    file.drop(while: { isBlank($0) || $0 == 0x0A }).starts(with: "-----".utf8)
  }

  /// The armor of a binary file.
  package static func encode(_ file: [UInt8]) -> [UInt8] {
    let digits = Array(Base64.encode(file).utf8)
    var text = begin + [0x0A]
    for start in stride(from: 0, to: digits.count, by: columnCount) {
      text += digits[start..<min(start + columnCount, digits.count)] + [0x0A]
    }
    return text + end + [0x0A]
  }

  /// The binary file in an armor.
  package static func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
    let lines = trimmed(lines(of: text))
    guard lines.count >= 2, lines.first == begin, lines.last == end else {
      throw .armor("no first or last line")
    }
    let body = lines.dropFirst().dropLast()
    for line in body.dropLast() where line.count != columnCount {
      throw .armor("a line that is not 64 columns wide")
    }
    guard let last = body.last, (1...columnCount).contains(last.count) else {
      throw .armor("a last line that is empty or too long")
    }
    let digits = String(decoding: body.joined(), as: UTF8.self)
    guard let file = Base64.decode(digits) else { throw .armor("characters that are not base64") }
    return file
  }

  /// The lines, without LF or CR LF.
  private static func lines(of text: [UInt8]) -> [[UInt8]] {
    text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().map { _, line in
      Array(line.last == 0x0D ? line.dropLast() : line)
    }
  }

  /// The lines without blank space around the whole.
  private static func trimmed(_ lines: [[UInt8]]) -> [[UInt8]] {
    var lines = lines[...]
    while let line = lines.first, line.allSatisfy(isBlank) { lines.removeFirst() }
    while let line = lines.last, line.allSatisfy(isBlank) { lines.removeLast() }
    guard let first = lines.first else { return [] }
    lines[lines.startIndex] = Array(first.drop(while: isBlank))
    if let last = lines.last {
      lines[lines.endIndex - 1] = Array(last.reversed().drop(while: isBlank).reversed())
    }
    return Array(lines)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
