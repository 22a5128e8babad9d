import OpenSSLCrypto

/// Files of the format age-encryption.org/v1, which a stock `age` writes and opens too.
///
/// X25519 recipients or one passphrase, binary or armored. A file is opened as a whole: of a file
/// that was changed or cut, no byte comes out.
public enum AgeFile {
  private static let fileKeyByteCount = 16

  /// Seals a plaintext to recipients; any one of them opens it.
  ///
  /// - Parameters:
  ///   - plaintext: What is sealed; its length is visible in the file.
  ///   - recipients: At least one.
  ///   - armored: Whether the file is text.
  public static func encrypt(
    _ plaintext: [UInt8], to recipients: [AgeRecipient], armored: Bool = false
  ) throws(AgeError) -> [UInt8] {
    guard !recipients.isEmpty else { throw .noRecipients }
    return try seal(plaintext, for: recipients, armored: armored)
  }

  /// Seals a plaintext with a passphrase.
  ///
  /// - Parameters:
  ///   - plaintext: What is sealed; its length is visible in the file.
  ///   - passphrase: UTF-8 text, as the stock program reads it.
  ///   - logN: The scrypt work factor, 1 to 22; 18, the stock program's, takes 256 MiB and about a
  ///     second, at every opening too.
  ///   - armored: Whether the file is text.
  public static func encrypt(
    _ plaintext: [UInt8], passphrase: [UInt8], logN: Int = 18, armored: Bool = false
  ) throws(AgeError) -> [UInt8] {
    let key = try AgePassphrase(passphrase: passphrase, logN: logN)
    return try seal(plaintext, for: [key], armored: armored)
  }

  /// Opens a file, armored or binary, with the first of some secret keys that fits.
  public static func decrypt(
    _ file: [UInt8], with identities: [AgeIdentity]
  ) throws(AgeError) -> [UInt8] {
    try open(file, with: identities)
  }

  /// Opens a file, armored or binary, with its passphrase.
  ///
  /// - Parameters:
  ///   - file: The whole file.
  ///   - passphrase: UTF-8 text.
  ///   - maxLogN: The largest work factor that is tried; a file that asks for more is refused before
  ///     any memory is spent.
  public static func decrypt(
    _ file: [UInt8], passphrase: [UInt8], maxLogN: Int = 22
  ) throws(AgeError) -> [UInt8] {
    try open(file, with: [try AgePassphrase(passphrase: passphrase, logN: maxLogN)])
  }

  /// Opens a binary file, and keeps in `released` the authentic beginning of one that is damaged.
  ///
  /// Only tests of the format look at that beginning.
  static func open(
    binary file: [UInt8], with keys: [any AgeUnwrapping], released: inout [UInt8]
  ) throws(AgeError) {
    let header = try AgeHeader(file)
    var fileKey = try unwrap(header, with: keys)
    defer { wipe(&fileKey) }
    guard try header.isAuthentic(fileKey: fileKey) else { throw .headerChanged }
    let rest = file[header.end...]
    guard rest.count >= AgePayload.nonceByteCount else { throw .header("no nonce after it") }
    let payload = try AgePayload(
      fileKey: fileKey, nonce: Array(rest.prefix(AgePayload.nonceByteCount)))
    try payload.open(rest.dropFirst(AgePayload.nonceByteCount), into: &released)
  }

  private static func open(
    _ file: [UInt8], with keys: [any AgeUnwrapping]
  ) throws(AgeError) -> [UInt8] {
    let binary = AgeArmor.isArmored(file) ? try AgeArmor.decode(file) : file
    var plaintext: [UInt8] = []
    do {
      try open(binary: binary, with: keys, released: &plaintext)
    } catch {
      wipe(&plaintext)
      throw error
    }
    return plaintext
  }

  private static func seal(
    _ plaintext: [UInt8], for keys: [any AgeWrapping], armored: Bool
  ) throws(AgeError) -> [UInt8] {
    var fileKey = try random(fileKeyByteCount)
    defer { wipe(&fileKey) }
    var stanzas: [AgeStanza] = []
    for key in keys { stanzas.append(try key.wrap(fileKey)) }
    let nonce = try random(AgePayload.nonceByteCount)
    let payload = try AgePayload(fileKey: fileKey, nonce: nonce).seal(plaintext)
    let file = try AgeHeader.write(stanzas, fileKey: fileKey) + nonce + payload
    return armored ? AgeArmor.encode(file) : file
  }

  private static func unwrap(
    _ header: AgeHeader, with keys: [any AgeUnwrapping]
  ) throws(AgeError) -> [UInt8] {
    for key in keys {
      for stanza in header.stanzas {
        if let fileKey = try key.unwrap(stanza) { return fileKey }
      }
    }
    let isPassphraseFile = header.stanzas.contains { $0.type == AgePassphrase.stanzaType }
    let hasPassphrase = keys.contains { $0 is AgePassphrase }
    throw switch (isPassphraseFile, hasPassphrase) {
    case (true, true): .wrongPassphrase
    case (true, false): .needsPassphrase
    case (false, true): .needsIdentity
    case (false, false): .wrongIdentity
    }
  }

  private static func random(_ count: Int) throws(AgeError) -> [UInt8] {
    try asAgeError { () throws(CryptoError) in try randomBytes(count) }
  }
}
