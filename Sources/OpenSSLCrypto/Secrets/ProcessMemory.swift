import COpenSSL

/// What a process that handles secrets asks of the system, once, when it starts.
public enum ProcessMemory {
  /// Keeps this process out of core dumps and away from other processes of the same user, and gives
  /// libcrypto locked memory for the private keys that it holds.
  ///
  /// On Linux the process becomes undumpable (`PR_SET_DUMPABLE` 0): no core file, and no reading of
  /// its memory by a debugger or through `/proc` without the right to trace everything. A program
  /// that it starts is an ordinary one again. Failing is no error: the system may not know it.
  ///
  /// - Returns: whether the process is undumpable.
  @discardableResult public static func protect() -> Bool {
    if CRYPTO_secure_malloc_initialized() == 0 {
      // 32 KiB fit under the smallest usual limit on locked memory (64 KiB).
      _ = CRYPTO_secure_malloc_init(32 << 10, 32)
    }
    return copenssl_forbid_dumps() == 0
  }
}
