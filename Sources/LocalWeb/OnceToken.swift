import OpenSSLCrypto

/// What tells one page's form from every other, so that a form that is sent twice is taken once.
package enum OnceToken {
  /// A new one: 32 hex digits in small letters.
  ///
  /// - Throws: `CryptoError` if the system gives no entropy.
  package static func make() throws -> String { Hex.encode(try randomBytes(16)) }
}
