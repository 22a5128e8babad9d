import OpenSSLCrypto

/// The encrypted chunks after the header (age-encryption.org/v1, "Payload"; STREAM of Hoang and others).
///
/// 64 KiB chunks, each sealed under a nonce of an 11-byte counter and a byte that is 1 for the last
/// chunk. Only an empty payload has an empty last chunk. The length of the plaintext is visible:
/// what must not be told apart is padded to one width before it is sealed.
struct AgePayload {
  static let nonceByteCount = 16

  private static let chunkByteCount = 64 * 1024

  private let cipher: ChaCha20Poly1305

  /// Derives the payload key from the file key and the 16-byte nonce after the header.
  init(fileKey: [UInt8], nonce: [UInt8]) throws(AgeError) {
    cipher = try asAgeError { () throws(CryptoError) in
      var key = try hkdfSHA256(ikm: fileKey, salt: nonce, info: Array("payload".utf8))
      defer { wipe(&key) }
      return try ChaCha20Poly1305(key: key)
    }
  }

  /// The chunks of a plaintext.
  func seal(_ plaintext: [UInt8]) throws(AgeError) -> [UInt8] {
    var sealed: [UInt8] = []
    var start = 0
    var counter: UInt64 = 0
    while true {
      let end = min(start + Self.chunkByteCount, plaintext.count)
      let isLast = end == plaintext.count
      var chunk = Array(plaintext[start..<end])
      defer { wipe(&chunk) }
      sealed += try asAgeError { () throws(CryptoError) in
        try cipher.seal(nonce: Self.nonce(counter, isLast: isLast), chunk)
      }
      if isLast { return sealed }
      start = end
      counter += 1
    }
  }

  /// Appends the plaintext of all chunks to `plaintext`.
  ///
  /// When it throws, `plaintext` holds the chunks that were authentic before the fault, as a reader
  /// of a stream would have released them: the beginning of something, never the whole.
  func open(
    _ chunks: ArraySlice<UInt8>, into plaintext: inout [UInt8]
  ) throws(AgeError) {
    let width = Self.chunkByteCount + ChaCha20Poly1305.tagByteCount
    var rest = chunks
    var counter: UInt64 = 0
    while true {
      let chunk = Array(rest.prefix(width))
      rest = rest.dropFirst(width)
      let isLast = rest.isEmpty
      if var opened = try? cipher.open(nonce: Self.nonce(counter, isLast: isLast), chunk) {
        defer { wipe(&opened) }
        guard !opened.isEmpty || counter == 0 else { throw .payload("an empty last chunk") }
        plaintext += opened
      } else {
        // A full chunk may be authentic and in the wrong place.
        guard chunk.count == width,
          let opened = try? cipher.open(nonce: Self.nonce(counter, isLast: !isLast), chunk)
        else { throw .payload("a changed or cut chunk") }
        plaintext += opened
        throw .payload(isLast ? "no last chunk" : "bytes after its last chunk")
      }
      if isLast { return }
      counter += 1
    }
  }

  private static func nonce(_ counter: UInt64, isLast: Bool) -> [UInt8] {
    let digits = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
    return [0, 0, 0] + digits + [isLast ? 1 : 0]
  }
}
