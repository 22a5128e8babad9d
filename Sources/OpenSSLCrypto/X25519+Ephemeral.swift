extension X25519 {
  /// A fresh key of one use: its public half, and the secret it shares with `publicKey`'s holder.
  ///
  /// The same as `publicKey` and `agree` of random bytes, with the key made once; the secret half is
  /// overwritten before this returns.
  ///
  /// - Throws: `CryptoError` for a key that has not 32 bytes, and for a public key of small order.
  public static func ephemeral(
    with publicKey: [UInt8]
  ) throws(CryptoError) -> (publicKey: [UInt8], shared: [UInt8]) {
    var secret = try randomBytes(32)
    defer { wipe(&secret) }
    let peer = try RawKey(publicKey: publicKey, .x25519)
    let own = try RawKey(secret: secret, .x25519)
    let shared = try own.agree(with: peer)
    guard !constantTimeEqual(shared, [UInt8](repeating: 0, count: shared.count)) else {
      throw CryptoError("X25519 public key of small order")
    }
    return (try own.publicBytes(), shared)
  }
}
