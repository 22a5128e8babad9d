import BigInt
import BlindRecord
import OpenSSLCrypto
import TrialDesign

/// Uniform numbers from a seed, re-derivable by anyone who knows it.
///
/// The key is HKDF-SHA256 of the seed under one info string per purpose, the words are the ChaCha20
/// key stream (RFC 8439, counter 0, nonce 0) read as little-endian 32-bit numbers. The same bytes:
/// `openssl kdf … HKDF` and `openssl enc -chacha20`; see Documentation/Specifications/allocation.md.
final class SeedStream: UniformSource {
  /// What a stream is for; one info string each, never one stream for two purposes.
  enum Purpose: String {
    case schedule = "selfblind/schedule/v1"
    case codes = "selfblind/codes/v1"
    case packing = "selfblind/packing/v1"
    case labels = "selfblind/labels/v1"
    case matching = "selfblind/matching/v1"
    case printing = "selfblind/printing/v1"
  }

  private var stream: ChaCha20Stream

  init(seed: [UInt8], for purpose: Purpose) throws(CryptoError) {
    var key = try hkdfSHA256(ikm: seed, info: Array(purpose.rawValue.utf8))
    defer { wipe(&key) }
    stream = try ChaCha20Stream(key: key)
  }

  /// Distinct codes; one that was given before is dropped and drawn again.
  func kitCodes(count: Int, without taken: Set<KitCode> = []) throws -> [KitCode] {
    var codes: [KitCode] = []
    var seen = taken
    while codes.count < count {
      let values = try (0..<KitCode.length).map { _ in
        try uniform(below: KitCode.alphabet.count)
      }
      let code = KitCode(values: values)
      if seen.insert(code).inserted { codes.append(code) }
    }
    return codes
  }

  /// The same for a bound that one word can hold; the same words give the same number.
  ///
  /// - Precondition: `bound` is from 1 to 2³².
  func uniform(below bound: Int) throws -> Int {
    let limit = (1 << 32) / bound * bound
    while true {
      let x = Int(try stream.word())
      if x < limit { return x % bound }
    }
  }

  /// A uniform number below `bound`, by rejection of whole groups of words (allocation.md, section 2).
  ///
  /// - Precondition: `bound > 0`.
  func uniform(below bound: BigUInt) throws -> BigUInt {
    let words = max(1, ((bound - 1).bitWidth + 31) / 32)
    let limit = (BigUInt(1) << (32 * words)) / bound * bound
    while true {
      var x = BigUInt(0)
      for place in 0..<words { x |= BigUInt(try stream.word()) << (32 * place) }
      if x < limit { return x % bound }
    }
  }
}
