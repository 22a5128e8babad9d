import COpenSSL

/// Algorithms of libcrypto, each looked up once: an implicit look-up costs more than a short hash.
///
/// The objects are reference counted and never changed after they were fetched, so all threads may
/// share them; they live as long as the process.
enum Algorithm {
  static let sha256 = Fetched(EVP_MD_fetch(nil, "SHA2-256", nil))
  static let sha512 = Fetched(EVP_MD_fetch(nil, "SHA2-512", nil))
  static let hkdf = Fetched(EVP_KDF_fetch(nil, "HKDF", nil))
  /// A context without a key, for copies of it.
  static let hmacSHA256 = Fetched(copenssl_hmac_sha256())
  static let chaCha20 = Fetched(EVP_CIPHER_fetch(nil, "ChaCha20", nil))
  static let chaCha20Poly1305 = Fetched(EVP_CIPHER_fetch(nil, "ChaCha20-Poly1305", nil))

  /// One fetched algorithm; `nil` if this libcrypto was built without it.
  struct Fetched: @unchecked Sendable {
    let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) { self.pointer = pointer }
  }
}
