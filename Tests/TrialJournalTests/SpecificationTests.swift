import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialJournal

/// The example and the vectors of `Documentation/Specifications/journal.md` hold.
struct SpecificationTests {
  /// The lines of the document.
  private func lines() throws -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Documentation/Specifications/journal.md")
    return try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func theVectorsHold() throws {
    let lines = try lines()
    func values(_ word: String) -> [String] {
      var found: [String] = []
      for line in lines where line.hasPrefix(word + " ") {
        let last = String(line.split(separator: " ").last ?? "")
        if last.utf8.count >= 64 { found.append(last) }
      }
      return found
    }
    let entries = lines.filter { $0.hasPrefix("{\"at\"") }.map { Array($0.utf8) }
    #expect(entries.count == 3)
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    for bytes in entries {
      let entry = try CommittedJSON.decode(JournalEntry.self, from: bytes, place: "entry")
      #expect(try CommittedJSON.encode(entry) == bytes)
    }
    #expect(values("leaf") == entries.map { hex(leafHash($0)) })
    #expect(
      values("root") == (1...3).map { hex(MerkleTree(leaves: Array(entries.prefix($0))).root) })
    let start = try #require(lines.firstIndex(of: "selfblind/journal/00112233aabbccdd"))
    let note = lines[start..<(start + 5)].joined(separator: "\n") + "\n"
    let key = try #require(values("key").first)
    let head = try Checkpoint.verified(
      note: note, key: key, origin: "selfblind/journal/00112233aabbccdd")
    #expect(head.size == 3 && head.root == MerkleTree(leaves: entries).root)
    let signer = try NoteSigner(
      name: "selfblind.example/00112233aabbccdd", seed: TrialFolder.seed)
    #expect(try signer.verifierKey == key && signer.sign(head.text) == note)
  }

  @Test func theDocumentIsShort() throws { #expect(try lines().count <= 300) }
}
