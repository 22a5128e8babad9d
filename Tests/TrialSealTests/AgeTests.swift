import BlindRecord
import Foundation
import OpenSSLCrypto
import Testing

@testable import TrialSeal

/// The age format: round trips, files made by others, keys, and refusals.
struct AgeTests {
  /// A key and a file made with `age-keygen` and `age -a` 1.1.1.
  static let secretKey =
    "AGE-SECRET-KEY-1TNJSFFW48EJ2W233UEJK04YQL4A6YRMC593LH0N6Y68YSNFV5M2Q4SG407"
  static let publicKey = "age1nzvvcadudysppq0auuleljgss3u8d0cw59vvkmv2eehh8ycxce4s9xquwj"
  static let recipientFile = """
    -----BEGIN AGE ENCRYPTED FILE-----
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBEWWlXRnVvR1FiY1NmU2d1
    bW1NMkRUUHJIOUhNd1VuSU5HRFY1R3lTaERZCmE5QmVkcnlYQU1WU3pEWU94blZH
    RWRvZ2NCMkUrVXZFRXVDdzdSMGkzaGMKLS0tIG5OVkhXSjFWT1M5c1c2UTFPM0xn
    UlpBZUhwaGF6RmhXS056ZHp2eXhoYTAKwZZElNqgxEH38wKnKijtVYft9nTi7xdS
    zV0Q5WBltITd6HDaYEfhNdxsmFaVXw==
    -----END AGE ENCRYPTED FILE-----

    """
  /// A file with the passphrase "correct horse" and the work factor 10, made with Python's hashlib
  /// and the cryptography package; a stock `age` opens it.
  static let passphraseFile = """
    -----BEGIN AGE ENCRYPTED FILE-----
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBFQkVTRXhRVkZoY1lHUm9i
    SEIwZUh3IDEwCi96STh6VTJqR3JQQzVXRkhuS3E2YzZFSE1sVGhVeVZRSlArNnRa
    YkZ5UTgKLS0tIEJsc0ZJWGw2UnhrZ2RDempjd0VuTU9NcmFaUVJBd0NMRnl6RjRu
    TW9oUTgKICEiIyQlJicoKSorLC0uLyLvokdOCQqVKWx3PyfE+6GeaHHIN1/mA3cM
    0Kt+sw==
    -----END AGE ENCRYPTED FILE-----

    """
  static let plaintext = Array("placebo first\n".utf8)

  @Test func opensFilesMadeByOthers() throws {
    let identity = try AgeIdentity(Self.secretKey)
    #expect(identity.recipient.text == Self.publicKey)
    #expect(identity.secretText == Self.secretKey)
    #expect(
      try AgeFile.decrypt(Array(Self.recipientFile.utf8), with: [identity]) == Self.plaintext)
    let opened = try AgeFile.decrypt(
      Array(Self.passphraseFile.utf8), passphrase: Array("correct horse".utf8))
    #expect(opened == Self.plaintext)
  }

  /// Around the ends of chunks, where formats go wrong.
  @Test(arguments: [0, 1, 13, 65_535, 65_536, 65_537, 131_072, 200_000])
  func roundTrips(count: Int) throws {
    let plaintext = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let identity = try AgeIdentity.generate()
    for armored in [false, true] {
      let file = try AgeFile.encrypt(plaintext, to: [identity.recipient], armored: armored)
      #expect(file.starts(with: armored ? "-----".utf8 : "age-".utf8))
      #expect(try AgeFile.decrypt(file, with: [identity]) == plaintext)
    }
  }

  @Test func everyRecipientOpensAndNobodyElse() throws {
    let holders = try (0..<3).map { _ in try AgeIdentity.generate() }
    let other = try AgeIdentity.generate()
    let file = try AgeFile.encrypt(Self.plaintext, to: holders.map(\.recipient))
    for holder in holders {
      #expect(try AgeFile.decrypt(file, with: [other, holder]) == Self.plaintext)
    }
    #expect(throws: AgeError.wrongIdentity) { try AgeFile.decrypt(file, with: [other]) }
    #expect(throws: AgeError.wrongIdentity) { try AgeFile.decrypt(file, with: []) }
    #expect(throws: AgeError.needsIdentity) { try AgeFile.decrypt(file, passphrase: [1]) }
    #expect(throws: AgeError.noRecipients) { try AgeFile.encrypt([], to: []) }
  }

  @Test func passphrases() throws {
    let file = try AgeFile.encrypt(Self.plaintext, passphrase: [1, 2], logN: 4)
    #expect(try AgeFile.decrypt(file, passphrase: [1, 2]) == Self.plaintext)
    #expect(throws: AgeError.wrongPassphrase) { try AgeFile.decrypt(file, passphrase: [1, 3]) }
    let identity = try AgeIdentity.generate()
    #expect(throws: AgeError.needsPassphrase) { try AgeFile.decrypt(file, with: [identity]) }
  }

  /// 2^40 would be a petabyte: the answer comes before the memory is asked for.
  @Test(arguments: [(23, 22), (40, 22), (62, 22), (5, 4)])
  func anExpensivePassphraseIsRefused(found: Int, most: Int) throws {
    let salt = AgeStanza.encode([UInt8](repeating: 3, count: 16))
    let stanza = AgeStanza(
      arguments: ["scrypt", salt, String(found)], body: [UInt8](repeating: 4, count: 32))
    let file = try AgeHeader.write([stanza], fileKey: [UInt8](repeating: 5, count: 16))
    #expect(throws: AgeError.workFactor(found: found, most: most)) {
      try AgeFile.decrypt(file, passphrase: [1], maxLogN: most)
    }
  }

  @Test(arguments: [-1, 0, 23, 64])
  func impossibleWorkFactorsAreNotWritten(logN: Int) {
    #expect(throws: AgeError.workFactor(found: logN, most: 22)) {
      try AgeFile.encrypt([], passphrase: [1], logN: logN)
    }
  }

  @Test func aSecretKeyAsRecipientIsRefusedWithoutEcho() throws {
    let mistyped = Self.secretKey.dropLast() + "x"
    for text in [
      Self.secretKey, Self.secretKey.lowercased(), " " + Self.secretKey, String(mistyped),
      "# " + Self.secretKey,
    ] {
      let error = #expect(throws: AgeError.secretKeyAsRecipient) { try AgeRecipient(text) }
      let said = try #require(error).description
      #expect(!said.contains(text.suffix(20)) && !said.contains("TNJSFF"))
    }
  }

  @Test(arguments: [
    "", "age", "age1", publicKey.uppercased(), String(publicKey.dropLast()), publicKey + "q",
    publicKey + "\n", "age1\u{e9}", "Age1" + publicKey.dropFirst(4),
  ])
  func otherRecipientsAreRefused(text: String) {
    let error = #expect(throws: AgeError.self) { try AgeRecipient(text) }
    guard case .badRecipient = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func otherIdentitiesAreRefused() throws {
    #expect(throws: AgeError.recipientAsIdentity) { try AgeIdentity(Self.publicKey) }
    for text in ["", Self.secretKey.lowercased(), String(Self.secretKey.dropLast()), "A1"] {
      let error = #expect(throws: AgeError.self) { try AgeIdentity(text) }
      let said = try #require(error).description
      #expect(said.hasPrefix("secret key: found a "), "\(said)")
      #expect(!said.contains("SFFW"))
    }
    #expect(throws: AgeError.badIdentity("found 31 bytes, not 32")) {
      try AgeIdentity(secret: [UInt8](repeating: 1, count: 31))
    }
  }

  @Test func anIdentityNeverPrintsItsSecret() throws {
    let identity = try AgeIdentity(secret: [UInt8](repeating: 0xa7, count: 32))
    var dumped = ""
    dump([identity], to: &dumped)
    for text in ["\(identity)", String(reflecting: identity), dumped] {
      #expect(text.contains(identity.recipient.text))
      #expect(!text.contains("167") && !text.uppercased().contains("AGE-SECRET"))
    }
  }

  /// Any bit of a file: header, payload nonce or chunk.
  @Test func everyBitOfAFileMatters() throws {
    let identity = try AgeIdentity.generate()
    let file = try AgeFile.encrypt(Self.plaintext, to: [identity.recipient])
    for bit in 0..<(8 * file.count) {
      var changed = file
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: AgeError.self) { try AgeFile.decrypt(changed, with: [identity]) }
    }
    for count in 0..<file.count {
      #expect(throws: AgeError.self) {
        try AgeFile.decrypt(Array(file[..<count]), with: [identity])
      }
    }
    #expect(throws: AgeError.payload("a changed or cut chunk")) {
      try AgeFile.decrypt(file + [0], with: [identity])
    }
  }

  /// A second recipient added by somebody who has not the file key.
  @Test func anAddedRecipientIsFound() throws {
    let identity = try AgeIdentity.generate()
    let file = try AgeFile.encrypt(Self.plaintext, to: [identity.recipient])
    let stanza = AgeStanza(arguments: ["X25519", "added"], body: [1, 2, 3])
    let cut = AgeHeader.version.utf8.count + 1
    let end = try AgeHeader(file).end - 48
    let changed = Array(file[..<end]) + Array(stanza.text.utf8) + Array(file[end...])
    #expect(try AgeHeader(changed).stanzas.count == 2)
    #expect(throws: AgeError.headerChanged) { try AgeFile.decrypt(changed, with: [identity]) }
    let first = Array(file[..<cut]) + Array(stanza.text.utf8) + Array(file[cut...])
    #expect(throws: AgeError.header("an X25519 stanza of another form")) {
      try AgeFile.decrypt(first, with: [identity])
    }
  }

  @Test func bodiesEndInAShortLine() throws {
    for count in 0...150 {
      let stanza = AgeStanza(arguments: ["a", "b"], body: [UInt8](repeating: 7, count: count))
      let lines = stanza.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.dropFirst().dropLast().allSatisfy { $0.utf8.count == 64 })
      #expect(try #require(lines.last).utf8.count < 64)
      let header = try AgeHeader.write([stanza], fileKey: [UInt8](repeating: 1, count: 16))
      #expect(try AgeHeader(header).stanzas == [stanza])
    }
  }

  @Test func sentencesOfRefusals() {
    let sentences: [(AgeError, String)] = [
      (
        .secretKeyAsRecipient,
        "recipient: found a secret key, expected \"age1…\" (give the public key that was printed "
          + "beside it, and keep the secret key to its holder)"
      ),
      (.recipientAsIdentity, "secret key: found a recipient, expected \"AGE-SECRET-KEY-1…\""),
      (.noRecipients, "age file: no recipient, expected at least one"),
      (
        .workFactor(found: 30, most: 22),
        "age file: found a scrypt work factor of 30, expected at most 22"
      ),
      (
        .wrongIdentity,
        "age file: no secret key given opens it (check that it belongs to this trial)"
      ),
      (
        .wrongPassphrase,
        "age file: the passphrase does not open it (check that it belongs to this trial)"
      ),
      (
        .headerChanged,
        "age file: the header was changed after it was written (fetch another copy of the file)"
      ),
      (
        .payload("no last chunk"),
        "age file: the payload has no last chunk (fetch another copy of the file)"
      ),
      (.header("no end"), "age file: the header has no end"),
    ]
    for (error, sentence) in sentences { #expect(error.description == sentence) }
  }
}
