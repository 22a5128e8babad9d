/// Authenticated encryption with ChaCha20 and Poly1305 (RFC 8439, section 2.8).
///
/// A nonce must never be used for two messages under one key.
public struct ChaCha20Poly1305: Sendable {
  /// The length of a key: 32.
  public static let keyByteCount = 32
  /// The length of a nonce: 12.
  public static let nonceByteCount = 12
  /// The length of the tag at the end of a ciphertext: 16.
  public static let tagByteCount = 16

  private let key: SecretBytes

  /// Makes the cipher for one key.
  ///
  /// - Throws: `CryptoError` unless `key` has 32 bytes.
  public init(key: [UInt8]) throws(CryptoError) {
    try self.init(key: SecretBytes(copying: key))
  }

  /// Makes the cipher for one key, which stays where it is.
  ///
  /// - Throws: `CryptoError` unless `key` has 32 bytes.
  public init(key: SecretBytes) throws(CryptoError) {
    guard key.count == Self.keyByteCount else {
      throw CryptoError("ChaCha20-Poly1305 key of \(key.count) bytes")
    }
    self.key = key
  }

  /// The ciphertext of `plaintext`, followed by its 16-byte tag.
  ///
  /// - Parameters:
  ///   - nonce: 12 bytes, used once under this key.
  ///   - plaintext: What is encrypted and authenticated; less than 2 GiB.
  ///   - aad: What is authenticated only.
  public func seal(
    nonce: [UInt8], _ plaintext: [UInt8], aad: [UInt8] = []
  ) throws(CryptoError) -> [UInt8] {
    try Self.checkLengths(nonce: nonce, plaintext.count, aad.count)
    var context = try CipherContext(
      Algorithm.chaCha20Poly1305, key: key, nonce: nonce, .seal)
    try context.authenticate(aad)
    var sealed = try context.process(plaintext)
    try context.finish()
    sealed += try context.tag(count: Self.tagByteCount)
    return sealed
  }

  /// The plaintext of what ``seal(nonce:_:aad:)`` made with the same key, nonce and `aad`.
  ///
  /// - Throws: `CryptoError` if it was made otherwise or changed since; no byte is released then.
  public func open(
    nonce: [UInt8], _ ciphertext: [UInt8], aad: [UInt8] = []
  ) throws(CryptoError) -> [UInt8] {
    guard ciphertext.count >= Self.tagByteCount else {
      throw CryptoError("ciphertext of \(ciphertext.count) bytes")
    }
    let end = ciphertext.count - Self.tagByteCount
    var context = try opening(nonce: nonce, ciphertext, aad: aad)
    var plaintext = try context.process(Array(ciphertext[..<end]))
    do {
      try context.finish()
    } catch {
      wipe(&plaintext)
      throw error
    }
    return plaintext
  }

  /// The same plaintext as ``open(nonce:_:aad:)``, in memory that is locked and wiped: for a key or a
  /// secret text.
  public func openSecret(
    nonce: [UInt8], _ ciphertext: [UInt8], aad: [UInt8] = []
  ) throws(CryptoError) -> SecretBytes {
    guard ciphertext.count >= Self.tagByteCount else {
      throw CryptoError("ciphertext of \(ciphertext.count) bytes")
    }
    var context = try opening(nonce: nonce, ciphertext, aad: aad)
    let plaintext = try context.processSecretly(Array(ciphertext.dropLast(Self.tagByteCount)))
    try context.finish()
    return plaintext
  }

  /// A context that expects the tag of a ciphertext and has read `aad`.
  private func opening(
    nonce: [UInt8], _ ciphertext: [UInt8], aad: [UInt8]
  ) throws(CryptoError) -> CipherContext {
    try Self.checkLengths(nonce: nonce, ciphertext.count, aad.count)
    var context = try CipherContext(
      Algorithm.chaCha20Poly1305, key: key, nonce: nonce, .open)
    try context.expect(tag: Array(ciphertext.suffix(Self.tagByteCount)))
    try context.authenticate(aad)
    return context
  }

  private static func checkLengths(
    nonce: [UInt8], _ counts: Int...
  ) throws(CryptoError) {
    guard nonce.count == nonceByteCount else {
      throw CryptoError("ChaCha20-Poly1305 nonce of \(nonce.count) bytes")
    }
    guard counts.allSatisfy({ $0 <= Int(Int32.max) }) else {
      throw CryptoError("ChaCha20-Poly1305 message over 2 GiB")
    }
  }
}
