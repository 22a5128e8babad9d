import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// A changed byte anywhere in a finished folder is found and named.
@Suite struct TamperTests {
  @Test func everyChangedByteIsFoundAndNamed() throws {
    let sample = try SampleTrial()
    try sample.finish()
    for name in try sample.folder.files() {
      let bytes = try #require(try sample.folder.read(name))
      for place in places(in: bytes.count, atMost: 8) {
        var changed = bytes
        changed[place] ^= 0x01
        try sample.folder.write(changed, to: name, replacing: true)
        let verification = sample.folder.verify()
        let said = verification.checks.filter { !$0.ok }.map(\.detail).joined(separator: "\n")
        #expect(!verification.verified, "\(name), byte \(place)")
        #expect(
          said.contains(name) || name == TrialFolder.Name.sums, "\(name), byte \(place): \(said)")
      }
      try sample.folder.write(bytes, to: name, replacing: true)
    }
    #expect(sample.folder.verify().verified)
  }

  /// Whoever changes a file can write the sums again; what is committed to is found all the same.
  ///
  /// A sample, spread over each file; `make tamper` tries every byte and line.
  @Test func aChangeIsFoundUnderNewSums() throws {
    let tampering = try Tampering.eventful()
    for name in tampering.files.keys.sorted() where name != TrialFolder.Name.sums {
      let count = tampering.placeCount(name, .flippedBit)
      // Places that step by a prime, so that they fall on every column of a line or a page.
      let tally = try tampering.tally(name, step: max(1, count / 8) | 1, from: 0, sums: .madeAnew)
      #expect(tally.tried > 0, "\(name)")
      #expect(tally.unnamed.isEmpty, "\(tally.unnamed)")
      let missed = try tally.missed.filter { try !tampering.isOpen($0) }
      #expect(missed.isEmpty, "\(missed)")
    }
  }

  /// The files that only other seals have, and those that name them.
  @Test(arguments: [SampleTrial.Kind.witnessed, .timelock])
  func aChangeOfAnotherSealIsFoundUnderNewSums(_ kind: SampleTrial.Kind) throws {
    let tampering = try Tampering.eventful(kind)
    let own = tampering.files.keys.sorted().filter { name in
      name.hasPrefix("sealed/key") || name.hasPrefix("witness/") || name == "commitment.json"
        || ["sealed/card-0001.age", "sealed/timelock.json", "unblinding.json"].contains(name)
    }
    // A time lock has no card and no key file; what follows is looked for by name.
    let expected =
      kind == .timelock
      ? ["commitment.json", "sealed/timelock.json", "unblinding.json"]
      : [
        "commitment.json", "sealed/card-0001.age", "unblinding.json", "witness/checkpoints.txt",
        "witness/seal-1.ca.pem", "witness/seal-1.tsq", "witness/seal-1.tsr",
      ]
    #expect(Set(expected).isSubset(of: own), "\(own)")
    for name in own {
      let count = tampering.placeCount(name, .flippedBit)
      let tally = try tampering.tally(name, step: max(1, count / 8) | 1, from: 0, sums: .madeAnew)
      #expect(tally.tried > 0, "\(name)")
      #expect(tally.unnamed.isEmpty, "\(tally.unnamed)")
      let missed = try tally.missed.filter { try !tampering.isOpen($0) }
      #expect(missed.isEmpty, "\(missed)")
    }
  }

  /// The list of digests itself, with every kind of change.
  @Test func everyChangeOfTheSumsIsFound() throws {
    let tampering = try Tampering.eventful()
    let count = tampering.placeCount(TrialFolder.Name.sums, .flippedBit)
    let tally = try tampering.tally(
      TrialFolder.Name.sums, step: max(1, count / 40) | 1, from: 0, sums: .left)
    #expect(tally.tried > 40)
    #expect(tally.missed.isEmpty, "\(tally.missed)")
    #expect(tally.unnamed.isEmpty, "\(tally.unnamed)")
  }

  /// What the test above holds for open is open: the list in folder.md is no excuse.
  @Test func whatIsListedAsOpenIsOpen() throws {
    let tampering = try Tampering.eventful()
    let json = try #require(tampering.files["report.json"])
    let version = try #require(json.firstRange(of: Array("selfblind 0".utf8))).upperBound
    for (name, place) in [("abandoned-1/share.age", 3), ("report.json", version)] {
      let bytes = try #require(tampering.changed(name, .otherCharacter, at: place))
      #expect(try tampering.verdict(name, as: bytes, sums: .madeAnew).verified, "\(name)")
      #expect(try !tampering.verdict(name, as: bytes, sums: .left).verified, "\(name)")
      let change = Tampering.Change(name: name, kind: .otherCharacter, place: place)
      #expect(try tampering.isOpen(change))
    }
  }

  @Test func missingAndForeignFilesAreNamed() throws {
    let sample = try SampleTrial()
    try sample.finish()
    try sample.folder.write([0x21], to: "notes.txt")
    #expect(
      sample.folder.verify().transcript.contains("notes.txt: is not part of a trial"))
    try FileManager.default.removeItem(atPath: "\(sample.folder.path)/notes.txt")
    #expect(sample.folder.verify().verified)
    for name in try sample.folder.files() {
      let bytes = try #require(try sample.folder.read(name))
      try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
      let verification = sample.folder.verify()
      #expect(!verification.verified, "\(name) is missing")
      #expect(verification.transcript.contains(name), "\(name) is missing")
      try sample.folder.write(bytes, to: name)
    }
  }

  @Test func anEmptyAndAMissingFolderAreRefusedInASentence() {
    let folder = TrialFolder(path: "/nonexistent/trial")
    let verification = folder.verify()
    #expect(!verification.verified)
    #expect(verification.checks[0].detail.contains("no such file or folder"))
  }

  private func places(in count: Int, atMost most: Int) -> [Int] {
    Array(Set((0..<min(count, most)).map { $0 * count / min(count, most) } + [count - 1])).sorted()
  }
}

/// What sums that were written again cannot hide.
@Suite struct FolderContentTests {
  /// A finished trial, changed, with its sums written again.
  static func verdict(_ change: (SampleTrial) throws -> Void) throws -> Verification {
    let sample = try SampleTrial()
    try sample.finish()
    try change(sample)
    try sample.folder.writeSums()
    return sample.folder.verify()
  }

  static func remove(_ name: String, of sample: SampleTrial) throws {
    try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
  }

  @Test func aForeignFileIsNamed() throws {
    for name in ["notes.txt", "sealed/slot-0099.age", "sealed/x", "journal.sqlite-wal"] {
      let verdict = try Self.verdict { try $0.folder.write([0x21], to: name) }
      #expect(!verdict.verified, "\(name)")
      #expect(verdict.transcript.contains("\(name): "), "\(verdict.transcript)")
    }
  }

  @Test func aReportIsThereAsAWholeAndOverAnUnblindingOnly() throws {
    let partial = try Self.verdict { try Self.remove("report.json", of: $0) }
    #expect(partial.transcript.contains("report.json: is missing beside report.html"))
    let early = try Self.verdict { try Self.remove("unblinding.json", of: $0) }
    #expect(early.transcript.contains("report.html: is there without unblinding.json"))
    let none = try Self.verdict { sample in
      for file in ReportFile.allCases { try Self.remove(file.rawValue, of: sample) }
    }
    #expect(none.verified)
  }

  @Test func aLinkIsNoFileOfATrial() throws {
    let elsewhere = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: elsewhere) }
    let verdict = try Self.verdict { sample in
      let path = "\(sample.folder.path)/protocol.yaml"
      try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    }
    #expect(verdict.transcript.contains("protocol.yaml: is a link or no file"))
  }

  @Test func anAnnouncedCodeBreakWithoutItsFileIsSaid() throws {
    let sample = try SampleTrial()
    try sample.record(1...2)
    let clock = try TrialFolder.time(on: sample.design.days[2], hour: 3, zone: "Europe/Berlin")
    _ = try sample.openJournal().announceCodeBreak(slot: 2, reason: "x", clock: clock)
    try sample.record(3...6)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(
      sample.folder.verify().transcript.contains("slot 2 announced, and no opening is kept"))
  }
}
