import OpenSSLCrypto

/// The parts of a signed note (c2sp.org/signed-note), before any signature was verified.
///
/// All comparisons are of bytes: Swift's `==` holds canonically equivalent strings for equal, and a
/// signature does not.
struct NoteFormat {
  /// One line `— name base64(key id || signature)`.
  struct Signature {
    let name: String
    let keyID: [UInt8]
    let bytes: [UInt8]

    func isBy(name: String, keyID: [UInt8]) -> Bool {
      self.keyID == keyID && self.name.utf8.elementsEqual(name.utf8)
    }
  }

  /// The type byte of plain Ed25519 signatures.
  static let ed25519Type: UInt8 = 0x01
  static let keyIDByteCount = 4
  /// More lines than any witness network needs; the format demands at least 16.
  static let mostSignatures = 64

  private static let newline = UInt8(ascii: "\n")
  private static let linePrefix = Array("\u{2014} ".utf8)

  let text: String
  let signatures: [Signature]

  /// Reads a note strictly.
  init(_ note: String) throws(NoteError) {
    let bytes = Array(note.utf8)
    try Self.checkCharacters(bytes)
    let breaks = bytes.indices.dropFirst().reversed()
    let blank = breaks.first { bytes[$0] == Self.newline && bytes[$0 - 1] == Self.newline }
    guard let blank else { throw .malformed("no empty line before the signatures") }
    guard bytes.last == Self.newline, blank + 1 < bytes.count else {
      throw .malformed("no complete signature line")
    }
    let lines = bytes[(blank + 1)...].dropLast()
      .split(separator: Self.newline, omittingEmptySubsequences: false)
    guard lines.count <= Self.mostSignatures else {
      throw .malformed("more than \(Self.mostSignatures) signatures")
    }
    var signatures: [Signature] = []
    for line in lines { signatures.append(try Self.signature(Array(line))) }
    text = String(decoding: bytes[..<blank], as: UTF8.self)
    self.signatures = signatures
  }

  /// The note of a text and one signature.
  static func write(_ text: String, name: String, keyID: [UInt8], signature: [UInt8]) -> String {
    "\(text)\n\u{2014} \(name) \(Base64.encode(keyID + signature))\n"
  }

  /// Refuses a text that cannot stand in a note.
  static func checkText(_ text: String) throws(NoteError) {
    let bytes = Array(text.utf8)
    try checkCharacters(bytes)
    guard bytes.last == newline else { throw .malformed("the text does not end in a newline") }
  }

  /// Refuses a name that is empty or holds a space, a plus sign or a control character.
  static func checkName(_ name: String) throws(NoteError) {
    let isGood = name.unicodeScalars.allSatisfy { scalar in
      !scalar.properties.isWhitespace && scalar != "+" && scalar.value >= 0x20
    }
    guard isGood, !name.isEmpty else { throw .badName(name) }
  }

  /// The first four bytes of SHA-256 over name, newline, type and public key.
  static func keyID(name: String, publicKey: [UInt8]) -> [UInt8] {
    let digest = sha256(Array(name.utf8) + [newline, ed25519Type] + publicKey)
    return Array(digest.prefix(keyIDByteCount))
  }

  /// What the note says, for an error.
  var unverified: UnverifiedNote {
    UnverifiedNote(text: text, signerNames: signatures.map(\.name))
  }

  private static func checkCharacters(_ bytes: [UInt8]) throws(NoteError) {
    guard bytes.allSatisfy({ $0 >= 0x20 || $0 == newline }) else {
      throw .malformed("a control character")
    }
  }

  private static func signature(_ line: [UInt8]) throws(NoteError) -> Signature {
    guard line.starts(with: linePrefix) else {
      throw .malformed("a signature line that does not begin with a dash")
    }
    let parts = line.dropFirst(linePrefix.count)
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 2, (try? checkName(parts[0])) != nil else {
      throw .malformed("a signature line that is not a name and a signature")
    }
    guard let bytes = Base64.decode(parts[1]), bytes.count > keyIDByteCount else {
      throw .malformed("a signature that is not base64")
    }
    return Signature(
      name: parts[0], keyID: Array(bytes.prefix(keyIDByteCount)),
      bytes: Array(bytes.dropFirst(keyIDByteCount)))
  }
}
