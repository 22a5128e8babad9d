import BlindRecord
import Foundation
import OpenSSLCrypto
import Testing
import TrialArchive
import TrialJournal
import TrialReport
import TrialSeal
import TrialTestSupport

/// Times of authorities and lines of helpers, kept in a folder and verified with it.
@Suite struct WitnessTests {
  /// Asks the authority and keeps its answer.
  @discardableResult static func anchor(
    _ what: WitnessFacts.Anchored, of sample: SampleTrial, by authority: LocalAuthority
  ) throws -> WitnessFacts.Anchor {
    try sample.folder.keepAnchor(
      what, response: authority.answer(sample.folder.anchorRequest(what).der), from: "answer.tsr",
      authorities: Certificate.readAll(authority.root))
  }

  static func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "accepted"
    } catch { return (error as? any Refusal)?.message ?? "\(error)" }
  }

  static func said(_ sample: SampleTrial) -> String {
    sample.folder.verify().checks.first { $0.name == "witness" }?.detail ?? ""
  }

  @Test func withoutAWitnessTheTranscriptSaysSo() throws {
    let sample = try SampleTrial()
    #expect(Self.said(sample) == "none: nobody outside of this folder vouches for any of it")
  }

  @Test func sealAndLockAreAnchoredAndVerified() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    let seal = try Self.anchor(.seal, of: sample, by: authority)
    #expect(seal.authority == "CN = \"Signer of tests, usual\"")
    let root = try Certificate.readAll(authority.root)[0]
    #expect(seal.fingerprint == root.fingerprint)
    #expect(
      Self.said(sample) == "seal at \(seal.at.utc) by \(seal.authority), root \(root.fingerprint)")
    #expect(sample.folder.verify().verified)
    try sample.openJournal().keep(sample.openJournal().checkpointLine())
    try sample.finish()
    let lock = try Self.anchor(.lock, of: sample, by: authority)
    #expect(lock.what == .lock)
    try sample.openJournal().keep(sample.openJournal().checkpointLine())
    #expect(!sample.folder.verify().verified, "the report does not know the last line")
    _ = try sample.folder.writeReport()
    let verification = sample.folder.verify()
    #expect(verification.verified, "\(verification.transcript)")
    let report = String(
      decoding: try #require(try sample.folder.read("report.md")), as: UTF8.self)
    #expect(!report.contains("Not witnessed"))
    #expect(
      report.contains("An authority put its time on the seal, \(seal.at.utc), after the first"))
    #expect(
      report.contains("An authority put its time on the lock, \(lock.at.utc), after the open"))
    #expect(report.contains("Checkpoint lines were given back, over these numbers of entries: 1, "))
    #expect(report.contains(root.fingerprint))
    let entries = try sample.openJournal().entries().count
    // The sample's days are long over: both times are late, and the transcript says so.
    #expect(
      Self.said(sample)
        == "seal at \(seal.at.utc) by \(seal.authority), root \(root.fingerprint), after the first "
        + "check-in: until then it could have been made anew; "
        + "lock at \(lock.at.utc) by \(lock.authority), root \(root.fingerprint), after the opening: "
        + "until then it could have been made anew; "
        + "the lines over 1, \(entries) entries were given back, which this journal extends: "
        + "worth as much as the copy that somebody else can show")
    // A second authority stands beside the first.
    guard let other = try LocalAuthority() else { return }
    try Self.anchor(.seal, of: sample, by: other)
    #expect(sample.folder.exists("witness/seal-2.tsr"))
    #expect(sample.folder.verify().verified)
  }

  @Test func anEarlyTimeIsWorthMore() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial(
      ExampleProtocols.text(scheme: "pairs: {count: 3}", start: "2126-03-02"))
    try Self.anchor(.seal, of: sample, by: authority)
    try sample.record()
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    try Self.anchor(.lock, of: sample, by: authority)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    _ = try sample.folder.unblind(with: key, prediction: "x", clock: sample.clock())
    let report = try sample.folder.writeReport()
    #expect(!Self.said(sample).contains("made anew"))
    #expect(report.markdown.contains(", before the first check-in. If it is honest, schedule and"))
    #expect(
      report.markdown.contains(", before the opening. If it is honest, no rating was changed"))
    #expect(report.markdown.contains("Re-drawing before the seal is not excluded."))
  }

  /// A link in the place of the folder would lead the answer out of the trial.
  @Test func nothingIsWrittenThroughALink() throws {
    let sample = try SampleTrial()
    let elsewhere = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(
      atPath: elsewhere, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: elsewhere) }
    try FileManager.default.createSymbolicLink(
      atPath: "\(sample.folder.path)/witness", withDestinationPath: elsewhere)
    #expect(
      Self.message { _ = try sample.folder.anchorRequest(.seal) }
        == "\(sample.folder.path)/witness: cannot write into: it is a link or no folder")
    #expect(
      Self.message { try sample.openJournal().keep(sample.openJournal().checkpointLine()) }
        == "witness: found a link or no folder, expected a folder of the trial's own")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
  }

  /// A request has one spelling, so that none of its bytes is open once it is answered.
  @Test func everyByteOfAnAnsweredRequestIsFixed() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    try Self.anchor(.seal, of: sample, by: authority)
    let request = try #require(try sample.folder.read("witness/seal-1.tsq"))
    for place in request.indices {
      for bit: UInt8 in [0x01, 0x80] {
        var changed = request
        changed[place] ^= bit
        try sample.folder.write(changed, to: "witness/seal-1.tsq", replacing: true)
        #expect(!sample.folder.verify().verified, "byte \(place)")
      }
    }
  }

  @Test func aChangedByteOfAWitnessIsFoundUnderNewSums() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    try Self.anchor(.seal, of: sample, by: authority)
    try sample.record()
    try sample.openJournal().keep(sample.openJournal().checkpointLine())
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(sample.folder.verify().verified)
    let names = try sample.folder.files().filter { $0.hasPrefix("witness/") }
    #expect(
      names == [
        "witness/checkpoints.txt", "witness/seal-1.ca.pem", "witness/seal-1.chain.pem",
        "witness/seal-1.tsq", "witness/seal-1.tsr",
      ])
    for name in names {
      let bytes = try #require(try sample.folder.read(name))
      // Of an answer what is signed, and the signature; a certificate in it that is also stored
      // beside it may change and nothing with it (TimestampTests).
      let middle = name.hasSuffix(".tsr") ? 100 : bytes.count / 2
      for place in [60, middle, bytes.count - 5] {
        var changed = bytes
        changed[place] ^= 0x01
        try sample.folder.write(changed, to: name, replacing: true)
        try sample.folder.writeSums()
        let verification = sample.folder.verify()
        #expect(!verification.verified, "\(name), byte \(place)")
      }
      try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
      try sample.folder.writeSums()
      let isOptional = name.hasSuffix(".txt") || name.hasSuffix(".tsr")
      #expect(sample.folder.verify().verified == isOptional, "\(name)")
      try sample.folder.write(bytes, to: name, replacing: true)
      try sample.folder.writeSums()
    }
    #expect(sample.folder.verify().verified)
  }

  @Test func eachWrongAnswerHasItsSentence() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    let foreign = try SampleTrial(simulation: 8)
    let roots = try Certificate.readAll(authority.root)
    func keep(_ response: [UInt8]) -> String {
      Self.message {
        _ = try sample.folder.keepAnchor(
          .seal, response: response, from: "answer.tsr", authorities: roots)
      }
    }
    #expect(
      keep([]) == "witness: found no request for the seal, expected one made before its answer")
    let first = try sample.folder.anchorRequest(.seal)
    #expect(try sample.folder.anchorRequest(.seal) == first, "the one that waits")
    let theirs = try authority.answer(foreign.folder.anchorRequest(.seal).der)
    #expect(
      keep(theirs)
        == "answer.tsr: found a timestamp of something else, "
        + "expected one over the digest that was asked about")
    let again = try authority.answer(TimestampRequest(digest: first.digest).der)
    #expect(
      keep(again)
        == "answer.tsr: found the answer to another request, expected the nonce of this one")
    #expect(
      keep([0x30])
        == "answer.tsr: found bytes that are no timestamp response, expected one whole in DER")
    #expect(!sample.folder.exists("witness/seal-1.tsr"))
    #expect(sample.folder.verify().verified, "a request that waits is no fault")
    #expect(
      Self.message { try Self.anchor(.lock, of: sample, by: authority) }
        == "the record of this trial is not locked yet, so its lock cannot be anchored")
    #expect(
      Self.message {
        _ = try TrialFolder(path: "/nonexistent").anchorRequest(.seal)
      } == "the trial in this folder is not sealed yet")
  }

  @Test func storedFilesThatDoNotBelongTogether() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    let foreign = try SampleTrial(simulation: 8)
    try Self.anchor(.seal, of: sample, by: authority)
    try Self.anchor(.seal, of: foreign, by: authority)
    func verdict(_ name: String, _ bytes: [UInt8]?) throws -> String {
      let kept = try #require(try sample.folder.read(name))
      defer { try? sample.folder.write(kept, to: name, replacing: true) }
      if let bytes {
        try sample.folder.write(bytes, to: name, replacing: true)
      } else {
        try FileManager.default.removeItem(atPath: "\(sample.folder.path)/\(name)")
      }
      #expect(!sample.folder.verify().verified)
      return Self.said(sample)
    }
    #expect(
      try verdict("witness/seal-1.tsr", foreign.folder.read("witness/seal-1.tsr"))
        == "witness/seal-1.tsr: found a timestamp of something else, "
        + "expected one over the digest that was asked about")
    #expect(
      try verdict("witness/seal-1.tsq", foreign.folder.read("witness/seal-1.tsq"))
        == "witness/seal-1.tsq: found a request about something else, "
        + "expected one about this trial's seal")
    #expect(
      try verdict("witness/seal-1.tsq", nil)
        == "witness/seal-1.tsq: found no such file, expected it beside its timestamp")
    #expect(
      try verdict("witness/seal-1.ca.pem", nil)
        == "witness/seal-1.ca.pem: found no such file, expected it beside its timestamp")
    let root = try #require(try sample.folder.read("witness/seal-1.ca.pem"))
    #expect(
      try verdict("witness/seal-1.ca.pem", Array("a word before\n".utf8) + root)
        == "witness/seal-1.ca.pem: found another spelling of its certificates, "
        + "expected the one it was written in")
    #expect(
      try verdict("witness/seal-1.ca.pem", root + root)
        == "witness/seal-1.ca.pem: found another spelling of its certificates, "
        + "expected the one it was written in")
    #expect(
      try verdict("witness/seal-1.ca.pem", [0x21])
        == "witness/seal-1.ca.pem: found no certificate, expected certificates in PEM or DER")
    #expect(
      try verdict("witness/seal-1.ca.pem", authority.otherRoot).hasPrefix(
        "witness/seal-1.tsr: found a signer (CN = \"Signer of tests, usual\") that does not lead"))
    try sample.folder.write([0x21], to: "witness/notes.txt")
    #expect(
      sample.folder.verify().transcript.contains("witness/notes.txt: is not part of a trial"))
  }

  @Test func anAnchorIsNotKeptOverChangedFiles() throws {
    guard let authority = try LocalAuthority() else { return }
    let sample = try SampleTrial()
    try sample.finish()
    try sample.folder.write([0x21], to: "report.md", replacing: true)
    #expect(
      Self.message { try Self.anchor(.seal, of: sample, by: authority) }
        == "files: found report.md: has other bytes than listed, "
        + "expected every file as listed in SHA256SUMS")
  }
}
