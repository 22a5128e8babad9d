import COpenSSL

/// One `BIO` in memory: how libcrypto is given text to read, and writes text; freed with its owner.
struct MemoryText: ~Copyable {
  let pointer: OpaquePointer

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

  /// What was written and not read yet.
  var bytes: [UInt8] {
    var start: UnsafeMutablePointer<CChar>?
    let count = copenssl_bio_bytes(pointer, &start)
    guard let start, count > 0 else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
