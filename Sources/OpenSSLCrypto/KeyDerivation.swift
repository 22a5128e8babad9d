import COpenSSL

/// HKDF with SHA-256, extract and expand (RFC 5869).
///
/// - Parameters:
///   - ikm: The input keying material.
///   - salt: The salt; empty means 32 zero bytes (RFC 5869, section 2.2).
///   - info: What the output is for; one string for each purpose.
///   - count: The length of the output in bytes, 1 to 8160.
public func hkdfSHA256(
  ikm: [UInt8], salt: [UInt8] = [], info: [UInt8], count: Int = 32
) throws(CryptoError) -> [UInt8] {
  try checkOutput(count)
  var output = [UInt8](repeating: 0, count: count)
  try derive(ikm, ikm.count, salt, info, &output, count)
  return output
}

/// HKDF with SHA-256 from a secret to a secret; otherwise as ``hkdfSHA256(ikm:salt:info:count:)``.
public func hkdfSHA256(
  ikm: SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int = 32
) throws(CryptoError) -> SecretBytes {
  try checkOutput(count)
  return try ikm.lend { key throws(CryptoError) in
    try SecretBytes("HKDF output", count: count) { output in
      (try? derive(key, ikm.count, salt, info, output, count)) == nil ? 0 : 1
    }
  }
}

private func checkOutput(_ count: Int) throws(CryptoError) {
  guard (1...255 * SHA256.byteCount).contains(count) else {
    throw CryptoError("HKDF output of \(count) bytes")
  }
}

private func derive(
  _ key: UnsafePointer<UInt8>?, _ keyCount: Int, _ salt: [UInt8], _ info: [UInt8],
  _ output: UnsafeMutablePointer<UInt8>?, _ count: Int
) throws(CryptoError) {
  guard let context = EVP_KDF_CTX_new(Algorithm.hkdf.pointer) else { throw CryptoError("HKDF") }
  defer { EVP_KDF_CTX_free(context) }
  let status = copenssl_hkdf_sha256(
    context, key, keyCount, salt, salt.count, info, info.count, output, count)
  try check(status, "HKDF output")
}

/// scrypt (RFC 7914) with r = 8 and p = 1, as the age format fixes them.
///
/// Takes `2^logN` KiB of memory: 256 MiB for a `logN` of 18. A caller that reads `logN` from a file
/// bounds it first.
///
/// - Parameters:
///   - passphrase: The passphrase, any length.
///   - salt: The salt.
///   - logN: The binary logarithm of the cost N, 1 to 30.
///   - count: The length of the output in bytes.
public func scrypt(
  passphrase: [UInt8], salt: [UInt8], logN: Int, count: Int = 32
) throws(CryptoError) -> [UInt8] {
  var output = [UInt8](repeating: 0, count: max(count, 0))
  try passphrase.withUnsafeBufferPointer { bytes throws(CryptoError) in
    try stretch(bytes.baseAddress, bytes.count, salt, logN, &output, count)
  }
  return output
}

/// scrypt from a secret to a secret; otherwise as ``scrypt(passphrase:salt:logN:count:)``.
public func scrypt(
  passphrase: SecretBytes, salt: [UInt8], logN: Int, count: Int = 32
) throws(CryptoError) -> SecretBytes {
  try checkStretching(logN, count)
  return try passphrase.lend { bytes throws(CryptoError) in
    try SecretBytes("scrypt", count: count) { output in
      (try? stretch(bytes, passphrase.count, salt, logN, output, count)) == nil ? 0 : 1
    }
  }
}

private func checkStretching(_ logN: Int, _ count: Int) throws(CryptoError) {
  guard (1...30).contains(logN), count > 0 else {
    throw CryptoError("scrypt with a cost of 2^\(logN) and \(count) bytes of output")
  }
}

private func stretch(
  _ passphrase: UnsafePointer<UInt8>?, _ passphraseCount: Int, _ salt: [UInt8], _ logN: Int,
  _ output: UnsafeMutablePointer<UInt8>?, _ count: Int
) throws(CryptoError) {
  try checkStretching(logN, count)
  let blockSize: UInt64 = 8
  let cost = UInt64(1) << UInt64(logN)
  // libcrypto refuses to take more than 32 MiB unless it is told to.
  let memory = 128 * blockSize * cost + (1 << 20)
  let characters = UnsafeRawPointer(passphrase)?.assumingMemoryBound(to: CChar.self)
  try check(
    EVP_PBE_scrypt(
      characters, passphraseCount, salt, salt.count, cost, blockSize, 1, memory, output, count),
    "scrypt")
}
