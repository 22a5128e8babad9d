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
  // libcrypto reads a null key as "the key of the last call": an empty one needs an address.
  let storage = key.isEmpty ? [0] : key
  let context = EVP_MAC_CTX_dup(Algorithm.hmacSHA256.pointer)
  defer { EVP_MAC_CTX_free(context) }
  var written = 0
  let done =
    EVP_MAC_init(context, storage, key.count, nil) == 1
    && EVP_MAC_update(context, data, data.count) == 1
    && EVP_MAC_final(context, &code, &written, code.count) == 1
  precondition(done && written == code.count, "libcrypto cannot compute HMAC-SHA-256")
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

// Of a short message, making a context and an array for the digest costs more than the hash itself.
extension SHA256 {
  /// The digests of many messages, each read behind one further byte: 32 bytes each, in their order.
  public static func digests(of messages: ArraySlice<[UInt8]>, behind first: UInt8) -> [UInt8] {
    let hasher = SHA256()
    return [UInt8](unsafeUninitializedCapacity: messages.count * byteCount) { digests, filled in
      for message in messages {
        hasher.add([first][...])
        hasher.add(message[...])
        hasher.finish(into: digests, at: &filled)
      }
    }
  }

  /// The digests of messages of one width that stand one after the other, each read behind one
  /// further byte: 32 bytes each, in their order.
  ///
  /// - Precondition: `width` is positive and divides the number of bytes.
  public static func digests(
    of messages: ArraySlice<UInt8>, width: Int, behind first: UInt8
  ) -> [UInt8] {
    precondition(width > 0 && messages.count.isMultiple(of: width), "messages of one width")
    let hasher = SHA256()
    var message = [first] + [UInt8](repeating: 0, count: width)
    let count = messages.count / width
    return [UInt8](unsafeUninitializedCapacity: count * byteCount) { digests, filled in
      messages.withUnsafeBytes { messages in
        for start in stride(from: 0, to: messages.count, by: width) {
          message.withUnsafeMutableBytes { message in
            UnsafeMutableRawBufferPointer(rebasing: message[1...])
              .copyMemory(from: UnsafeRawBufferPointer(rebasing: messages[start..<(start + width)]))
          }
          hasher.add(message[...])
          hasher.finish(into: digests, at: &filled)
        }
      }
    }
  }

  private borrowing func add(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { require(EVP_DigestUpdate(context, $0.baseAddress, $0.count)) }
  }

  private borrowing func finish(
    into digests: UnsafeMutableBufferPointer<UInt8>, at filled: inout Int
  ) {
    require(EVP_DigestFinal_ex(context, digests.baseAddress.map { $0 + filled }, nil))
    filled += Self.byteCount
    start()
  }
}

/// Ends the process unless a digest call succeeded: no input makes one fail, only a libcrypto
/// without SHA-2 or without memory.
private func require(_ status: Int32) {
  precondition(status == 1, "libcrypto cannot compute a SHA-2 digest")
}
