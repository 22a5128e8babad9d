import OpenSSLCrypto
import Testing

/// HKDF and scrypt against the examples of their RFCs.
struct KeyDerivationTests {
  /// RFC 5869, appendix A.1.
  @Test func hkdfWithSaltAndInfo() throws {
    let output = try hkdfSHA256(
      ikm: [UInt8](repeating: 0x0b, count: 22), salt: Array(0x00...0x0c), info: Array(0xf0...0xf9),
      count: 42)
    #expect(
      Hex.encode(output)
        == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
  }

  /// RFC 5869, appendix A.3.
  @Test func hkdfWithoutSaltAndInfo() throws {
    let output = try hkdfSHA256(ikm: [UInt8](repeating: 0x0b, count: 22), info: [], count: 42)
    #expect(
      Hex.encode(output)
        == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
  }

  /// RFC 5869, section 2: the same from nothing but HMAC.
  @Test func hkdfEqualsItsDefinition() throws {
    for count in [1, 31, 32, 33, 64, 100] {
      let ikm = Array("input".utf8)
      let info = Array("what for".utf8)
      let key = hmacSHA256(key: [UInt8](repeating: 0, count: 32), ikm)
      var block: [UInt8] = []
      var expected: [UInt8] = []
      for index in 1...4 {
        block = hmacSHA256(key: key, block + info + [UInt8(index)])
        expected += block
      }
      #expect(try hkdfSHA256(ikm: ikm, info: info, count: count) == Array(expected.prefix(count)))
    }
  }

  @Test(arguments: [0, -1, 8161])
  func hkdfRefusesImpossibleLengths(count: Int) {
    #expect(throws: CryptoError.self) { try hkdfSHA256(ikm: [1], info: [], count: count) }
  }

  /// RFC 7914, section 12, the example with r = 8 and p = 1.
  @Test func scryptOfTheStandardExample() throws {
    let output = try scrypt(
      passphrase: Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8), logN: 14,
      count: 64)
    #expect(
      Hex.encode(output)
        == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")
  }

  /// Above 32 MiB, where libcrypto refuses unless it is told otherwise.
  ///
  /// From Python: `hashlib.scrypt(b"p", salt=b"s", n=1 << 16, r=8, p=1, maxmem=1 << 28, dklen=16)`.
  @Test func scryptMayTakeMuchMemory() throws {
    let output = try scrypt(passphrase: [0x70], salt: [0x73], logN: 16, count: 16)
    #expect(Hex.encode(output) == "3da84e55ab2fc16fafe4787243eebb01")
  }

  @Test(arguments: [-1, 0, 31, 64, Int.max])
  func scryptRefusesImpossibleCosts(logN: Int) {
    #expect(throws: CryptoError.self) { try scrypt(passphrase: [1], salt: [2], logN: logN) }
  }

  @Test func scryptTakesAnEmptyPassphrase() throws {
    #expect(try scrypt(passphrase: [], salt: [1], logN: 1).count == 32)
  }
}
