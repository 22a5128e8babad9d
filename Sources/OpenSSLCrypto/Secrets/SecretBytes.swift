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
/// The bytes lie in pages that nothing else uses. They are locked into memory (`mlock`) where the
/// system allows, left out of core dumps (`MADV_DONTDUMP`, Linux), and overwritten before the pages
/// are given back. A value is shared by reference and never copied; it prints nothing of itself.
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
  /// Whether the pages are locked into memory; `false` where the limit on locked memory is reached.
  public let isLocked: Bool

  private let start: UInt
  private let mapped: Int

  /// A secret of `count` bytes that `fill` writes; zero where it does not.
  ///
  /// When `fill` throws, what it wrote is wiped.
  ///
  /// - Throws: `CryptoError` without memory or for a negative count, and what `fill` throws.
  public init(count: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
    guard count >= 0, count < 1 << 30 else { throw CryptoError("a secret of \(count) bytes") }
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
    // A throw from here on runs the deinitialiser, which wipes.
    try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
  }

  /// Takes over a secret from an array, which is wiped and left empty.
  ///
  /// Copies that share or shared the array's storage keep the secret.
  public convenience init(taking bytes: inout [UInt8]) throws {
    defer { wipe(&bytes) }
    try self.init(count: bytes.count) { target in
      bytes.withUnsafeBytes { target.copyMemory(from: $0) }
    }
  }

  /// A secret from the system's entropy.
  ///
  /// - Throws: `CryptoError` if the system gives no entropy, or for a negative count.
  public static func random(_ count: Int) throws -> SecretBytes {
    try SecretBytes(count: count) { target in
      guard target.count > 0 else { return }
      let bytes = target.assumingMemoryBound(to: UInt8.self)
      try check(RAND_priv_bytes(bytes.baseAddress, Int32(target.count)), "random bytes")
    }
  }

  deinit {
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
