import COpenSSL

/// One `BIO` in memory: how libcrypto is given text to read, and writes text; freed with its owner.
struct MemoryText: ~Copyable {
  private let pointer: OpaquePointer

  /// An empty one, to be written to.
  init() throws(CryptoError) {
    guard let pointer = BIO_new(BIO_s_mem()) else { throw CryptoError("memory") }
    self.pointer = pointer
  }

  /// One that holds a copy of some bytes, to be read.
  static func holding(_ bytes: [UInt8]) throws(CryptoError) -> MemoryText {
    let text = try MemoryText()
    guard bytes.count <= Int(Int32.max) else { throw CryptoError("text over 2 GiB") }
    guard !bytes.isEmpty else { return text }
    guard BIO_write(text.pointer, bytes, Int32(bytes.count)) == bytes.count else {
      throw CryptoError("memory")
    }
    return text
  }

  deinit { BIO_free(pointer) }

  /// What a call of libcrypto writes into it.
  ///
  /// - Parameter write: returns 1 when it has written.
  func written(_ write: (OpaquePointer) -> Int32) throws(CryptoError) -> [UInt8] {
    try check(write(pointer), "text")
    var start: UnsafeMutablePointer<CChar>?
    let count = copenssl_bio_bytes(pointer, &start)
    guard let start, count > 0 else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Every certificate in the PEM text that it holds.
  func certificates() throws(CryptoError) -> [Certificate] {
    ERR_clear_error()
    var found: [Certificate] = []
    while let certificate = PEM_read_bio_X509(pointer, nil, nil, nil) {
      defer { X509_free(certificate) }
      guard found.count < 1000 else { throw CryptoError("more than 1000 certificates") }
      found.append(try Certificate(der: Certificate.der(of: certificate)))
    }
    // The queue tells the end of the text from a block that could not be read.
    guard copenssl_is_end_of_pem(ERR_peek_last_error()) == 1 else {
      throw CryptoError("a certificate that cannot be read")
    }
    ERR_clear_error()
    return found
  }
}
