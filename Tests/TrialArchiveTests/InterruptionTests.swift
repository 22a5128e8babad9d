import BlindRecord
import Foundation
import MerkleLog
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// Steps that were cut off, repeated, or taken over files that somebody changed.
@Suite struct InterruptionTests {
  @Test func aLinkToTheFolderIsTheFolder() throws {
    let sample = try SampleTrial()
    let link = sample.folder.path + "-link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: sample.folder.path)
    defer { try? FileManager.default.removeItem(atPath: link) }
    let linked = TrialFolder(path: link)
    try sample.record()
    _ = try linked.lock(reason: "over", clock: sample.clock())
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try linked.unblind(with: key, prediction: "", clock: sample.clock())
    _ = try linked.writeReport()
    #expect(linked.verify().verified, "\(linked.verify().transcript)")
    #expect(sample.folder.verify().verified)
  }

  @Test func whatACrashLeftHalfWrittenSpoilsNothing() throws {
    let sample = try SampleTrial()
    try sample.record()
    try sample.folder.write([0x21], to: "SHA256SUMS.99-0.partial")
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(sample.folder.verify().verified)
    try sample.folder.write([0x21], to: "unblinding.json.99-0.partial")
    #expect(sample.folder.verify().verified)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    #expect(!sample.folder.exists("unblinding.json.99-0.partial"))
    // Cut off after the unblinding was written and before the sums were.
    let sums = try #require(try sample.folder.read(TrialFolder.Name.sums))
    let text =
      String(decoding: sums, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasSuffix("  unblinding.json") }.joined(separator: "\n") + "\n"
    try sample.folder.write(Array(text.utf8), to: TrialFolder.Name.sums, replacing: true)
    #expect(!sample.folder.verify().verified)
    _ = try sample.folder.writeReport()
    #expect(sample.folder.verify().verified)
  }

  @Test func theLockFreezesWhatWasSealedOnly() throws {
    let sample = try SampleTrial()
    try sample.record()
    let name = TrialFolder.Name.design
    try sample.folder.write(sample.design.bytes + [0x0A], to: name, replacing: true)
    #expect(throws: SealError.protocolChanged) {
      try sample.folder.lock(reason: "over", clock: sample.clock())
    }
    #expect(try !sample.openJournal().isLocked)
    try sample.folder.write(sample.design.bytes, to: name, replacing: true)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    // Files that were wrong when the sums were written, and are restored: lock takes them back.
    try sample.folder.write(sample.design.bytes + [0x0A], to: name, replacing: true)
    try sample.folder.writeSums()
    try sample.folder.write(sample.design.bytes, to: name, replacing: true)
    #expect(!sample.folder.verify().verified)
    _ = try sample.folder.lock(reason: "again", clock: sample.clock())
    #expect(sample.folder.verify().verified)
    #expect(throws: JournalError.locked) {
      try sample.folder.lock(reason: "again", clock: sample.clock())
    }
  }

  @Test func aCodeBreakIsKeptOnce() throws {
    let sample = try SampleTrial()
    try sample.record(1...2)
    let clock = try TrialFolder.time(on: sample.design.days[2], hour: 3, zone: "Europe/Berlin")
    let first = try sample.openJournal().announceCodeBreak(slot: 2, reason: "x", clock: clock)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let kept = try sample.folder.breakCode(of: sample.trial, with: key, after: first)
    try sample.record(3...6)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    let later = try #require(try sample.openJournal().codeBreakReceipt(slot: 2))
    #expect(later.checkpoint != first.checkpoint)
    #expect(try sample.folder.breakCode(of: sample.trial, with: key, after: later) == kept)
    #expect(sample.folder.verify().verified)
  }

  @Test func aReportIsNotWrittenOverChangedFiles() throws {
    let sample = try SampleTrial()
    try sample.finish()
    let sums = try sample.folder.read(TrialFolder.Name.sums)
    let opening = try #require(try sample.folder.read(TrialFolder.Name.unblinding))
    let other = String(decoding: opening, as: UTF8.self)
      .replacing(#/"prediction":"[^"]*"/#, with: #""prediction":"what I knew all along""#)
    let checkpoint = try #require(try sample.folder.read(TrialFolder.Name.checkpoint))
    // A prediction that was written after the opening, for one: no new sums make it good.
    for (name, bytes) in [
      (TrialFolder.Name.unblinding, Array(other.utf8)),
      (TrialFolder.Name.checkpoint, checkpoint + [0x0A]),
    ] {
      let before = try #require(try sample.folder.read(name))
      try #require(bytes != before)
      try sample.folder.write(bytes, to: name, replacing: true)
      #expect(throws: (any Error).self, "\(name)") { try sample.folder.writeReport() }
      #expect(try sample.folder.read(TrialFolder.Name.sums) == sums)
      try sample.folder.write(before, to: name, replacing: true)
    }
  }

  @Test func twoSealingsAtOnceAreOne() throws {
    let sample = try SampleTrial()
    let path = FileManager.default.temporaryDirectory
      .appending(path: "selfblind-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = TrialFolder(path: path)
    try folder.makeFolder()
    try folder.write(ExampleProtocols.small, to: TrialFolder.Name.design)
    let custody = Custody.passphrase(SampleTrial.passphrase, workFactor: 4)
    let clock = try TrialFolder.time(on: sample.design.days[0], hour: 1, zone: "Europe/Berlin")
    let (trial, _) = try folder.seal(custody: custody, clock: clock) { _ in
      #expect(throws: TrialFolder.StepError.busy) {
        _ = try folder.seal(custody: custody, clock: clock) { _ in }
      }
    }
    #expect(trial.manifest.commitments.abandonedSealings == 0)
    #expect(folder.verify().verified)
  }
}
