import MerkleLog
import OpenSSLCrypto
import Testing

/// Checkpoints are read strictly: one text for each head.
struct CheckpointTests {
  static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

  @Test func theExampleOfTheSpecificationComesBack() throws {
    let text = "example.com/behind-the-sofa\n20852163\n\(Self.root)\n"
    let checkpoint = try Checkpoint(text: text)
    #expect(checkpoint.origin == "example.com/behind-the-sofa")
    #expect(checkpoint.size == 20_852_163)
    #expect(checkpoint.root.count == 32)
    #expect(checkpoint.text == text)
  }

  @Test func extensionLinesAreKept() throws {
    let text = "a\n0\n\(root)\nmore\n"
    let checkpoint = try Checkpoint(text: text)
    #expect(checkpoint.extensions == ["more"])
    #expect(checkpoint.text == text)
  }

  @Test(arguments: [
    ("", "newline"), ("a\n1\n\(root)", "newline"), ("a\n1\n", "three lines"),
    ("\n1\n\(root)\n", "three lines"), ("a\n1\n\(root)\n\n", "three lines"),
    ("a\n01\n\(root)\n", "tree size"), ("a\n+1\n\(root)\n", "tree size"),
    ("a\n-1\n\(root)\n", "tree size"), ("a\n1 \n\(root)\n", "tree size"),
    ("a\n9223372036854775808\n\(root)\n", "tree size"), ("a\n1\nAAAA\n", "root hash"),
    ("a\n1\n\(root.dropLast())\n", "root hash"), ("a\n1\n\(root) \n", "root hash"),
  ])
  func otherTextsAreRefused(text: String, reason: String) {
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(text: text) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func aCheckpointOfAnotherLogIsRefused() throws {
    let signer = try NoteSigner.generate(name: "key")
    let note = try signer.sign(Checkpoint(origin: "found", size: 0, root: sha256([])).text)
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint.verified(note: note, key: signer.verifierKey, origin: "meant")
    }
    #expect(error == .otherLog(found: "found", expected: "meant"))
    #expect(
      error?.description == "the checkpoint is of the log \"found\", expected \"meant\"")
  }

  private var root: String { Self.root }
}
