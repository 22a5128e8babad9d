import OpenSSLCrypto
import Testing

@testable import MerkleLog

/// Signed notes and checkpoints, against a note made with the `openssl` command line.
struct NoteTests {
  static let seed = (0..<32).map { UInt8($0) }
  static let key = "example.org/self-test+22bcece3+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  static let origin = "example.org/self-test"
  static let text = """
    example.org/self-test
    0
    47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

    """
  static let signature =
    "\u{2014} example.org/self-test Irzs4xBpdDb5eE9WpWZS6DqQJr0vac++mcjl+023lHZIrGpFTSUXqPuw1YVBl6nh"
    + "bD+BK/Yb9HbvSNCQR8weZ+Id2wg=\n"
  static let note = text + "\n" + signature

  @Test func signsWhatOpenSSLSigns() throws {
    let signer = try NoteSigner(name: Self.origin, seed: Self.seed)
    #expect(signer.verifierKey == Self.key)
    #expect(try signer.sign(Self.text) == Self.note)
  }

  @Test func verifiesAndReads() throws {
    let checkpoint = try Checkpoint.verified(
      note: Self.note, key: Self.key, origin: Self.origin)
    #expect(checkpoint == Checkpoint(origin: Self.origin, size: 0, root: sha256([])))
    #expect(checkpoint.text == Self.text)
  }

  @Test func textsWithEmptyLinesComeBack() throws {
    let signer = try NoteSigner.generate(name: "a")
    let verifier = try NoteVerifier(signer.verifierKey)
    for text in ["\n", "\n\n", "a\n\nb\n", "a\n\n\n", "é\n"] {
      #expect(try verifier.verified(signer.sign(text)).text == text)
    }
  }

  @Test func signaturesOfOthersAreIgnored() throws {
    let other = try NoteSigner.generate(name: Self.origin)
    let line = try other.sign(Self.text).dropFirst(Self.text.count + 1)
    for note in [Self.note + line, Self.text + "\n" + line + Self.signature] {
      #expect(try NoteVerifier(Self.key).verified(note).text == Self.text)
    }
  }

  @Test func anUnsignedNoteIsReachableOnlyInTheError() throws {
    let other = try NoteSigner.generate(name: "other")
    let error = #expect(throws: NoteError.self) {
      try NoteVerifier(other.verifierKey).verified(Self.note)
    }
    guard case .unsigned(let unverified, keyName: "other") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(unverified.text == Self.text)
    #expect(unverified.signerNames == [Self.origin])
    #expect(error?.description == "the note has no signature by other")
  }

  @Test func oneWrongSignatureOfTheKeyCondemnsTheNote() throws {
    let signer = try NoteSigner(name: Self.origin, seed: Self.seed)
    let line = try signer.sign("another text\n").dropFirst("another text\n\n".count)
    for note in [Self.text + "\n" + line, Self.note + line] {
      let error = #expect(throws: NoteError.self) {
        try NoteVerifier(Self.key).verified(note)
      }
      guard case .wrongSignature = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(error?.description == "the note's signature by example.org/self-test is wrong")
    }
  }

  /// Any change of one character either breaks the form or the signature.
  @Test func everyByteMatters() throws {
    let verifier = try NoteVerifier(Self.key)
    let bytes = Array(Self.note.utf8)
    for index in bytes.indices {
      let cut = String(validating: bytes[..<index], as: UTF8.self) ?? ""
      #expect(throws: NoteError.self) { try verifier.verified(cut) }
      var changed = bytes
      changed[index] ^= 1
      guard let note = String(validating: changed, as: UTF8.self) else { continue }
      #expect(throws: NoteError.self) { try verifier.verified(note) }
    }
  }

  @Test(arguments: [
    text, text + "\n", text + "\n" + signature.dropLast(), "\u{1}" + note,
    text + "\n" + signature + "an unexpected line\n", text + signature,
    note.replacing("\u{2014} ", with: "- "), note + "\n", note.replacing("\n", with: "\r\n"),
    note.replacing("self-test Ir", with: "self test Ir"), note.replacing("Ir", with: "I r"),
    text + "\n\u{2014} example.org/self-test Irzs4w==\n",
    text + "\n" + String(repeating: signature, count: 65),
  ])
  func malformedNotesAreRefused(note: String) throws {
    let verifier = try NoteVerifier(Self.key)
    let error = #expect(throws: NoteError.self) { try verifier.verified(note) }
    guard case .malformed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func everyPartOfAVerifierKeyIsRefused() {
    let key = Array(Self.key.utf8)
    for start in key.indices {
      for end in start...key.count where end - start < key.count {
        let part = String(decoding: key[start..<end], as: UTF8.self)
        #expect(throws: NoteError.self) { try NoteVerifier(part) }
      }
      var changed = key
      changed[start] += 1
      let text = String(decoding: changed, as: UTF8.self)
      #expect(throws: NoteError.self) { try NoteVerifier(text) }
    }
  }

  /// Swift's `==` takes the two spellings for equal strings.
  @Test func canonicallyEquivalentNamesAreDifferentKeys() throws {
    let signature = NoteFormat.Signature(name: "\u{e9}", keyID: [1, 2, 3, 4], bytes: [])
    #expect(signature.isBy(name: "\u{e9}", keyID: [1, 2, 3, 4]))
    #expect(!signature.isBy(name: "e\u{301}", keyID: [1, 2, 3, 4]))
    let composed = try NoteSigner(name: "\u{e9}", seed: Self.seed)
    let decomposed = try NoteSigner(name: "e\u{301}", seed: Self.seed)
    let note = try composed.sign("text\n")
    #expect(throws: NoteError.self) { try NoteVerifier(decomposed.verifierKey).verified(note) }
  }

  @Test(arguments: ["", "a b", "a+b", "a\u{a0}b", "a\tb", "a\n", "\u{1}"])
  func badNamesAreRefused(name: String) {
    #expect(throws: NoteError.badName(name)) { try NoteSigner(name: name, seed: Self.seed) }
  }

  @Test(arguments: ["", "no newline", "tab\t\n", "return\r\n"])
  func textsThatNoNoteHoldsAreNotSigned(text: String) throws {
    let signer = try NoteSigner(name: "a", seed: Self.seed)
    #expect(throws: NoteError.self) { try signer.sign(text) }
  }

  @Test func aSignerNeverPrintsItsSecret() throws {
    let signer = try NoteSigner(name: "a", seed: [UInt8](repeating: 0xa7, count: 32))
    var dumped = ""
    dump([signer], to: &dumped)
    for text in ["\(signer)", String(reflecting: signer), dumped] {
      #expect(text.contains("a+"))
      #expect(!text.contains("167") && !text.lowercased().contains("a7a7"))
    }
  }
}
