import OpenSSLCrypto
import Testing

/// Digests against the examples of FIPS 180-4 and RFC 4231.
struct DigestTests {
  @Test func sha256OfTheStandardExamples() {
    #expect(
      Hex.encode(sha256([]))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Hex.encode(sha256(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func sha512OfTheStandardExample() {
    #expect(
      Hex.encode(sha512(Array("abc".utf8)))
        == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
  }

  @Test func hasherInPiecesEqualsTheWholeAndStartsAgain() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var hasher = SHA256()
    for cut in [0, 1, 63, 64, 65, 999, 1000] {
      hasher.update(Array(message[..<cut]))
      hasher.update(Array(message[cut...]))
      #expect(hasher.finish() == sha256(message))
    }
    #expect(hasher.finish() == sha256([]))
  }

  /// RFC 4231, test cases 1, 2 and 6.
  @Test func hmacOfTheStandardExamples() {
    let first = hmacSHA256(
      key: [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8))
    #expect(
      Hex.encode(first)
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let second = hmacSHA256(
      key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
    #expect(
      Hex.encode(second)
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let sixth = hmacSHA256(
      key: [UInt8](repeating: 0xaa, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
    #expect(
      Hex.encode(sixth)
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  /// The value of `printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:`.
  @Test func hmacWithAnEmptyKeyAfterAnotherKey() {
    _ = hmacSHA256(key: [1, 2, 3], [4])
    #expect(
      Hex.encode(hmacSHA256(key: [], []))
        == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  /// Many digests from one context equal those of one call each.
  @Test func manyDigestsEqualSingleOnes() {
    let messages = (0..<70).map { [UInt8](repeating: UInt8($0), count: $0) }
    let single = messages.map { sha256([7] + $0) }
    #expect(SHA256.digests(of: messages[...], behind: 7) == Array(single.joined()))
    #expect(SHA256.digests(of: messages[3..<5], behind: 7) == Array(single[3..<5].joined()))
    #expect(SHA256.digests(of: [[UInt8]]()[...], behind: 7).isEmpty)
    for width in [1, 3, 64, 100] {
      let bytes = (0..<(width * 9)).map { UInt8(truncatingIfNeeded: $0) }
      let parts = stride(from: 0, to: bytes.count, by: width).map {
        sha256([1] + bytes[$0..<($0 + width)])
      }
      #expect(SHA256.digests(of: bytes[...], width: width, behind: 1) == Array(parts.joined()))
      #expect(
        SHA256.digests(of: bytes[width...].prefix(width), width: width, behind: 1) == parts[1])
    }
  }
}
