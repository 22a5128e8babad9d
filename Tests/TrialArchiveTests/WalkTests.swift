import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// One trial through all of its states, and what a stranger says of it at each.
@Suite struct WalkTests {
  @Test func aFinishedTrialVerifies() throws {
    let sample = try SampleTrial()
    #expect(sample.folder.verify().verified)
    try sample.record()
    #expect(sample.folder.verify().verified)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(sample.folder.verify().verified)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let opened = try sample.folder.unblind(
      with: key, prediction: "the second arm, by one point", clock: sample.clock())
    #expect(opened.allocation.assignment.arms.count == sample.design.days.count)
    _ = try sample.folder.writeReport()
    let verification = sample.folder.verify()
    #expect(verification.verified, "\(verification.transcript)")
    #expect(
      verification.checks.map(\.name)
        == [
          "files", "seal", "commitment", "journal", "custody", "code breaks", "witness", "draw",
          "report",
        ])
    let again = try sample.folder.unblinding()
    #expect(again.allocation.assignment == opened.allocation.assignment)
    #expect(again.prediction == "the second arm, by one point")
  }

  @Test func aCodeBreakIsAnnouncedFirstAndVerifies() throws {
    let sample = try SampleTrial(ExampleProtocols.pairs)
    try sample.record(1...4)
    let clock = try TrialFolder.time(on: sample.design.days[4], hour: 3, zone: sample.design.zone)
    let receipt = try sample.openJournal().announceCodeBreak(
      slot: 3, reason: "a clinician asked", clock: clock)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let broken = try sample.folder.breakCode(of: sample.trial, with: key, after: receipt)
    #expect(broken.slot == 3)
    try sample.record(5...28)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    let opened = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    #expect(opened.codeBreaks == [broken])
    #expect(sample.design.arms[opened.allocation.assignment.arms[2]] == broken.arm)
    #expect(sample.folder.verify().verified)
  }

  @Test func aReceiptOfAnotherEntryOpensNothing() throws {
    let sample = try SampleTrial()
    let clock = try TrialFolder.time(on: sample.design.days[0], hour: 21, zone: "Europe/Berlin")
    let receipt = try sample.openJournal().append(
      Deviation(slot: 1, kind: .other, reason: "a bad night"), clock: clock)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    #expect(throws: SealError.noReceipt("a receipt of something else")) {
      try sample.folder.breakCode(of: sample.trial, with: key, after: receipt)
    }
    let foreign = try SampleTrial()
    let other = try foreign.openJournal().announceCodeBreak(slot: 1, reason: "x", clock: clock)
    #expect(throws: SealError.noReceipt("a receipt that does not verify")) {
      try sample.folder.breakCode(of: sample.trial, with: key, after: other)
    }
    #expect(!sample.folder.exists(TrialFolder.Name.codeBreaks))
  }

  @Test func aSecondSealingIsRefused() throws {
    let sample = try SampleTrial()
    let clock = try sample.clock()
    #expect(throws: TrialFolder.StepError.alreadySealed) {
      _ = try sample.folder.seal(
        custody: .passphrase(SampleTrial.passphrase, workFactor: 4), clock: clock
      ) { _ in }
    }
  }

  @Test func anInterruptedSealingIsCounted() throws {
    struct PrinterJam: Error {}
    let path = FileManager.default.temporaryDirectory
      .appending(path: "selfblind-\(UUID().uuidString)").path
    let folder = TrialFolder(path: path)
    try folder.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try folder.write(ExampleProtocols.small, to: TrialFolder.Name.design)
    let clock = try TrialFolder.time(
      on: try folder.design().days[0], hour: 1, zone: "Europe/Berlin")
    let custody = Custody.passphrase(SampleTrial.passphrase, workFactor: 4)
    for number in 1...2 {
      #expect(throws: PrinterJam.self) {
        _ = try folder.seal(custody: custody, clock: clock) { _ in throw PrinterJam() }
      }
      #expect(!folder.isSealed)
      #expect(throws: TrialFolder.StepError.drawIsToCome) {
        _ = try folder.seal(custody: custody, clock: clock) { _ in }
      }
      #expect(try folder.abandonSealing() == number)
      #expect(throws: TrialFolder.StepError.nothingBegun) { try folder.abandonSealing() }
    }
    let (trial, _) = try folder.seal(custody: custody, clock: clock) { _ in }
    #expect(trial.manifest.commitments.abandonedSealings == 2)
    #expect(folder.verify().verified)
  }

  @Test func aSealingCutOffBeforeTheJournalIsFinished() throws {
    let sample = try SampleTrial()
    for name in try sample.folder.files() where name.hasPrefix("journal.") {
      try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
    }
    let clock = try TrialFolder.time(on: sample.design.days[0], hour: 1, zone: "Europe/Berlin")
    let (trial, journal) = try #require(try sample.folder.finishInterruptedSealing(clock: clock))
    #expect(trial.manifestBytes == sample.trial.manifestBytes)
    #expect(try journal.entries().count == 1)
    #expect(try sample.folder.finishInterruptedSealing(clock: clock) == nil)
  }

  /// Cut off after the manifest, and after the journal: whom the list is for comes into the record once.
  @Test(arguments: [false, true])
  func aSealingThatIsFinishedLaterHasItsKitList(hasJournal: Bool) throws {
    let sample = try SampleTrial(PackingExamples.helper)
    let note = KitListNote(to: "Bea", receipt: String(repeating: "0a", count: 32), confirmed: false)
    if !hasJournal {
      for name in try sample.folder.files() where name.hasPrefix("journal.") {
        try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
      }
    }
    try sample.folder.write(
      CommittedJSON.encode(note, endsLine: true), to: TrialFolder.Name.kitListNote)
    if hasJournal { #expect(sample.folder.verify().verified) }
    let clock = try TrialFolder.time(on: sample.design.days[0], hour: 1, zone: "Europe/Berlin")
    do {
      let (_, journal) = try #require(try sample.folder.finishInterruptedSealing(clock: clock))
      #expect(try journal.entries().map(\.event).last == .kitList(note))
    }
    #expect(!sample.folder.exists(TrialFolder.Name.kitListNote))
    #expect(try sample.folder.finishInterruptedSealing(clock: clock) == nil)
    // Cut off once more, between the entry and the file's removal.
    try sample.folder.write(
      CommittedJSON.encode(note, endsLine: true), to: TrialFolder.Name.kitListNote)
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(!sample.folder.exists(TrialFolder.Name.kitListNote))
    #expect(sample.folder.verify().verified)
  }

  @Test func theFolderIsForItsOwnerAlone() throws {
    let sample = try SampleTrial()
    try sample.finish()
    for name in try sample.folder.files() + ["."] {
      let facts = try FileManager.default.attributesOfItem(atPath: "\(sample.folder.path)/\(name)")
      let mode = try #require(facts[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(name) has mode \(String(mode, radix: 8))")
    }
  }
}
