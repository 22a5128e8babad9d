import OpenSSLCrypto
import Testing

/// ChaCha20 and ChaCha20-Poly1305 against RFC 8439.
struct CipherTests {
  /// RFC 8439, section 2.8.2.
  @Test func sealsTheStandardExample() throws {
    let cipher = try ChaCha20Poly1305(key: Array(0x80...0x9f))
    let nonce: [UInt8] = [7, 0, 0, 0] + Array(0x40...0x47)
    let aad = try #require(Hex.decode("50515253c0c1c2c3c4c5c6c7"))
    let text = """
      Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
      sunscreen would be it.
      """
    let sealed = try cipher.seal(nonce: nonce, Array(text.utf8), aad: aad)
    #expect(
      Hex.encode(sealed)
        == "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69"
        + "da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad67594"
        + "5585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691")
    #expect(try cipher.open(nonce: nonce, sealed, aad: aad) == Array(text.utf8))
    #expect(throws: CryptoError.self) { try cipher.open(nonce: nonce, sealed) }
    for bit in 0..<(8 * sealed.count) {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.self) { try cipher.open(nonce: nonce, changed, aad: aad) }
    }
  }

  @Test func emptyMessagesAreAuthenticatedToo() throws {
    let cipher = try ChaCha20Poly1305(key: randomBytes(32))
    let nonce = [UInt8](repeating: 0, count: 12)
    let sealed = try cipher.seal(nonce: nonce, [])
    #expect(sealed.count == 16)
    #expect(try cipher.open(nonce: nonce, sealed) == [])
    #expect(throws: CryptoError.self) { try cipher.open(nonce: nonce, sealed, aad: [1]) }
    #expect(throws: CryptoError.self) { try cipher.open(nonce: nonce, Array(sealed.dropLast())) }
    #expect(throws: CryptoError.self) { try cipher.open(nonce: nonce, []) }
  }

  @Test(arguments: [0, 8, 11, 13, 16])
  func noncesOfOtherLengthsAreRefused(count: Int) throws {
    let cipher = try ChaCha20Poly1305(key: [UInt8](repeating: 1, count: 32))
    let nonce = [UInt8](repeating: 0, count: count)
    #expect(throws: CryptoError.self) { try cipher.seal(nonce: nonce, [1]) }
    #expect(throws: CryptoError.self) {
      try cipher.open(nonce: nonce, [UInt8](repeating: 0, count: 17))
    }
  }

  @Test(arguments: [0, 16, 31, 33])
  func keysOfOtherLengthsAreRefused(count: Int) {
    let key = [UInt8](repeating: 1, count: count)
    #expect(throws: CryptoError.self) { try ChaCha20Poly1305(key: key) }
    #expect(throws: CryptoError.self) { _ = try ChaCha20Stream(key: key) }
  }

  /// RFC 8439, appendix A.1, test vectors 1 and 2: blocks 0 and 1 of the all-zero key.
  @Test func keyStreamOfTheStandardExample() throws {
    let expected = try #require(
      Hex.decode(
        "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
          + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
          + "9f07e7be5551387a98ba977c732d080d"))
    var stream = try ChaCha20Stream(key: [UInt8](repeating: 0, count: 32))
    var bytes: [UInt8] = []
    while bytes.count < expected.count {
      let word = try stream.word()
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
    }
    #expect(bytes == expected)
  }

  /// Beyond the part that is computed ahead; the bytes are those of
  /// `head -c 8200 /dev/zero | openssl enc -chacha20 -K 000102…1f -iv 00…00 | tail -c 8`.
  @Test func keyStreamGoesOn() throws {
    var stream = try ChaCha20Stream(key: Array(0...31))
    #expect(try stream.word() == 0x7d2b_fd39)
    for _ in 1..<2048 { _ = try stream.word() }
    #expect(try stream.word() == 0x35da_c4a1)
    #expect(try stream.word() == 0x8494_0a63)
  }
}
