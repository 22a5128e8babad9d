import Foundation
import Testing
import TrialSeal

/// One damaged file must not keep another slot shut when somebody is ill.
struct EmergencyTests {
  private func damage(_ name: String, of trial: TrialFixture) throws {
    var bytes = try Data(contentsOf: trial.file(name))
    bytes.append(0)
    try bytes.write(to: trial.file(name))
  }

  @Test func anIntactSlotOpensBesideDamagedOnes() async throws {
    let trial = try await TrialFixture.sealed()
    try damage("sealed/card-0007.age", of: trial)
    try damage("sealed/share.age", of: trial)
    try FileManager.default.removeItem(at: trial.file("sealed/slot-0009.age"))
    #expect(try await trial.run("verify").status == 2)
    let opened = try await trial.run(
      "break-code",
      ["--slot", "3", "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-05T22:00:00Z")
    #expect(opened.out.hasPrefix("slot 3 held: "), "\(opened.err)")
    #expect(opened.status == 0)
    #expect(
      opened.err
        == "selfblind: warning: sealed/card-0007.age: found other bytes than were sealed, expected "
        + "the digest in manifest.json\n"
        + "selfblind: warning: sealed/share.age: found other bytes than were sealed, expected the "
        + "digest in manifest.json\n"
        + "selfblind: warning: sealed/slot-0009.age: found no such file, expected each that "
        + "manifest.json or commitment.json lists\n")
    // A damaged opening of one slot is no reason either.
    try damage("code-breaks/slot-0003.json", of: trial)
    let second = try await trial.run(
      "break-code", ["--slot", "4", "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-06T22:00:00Z")
    #expect(second.out.hasPrefix("slot 4 held: "), "\(second.err)")
  }

  @Test func theDamagedSlotItselfIsRefusedBeforeAnythingIsSaid() async throws {
    let trial = try await TrialFixture.sealed()
    try damage("sealed/slot-0003.age", of: trial)
    let run = try await trial.run(
      "break-code", ["--slot", "3", "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-05T22:00:00Z")
    #expect(run.status == 2)
    #expect(run.out.isEmpty)
    #expect(
      run.err.contains(
        "selfblind: error: sealed/slot-0003.age: found other bytes than were sealed, expected the "
          + "digest in manifest.json\n"), "\(run.err)")
    let status = try await trial.run("status", ["--json"], at: "2031-03-05T23:00:00Z")
    #expect(status.out.contains("\"entries\" : 1,"), "nothing was announced: \(status.out)")
  }

  @Test func theSheetIsPrintedWithoutADamagedCard() async throws {
    let trial = try await TrialFixture.sealed()
    try damage("sealed/card-0007.age", of: trial)
    let run = try await trial.run("emergency-sheet")
    #expect(run.status == 0)
    #expect(run.err.hasPrefix("selfblind: warning: sealed/card-0007.age: found other bytes"))
    let sheet = try String(
      contentsOf: trial.place / "trial-emergency-sheet.html", encoding: .utf8)
    #expect(sheet.split(separator: "BEGIN AGE ENCRYPTED FILE").count == 12)
    #expect(sheet.contains("This slot's card is damaged: ask for the folder itself."))
  }

  @Test func aTimeLockSendsNobodyToACustodian() async throws {
    let trial = try TrialFixture()
    let sealed = try await trial.run(
      "seal", ["--custody", "timelock", "--hours", "0.0003"], at: "2031-03-02T20:00:00Z")
    #expect(sealed.status == 0, "\(sealed.err)")
    expectRefusal(
      try await trial.run("emergency-sheet"),
      "this trial has no second key, so there is nothing that a sheet could hold",
      hint: "nobody holds a key: an emergency has to wait until `selfblind solve` is done")
  }

  /// Ctrl-C loses nothing of what was solved.
  @Test func anInterruptedSolvingIsKept() async throws {
    let trial = try TrialFixture()
    _ = try await trial.run(
      "seal", ["--custody", "timelock", "--hours", "1"], at: "2031-03-02T20:00:00Z")
    let run = try await Tool.shell(
      "timeout -s INT 3 selfblind solve trial; echo $?", in: trial.place.url)
    #expect(run.out.hasPrefix("stopped at 0."), "\(run.out) \(run.err)")
    #expect(run.out.contains(" %; the same command goes on\n"))
    let kept = try String(contentsOf: trial.place / "trial-timelock.progress", encoding: .utf8)
    #expect(kept.hasPrefix("selfblind/timelock-progress/v1\n"))
    #expect(!kept.contains("squarings 0\n"))
  }

  @Test func anIdentityThatDoesNotFitIsNotCalledAPassphrase() async throws {
    let trial = try await TrialFixture.sealed()
    try Data("\(SealCommandTests.identity)\n".utf8).write(to: trial.place / "foreign")
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "3", "--reason", "ill", "--identity", "foreign"],
        at: "2031-03-05T22:00:00Z"),
      "the key does not open this seal",
      hint: "use the identity that belongs to the recipient the trial was sealed to")
  }
}
