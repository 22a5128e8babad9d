/// Diffie-Hellman key agreement on Curve25519 (RFC 7748, section 6.1).
///
/// Any 32 bytes are a secret key; both kinds of key are plain bytes.
public enum X25519 {
  /// The public key of a secret key.
  ///
  /// - Throws: `CryptoError` unless `secret` has 32 bytes.
  public static func publicKey(_ secret: [UInt8]) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: secret, .x25519).publicBytes()
  }

  /// The public key of a secret key that stays where it is.
  ///
  /// - Throws: `CryptoError` unless `secret` has 32 bytes.
  public static func publicKey(_ secret: SecretBytes) throws(CryptoError) -> [UInt8] {
    try RawKey(secret: secret, .x25519).publicBytes()
  }

  /// The 32-byte secret shared by the holder of `secret` and the holder of `publicKey`'s secret.
  ///
  /// - Throws: `CryptoError` for a key that has not 32 bytes, and for a public key of small order:
  ///   the all-zero result is refused (RFC 7748, section 6.1).
  public static func agree(
    _ secret: [UInt8], _ publicKey: [UInt8]
  ) throws(CryptoError) -> [UInt8] {
    try agree(RawKey(secret: secret, .x25519), publicKey).unprotectedCopy()
  }

  /// The shared secret, from a secret key that stays where it is, in memory of its own.
  ///
  /// - Throws: as with a secret key in an array.
  public static func agree(
    _ secret: SecretBytes, _ publicKey: [UInt8]
  ) throws(CryptoError) -> SecretBytes {
    try agree(RawKey(secret: secret, .x25519), publicKey)
  }

  /// The shared secret of a key that was made already.
  static func agree(
    _ key: borrowing RawKey, _ publicKey: [UInt8]
  ) throws(CryptoError) -> SecretBytes {
    let shared = try key.agree(with: RawKey(publicKey: publicKey, .x25519))
    // libcrypto refuses it too; the format demands it, so it is not left to a release of libcrypto.
    guard shared.withBytes({ $0.reduce(0, |) }) != 0 else {
      throw CryptoError("X25519 public key of small order")
    }
    return shared
  }
}
