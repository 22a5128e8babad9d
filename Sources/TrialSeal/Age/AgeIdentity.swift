import OpenSSLCrypto

/// The secret key of an ``AgeRecipient``, `AGE-SECRET-KEY-1…`; printing one shows the public half.
///
/// libcrypto holds the secret in its heap for secrets, and overwrites it when the last copy of the
/// identity goes.
/// Two identities are equal when their public halves are.
public struct AgeIdentity: Hashable, Sendable {
  static let prefix = "AGE-SECRET-KEY-"

  private let key: X25519.PrivateKey

  /// The public half: what files are sealed to.
  public let recipient: AgeRecipient

  /// Reads the text form, upper case.
  ///
  /// - Throws: `AgeError.recipientAsIdentity` for a public key given by mistake, and
  ///   `AgeError.badIdentity` for anything else; neither repeats the text.
  public init(_ text: String) throws(AgeError) {
    var bytes = Array(text.utf8)
    defer { wipe(&bytes) }
    try self.init(text: bytes)
  }

  /// Reads the bytes of the text form, which whoever has them wipes.
  private init(text bytes: [UInt8]) throws(AgeError) {
    guard var decoded = Bech32.decode(bytes) else {
      throw .badIdentity("found a text with a typing error")
    }
    // In place: a copy of the array would be wiped instead of it.
    defer { wipe(&decoded.data) }
    guard decoded.prefix != AgeRecipient.prefix else { throw .recipientAsIdentity }
    guard decoded.prefix == Self.prefix else {
      throw .badIdentity(
        decoded.prefix == Self.prefix.lowercased()
          ? "found a key in small letters" : "found a key of another kind")
    }
    try self.init(secret: decoded.data)
  }

  /// Reads an identity file with one identity.
  ///
  /// - Throws: `AgeError.badIdentity`, `AgeError.recipientAsIdentity`.
  public init(file bytes: [UInt8]) throws(AgeError) {
    let found = try AgeIdentity.all(inFile: bytes)
    guard found.count == 1 else { throw .badIdentity("found \(found.count) keys, not one") }
    self = found[0]
  }

  /// Reads an identity file as `age` does: one identity on every line that is neither blank nor a
  /// comment.
  ///
  /// - Throws: `AgeError.badIdentity`, `AgeError.recipientAsIdentity`.
  public static func all(inFile bytes: [UInt8]) throws(AgeError) -> [AgeIdentity] {
    let isSealed = ["age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----"].contains {
      bytes.starts(with: $0.utf8)
    }
    guard !isSealed else {
      throw .badIdentity(
        "found an identity file that is itself encrypted; open it with `age -d` first")
    }
    var found: [AgeIdentity] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    where line.first != UInt8(ascii: "#") && line.contains(where: { $0 > 0x20 }) {
      var text = Array(line)
      defer { wipe(&text) }
      found.append(try AgeIdentity(text: text))
    }
    guard !found.isEmpty else { throw .badIdentity("found no line") }
    return found
  }

  /// Makes the identity of a secret: any 32 random or derived bytes are one.
  ///
  /// - Throws: `AgeError.badIdentity` unless `secret` has 32 bytes.
  public init(secret: [UInt8]) throws(AgeError) {
    guard secret.count == 32 else { throw .badIdentity("found \(secret.count) bytes, not 32") }
    key = try asAgeError { () throws(CryptoError) in try X25519.PrivateKey(secret) }
    recipient = AgeRecipient(publicKey: key.publicKey)
  }

  /// Whether they are the keys of one recipient.
  public static func == (one: AgeIdentity, other: AgeIdentity) -> Bool {
    one.recipient == other.recipient
  }

  /// By the public half.
  public func hash(into hasher: inout Hasher) { hasher.combine(recipient) }

  /// Makes a new random identity.
  public static func generate() throws(AgeError) -> AgeIdentity {
    var secret = try asAgeError { () throws(CryptoError) in try randomBytes(32) }
    defer { wipe(&secret) }
    return try AgeIdentity(secret: secret)
  }

  /// The secret's text form: for its holder's key file, never for a screen or a log.
  public var secretText: String {
    var bytes = secretBytes
    defer { wipe(&bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text and a line feed, as an identity file has it; whoever asked for the bytes wipes them.
  public var fileBytes: [UInt8] {
    var bytes = secretBytes
    bytes.append(0x0A)
    return bytes
  }

  /// The same text as bytes, which whoever asked for them wipes; a text could not be.
  public var secretBytes: [UInt8] {
    var bytes = key.secret.unprotectedCopy()
    defer { wipe(&bytes) }
    var text = Bech32.encodeBytes(prefix: Self.prefix.lowercased(), bytes)
    for place in text.indices where (0x61...0x7A).contains(text[place]) { text[place] -= 0x20 }
    return text
  }
}

extension AgeIdentity: AgeUnwrapping {
  func unwrap(_ stanza: AgeStanza) throws(AgeError) -> [UInt8]? {
    guard let read = try X25519Stanza(stanza) else { return nil }
    var shared: [UInt8]
    do { shared = try key.agree(read.share).unprotectedCopy() } catch {
      throw .header("an X25519 share of small order")
    }
    defer { wipe(&shared) }
    let cipher = try asAgeError { () throws(CryptoError) in
      try X25519Stanza.cipher(
        shared: shared, share: read.share, recipient: recipient.publicKey)
    }
    return try? cipher.open(nonce: AgeStanza.zeroNonce, read.body)
  }
}

extension AgeIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The public half.
  public var description: String { "secret key of \(recipient)" }
  /// The public half.
  public var debugDescription: String { description }
  /// The public half only, so that `dump` does not show the secret.
  public var customMirror: Mirror { Mirror(self, children: ["recipient": recipient.text]) }
}
