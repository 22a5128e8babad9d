import COpenSSL

extension X25519 {
  /// A secret key that is made ready once, for any number of agreements.
  ///
  /// libcrypto holds the secret, in its heap for secrets. To make a key of 32 bytes costs as much as
  /// an agreement, so whoever opens many files keeps one of these. It prints nothing of itself.
  public final class PrivateKey: Sendable {
    /// The public half, 32 bytes.
    public let publicKey: [UInt8]
    /// The secret itself.
    public let secret: SecretBytes
    private let key: RawKey

    /// Makes the key of a secret; any 32 bytes are one.
    ///
    /// - Throws: `CryptoError` unless `secret` has 32 bytes.
    public init(_ secret: [UInt8]) throws(CryptoError) {
      let key = try RawKey(secret: secret, .x25519)
      publicKey = try key.publicBytes()
      self.secret = try SecretBytes(copying: secret)
      self.key = key
    }

    /// The secret shared with the holder of `publicKey`'s secret.
    ///
    /// - Throws: `CryptoError` for a public key that has not 32 bytes, or of small order.
    public func agree(_ publicKey: [UInt8]) throws(CryptoError) -> SecretBytes {
      try X25519.agree(key, publicKey)
    }
  }
}

extension X25519.PrivateKey: CustomStringConvertible, CustomReflectable {
  /// What it is; never a byte.
  public var description: String { "X25519.PrivateKey" }
  /// No children: `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
