import OpenSSLCrypto

/// The secret key of an ``AgeRecipient``, `AGE-SECRET-KEY-1…`; printing one shows the public half.
public struct AgeIdentity: Hashable, Sendable {
  static let prefix = "AGE-SECRET-KEY-"

  private let secret: [UInt8]

  /// The public half: what files are sealed to.
  public let recipient: AgeRecipient

  /// Reads the text form, upper case.
  ///
  /// - Throws: `AgeError.recipientAsIdentity` for a public key given by mistake, and
  ///   `AgeError.badIdentity` for anything else; neither repeats the text.
  public init(_ text: String) throws(AgeError) {
    guard let (prefix, data) = Bech32.decode(text) else {
      throw .badIdentity("found a text with a typing error")
    }
    guard prefix != AgeRecipient.prefix else { throw .recipientAsIdentity }
    guard prefix == Self.prefix else { throw .badIdentity("found a key of another kind") }
    try self.init(secret: data)
  }

  /// Reads an identity file: the first line that is not a comment.
  ///
  /// - Throws: `AgeError.badIdentity`, `AgeError.recipientAsIdentity`.
  public init(file bytes: [UInt8]) throws(AgeError) {
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
    guard let line = lines.first(where: { $0.first != UInt8(ascii: "#") }) else {
      throw .badIdentity("found no line")
    }
    try self.init(String(decoding: line, as: UTF8.self))
  }

  /// Makes the identity of a secret: any 32 random or derived bytes are one.
  ///
  /// - Throws: `AgeError.badIdentity` unless `secret` has 32 bytes.
  public init(secret: [UInt8]) throws(AgeError) {
    guard secret.count == 32 else { throw .badIdentity("found \(secret.count) bytes, not 32") }
    let publicKey = try asAgeError { () throws(CryptoError) in try X25519.publicKey(secret) }
    self.secret = secret
    recipient = AgeRecipient(publicKey: publicKey)
  }

  /// Makes a new random identity.
  public static func generate() throws(AgeError) -> AgeIdentity {
    try AgeIdentity(secret: asAgeError { () throws(CryptoError) in try randomBytes(32) })
  }

  /// The secret's text form: for its holder's key file, never for a screen or a log.
  public var secretText: String {
    Bech32.encode(prefix: Self.prefix.lowercased(), secret).uppercased()
  }
}

extension AgeIdentity: AgeUnwrapping {
  func unwrap(_ stanza: AgeStanza) throws(AgeError) -> [UInt8]? {
    guard let read = try X25519Stanza(stanza) else { return nil }
    let shared: [UInt8]
    do { shared = try X25519.agree(secret, read.share) } catch {
      throw .header("an X25519 share of small order")
    }
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
