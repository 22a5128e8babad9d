import COpenSSL

/// One `EVP_CIPHER_CTX`, freed (and its key schedule cleared) with its owner.
struct CipherContext: ~Copyable {
  /// The two directions, in libcrypto's numbers.
  enum Direction: Int32 {
    case open = 0
    case seal = 1
  }

  private let pointer: OpaquePointer

  /// Makes a context for one key and one nonce.
  ///
  /// The lengths have been checked: libcrypto reads as many bytes as the cipher needs.
  init(
    _ cipher: Algorithm.Fetched, key: SecretBytes, nonce: [UInt8], _ direction: Direction
  ) throws(CryptoError) {
    guard let context = EVP_CIPHER_CTX_new() else { throw CryptoError("cipher") }
    let status = try? key.lend { key throws(CryptoError) in
      EVP_CipherInit_ex2(context, cipher.pointer, key, nonce, direction.rawValue, nil)
    }
    guard status == 1 else {
      EVP_CIPHER_CTX_free(context)
      throw CryptoError("cipher")
    }
    pointer = context
  }

  deinit { EVP_CIPHER_CTX_free(pointer) }

  /// Reads additional data that is authenticated and not encrypted.
  mutating func authenticate(_ data: [UInt8]) throws(CryptoError) {
    guard !data.isEmpty else { return }
    var written: Int32 = 0
    let status = EVP_CipherUpdate(pointer, nil, &written, data, Int32(data.count))
    try check(status, "cipher additional data")
  }

  /// Encrypts or decrypts `input`, byte for byte; stream ciphers only.
  mutating func process(_ input: [UInt8]) throws(CryptoError) -> [UInt8] {
    guard !input.isEmpty else { return [] }
    var output = [UInt8](repeating: 0, count: input.count)
    var written: Int32 = 0
    try check(
      EVP_CipherUpdate(pointer, &output, &written, input, Int32(input.count)), "cipher")
    return output
  }

  /// The same, into memory of its own.
  mutating func processSecretly(_ input: [UInt8]) throws(CryptoError) -> SecretBytes {
    var written: Int32 = 0
    return try SecretBytes("cipher", count: input.count) { output in
      input.isEmpty
        ? 1 : EVP_CipherUpdate(pointer, output, &written, input, Int32(input.count))
    }
  }

  /// Ends the message; when opening, fails unless the tag that was set is right.
  mutating func finish() throws(CryptoError) {
    var nothing: UInt8 = 0
    var written: Int32 = 0
    try check(EVP_CipherFinal_ex(pointer, &nothing, &written), "cipher authentication")
  }

  /// The tag of a message that was sealed and ended.
  func tag(count: Int) throws(CryptoError) -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: count)
    try check(copenssl_aead_get_tag(pointer, Int32(count), &tag), "cipher tag")
    return tag
  }

  /// Sets the tag that the message to open must have.
  mutating func expect(tag: [UInt8]) throws(CryptoError) {
    var tag = tag
    try check(copenssl_aead_set_tag(pointer, Int32(tag.count), &tag), "cipher tag")
  }
}
