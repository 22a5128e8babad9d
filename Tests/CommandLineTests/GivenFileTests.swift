import Foundation
import Testing

/// Files named on the command line: pipes are read too, and what cannot be read says why.
struct GivenFileTests {
  private func bash(_ script: String, in place: TemporaryFolder) async throws -> Tool.Run {
    try Data(script.utf8).write(to: place / "script")
    return try await Tool.shell("exec bash script 2>&1", in: place.url)
  }

  @Test func aPassphraseThroughAPipe() async throws {
    let trial = try TrialFixture()
    let seal = "selfblind seal trial --custody self --work-factor 1 --clock 2031-03-02T20:00:00Z"
    let run = try await bash("\(seal) --passphrase-file <(cat passphrase)", in: trial.place)
    #expect(run.status == 0, "\(run.out)")
    let rest = "--slot 1 --reason ill --clock 2031-03-03T21:00:00Z --passphrase-file /dev/stdin"
    let opened = try await bash(
      "cat passphrase | selfblind break-code trial \(rest)", in: trial.place)
    #expect(opened.out.hasPrefix("slot 1 held: "), "\(opened.out)")
  }

  @Test func ratingsAndAProtocolThroughAPipe() async throws {
    let trial = try TrialFixture()
    try Data(AnalyzeCommandTests.design.utf8).write(to: trial.place / "design.yaml")
    try Data(AnalyzeCommandTests.ratings.utf8).write(to: trial.place / "ratings.csv")
    let run = try await bash(
      "selfblind analyze <(cat ratings.csv) --design <(cat design.yaml) --json --outcome mood",
      in: trial.place)
    #expect(run.status == 0, "\(run.out)")
    #expect(run.out.contains("\"estimate\" : 2"))
    let check = try await bash("selfblind check <(cat trial/protocol.yaml)", in: trial.place)
    #expect(check.out.hasPrefix("the protocol \"Twelve days\" is right\n"), "\(check.out)")
  }

  @Test func aFileWithoutEndIsNotReadToItsEnd() async throws {
    let place = try TemporaryFolder()
    expectRefusal(
      try await Tool.run(["analyze", "a.csv", "--design", "/dev/zero"], in: place.url),
      "/dev/zero: found more than 64 MiB, expected a smaller file")
  }

  @Test func aFolderIsNoFile() async throws {
    let place = try TemporaryFolder()
    expectRefusal(
      try await Tool.run(["analyze", "a.csv", "--design", "."], in: place.url),
      ".: cannot read: it is a folder")
  }

  /// Root may read everything, so the program runs as nobody.
  @Test func aFileThatMayNotBeRead() async throws {
    let trial = try TrialFixture()
    let probe = try await Tool.shell(
      "chmod 755 . trial; chmod 000 passphrase trial/protocol.yaml; "
        + "setpriv --reuid=65534 --regid=65534 --clear-groups selfblind --version",
      in: trial.place.url)
    guard probe.status == 0 else {
      print("skipped: another user's rights need root and setpriv")
      return
    }
    func asNobody(_ command: String) async throws -> Tool.Run {
      try await Tool.shell(
        "setpriv --reuid=65534 --regid=65534 --clear-groups selfblind \(command)",
        in: trial.place.url)
    }
    expectRefusal(
      try await asNobody("check trial"), "trial/protocol.yaml: cannot read: permission denied",
      status: 1)
    expectRefusal(
      try await asNobody("check trial/protocol.yaml"),
      "trial/protocol.yaml: cannot read: permission denied", status: 1)
    expectRefusal(
      try await asNobody("analyze passphrase --design passphrase"),
      "--passphrase-file: cannot read: permission denied", status: 1)
  }

  @Test func aKeyBesideWhatIsOpenedAlready() async throws {
    let trial = try TrialFixture()
    expectRefusal(
      try await trial.run("unblind", ["--share", "x", "--passphrase-file", "y"]),
      "--share and --passphrase-file exclude each other",
      hint: "see 'selfblind unblind --help'", status: 64)
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "1", "--reason", "x", "--envelope", "x", "--identity", "y"]),
      "--envelope and --identity exclude each other",
      hint: "see 'selfblind break-code --help'", status: 64)
  }

  @Test(arguments: ["check", "status", "lock", "verify", "report"])
  func anEmptyFolderName(_ command: String) async throws {
    let run = try await Tool.run([command, ""])
    #expect(run.status == 64)
    #expect(run.err.contains("the name of the folder is empty"), "\(run.err)")
  }
}
