import BlindRecord
import Foundation
import Testing
import TrialArchive
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
  @Test func aChangedByteIsFoundUnderNewSums() throws {
    let sample = try SampleTrial()
    try sample.finish()
    for name in try sample.folder.files() where name != TrialFolder.Name.sums {
      let bytes = try #require(try sample.folder.read(name))
      for place in places(in: bytes.count, atMost: 5) {
        var changed = bytes
        changed[place] ^= 0x01
        try sample.folder.write(changed, to: name, replacing: true)
        try sample.folder.writeSums()
        #expect(!sample.folder.verify().verified, "\(name), byte \(place)")
      }
      try sample.folder.write(bytes, to: name, replacing: true)
    }
  }

  @Test func missingAndForeignFilesAreNamed() throws {
    let sample = try SampleTrial()
    try sample.finish()
    try sample.folder.write([0x21], to: "notes.txt")
    #expect(
      sample.folder.verify().transcript.contains("notes.txt: is not part of the trial"))
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
