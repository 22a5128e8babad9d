import BlindRecord
import FoundationEssentials
import MerkleLog

/// What must hold of notes, checkpoints and receipts.
enum LogProperties {
  static let name = "selfblind/journal/0123456789abcdef"
  static let seed = [UInt8](repeating: 0x42, count: 32)
  /// The texts that the fixed key signed, and no others.
  static let texts = ["a text\n", "two\nlines\n"] + (1...3).map { checkpoint($0).text }
  /// The entries of the log that the key signed heads of.
  static let entries = ["one", "two", "three"].map { Array($0.utf8) }

  static let signer = try? NoteSigner(name: name, seed: seed)
  static let verifier = signer.flatMap { try? NoteVerifier($0.verifierKey) }

  static func checkpoint(_ size: Int) -> Checkpoint {
    Checkpoint(
      origin: name, size: size, root: MerkleTree(leaves: Array(entries.prefix(size))).root)
  }

  /// A note is believed only if its text is one that was signed; what is well formed can be signed.
  static func checkNote(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let verifier, let signer else { throw BrokenProperty("the fixed key is none") }
    guard let note = String(validating: bytes, as: UTF8.self) else { return }
    _ = try? NoteVerifier(String(note.prefix { $0 != "\n" }))
    do {
      let text = try verifier.verified(note).text
      try hold(texts.contains { $0.utf8.elementsEqual(text.utf8) }, "a text that nobody signed")
    } catch let error as NoteError {
      switch error {
      case .unsigned(let found, _), .wrongSignature(let found, _):
        try hold(
          note.utf8.starts(with: (found.text + "\n\u{2014} ").utf8), "another text than the note's")
        let lines = note.utf8.dropFirst(found.text.utf8.count).count { $0 == 0x0A } - 1
        try hold(lines == found.signerNames.count, "another number of signatures")
        guard fingerprint(bytes).isMultiple(of: 64) else { return }
        let signed = (try? signer.sign(found.text)).flatMap { try? verifier.verified($0) }
        try hold(signed?.text.utf8.elementsEqual(found.text.utf8) == true, "cannot be signed")
      default: break
      }
    } catch let broken as BrokenProperty {
      throw broken
    } catch {
      throw BrokenProperty("an error of another kind: \(error)")
    }
  }

  /// There is one text for each head.
  static func checkCheckpoint(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let text = String(validating: bytes, as: UTF8.self),
      let read = try? Checkpoint(text: text)
    else { return }
    try hold(read.text.utf8.elementsEqual(bytes), "another spelling of the same head")
    try hold(read.size >= 0 && read.root.count == 32 && !read.origin.isEmpty, "no head of a tree")
  }

  /// A receipt holds only for an entry of the log; what is read is written the same.
  static func checkReceipt(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let signer else { throw BrokenProperty("the fixed key is none") }
    guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(bytes)) else { return }
    let again = (try? CommittedJSON.encode(receipt)).flatMap {
      try? CommittedJSON.decode(Receipt.self, from: $0, place: "receipt")
    }
    try hold(again == receipt, "is not written as it was read")
    guard receipt.isValid(key: signer.verifierKey, origin: name) else { return }
    try hold(
      entries.indices.contains(receipt.index) && entries[receipt.index] == receipt.entryBytes,
      "a receipt for an entry that is not in the log")
  }
}
