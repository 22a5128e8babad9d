import OpenSSLCrypto
import Testing
import TrialTestSupport

/// Project Wycheproof's vectors, most of which must be refused.
struct WycheproofTests {
  private struct HKDFGroup: Decodable {
    struct Case: Decodable {
      let tcId: Int
      let ikm, salt, info, okm, result: String
      let size: Int
    }
    let tests: [Case]
  }

  @Test func hkdf() throws {
    guard let file = try WycheproofFile<HKDFGroup>.read("hkdf_sha256_test.json") else { return }
    let tests = file.testGroups.flatMap(\.tests)
    #expect(tests.count > 80)
    for test in tests {
      let output = try? hkdfSHA256(
        ikm: bytes(test.ikm), salt: bytes(test.salt), info: bytes(test.info), count: test.size)
      #expect((output != nil) == (test.result == "valid"), "case \(test.tcId)")
      if let output { #expect(Hex.encode(output) == test.okm, "case \(test.tcId)") }
    }
  }

  private struct MACGroup: Decodable {
    struct Case: Decodable {
      let tcId: Int
      let key, msg, tag, result: String
    }
    let tagSize: Int
    let tests: [Case]
  }

  @Test func hmac() throws {
    guard let file = try WycheproofFile<MACGroup>.read("hmac_sha256_test.json") else { return }
    #expect(file.testGroups.map(\.tests.count).reduce(0, +) > 170)
    for group in file.testGroups {
      for test in group.tests {
        let code = try hmacSHA256(key: bytes(test.key), bytes(test.msg)).prefix(group.tagSize / 8)
        let isEqual = constantTimeEqual(Array(code), try bytes(test.tag))
        #expect(isEqual == (test.result == "valid"), "case \(test.tcId)")
      }
    }
  }

  private struct AEADGroup: Decodable {
    struct Case: Decodable {
      let tcId: Int
      let key, iv, aad, msg, ct, tag, result: String
    }
    let tests: [Case]
  }

  @Test func chaCha20Poly1305() throws {
    guard let file = try WycheproofFile<AEADGroup>.read("chacha20_poly1305_test.json") else {
      return
    }
    let tests = file.testGroups.flatMap(\.tests)
    #expect(tests.count > 300)
    for test in tests {
      let cipher = try ChaCha20Poly1305(key: bytes(test.key))
      let nonce = try bytes(test.iv)
      let aad = try bytes(test.aad)
      let opened = try? cipher.open(nonce: nonce, bytes(test.ct + test.tag), aad: aad)
      #expect((opened != nil) == (test.result == "valid"), "case \(test.tcId)")
      guard let opened else { continue }
      #expect(Hex.encode(opened) == test.msg, "case \(test.tcId)")
      let sealed = try cipher.seal(nonce: nonce, opened, aad: aad)
      #expect(Hex.encode(sealed) == test.ct + test.tag, "case \(test.tcId)")
    }
  }

  private func bytes(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text)) }
}
