/// Ed25519 signatures (RFC 8032, section 5.1: PureEdDSA).
///
/// The secret key is the 32-byte seed of section 5.1.5; signatures have 64 bytes and are
/// deterministic.
public enum Ed25519 {
  /// The length of a signature: 64.
  public static let signatureByteCount = 64

  /// The public key of a seed.
  ///
  /// - Throws: `CryptoError` unless `seed` has 32 bytes.
  public static func publicKey(_ seed: [UInt8]) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: seed, .ed25519).publicBytes()
  }

  /// The signature of `message`.
  ///
  /// - Throws: `CryptoError` unless `seed` has 32 bytes.
  public static func sign(
    _ message: [UInt8], seed: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: seed, .ed25519).sign(message)
  }

  /// The public key of a seed that stays where it is.
  ///
  /// - Throws: `CryptoError` unless `seed` has 32 bytes.
  public static func publicKey(_ seed: SecretBytes) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: seed, .ed25519).publicBytes()
  }

  /// The signature of `message`, by a seed that stays where it is.
  ///
  /// - Throws: `CryptoError` unless `seed` has 32 bytes.
  public static func sign(
    _ message: [UInt8], seed: SecretBytes
  ) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: seed, .ed25519).sign(message)
  }

  /// Whether `signature` is a signature of `message` under `publicKey`.
  ///
  /// A key or signature of the wrong length, or that is no point of the curve, verifies nothing.
  public static func verify(
    _ message: [UInt8], _ signature: [UInt8], publicKey: [UInt8]
  ) -> Bool {
    guard signature.count == signatureByteCount,
      let key = try? RawKey(publicKey: publicKey, .ed25519)
    else { return false }
    return key.verify(message, signature)
  }
}
