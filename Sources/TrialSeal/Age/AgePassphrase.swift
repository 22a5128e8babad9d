import OpenSSLCrypto

/// A passphrase that seals or opens a file alone (age-encryption.org/v1, "scrypt").
///
/// The work factor is the binary logarithm of scrypt's cost: 18 takes 256 MiB and about a second.
struct AgePassphrase {
  static let stanzaType = "scrypt"
  /// 4 GiB: no file of ours or of a stock `age` asks for more.
  static let mostLogN = 22

  private static let label = Array("age-encryption.org/v1/scrypt".utf8)
  private static let saltByteCount = 16

  private let passphrase: SecretBytes
  /// The work factor of a new file; when opening, the largest that is accepted.
  let logN: Int

  /// Takes a copy of a passphrase, whose owner wipes the original.
  init(passphrase: [UInt8], logN: Int) throws(AgeError) {
    self.passphrase = try asAgeError { () throws(CryptoError) in
      try SecretBytes(copying: passphrase)
    }
    self.logN = logN
  }

  private func wrappingCipher(
    salt: [UInt8], logN: Int
  ) throws(CryptoError) -> ChaCha20Poly1305 {
    try ChaCha20Poly1305(
      key: scrypt(passphrase: passphrase, salt: Self.label + salt, logN: logN))
  }
}

extension AgePassphrase: AgeWrapping {
  func wrap(_ fileKey: [UInt8]) throws(AgeError) -> AgeStanza {
    guard (1...Self.mostLogN).contains(logN) else {
      throw .workFactor(found: logN, most: Self.mostLogN)
    }
    return try asAgeError { () throws(CryptoError) in
      let salt = try randomBytes(Self.saltByteCount)
      let body = try wrappingCipher(salt: salt, logN: logN).seal(
        nonce: AgeStanza.zeroNonce, fileKey)
      let arguments = [Self.stanzaType, AgeStanza.encode(salt), String(logN)]
      return AgeStanza(arguments: arguments, body: body)
    }
  }
}

extension AgePassphrase: AgeUnwrapping {
  func unwrap(_ stanza: AgeStanza) throws(AgeError) -> [UInt8]? {
    guard stanza.type == Self.stanzaType else { return nil }
    guard stanza.arguments.count == 3,
      let salt = AgeStanza.decode(stanza.arguments[1]), salt.count == Self.saltByteCount,
      stanza.body.count == AgeStanza.wrappedKeyByteCount
    else { throw .header("an scrypt stanza of another form") }
    // Decimal without sign or leading zero; Int's own parser would take both.
    let text = stanza.arguments[2]
    guard let found = Int(text), found > 0, String(found) == text else {
      throw .header("an scrypt work factor that is no number")
    }
    // Refused before any memory is spent: the file may come from anybody.
    guard found <= logN else { throw .workFactor(found: found, most: logN) }
    let cipher = try asAgeError { () throws(CryptoError) in
      try wrappingCipher(salt: salt, logN: found)
    }
    return try? cipher.open(nonce: AgeStanza.zeroNonce, stanza.body)
  }
}
