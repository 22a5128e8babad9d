import Foundation
import Testing

/// `seal --mixing`: the commitment first, then a value from elsewhere, then the draw.
struct MixingCommandTests {
  private static let eve = "2031-03-02T20:00:00Z"
  private let own = ["--custody", "self", "--passphrase-file", "passphrase", "--work-factor", "1"]
  private let goOn = ["--passphrase-file", "passphrase"]

  private func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  private func line(in run: Tool.Run) throws -> String {
    String(
      try #require(run.out.firstMatch(of: #/selfblind commitment [0-9a-f]{16} [0-9a-f]{64}/#)).0)
  }

  @Test func aWitnessSaysAWordInTheSameSitting() async throws {
    let trial = try TrialFixture()
    let run = try await trial.run(
      "seal", own + ["--mixing", "string"], at: Self.eve, input: "blue whale\n")
    #expect(run.out.contains("committed; give this line to a witness, and ask them for any word:"))
    #expect(run.out.contains("sealed: trial "), "\(run.err)")
    let verified = try await trial.run("verify")
    let line = try line(in: run)
    #expect(
      verified.out.contains(
        "the witness's value \"blue whale\" took part in the draw: re-drawing is excluded if they "
          + "confirm that they chose it after they had seen \"\(line)\""), "\(verified.out)")
    let sum = try await Tool.shell("sha256sum trial/commitment.json", in: trial.place.url)
    #expect(line.hasSuffix(sum.out.prefix(64)))
    let plain = try await TrialFixture.sealed().run("verify")
    #expect(plain.out.contains("no public value took part: re-drawing is not excluded"))
  }

  /// Who knows the word beforehand can commit to secrets until a schedule is liked.
  @Test func aWordBeforeTheCommitmentIsRefused() async throws {
    let trial = try TrialFixture()
    try Data("blue whale\n".utf8).write(to: trial.place / "word")
    expectRefusal(
      try await trial.run(
        "seal", own + ["--mixing", "string", "--mixing-value-file", "word"], at: Self.eve),
      "--mixing-value-file: found a word for a sealing that is not committed to yet, expected one "
        + "that the witness chose after they saw the commitment",
      hint: "begin without it, give the witness the line that is printed, then: selfblind seal "
        + "trial --mixing-value-file FILE, with the key")
    let begun = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    #expect(begun.status == 0, "\(begun.err)")
  }

  @Test func theWordMayComeAnotherDay() async throws {
    let trial = try TrialFixture()
    let first = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    #expect(first.status == 0, "\(first.err)")
    #expect(
      first.out.hasSuffix("the draw waits for the word: selfblind seal trial, with the key\n"))
    #expect(!isThere(trial.file("manifest.json")))
    #expect(!isThere(trial.place / "trial-kit-list.html"))
    // Nothing begins again by itself, with this custody or another one.
    expectRefusal(
      try await trial.run("seal", ["--custody", "envelope"], at: Self.eve),
      "a sealing with custody self was begun in this folder",
      hint: "go on with that one, or give it up with --abandon, which is counted")
    try Data("wrong horse battery staple".utf8).write(to: trial.place / "wrong")
    let wrong = try await trial.run("seal", ["--passphrase-file", "wrong"], at: Self.eve)
    #expect(wrong.err.hasPrefix("selfblind: error: the passphrase does not open this seal\n"))
    try Data("blue whale\n".utf8).write(to: trial.place / "word")
    let second = try await trial.run(
      "seal", goOn + ["--mixing-value-file", "word"], at: "2031-03-03T07:00:00Z")
    #expect(second.out.hasPrefix("going on with the sealing of 2031-03-02T20:00:00Z\n"))
    #expect(try line(in: second) == line(in: first))
    #expect(second.status == 0, "\(second.err)")
    #expect(isThere(trial.place / "trial-kit-list.html"))
    #expect(try await trial.run("verify").status == 0)
  }

  @Test func givingUpIsCounted() async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.run("seal", ["--abandon"]), "no sealing was begun in this folder",
      hint: "run `selfblind seal` without --abandon")
    _ = try await trial.run("seal", own + ["--mixing", "string"], at: Self.eve)
    #expect(
      try await trial.run("seal", ["--abandon"]).out
        == "given up: what was there is in abandoned-1, and the next sealing counts it\n")
    #expect(isThere(trial.file("abandoned-1/commitment.json")))
    let run = try await trial.run(
      "seal", own + ["--recovery-key", "second.html"], at: Self.eve)
    #expect(run.status == 0, "\(run.err)")
    let verified = try await trial.run("verify")
    #expect(verified.status == 0, "\(verified.out)")
    #expect(verified.out.contains(", 1 earlier sealing abandoned"))
    expectRefusal(
      try await trial.run("seal", ["--abandon"]), "the trial in this folder is sealed already",
      hint: "make another folder with `selfblind new` for another trial")
  }

  /// A crash after the commitment: the same draw comes out when it goes on.
  @Test func aCrashBeforeTheManifestGoesOnWithTheSameDraw() async throws {
    let trial = try TrialFixture()
    try FileManager.default.createDirectory(
      at: trial.file("recorder.key/full"), withIntermediateDirectories: true)
    let crashed = try await trial.seal()
    #expect(crashed.status != 0)
    #expect(isThere(trial.file("commitment.json")))
    try FileManager.default.removeItem(at: trial.file("recorder.key"))
    let resumed = try await trial.seal()
    #expect(resumed.status == 0, "\(resumed.err)")
    let list = try String(contentsOf: trial.place / "trial-kit-list.html", encoding: .utf8)
    #expect(list.split(separator: "<td>2031-").count == 13)
    let verified = try await trial.run("verify")
    #expect(verified.status == 0, "\(verified.out)")
    #expect(!verified.out.contains("abandoned"))
  }

  @Test func wordsThatWillNotDo() async throws {
    let trial = try TrialFixture()
    let run = try await trial.run(
      "seal", own + ["--mixing", "string"], at: Self.eve,
      input: String(repeating: "x", count: 201) + "\n")
    expectRefusal(
      Tool.Run(status: run.status, out: "", err: run.err),
      "the witness's value: found 201 characters, expected one line of at most 200 characters")
    #expect(isThere(trial.file("commitment.json")))
  }

  @Test func aPulseOfABeacon() async throws {
    let trial = try TrialFixture()
    let vectors = Tool.root.appendingPathComponent("Tests/Vectors")
    let certificate = vectors.appendingPathComponent("beacon-certificate.pem").path
    let pulse = vectors.appendingPathComponent("beacon-pulse.json").path
    func begin(_ instant: String, clock: String) async throws -> Tool.Run {
      try await trial.run(
        "seal",
        own + [
          "--mixing", "beacon", "--beacon-at", instant, "--beacon-certificate", certificate,
          "--one-key",
        ], at: clock)
    }
    expectRefusal(
      try await begin("2031-03-02T20:59:30Z", clock: "2031-03-02T20:59:30Z"),
      "the beacon's instant: found one that has passed, expected one after the commitment",
      hint: "a value that is known already excludes nothing; choose a later one")
    let first = try await begin("2031-03-02T20:59:30Z", clock: Self.eve)
    #expect(first.out.contains("the draw waits for the pulse of the rule\n"), "\(first.err)")
    let run = try await trial.run(
      "seal", goOn + ["--pulse", pulse], at: "2031-03-02T21:10:00Z")
    #expect(run.status == 0, "\(run.err)")
    let verified = try await trial.run("verify")
    #expect(verified.status == 0)
    #expect(
      verified.out.contains(
        "the pulse of the rule \"nist-beacon 2.0 chain 2 at 2031-03-02T20:59:30Z certificate "),
      "\(verified.out)")
    // A genuine pulse that the rule does not name.
    let other = try TrialFixture()
    _ = try await other.run(
      "seal",
      own + [
        "--mixing", "beacon", "--beacon-at", "2031-03-02T20:30:00Z", "--beacon-certificate",
        certificate,
      ], at: Self.eve)
    let late = try await other.run("seal", goOn + ["--pulse", pulse], at: "2031-03-02T21:10:00Z")
    #expect(late.status == 2)
    #expect(late.err.contains("expected the first one at or after 2031-03-02T20:30:00Z"))
  }

  @Test func optionsThatDoNotGoTogether() async throws {
    let trial = try TrialFixture()
    for (options, sentence) in [
      (["--custody", "oracle"], nil),
      (
        ["--custody", "threshold"],
        "custody threshold needs --needed, how many have to come together"
      ),
      (
        ["--custody", "timelock"], "custody timelock needs --hours, more than 0 and at most 100000"
      ),
      (
        ["--custody", "timelock", "--hours", "1", "--mixing", "string"],
        "custody timelock takes no --mixing: it could not go on later"
      ),
      (["--custody", "self", "--needed", "2"], "custody self takes no --needed"),
      (["--custody", "self", "--hours", "2"], "custody self takes no --hours"),
      (["--custody", "self", "--envelope-page", "x"], "custody self takes no --envelope-page"),
      (
        ["--custody", "self", "--one-key", "--recovery-key", "x"],
        "--clinician, --recovery-key and --one-key exclude each other"
      ),
      (
        ["--custody", "self", "--mixing", "beacon"],
        "a beacon needs --beacon-at and --beacon-certificate"
      ),
      (
        ["--custody", "self", "--beacon-at", "x"],
        "--beacon-at goes with --mixing beacon"
      ),
      ([], "a new sealing needs --custody self, helper, envelope, …"),
    ] as [([String], String?)] {
      let run = try await trial.run("seal", options, at: Self.eve)
      #expect(run.status == 64, "\(options): \(run.err)")
      if let sentence {
        #expect(run.err.hasPrefix("selfblind: error: \(sentence)\n"), "\(options): \(run.err)")
      }
    }
    #expect(!isThere(trial.file("sealed")))
  }
}
