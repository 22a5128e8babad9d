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
    let own = try RawKey(secret: secret, .x25519)
    let shared = try agree(own, publicKey).unprotectedCopy()
    return (try own.publicBytes(), shared)
  }
}
