import MerkleLog
import OpenSSLCrypto

/// One recipient's part of a header: the file key, wrapped (age-encryption.org/v1, "Recipient stanza").
///
/// ```
/// -> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc
/// hjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE
/// ```
struct AgeStanza: Equatable {
  /// The length of a body line; the last line of a body is always shorter, if need be empty.
  static let columnCount = 64
  /// A file key of 16 bytes and its tag.
  static let wrappedKeyByteCount = 32
  /// The nonce of a file key: its wrapping key is used once.
  static let zeroNonce = [UInt8](repeating: 0, count: ChaCha20Poly1305.nonceByteCount)

  let arguments: [String]
  let body: [UInt8]

  /// The first argument.
  var type: String { arguments.first ?? "" }

  /// The stanza as it stands in a header.
  var text: String {
    let digits = Array(Self.encode(body).utf8)
    var lines = ["-> " + arguments.joined(separator: " ")]
    // One step beyond a full last line: the body then ends in an empty one.
    for start in stride(from: 0, through: digits.count, by: Self.columnCount) {
      let end = min(start + Self.columnCount, digits.count)
      lines.append(String(decoding: digits[start..<end], as: UTF8.self))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Unpadded base64.
  static func encode(_ bytes: [UInt8]) -> String { RawBase64.encode(bytes) }

  /// The bytes of unpadded base64, canonical only.
  static func decode(_ text: String) -> [UInt8]? { RawBase64.decode(text) }
}

/// Something that a file key can be wrapped for.
protocol AgeWrapping {
  /// The stanza from which its holder gets the file key.
  func wrap(_ fileKey: [UInt8]) throws(AgeError) -> AgeStanza
}

/// Something that may get the file key out of a stanza.
protocol AgeUnwrapping {
  /// The file key, or `nil` if the stanza is for somebody else.
  ///
  /// - Throws: `AgeError.header` for a stanza of its own type that no writer makes.
  func unwrap(_ stanza: AgeStanza) throws(AgeError) -> [UInt8]?
}

/// The parts of an X25519 stanza, and the cipher that both sides of it derive.
struct X25519Stanza {
  static let stanzaType = "X25519"
  private static let label = Array("age-encryption.org/v1/X25519".utf8)

  let share: [UInt8]
  let body: [UInt8]

  /// Reads a stanza; `nil` if it is of another type.
  init?(_ stanza: AgeStanza) throws(AgeError) {
    guard stanza.type == Self.stanzaType else { return nil }
    guard stanza.arguments.count == 2,
      let share = AgeStanza.decode(stanza.arguments[1]), share.count == 32,
      stanza.body.count == AgeStanza.wrappedKeyByteCount
    else { throw .header("an X25519 stanza of another form") }
    self.share = share
    body = stanza.body
  }

  /// The stanza of an ephemeral share and a wrapped file key.
  static func stanza(share: [UInt8], body: [UInt8]) -> AgeStanza {
    AgeStanza(arguments: [stanzaType, AgeStanza.encode(share)], body: body)
  }

  /// The cipher for the file key: its key comes from the shared secret and both public keys.
  static func cipher(
    shared: [UInt8], share: [UInt8], recipient: [UInt8]
  ) throws(CryptoError) -> ChaCha20Poly1305 {
    var key = try hkdfSHA256(ikm: shared, salt: share + recipient, info: label)
    defer { wipe(&key) }
    return try ChaCha20Poly1305(key: key)
  }
}
