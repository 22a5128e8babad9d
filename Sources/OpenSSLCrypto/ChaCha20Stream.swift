/// The ChaCha20 key stream as 32-bit words: a deterministic generator that anybody can re-run.
///
/// RFC 8439, section 2.4, with counter 0 and an all-zero nonce; each word is four bytes of the
/// stream, least significant first. The same bytes come from
/// `head -c N /dev/zero | openssl enc -chacha20 -K KEY -iv 00000000000000000000000000000000`.
/// One key is for one purpose: two uses of one stream would tell about each other.
public struct ChaCha20Stream: ~Copyable {
  private let buffer: KeyStream

  /// Starts the stream of a 32-byte key.
  public init(key: [UInt8]) throws(CryptoError) {
    buffer = try KeyStream(key: SecretBytes(copying: key))
  }

  /// Starts the stream of a 32-byte key that stays where it is.
  public init(key: SecretBytes) throws(CryptoError) {
    buffer = try KeyStream(key: key)
  }

  /// The next word of the stream.
  ///
  /// - Throws: `CryptoError` after 2^36 words, where the block counter of RFC 8439 ends.
  public mutating func word() throws(CryptoError) -> UInt32 {
    try buffer.word()
  }
}

/// The stream's context and the part of it that was computed ahead, wiped at the end.
private final class KeyStream {
  private static let pieceByteCount = 4096
  private static let blockByteCount = 64

  private var context: CipherContext
  private var piece: [UInt8] = []
  private var position = 0
  private var piecesLeft = (1 << 32) * blockByteCount / pieceByteCount

  init(key: SecretBytes) throws(CryptoError) {
    guard key.count == ChaCha20Poly1305.keyByteCount else {
      throw CryptoError("ChaCha20 key of \(key.count) bytes")
    }
    // libcrypto's nonce is the 32-bit block counter followed by the 96-bit nonce.
    let counterAndNonce = [UInt8](repeating: 0, count: 16)
    context = try CipherContext(Algorithm.chaCha20, key: key, nonce: counterAndNonce, .seal)
  }

  deinit { wipe(&piece) }

  func word() throws(CryptoError) -> UInt32 {
    if position == piece.count { try refill() }
    defer { position += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(piece[position + $1]) << UInt32(8 * $1) }
  }

  private func refill() throws(CryptoError) {
    guard piecesLeft > 0 else { throw CryptoError("ChaCha20 key stream of more than 256 GiB") }
    wipe(&piece)
    piece = try context.process([UInt8](repeating: 0, count: Self.pieceByteCount))
    position = 0
    piecesLeft -= 1
  }
}
