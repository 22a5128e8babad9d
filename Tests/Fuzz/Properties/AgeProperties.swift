import OpenSSLCrypto
import TrialSeal

/// What must hold of age files, their armor and their keys.
enum AgeProperties {
  /// The identity that the corpus is sealed to.
  static let secret = [UInt8](1...32)
  /// The passphrase of the corpus.
  static let passphrase = Array("fuzz".utf8)
  /// The only plaintexts that were ever sealed to them, each made by ``plaintext(_:)``.
  static let plaintextCounts: Set<Int> = [0, 1, 37, 65_536, 65_541]

  static let identity = try? AgeIdentity(secret: secret)

  /// The plaintext of a length: bytes that depend on their place.
  static func plaintext(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
  }

  /// A file opens to what was sealed, or not at all: nobody made another one for these keys.
  static func checkFile(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let identity else { throw BrokenProperty("the fixed identity is none") }
    let opened = [
      try? AgeFile.decrypt(bytes, with: [identity]),
      try? AgeFile.decrypt(bytes, passphrase: passphrase, maxLogN: 2),
    ]
    for case let found? in opened {
      try hold(
        plaintextCounts.contains(found.count) && found == plaintext(found.count),
        "opened to \(found.count) bytes that nobody sealed")
    }
    try hold(opened.contains { $0 == nil }, "opened by both keys")
  }

  /// What is read as armor is, but for line ends and blanks around it, what is written as armor.
  static func checkArmor(_ bytes: [UInt8]) throws(BrokenProperty) {
    let back = try? AgeArmor.decode(AgeArmor.encode(bytes))
    try hold(bytes.isEmpty || back == bytes, "its own armor is not read back")
    guard let file = try? AgeArmor.decode(bytes) else { return }
    func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
    let body = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    var plain: [UInt8] = []
    for byte in body {
      if byte == 0x0A, plain.last == 0x0D { plain.removeLast() }
      plain.append(byte)
    }
    try hold(AgeArmor.encode(file) == plain + [0x0A], "another spelling of the same file")
    try hold(AgeArmor.isArmored(bytes), "armor that is not taken for armor")
  }

  /// A key has one text in each case.
  static func checkKey(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    let recipient = try? AgeRecipient(text)
    let identity = try? AgeIdentity(text)
    try hold(recipient == nil || identity == nil, "both a public and a secret key")
    if let recipient {
      try hold(recipient.text == text.lowercased(), "a public key of another spelling")
    }
    if let identity {
      try hold(identity.secretText == text, "a secret key of another spelling")
      try hold(!"\(identity)\(dumped(identity))".contains(text), "a secret key that is printed")
    }
    guard bytes.count == 32, let made = try? AgeIdentity(secret: bytes) else { return }
    try hold((try? AgeIdentity(made.secretText)) == made, "a secret key is not read back")
    try hold((try? AgeRecipient(made.recipient.text)) == made.recipient, "nor its public half")
  }

  private static func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
