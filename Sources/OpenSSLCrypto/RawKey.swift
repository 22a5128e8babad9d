import COpenSSL

/// One `EVP_PKEY` of a curve whose keys are 32 plain bytes, freed with its owner.
///
/// libcrypto does not change a key after it was made, so all threads may use one.
struct RawKey: ~Copyable, @unchecked Sendable {
  /// The curves in use.
  enum Curve {
    case x25519, ed25519

    var identifier: Int32 {
      switch self {
      case .x25519: EVP_PKEY_X25519
      case .ed25519: EVP_PKEY_ED25519
      }
    }

    var name: String {
      switch self {
      case .x25519: "X25519"
      case .ed25519: "Ed25519"
      }
    }
  }

  static let byteCount = 32

  private let pointer: OpaquePointer

  init(secret: [UInt8], _ curve: Curve) throws(CryptoError) {
    guard secret.count == Self.byteCount else {
      throw CryptoError("\(curve.name) secret key of \(secret.count) bytes")
    }
    let key = EVP_PKEY_new_raw_private_key(curve.identifier, nil, secret, secret.count)
    guard let key else { throw CryptoError("\(curve.name) secret key") }
    pointer = key
  }

  init(secret: SecretBytes, _ curve: Curve) throws(CryptoError) {
    guard secret.count == Self.byteCount else {
      throw CryptoError("\(curve.name) secret key of \(secret.count) bytes")
    }
    let key = try secret.lend { bytes throws(CryptoError) in
      EVP_PKEY_new_raw_private_key(curve.identifier, nil, bytes, secret.count)
    }
    guard let key else { throw CryptoError("\(curve.name) secret key") }
    pointer = key
  }

  init(publicKey: [UInt8], _ curve: Curve) throws(CryptoError) {
    guard publicKey.count == Self.byteCount else {
      throw CryptoError("\(curve.name) public key of \(publicKey.count) bytes")
    }
    let key = EVP_PKEY_new_raw_public_key(curve.identifier, nil, publicKey, publicKey.count)
    guard let key else { throw CryptoError("\(curve.name) public key") }
    pointer = key
  }

  deinit { EVP_PKEY_free(pointer) }

  /// The public half.
  func publicBytes() throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    var count = bytes.count
    try check(EVP_PKEY_get_raw_public_key(pointer, &bytes, &count), "public key")
    return bytes
  }

  /// The shared secret with a peer's public key.
  func agree(with peer: borrowing RawKey) throws(CryptoError) -> SecretBytes {
    guard let context = EVP_PKEY_CTX_new(pointer, nil) else { throw CryptoError("key agreement") }
    defer { EVP_PKEY_CTX_free(context) }
    try check(EVP_PKEY_derive_init(context), "key agreement")
    try check(EVP_PKEY_derive_set_peer(context, peer.pointer), "key agreement with a peer")
    var count = Self.byteCount
    return try SecretBytes("key agreement", count: count) { secret in
      EVP_PKEY_derive(context, secret, &count)
    }
  }

  /// A signature of 64 bytes.
  func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { throw CryptoError("signature") }
    defer { EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: Ed25519.signatureByteCount)
    var count = signature.count
    try check(EVP_DigestSignInit(context, nil, nil, nil, pointer), "signature")
    let status = EVP_DigestSign(context, &signature, &count, message, message.count)
    try check(status, "signature")
    return signature
  }

  /// Whether `signature` is one of `message` by this key.
  func verify(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestVerifyInit(context, nil, nil, nil, pointer) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}
