import MerkleLog
import Testing

/// Base64 against the examples of RFC 4648, section 10, and read strictly.
struct Base64Tests {
  static let examples = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: examples)
  func examplesBothWays(plain: String, text: String) {
    let bytes = Array(plain.utf8)
    let raw = String(text.prefix { $0 != "=" })
    #expect(Base64.encode(bytes) == text)
    #expect(Base64.decode(text) == bytes)
    #expect(RawBase64.encode(bytes) == raw)
    #expect(RawBase64.decode(raw) == bytes)
  }

  @Test func everyByteComesBack() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    #expect(RawBase64.decode(RawBase64.encode(bytes)) == bytes)
  }

  @Test(arguments: ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n", "Zm9-", "====", "Z==="])
  func otherTextsAreRefused(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test(arguments: ["Zg==", "Zh", "Zm9", "Z", "Zm9vY", "Zm9 ", "Zm9v\n"])
  func otherUnpaddedTextsAreRefused(text: String) {
    #expect(RawBase64.decode(text) == nil)
  }
}
