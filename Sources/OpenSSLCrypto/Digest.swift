import COpenSSL

/// The SHA-256 digest (FIPS 180-4, RFC 6234): 32 bytes.
public func sha256(_ data: [UInt8]) -> [UInt8] {
  digest(data, by: Algorithm.sha256, count: SHA256.byteCount)
}

/// The SHA-512 digest (FIPS 180-4, RFC 6234): 64 bytes.
public func sha512(_ data: [UInt8]) -> [UInt8] {
  digest(data, by: Algorithm.sha512, count: 64)
}

/// HMAC with SHA-256 (RFC 2104): 32 bytes, for a key of any length.
public func hmacSHA256(key: [UInt8], _ data: [UInt8]) -> [UInt8] {
  var code = [UInt8](repeating: 0, count: SHA256.byteCount)
  var count: UInt32 = 0
  // libcrypto reads a null key as "the key of the last call": an empty one needs an address.
  let storage = key.isEmpty ? [0] : key
  let done = HMAC(
    Algorithm.sha256.pointer, storage, Int32(key.count), data, data.count, &code, &count)
  precondition(done != nil, "libcrypto cannot compute HMAC-SHA-256")
  return code
}

private func digest(_ data: [UInt8], by algorithm: Algorithm.Fetched, count: Int) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: count)
  require(EVP_Digest(data, data.count, &digest, nil, algorithm.pointer, nil))
  return digest
}

/// SHA-256 in pieces: one context for any number of messages, one after the other.
///
/// ```swift
/// var hasher = SHA256()
/// hasher.update([0x01])
/// hasher.update(left)
/// hasher.update(right)
/// let node = hasher.finish()
/// ```
public struct SHA256: ~Copyable {
  /// The length of a digest: 32.
  public static let byteCount = 32

  private let context: OpaquePointer?

  /// Makes a hasher that has read nothing.
  public init() {
    context = EVP_MD_CTX_new()
    precondition(context != nil, "libcrypto has no memory for a digest")
    start()
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Reads `bytes` after what was read before.
  public mutating func update(_ bytes: [UInt8]) {
    require(EVP_DigestUpdate(context, bytes, bytes.count))
  }

  /// The digest of all bytes read; the hasher is then as new.
  public mutating func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Self.byteCount)
    require(EVP_DigestFinal_ex(context, &digest, nil))
    start()
    return digest
  }

  private func start() {
    require(EVP_DigestInit_ex2(context, Algorithm.sha256.pointer, nil))
  }
}

/// Ends the process unless a digest call succeeded: no input makes one fail, only a libcrypto
/// without SHA-2 or without memory.
private func require(_ status: Int32) {
  precondition(status == 1, "libcrypto cannot compute a SHA-2 digest")
}
