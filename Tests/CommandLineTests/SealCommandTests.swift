import Foundation
import Testing
import TrialSeal

/// `seal`: custody, the kit list, and what is refused before anything is drawn.
struct SealCommandTests {
  /// A key pair made for these tests by `age-keygen`.
  static let recipient = "age1x4gj34ajx33ayuvdweur85xewfc8tylszhedjn9ghh5wzwp84asss72k66"
  static let identity =
    "AGE-SECRET-KEY-122L89Q60RHZN3VG9RHMUGSNHQK3KY6UPA346RF7CJ6VKMDR3KSJS02M9M6"

  @Test func theListLiesBesideTheFolderAndOnlyThere() async throws {
    let trial = try await TrialFixture.sealed()
    let list = try String(contentsOf: trial.place / "trial-kit-list.html", encoding: .utf8)
    #expect(list.split(separator: "<td>2031-").count == 13)
    for name in try FileManager.default.subpathsOfDirectory(atPath: trial.trial.path) {
      guard name != "protocol.yaml",
        let data = FileManager.default.contents(
          atPath: trial.file(name).path)
      else { continue }
      for arm in TrialFixture.arms { #expect(data.range(of: Data(arm.utf8)) == nil, "\(name)") }
    }
  }

  @Test func aHelperGetsTheListSealedToTheirKey() async throws {
    let trial = try TrialFixture()
    let run = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", SealCommandTests.recipient],
      at: "2031-03-02T20:00:00Z")
    #expect(run.status == 0, "\(run.err)")
    let list = try String(contentsOf: trial.place / "trial-kit-list.age", encoding: .utf8)
    #expect(list.hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----\n"))
    #expect(run.out.contains("for the helper, who opens it with `age -d -i KEY -o list.html`"))
  }

  @Test func aHelperOpensWithTheirIdentity() async throws {
    let trial = try TrialFixture()
    _ = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", SealCommandTests.recipient],
      at: "2031-03-02T20:00:00Z")
    try Data("# a comment\n\(SealCommandTests.identity)\n".utf8).write(to: trial.place / "identity")
    try await trial.record(slot: 1)
    let opened = try await trial.run(
      "break-code", ["--slot", "1", "--reason", "ill", "--identity", "identity"],
      at: "2031-03-03T22:00:00Z")
    #expect(opened.out.hasPrefix("slot 1 held: "), "\(opened.err)")
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "2", "--reason", "ill"], at: "2031-03-03T22:00:00Z"),
      "this trial is sealed to a helper's key",
      hint: "ask the helper for what they open with `age -d`, or for --identity FILE")
  }

  /// The helper needs no program of ours: what `age -d` gives is enough (here, our own reading).
  @Test func aHelperHandsOverWhatTheyOpened() async throws {
    let trial = try TrialFixture()
    _ = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", SealCommandTests.recipient],
      at: "2031-03-02T20:00:00Z")
    func opened(_ name: String) throws {
      let file = Array(try Data(contentsOf: trial.file("sealed/\(name).age")))
      let text = try AgeFile.decrypt(file, with: [AgeIdentity(SealCommandTests.identity)])
      try Data(text).write(to: trial.place / name)
    }
    try opened("slot-0001")
    try opened("slot-0002")
    try opened("share")
    func breakCode(_ slot: String, with file: String) async throws -> Tool.Run {
      try await trial.run(
        "break-code", ["--slot", slot, "--reason", "ill", "--envelope", file],
        at: "2031-03-03T22:00:00Z")
    }
    #expect(try await breakCode("1", with: "slot-0001").out.hasPrefix("slot 1 held: "))
    let other = try await breakCode("3", with: "slot-0002")
    expectRefusal(
      other, "found a text that is not the opened envelope of slot 3 of this trial",
      hint: "ask the custodian for the output of `age -d`; nothing was changed")
    // Nothing was announced: the opening of the journal and of slot 1 are all there is.
    let status = try await trial.run("status", ["--json"], at: "2031-03-03T23:00:00Z")
    #expect(status.out.contains("\"entries\" : 2,"))
    expectRefusal(
      try await breakCode("4", with: "nothing"), "nothing: cannot read: no such file or folder")
    _ = try await trial.run("lock", at: "2031-03-20T20:00:00Z")
    func unblind(_ file: String) async throws -> Tool.Run {
      try await trial.run(
        "unblind", ["--share", file, "--prediction", "x"], at: "2031-03-20T21:00:00Z")
    }
    expectRefusal(
      try await unblind("slot-0001"), "found a text that is not the opened share of this trial",
      hint: "ask the custodian for the output of `age -d`; nothing was changed")
    #expect(try await unblind("share").out.contains("unblinded: 12 slots"))
  }

  @Test func optionsThatExcludeEachOther() async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.run("seal", ["--custody", "helper"]),
      "custody helper needs the helper's key: --recipient age1…",
      hint: "see 'selfblind seal --help'", status: 64)
    expectRefusal(
      try await trial.run("seal", ["--custody", "self", "--recipient", "age1x"]),
      "custody self takes no --recipient", hint: "see 'selfblind seal --help'", status: 64)
  }

  @Test func aKeyThatIsNone() async throws {
    let trial = try TrialFixture()
    func seal(_ key: String) async throws -> Tool.Run {
      try await trial.run(
        "seal", ["--custody", "helper", "--recipient", key], at: "2031-03-02T20:00:00Z")
    }
    expectRefusal(
      try await seal("age1x"), "recipient: found a text with a typing error, expected \"age1…\"")
    let secret = try await seal(SealCommandTests.identity)
    expectRefusal(
      secret, "recipient: found a secret key, expected \"age1…\"",
      hint: "give the public key that was printed beside it, and keep the secret key to its holder")
    #expect(!secret.err.contains("122L89Q60R"))
  }

  @Test func passphrasesThatWillNotDo() async throws {
    let trial = try TrialFixture()
    func seal(_ text: String) async throws -> Tool.Run {
      try Data(text.utf8).write(to: trial.place / "passphrase")
      return try await trial.seal()
    }
    expectRefusal(
      try await seal("short\n"), "the passphrase is too short: 5 bytes, at least 8 are needed",
      hint: "several words at random are easier to keep than one strange word")
    expectRefusal(try await seal("\nsecond line"), "the passphrase is empty")
    expectRefusal(
      try await trial.run(
        "seal", ["--custody", "self", "--passphrase-file", "none"], at: "2031-03-02T20:00:00Z"),
      "--passphrase-file: cannot read: no such file or folder")
  }

  @Test func aListThatCannotBeWrittenDrawsNothing() async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.seal(["--kit-list", "trial/list"]),
      "the kit list must not lie in the trial's folder",
      hint: "the folder is shown to others; choose a place that only the packer sees")
    let nowhere = try await trial.seal(["--kit-list", "none/list"])
    #expect(nowhere.status == 2)
    #expect(nowhere.err.hasSuffix("none/list: cannot write: no such file or folder\n"))
    #expect(!FileManager.default.fileExists(atPath: trial.file("sealed").path))
  }

  @Test func whatCanNoLongerBeRecorded() async throws {
    let trial = try TrialFixture()
    let run = try await trial.run(
      "seal", ["--custody", "self", "--passphrase-file", "passphrase"], at: "2031-03-05T20:00:00Z")
    expectRefusal(
      run, "the first slot was due on 2031-03-03, and today is 2031-03-05",
      hint: "move the start in protocol.yaml to a day that is still to come")
  }

  @Test func aFolderIsSealedOnce() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.seal(), "the trial in this folder is sealed already",
      hint: "make another folder with `selfblind new` for another trial")
  }
}
