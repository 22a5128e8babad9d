import OpenSSLCrypto
import Testing

/// X25519 and Ed25519 against the examples of RFC 7748 and RFC 8032.
struct CurveTests {
  /// RFC 7748, section 6.1.
  @Test func agreementOfTheStandardExample() throws {
    let alice = try bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    let bob = try bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    let alicePublic = try X25519.publicKey(alice)
    let bobPublic = try X25519.publicKey(bob)
    #expect(
      Hex.encode(alicePublic)
        == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    #expect(
      Hex.encode(bobPublic)
        == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    let shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    #expect(Hex.encode(try X25519.agree(alice, bobPublic)) == shared)
    #expect(Hex.encode(try X25519.agree(bob, alicePublic)) == shared)
  }

  /// Points of small order give the all-zero secret, whatever the secret key is.
  @Test(arguments: [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  ])
  func pointsOfSmallOrderAreRefused(point: String) throws {
    let secret = try randomBytes(32)
    let point = try bytes(point)
    #expect(throws: CryptoError.self) { try X25519.agree(secret, point) }
  }

  @Test(arguments: [0, 1, 31, 33, 64])
  func keysOfOtherLengthsAreRefused(count: Int) throws {
    let key = [UInt8](repeating: 9, count: count)
    let good = [UInt8](repeating: 9, count: 32)
    #expect(throws: CryptoError.self) { try X25519.publicKey(key) }
    #expect(throws: CryptoError.self) { try X25519.agree(key, good) }
    #expect(throws: CryptoError.self) { try X25519.agree(good, key) }
    #expect(throws: CryptoError.self) { try Ed25519.publicKey(key) }
    #expect(throws: CryptoError.self) { try Ed25519.sign([], seed: key) }
    #expect(!Ed25519.verify([], [UInt8](repeating: 0, count: 64), publicKey: key))
  }

  /// RFC 8032, section 7.1, tests 1 and 2.
  @Test(arguments: [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
        + "46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
        + "d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
  ])
  func signaturesOfTheStandardExamples(
    seed: String, publicKey: String, message: String, signature: String
  ) throws {
    let seed = try bytes(seed)
    let message = try bytes(message)
    let key = try Ed25519.publicKey(seed)
    #expect(Hex.encode(key) == publicKey)
    let made = try Ed25519.sign(message, seed: seed)
    #expect(Hex.encode(made) == signature)
    #expect(Ed25519.verify(message, made, publicKey: key))
    #expect(!Ed25519.verify(message + [0], made, publicKey: key))
    #expect(!Ed25519.verify(message, made.dropLast() + [], publicKey: key))
    #expect(!Ed25519.verify(message, made + [0], publicKey: key))
    for bit in 0..<512 {
      var changed = made
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!Ed25519.verify(message, changed, publicKey: key))
    }
  }

  @Test func errorsSayWhatFailedAndNoSecret() {
    let error = #expect(throws: CryptoError.self) {
      try Ed25519.publicKey([UInt8](repeating: 0xab, count: 31))
    }
    #expect(error?.description == "Ed25519 secret key of 31 bytes")
  }

  private func bytes(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text)) }
}
