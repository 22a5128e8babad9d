import COpenSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A secret in memory of its own: not swapped, not in a core dump, wiped when its last user is gone.
///
/// The bytes lie in libcrypto's heap for secrets while there is room, else in pages that nothing else
/// uses. Both are locked into memory (`mlock`) where the system allows and left out of core dumps
/// (`MADV_DONTDUMP`, Linux); the bytes are overwritten before they are given back. A value is shared
/// by reference and never copied; it prints nothing of itself.
///
/// ```swift
/// let key = try SecretBytes.random(32)
/// let cipher = try ChaCha20Poly1305(key: key)
/// ```
///
/// What is copied out of it into an array is outside of its care: ``withBytes(_:)`` lends the bytes,
/// and ``unprotectedCopy()`` says by its name what it does.
public final class SecretBytes: Sendable {
  /// The number of bytes.
  public let count: Int
  /// Whether they are locked into memory; `false` where the limit on locked memory is reached.
  public let isLocked: Bool

  private let start: UInt
  /// The bytes of the pages of its own; 0 in libcrypto's heap.
  private let mapped: Int

  /// What fits into libcrypto's heap beside others.
  private static let small = 512

  /// Zeros in libcrypto's heap, or in pages of their own.
  private init(zeros count: Int) throws(CryptoError) {
    guard count >= 0, count < 1 << 30 else { throw CryptoError("a secret of \(count) bytes") }
    if count <= SecretBytes.small, ProcessMemory.heap.isThere,
      let memory = CRYPTO_secure_zalloc(max(count, 1), nil, 0)
    {
      self.count = count
      mapped = 0
      start = UInt(bitPattern: memory)
      isLocked = ProcessMemory.heap.isLocked
      return
    }
    let page = max(Int(sysconf(Int32(_SC_PAGESIZE))), 1)
    let mapped = max(1, (count + page - 1) / page) * page
    let flags = MAP_PRIVATE | SecretBytes.anonymous
    guard let memory = mmap(nil, mapped, PROT_READ | PROT_WRITE, flags, -1, 0),
      memory != MAP_FAILED
    else { throw CryptoError("memory for a secret") }
    self.count = count
    self.mapped = mapped
    start = UInt(bitPattern: memory)
    isLocked = mlock(memory, mapped) == 0
    #if os(Linux)
      _ = madvise(memory, mapped, MADV_DONTDUMP)
    #endif
  }

  /// A secret of `count` bytes that `fill` writes; zero where it does not.
  ///
  /// When `fill` throws, what it wrote is wiped.
  ///
  /// - Throws: `CryptoError` without memory or for a count that is negative or over a gibibyte, and
  ///   what `fill` throws.
  public convenience init(count: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
    try self.init(zeros: count)
    try fill(UnsafeMutableRawBufferPointer(start: pointer, count: count))
  }

  /// A secret that libcrypto writes, which says with 1 that it did.
  convenience init(
    _ operation: String, count: Int, by write: (UnsafeMutablePointer<UInt8>?) -> Int32
  ) throws(CryptoError) {
    try self.init(zeros: count)
    try check(write(pointer?.assumingMemoryBound(to: UInt8.self)), operation)
  }

  /// A copy of an array, which keeps its own bytes: for what its owner wipes.
  public convenience init(copying bytes: [UInt8]) throws(CryptoError) {
    try self.init(zeros: bytes.count)
    bytes.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: pointer, count: count).copyMemory(from: source)
    }
  }

  /// Takes over a secret from an array, which is wiped and left empty.
  ///
  /// Copies that share or shared the array's storage keep the secret.
  public convenience init(taking bytes: inout [UInt8]) throws(CryptoError) {
    defer { wipe(&bytes) }
    try self.init(copying: bytes)
  }

  /// A secret from the system's entropy.
  ///
  /// - Throws: `CryptoError` if the system gives no entropy, or for a count as in
  ///   ``init(count:fill:)``.
  public static func random(_ count: Int) throws(CryptoError) -> SecretBytes {
    try SecretBytes("random bytes", count: count) { RAND_priv_bytes($0, Int32(count)) }
  }

  deinit {
    guard mapped > 0 else { return CRYPTO_secure_clear_free(pointer, max(count, 1), nil, 0) }
    OPENSSL_cleanse(pointer, mapped)
    if isLocked { munlock(pointer, mapped) }
    munmap(pointer, mapped)
  }

  /// Lends the bytes for the time of a call; they must not be kept.
  public func withBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: pointer, count: count))
  }

  /// The bytes as an array, which whoever asked for it wipes.
  public func unprotectedCopy() -> [UInt8] { withBytes { Array($0) } }

  /// Whether two secrets are equal, in a time that depends on their lengths only.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    guard left.count == right.count else { return false }
    return left.withBytes { one in
      right.withBytes { CRYPTO_memcmp(one.baseAddress, $0.baseAddress, one.count) == 0 }
    }
  }

  /// Lends the bytes to a call of libcrypto.
  func lend<Value>(
    _ body: (UnsafePointer<UInt8>?) throws(CryptoError) -> Value
  ) throws(CryptoError) -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafePointer(pointer?.assumingMemoryBound(to: UInt8.self)))
  }

  private var pointer: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: start) }

  #if os(Linux)
    private static let anonymous = MAP_ANONYMOUS
  #else
    private static let anonymous = MAP_ANON
  #endif
}

extension SecretBytes: Equatable {}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The length; never a byte.
  public var description: String { "SecretBytes(\(count))" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// No children: `dump` shows nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
