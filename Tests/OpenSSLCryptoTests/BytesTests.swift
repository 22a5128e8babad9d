import OpenSSLCrypto
import Testing

/// Hexadecimal text, comparison, wiping and entropy.
struct BytesTests {
  @Test func hexBothWays() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(Hex.encode([0x00, 0x1f, 0xa0, 0xff]) == "001fa0ff")
    #expect(Hex.decode("001fa0ff") == [0x00, 0x1f, 0xa0, 0xff])
    #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    #expect(Hex.decode("") == [])
  }

  @Test(arguments: ["0", "0g", "AB", "0x00", " 00", "00 ", "+1", "é0"])
  func otherTextsAreNoHex(text: String) {
    #expect(Hex.decode(text) == nil)
  }

  @Test func comparison() {
    #expect(constantTimeEqual([], []))
    #expect(constantTimeEqual([1, 2], [1, 2]))
    #expect(!constantTimeEqual([1, 2], [1, 3]))
    #expect(!constantTimeEqual([1, 2], [1, 2, 0]))
    #expect(!constantTimeEqual([], [0]))
  }

  @Test func wipingEmptiesOneArrayAndSparesItsCopy() {
    var secret: [UInt8] = [1, 2, 3]
    let copy = secret
    wipe(&secret)
    #expect(secret.isEmpty)
    #expect(copy == [1, 2, 3])
    wipe(&secret)
    #expect(secret.isEmpty)
  }

  @Test func entropy() throws {
    #expect(try randomBytes(0).isEmpty)
    #expect(try randomBytes(100).count == 100)
    #expect(try randomBytes(32) != randomBytes(32))
    #expect(throws: CryptoError.self) { try randomBytes(-1) }
    #expect(throws: CryptoError.self) { try randomBytes(Int(Int32.max) + 1) }
  }
}
