import OpenSSLCrypto

/// Somebody a file is sealed to: an X25519 public key, `age1…` (age-encryption.org/v1, "X25519").
public struct AgeRecipient: Hashable, Sendable, CustomStringConvertible {
  static let prefix = "age"

  let publicKey: [UInt8]

  /// Reads the text form, `age1` and 58 further characters.
  ///
  /// - Throws: `AgeError.secretKeyAsRecipient` for a secret key given by mistake, and
  ///   `AgeError.badRecipient` for anything else; neither repeats the text.
  public init(_ text: String) throws(AgeError) {
    guard !text.uppercased().contains("SECRET-KEY") else { throw .secretKeyAsRecipient }
    guard let decoded = Bech32.decode(Array(text.utf8)) else {
      throw .badRecipient("found a text with a typing error")
    }
    guard decoded.prefix == Self.prefix, decoded.data.count == 32 else {
      throw .badRecipient("found a key of another kind")
    }
    publicKey = decoded.data
  }

  init(publicKey: [UInt8]) { self.publicKey = publicKey }

  /// The text form.
  public var text: String { Bech32.encode(prefix: Self.prefix, publicKey) }

  /// The same as ``text``.
  public var description: String { text }
}

extension AgeRecipient: AgeWrapping {
  func wrap(_ fileKey: [UInt8]) throws(AgeError) -> AgeStanza {
    try asAgeError { () throws(CryptoError) in
      let offer = try X25519.ephemeral(with: publicKey)
      let share = offer.publicKey
      var shared = offer.shared
      defer { wipe(&shared) }
      let cipher = try X25519Stanza.cipher(shared: shared, share: share, recipient: publicKey)
      let body = try cipher.seal(nonce: AgeStanza.zeroNonce, fileKey)
      return X25519Stanza.stanza(share: share, body: body)
    }
  }
}
