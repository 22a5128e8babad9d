import Foundation
import Testing

/// No option of `seal` is passed over in silence, and a refusal is no sealing.
struct SealOptionTests {
  private static let eve = "2031-03-02T20:00:00Z"
  private let own = ["--custody", "self", "--passphrase-file", "passphrase", "--work-factor", "1"]
  private let help = "see 'selfblind seal --help'"
  private let goOn = "go on with that one, or give it up with --abandon, which is counted"

  @Test(arguments: [
    (["--mixing-value-file", "/nonexistent"], "--mixing-value-file goes with --mixing string"),
    (["--pulse", "/nonexistent"], "--pulse goes with --mixing beacon"),
    (["--beacon-chain", "7"], "--beacon-chain goes with --mixing beacon"),
    (["--mixing", "string", "--pulse", "x"], "--pulse goes with --mixing beacon"),
    (["--abandon"], "--abandon gives up what was begun, and takes no --custody"),
  ])
  func anOptionThatNothingTakes(_ options: [String], _ sentence: String) async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.run("seal", own + options, at: Self.eve), sentence, hint: help, status: 64)
    #expect(!FileManager.default.fileExists(atPath: trial.file("sealed").path))
  }

  @Test func aShareOpensNothingThatWasNotBegun() async throws {
    let trial = try TrialFixture()
    try Data("x".utf8).write(to: trial.place / "share")
    expectRefusal(
      try await trial.run(
        "seal",
        ["--custody", "helper", "--recipient", SealCommandTests.recipient, "--share", "share"],
        at: Self.eve),
      "--share goes on with a sealing that was begun, and none was",
      hint: "see 'selfblind --help'", status: 64)
  }

  @Test func numbersBelowZeroAreNumbers() async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.run("seal", ["--custody", "timelock", "--hours", "-1"], at: Self.eve),
      "custody timelock needs --hours, more than 0 and at most 100000", hint: help, status: 64)
  }

  @Test func goingOnRefusesWhatDisagrees() async throws {
    let trial = try TrialFixture()
    let begun = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    #expect(begun.status == 0, "\(begun.err)")
    let key = ["--passphrase-file", "passphrase"]
    for (options, option) in [
      (["--pulse", "x"], "--pulse"), (["--clinician", SealCommandTests.recipient], "--clinician"),
      (["--one-key"], "--one-key"), (["--hours", "2"], "--hours"),
      (["--recipient", SealCommandTests.recipient], "--recipient"),
      (["--beacon-chain", "2"], "--beacon-chain"), (["--needed", "2"], "--needed"),
    ] {
      expectRefusal(
        try await trial.run("seal", key + options, at: Self.eve),
        "\(option): the sealing that was begun in this folder was not begun with it", hint: goOn)
    }
    expectRefusal(
      try await trial.run("seal", key + ["--mixing", "none"], at: Self.eve),
      "a sealing with mixing string was begun in this folder", hint: goOn)
    // The same command again agrees with itself.
    let again = try await trial.run(
      "seal", own + ["--mixing", "string"], at: Self.eve, input: "blue whale\n")
    #expect(again.status == 0, "\(again.err)")
  }

  @Test func aWordThatIsNoText() async throws {
    let trial = try TrialFixture()
    _ = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    try Data([0x61, 0xFF, 0x62]).write(to: trial.place / "word")
    let key = ["--passphrase-file", "passphrase", "--mixing-value-file", "word"]
    let broken = try await trial.run("seal", key, at: Self.eve)
    #expect(broken.err == "selfblind: error: word: found bytes that are no text in UTF-8\n")
    try Data("blue\twhale".utf8).write(to: trial.place / "word")
    let tab = try await trial.run("seal", key, at: Self.eve)
    #expect(
      tab.err
        == "selfblind: error: the witness's value: found a tab, another control character or one that reorders its neighbours in it, "
        + "expected one line of at most 200 characters\n")
  }

  @Test func aRefusalIsNoSealing() async throws {
    let trial = try TrialFixture()
    let one = SealCommandTests.recipient
    let refused = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", one, "--clinician", one], at: Self.eve)
    expectRefusal(
      refused, "the second key is the custodian's own, expected another person's",
      hint: "two keys that are lost together are one")
    let sealed = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", one], at: Self.eve)
    #expect(sealed.status == 0, "\(sealed.err)")
    let verified = try await trial.run("verify")
    #expect(!verified.out.contains("abandoned"), "\(verified.out)")
  }

  /// A run that was killed between the commitment and the draw.
  @Test func aKilledRunGoesOnAndIsSaidEverywhere() async throws {
    let trial = try TrialFixture()
    let begun = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    #expect(begun.status == 0, "\(begun.err)")
    // What a kill leaves: the place of the list, reserved and empty.
    try Data().write(to: trial.place / "trial-kit-list.html")
    for (command, rest) in [
      ("status", []), ("checkin", ["mood=1"]), ("checkpoint", []), ("lock", []),
      ("break-code", ["--slot", "1", "--reason", "x"]), ("emergency-sheet", []),
    ] {
      expectRefusal(
        try await trial.run(command, rest),
        "a sealing was begun in this folder, and its draw is still to come",
        hint:
          "go on with `selfblind seal` and its key, or give it up with --abandon, which is counted"
      )
    }
    let waiting = try await trial.run("verify")
    #expect(waiting.status == 0, "\(waiting.err)")
    #expect(waiting.out.contains("a trial that waits for its draw"))
    #expect(waiting.out.contains("waits for the word of a witness who has seen this line"))
    let resumed = try await trial.run(
      "seal", ["--passphrase-file", "passphrase"], at: Self.eve, input: "blue whale\n")
    #expect(resumed.status == 0, "\(resumed.err)")
    #expect(try await trial.run("verify").status == 0)
    // A list that says something is never written over.
    let other = try TrialFixture()
    try Data("a list".utf8).write(to: other.place / "trial-kit-list.html")
    let refused = try await other.seal()
    #expect(refused.err.contains("trial-kit-list.html: it exists already\n"), "\(refused.err)")
  }

  @Test func aChangedCommitmentThatWaitsDoesNotVerify() async throws {
    let trial = try TrialFixture()
    _ = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    try Data("x".utf8).write(to: trial.file("sealed/share.age"))
    #expect(try await trial.run("verify").status == 2)
    // A sealed trial whose manifest was taken away is none that waits.
    let sealed = try await TrialFixture.sealed()
    try FileManager.default.removeItem(at: sealed.file("manifest.json"))
    #expect(try await sealed.run("verify").status == 2)
  }
}
