import COpenSSL

/// What a process that handles secrets asks of the system, once, when it starts.
public enum ProcessMemory {
  /// Keeps this process out of core dumps and away from other processes of the same user, and gives
  /// libcrypto locked memory for the private keys that it holds.
  ///
  /// On Linux the process becomes undumpable (`PR_SET_DUMPABLE` 0): no core file, and no reading of
  /// its memory by a debugger or through `/proc` without the right to trace everything. A program
  /// that it starts is an ordinary one again. Failing is no error: the system may not know it.
  public static func protect() {
    _ = heap
    _ = copenssl_forbid_dumps()
  }

  /// The heap for secrets, where libcrypto's private keys lie and the bytes of `SecretBytes`.
  ///
  /// It is made at its first use. One mapping for many of them; a page for each would cost more than the
  /// arithmetic that it is for.
  static let heap: (isThere: Bool, isLocked: Bool) = {
    // 32 KiB fit under the smallest usual limit on locked memory (64 KiB). 1 is made and locked, 2 is
    // made and not locked, 0 is not made, or was already made by somebody else.
    let made = CRYPTO_secure_malloc_init(32 << 10, 32)
    return (CRYPTO_secure_malloc_initialized() == 1, made == 1)
  }()

  /// Whether the system keeps this process out of core dumps and from other processes' eyes.
  public static var isProtected: Bool { copenssl_may_dump() == 0 }
}
