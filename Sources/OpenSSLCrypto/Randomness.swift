import COpenSSL

/// Unpredictable bytes from the generator that libcrypto seeds from the operating system.
///
/// The one door for entropy in this package: keys, seeds, salts and nonces all come through it. The
/// generator is libcrypto's private one, whose output is never shown to others directly.
///
/// - Throws: `CryptoError` if the system gives no entropy, or if `count` is negative or over
///   `Int32.max`.
public func randomBytes(_ count: Int) throws(CryptoError) -> [UInt8] {
  guard (0...Int(Int32.max)).contains(count) else {
    throw CryptoError("\(count) random bytes were asked for")
  }
  var bytes = [UInt8](repeating: 0, count: count)
  try check(RAND_priv_bytes(&bytes, Int32(count)), "random bytes")
  return bytes
}
