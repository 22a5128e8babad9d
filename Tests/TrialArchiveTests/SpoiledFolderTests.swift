import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialSeal
import TrialTestSupport

/// Folders that lost a file, hold one that somebody planted, or that another program works in.
@Suite struct SpoiledFolderTests {
  @Test func aTrialThatLostItsManifestIsNotSealedAnew() throws {
    let sample = try SampleTrial()
    try sample.record(1...2)
    let name = TrialFolder.Name.manifest
    let manifest = try #require(try sample.folder.read(name))
    try FolderContentTests.remove(name, of: sample)
    let files = try sample.folder.files()
    let custody = Custody.passphrase(SampleTrial.passphrase, workFactor: 4)
    #expect(throws: TrialFolder.StepError.manifestLost) { try sample.folder.committedSeal() }
    #expect(throws: TrialFolder.StepError.manifestLost) { try sample.folder.abandonSealing() }
    #expect(throws: TrialFolder.StepError.manifestLost) { try sample.folder.demandSealed() }
    #expect(throws: TrialFolder.StepError.manifestLost) {
      try sample.folder.commit(custody: custody, clock: sample.clock())
    }
    #expect(try sample.folder.files() == files)
    try sample.folder.write(manifest, to: name)
    try sample.record(3...6)
    #expect(sample.folder.verify().verified)
  }

  @Test func stepsOfTwoProgramsAtOnceAreOne() throws {
    let sample = try SampleTrial()
    try sample.record()
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let descriptor = open(sample.folder.path, O_RDONLY | O_DIRECTORY)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(throws: TrialFolder.StepError.busy) {
      try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    }
    #expect(throws: TrialFolder.StepError.busy) { try sample.folder.anchorRequest(.seal) }
    close(descriptor)
    _ = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    #expect(sample.folder.verify().verified)
  }

  @Test func onlyTheProgramsOwnUnfinishedFilesAreOverlooked() throws {
    for name in ["notes.partial-list.md", "notes.partial", "sealed/slot-0001.partial.txt"] {
      let verdict = try FolderContentTests.verdict { try $0.folder.write([0x21], to: name) }
      #expect(verdict.transcript.contains("\(name): is not part of a trial"))
    }
    let own = try FolderContentTests.verdict {
      try $0.folder.write([0x21], to: "report.md.7-0.partial")
    }
    #expect(own.verified, "\(own.transcript)")
  }

  /// A link or an open file of somebody else, where this program will write beside a shared place.
  @Test func aPlantedFileIsNotWrittenInto() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: place) }
    let (key, planted) = (place.path + "/key.html", place.path + "/planted")
    try Data().write(to: URL(filePath: planted))
    try FileManager.default.createSymbolicLink(
      atPath: "\(key).\(getpid())-0.partial", withDestinationPath: planted)
    try Data("theirs".utf8).write(to: URL(filePath: "\(key).\(getpid())-1.partial"))
    try WholeFile.write(Array("secret".utf8), to: key)
    #expect(try WholeFile.read(key) == Array("secret".utf8))
    #expect(try WholeFile.read(planted).isEmpty)
    #expect(try WholeFile.read("\(key).\(getpid())-1.partial") == Array("theirs".utf8))
    // Filled is only an empty file of one's own, and no link to one.
    #expect(throws: WholeFile.Failure.system(EEXIST)) { try WholeFile.fill(key, with: [1]) }
    #expect(throws: WholeFile.Failure.system(ELOOP)) {
      try WholeFile.fill("\(key).\(getpid())-0.partial", with: [1])
    }
    try WholeFile.fill(planted, with: [1])
    #expect(try WholeFile.read(planted) == [1])
  }
}
