import BlindRecord
import Foundation
import MerkleLog
import Testing

@testable import TrialJournal

/// The line that a helper keeps, and what is said when it comes back.
@Suite struct CheckpointLineTests {
  /// The head of the specification's vectors; the check digits by `sha256sum`.
  static let text =
    "selfblind 00112233aabbccdd 3 p7IXWEvY8nfBuBk5u0tYLEmjLmEAXVNVnjd5rMVGXPQ= 3ec9"

  @Test func theLineOfTheSpecification() throws {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/Specifications/witness.md"),
      encoding: .utf8)
    let line = try CheckpointLine(Self.text)
    #expect(page.contains("\n\(Self.text)\n"))
    #expect(line.text == Self.text)
    #expect(line.trial == "00112233aabbccdd")
    #expect(line.size == 3)
    #expect(Base64.encode(line.root) == "p7IXWEvY8nfBuBk5u0tYLEmjLmEAXVNVnjd5rMVGXPQ=")
    #expect(Self.text.utf8.count <= 160, "one text message")
    #expect(try CheckpointLine("  \(Self.text.replacing(" ", with: "  "))\n") == line)
  }

  @Test func aLineThatWasChangedOnItsWay() throws {
    for (place, digit) in Self.text.enumerated() where digit.isNumber || digit.isLetter {
      var changed = Array(Self.text)
      changed[place] = digit == "0" ? "1" : "0"
      #expect(throws: CheckpointLineError.self, "\(place)") {
        try CheckpointLine(String(changed))
      }
    }
    let other = Self.text.replacing(" 3 ", with: " 4 ")
    do {
      _ = try CheckpointLine(other)
      Issue.record("taken")
    } catch {
      #expect(error.message.hasPrefix("checkpoint line: found the check 3ec9, expected "))
      #expect(error.message.hasSuffix(": the line was changed on its way"))
    }
    for text in ["", "hello", Self.text.replacing(" 3 ", with: " 03 "), "selfblind 1 2 3 4"] {
      #expect(throws: CheckpointLineError.unreadable(text)) { try CheckpointLine(text) }
    }
    #expect(
      CheckpointLineError.unreadable("hello").message
        == "checkpoint line: found \"hello\", expected \"selfblind TRIAL ENTRIES ROOT CHECK\"")
  }

  /// Every earlier head is extended, and by the naive tree no other one.
  @Test func everyBeginningAndNothingElse() throws {
    let leaves = (0..<9).map { leafHash([UInt8($0)]) }
    for size in 1...9 {
      let root = MerkleTree(leafHashes: Array(leaves.prefix(size))).root
      let line = CheckpointLine(trial: "00", size: size, root: root)
      try Journal.demandExtension(of: line, trial: "00", leafHashes: leaves)
      for other in 1...9 where other != size {
        #expect(throws: CheckpointLineError.otherHistory(size: other)) {
          try Journal.demandExtension(
            of: CheckpointLine(trial: "00", size: other, root: root), trial: "00",
            leafHashes: leaves)
        }
      }
      #expect(throws: CheckpointLineError.entriesMissing(line: size, found: size - 1)) {
        try Journal.demandExtension(
          of: line, trial: "00", leafHashes: Array(leaves.prefix(size - 1)))
      }
      #expect(throws: CheckpointLineError.otherTrial(found: "00", expected: "01")) {
        try Journal.demandExtension(of: line, trial: "01", leafHashes: leaves)
      }
    }
    #expect(
      CheckpointLineError.otherHistory(size: 3).message
        == "checkpoint line: found another beginning of 3 entries in the journal, "
        + "expected the one of the line: the journal was made again")
    #expect(
      CheckpointLineError.entriesMissing(line: 3, found: 2).message
        == "checkpoint line: found 2 entries in the journal, expected at least the 3 "
        + "of the line: entries were taken away")
    #expect(
      CheckpointLineError.otherTrial(found: "00", expected: "01").message
        == "checkpoint line: found a line of trial 00, expected 01")
  }
}
