import BlindRecord
import Foundation
import Testing
import TrialSeal
import TrialTestSupport

/// `seal` with every custody, `rehearse`, `emergency-sheet` and `solve`, as a person uses them.
struct CustodyCommandTests {
  private static let eve = "2031-03-02T20:00:00Z"

  /// An identity in a file beside the trial, and its public key.
  private func makeKey(_ name: String, in trial: TrialFixture) throws -> (String, AgeIdentity) {
    let identity = try AgeIdentity.generate()
    try Data("# a key\n\(identity.secretText)\n".utf8).write(to: trial.place / name)
    return (identity.recipient.text, identity)
  }

  private func seal(_ trial: TrialFixture, _ rest: [String]) async throws -> Tool.Run {
    try await trial.run("seal", rest + ["--work-factor", "1"], at: Self.eve)
  }

  private func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  /// Locks, opens and verifies.
  private func finish(_ trial: TrialFixture, _ key: [String]) async throws {
    let lock = try await trial.run("lock", at: "2031-03-20T20:00:00Z")
    #expect(lock.status == 0, "\(lock.err)")
    let opened = try await trial.run(
      "unblind", key + ["--prediction", "x"], at: "2031-03-20T21:00:00Z")
    #expect(opened.out.contains("unblinded: 12 slots"), "\(opened.err)")
    let verified = try await trial.run("verify")
    #expect(verified.status == 0, "\(verified.out)")
  }

  @Test func anEnvelopeIsPrintedOnceAndShownNowhere() async throws {
    let trial = try TrialFixture()
    let run = try await seal(trial, ["--custody", "envelope"])
    #expect(run.status == 0, "\(run.err)")
    let page = try String(
      contentsOf: trial.place / "trial-envelope.html", encoding: .utf8)
    let found = try #require(page.firstMatch(of: #/[2-9A-Z]{5}(-[2-9A-Z]{5}){4}/#))
    let passphrase = String(found.0)
    #expect(!run.out.contains(passphrase))
    #expect(!page.contains("http"))
    try Data("\(passphrase.lowercased())\n".utf8).write(to: trial.place / "typed")
    var slip = Array(passphrase)
    slip[0] = slip[0] == "2" ? "3" : "2"
    try Data("\(String(slip))\n".utf8).write(to: trial.place / "slip")
    expectRefusal(
      try await trial.run(
        "rehearse", ["--passphrase-file", "slip"], at: "2031-03-02T21:00:00Z"),
      "the passphrase from the envelope: found a slip in group 1",
      hint: "compare with the page; 0, O, 1, I and U are never used, small letters are as good")
    let rehearsed = try await trial.run(
      "rehearse", ["--passphrase-file", "typed"], at: "2031-03-02T21:00:00Z")
    #expect(
      rehearsed.out == "envelope: opened the decoy (entry 1)\n"
        + "not seen yet: recovery-page; do it before the first dose\n", "\(rehearsed.err)")
    for name in try FileManager.default.subpathsOfDirectory(atPath: trial.trial.path) {
      let data = FileManager.default.contents(atPath: trial.file(name).path) ?? Data()
      #expect(data.range(of: Data(passphrase.utf8)) == nil, "\(name)")
    }
    try await finish(trial, ["--passphrase-file", "typed"])
  }

  @Test func aLostKeyLosesNoTrial() async throws {
    let trial = try await TrialFixture.sealed()
    let page = try String(
      contentsOf: trial.place / "trial-recovery-key.html", encoding: .utf8)
    let key = try #require(page.firstMatch(of: #/AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/#))
    try Data("\(key.0)\n".utf8).write(to: trial.place / "key.txt")
    let opened = try await trial.run(
      "break-code", ["--slot", "3", "--reason", "ill", "--identity", "key.txt"],
      at: "2031-03-05T22:00:00Z")
    #expect(opened.out.hasPrefix("slot 3 held: "), "\(opened.err)")
    try await finish(trial, ["--identity", "key.txt"])
  }

  @Test func theLossOfAnOnlyKeyIsSaidBeforehand() async throws {
    let trial = try TrialFixture()
    let run = try await seal(
      trial, ["--custody", "self", "--passphrase-file", "passphrase", "--one-key"])
    #expect(
      run.out.contains("  warning    no second key: when the only one is lost, so is the trial\n"))
    #expect(!isThere(trial.place / "trial-recovery-key.html"))
    expectRefusal(
      try await trial.run("emergency-sheet"),
      "this trial has no second key, so there is nothing that a sheet could hold",
      hint: "an emergency goes through the custodian: selfblind break-code")
  }

  @Test func twoOfThreeHelpersOpenAndOneDoesNot() async throws {
    let trial = try TrialFixture()
    let keys = try ["h1", "h2", "h3"].map { try makeKey($0, in: trial).0 }
    let recipients = keys.flatMap { ["--recipient", $0] }
    expectRefusal(
      try await seal(trial, ["--custody", "threshold", "--needed", "4"] + recipients),
      "custody threshold: found 4 needed of 3 helpers, expected 2 to 3",
      hint: "say with --needed how many have to come together")
    let run = try await seal(trial, ["--custody", "threshold", "--needed", "2"] + recipients)
    #expect(
      run.out.contains("  second key none: 1 of 3 helpers' keys may be lost, no more\n"),
      "\(run.err)")
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "1", "--reason", "ill", "--identity", "h2"],
        at: "2031-03-03T22:00:00Z"),
      "custody threshold: found the keys of 1 helper, expected 2",
      hint: "give --identity once for each helper who came")
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "1", "--reason", "ill"], at: "2031-03-03T22:00:00Z"),
      "this trial is sealed to 3 helpers, 2 of whom are needed",
      hint: "give --identity FILE once for each of them, or ask them for what they open together")
    try await finish(trial, ["--identity", "h3", "--identity", "h1"])
  }

  /// What the specification says of a stock `age`, one layer after another.
  @Test func aStockAgeOpensAThresholdAndACard() async throws {
    guard try StockProgram.url("age") != nil else { return }
    let trial = try TrialFixture()
    let keys = try ["h1", "h2", "h3"].map { try makeKey($0, in: trial).0 }
    let (clinician, _) = try makeKey("doctor", in: trial)
    _ = try await seal(
      trial,
      ["--custody", "threshold", "--needed", "2", "--clinician", clinician]
        + keys.flatMap { ["--recipient", $0] })
    let opened = try await Tool.shell(
      "age -d -i h3 trial/sealed/key-1-3.age | age -d -i h1 > key.txt && "
        + "age -d -i key.txt trial/sealed/share.age > share && "
        + "age -d -i doctor trial/sealed/card-0012.age", in: trial.place.url)
    #expect(opened.status == 0, "\(opened.err)")
    #expect(
      opened.out.hasPrefix("slot 12: zorblax\n") || opened.out.hasPrefix("slot 12: quivven\n"))
    let wrong = try await Tool.shell(
      "age -d -i h3 trial/sealed/key-2-3.age | age -d -i h1", in: trial.place.url)
    #expect(wrong.status != 0)
    try await finish(trial, ["--share", "share"])
  }

  @Test func aTimeLockIsSolvedInTwoSittings() async throws {
    let trial = try TrialFixture()
    let run = try await seal(trial, ["--custody", "timelock", "--hours", "0.00005"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("squarings a second here; the fastest machine known is "))
    #expect(
      run.out.contains(
        "  warning    no second key: an emergency has to wait as long as the lock holds\n"))
    let locked = try await trial.run(
      "break-code", ["--slot", "1", "--reason", "ill"], at: "2031-03-03T22:00:00Z")
    expectRefusal(
      locked, "this trial is sealed with a time lock",
      hint: "run `selfblind solve`, then give the key that it writes: --identity FILE")
    let part = try await trial.run("solve", ["--stop-after", "1"])
    #expect(part.out == "stopped at 0.0 %; the same command goes on\n", "\(part.err)")
    #expect(part.status == 130, "a script must not take it for solved")
    let whole = try Data(contentsOf: trial.place / "trial-timelock.progress")
    try whole.dropLast().write(to: trial.place / "trial-timelock.progress")
    expectRefusal(
      try await trial.run("solve"), "the progress of the time lock: found a file that is not whole",
      hint: "remove the file to begin anew, or name another with --progress")
    try whole.write(to: trial.place / "trial-timelock.progress")
    let rest = try await trial.run("solve")
    #expect(rest.out.hasPrefix("going on from 0.0 %\nsolved: the key is in "), "\(rest.err)")
    #expect(!isThere(trial.place / "trial-timelock.progress"))
    #expect(
      try await trial.run("rehearse", at: Self.eve).out
        == "a time lock without a second key has no key that could be rehearsed\n")
    try await finish(trial, ["--identity", "trial-timelock.key"])
    expectRefusal(
      try await TrialFixture.sealed().run("solve"),
      "this trial has no time lock: its custody is another one")
  }

  @Test func theEmergencySheetHasEverySlot() async throws {
    let trial = try TrialFixture()
    let (clinician, identity) = try makeKey("doctor", in: trial)
    _ = try await seal(
      trial,
      ["--custody", "self", "--passphrase-file", "passphrase", "--clinician", clinician])
    let run = try await trial.run("emergency-sheet")
    #expect(
      run.out.hasSuffix(
        "trial-emergency-sheet.html: 12 slots\n"
          + "  print it for whoever holds the second key; anybody may see it\n"), "\(run.err)")
    let page = try String(
      contentsOf: trial.place / "trial-emergency-sheet.html", encoding: .utf8)
    #expect(page.contains("Dr. Weiss, 030 1234"))
    #expect(page.contains("a racing heart"))
    for arm in TrialFixture.arms { #expect(!page.contains(arm)) }
    // Each block of the page, as somebody types it, opens with the clinician's key alone.
    let blocks = page.components(separatedBy: "<pre>-----BEGIN").dropFirst()
    #expect(blocks.count == 12)
    for (place, block) in blocks.enumerated() {
      let text = "-----BEGIN" + (block.components(separatedBy: "</pre>").first ?? "")
      let card = try AgeFile.decrypt(Array(text.utf8), with: [identity])
      #expect(String(decoding: card, as: UTF8.self).hasPrefix("slot \(place + 1): "))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 64 })
    }
    expectRefusal(
      try await trial.run("emergency-sheet", ["--output", "trial/sheet.html"]),
      "the emergency sheet must not lie in the trial's folder",
      hint: "the folder is shown to others; choose a place that only its keeper sees")
  }

  @Test func aHelperAndAClinicianReadTheirCodes() async throws {
    let trial = try TrialFixture()
    let (helper, one) = try makeKey("h1", in: trial)
    let (clinician, two) = try makeKey("doctor", in: trial)
    _ = try await seal(
      trial, ["--custody", "helper", "--recipient", helper, "--clinician", clinician])
    let before = try await trial.run("verify")
    #expect(before.out.contains("helper; second key: a clinician's; never rehearsed: helper, clin"))
    let asked = try await trial.run("rehearse", at: "2031-03-02T21:00:00Z")
    #expect(asked.status == 0, "\(asked.err)")
    #expect(
      asked.out.hasSuffix("not seen yet: helper, clinician; do it before the first dose\n"))
    func code(_ name: String, _ identity: AgeIdentity) throws -> String {
      let file = Array(try Data(contentsOf: trial.place / "trial-rehearsal-\(name).age"))
      let text = String(decoding: try AgeFile.decrypt(file, with: [identity]), as: UTF8.self)
      return String(text.split(separator: "\n").last?.dropFirst(5) ?? "")
    }
    let typed = try code("helper", one)
    expectRefusal(
      try await trial.run(
        "rehearse", ["--code", "clinician=\(typed)"], at: "2031-03-02T21:00:00Z"),
      "clinician: this is not the code in their decoy; nothing was written down",
      hint: "have them open the decoy of this trial and read the line that begins with \"code\"")
    expectRefusal(
      try await trial.run("rehearse", ["--code", "aunt=\(typed)"], at: "2031-03-02T21:00:00Z"),
      "--code: found \"aunt=\(typed)\", expected HOLDER=CODE",
      hint: "the holders of this trial's keys are helper, clinician")
    // The code is typed by hand, in small letters, and perhaps the whole line.
    let seen = try await trial.run(
      "rehearse", at: "2031-03-02T21:00:00Z",
      input: "\(typed.lowercased())\nCode \(try code("clinician", two))\n")
    #expect(
      seen.out.hasSuffix("every key of this trial was seen to open a decoy\n"), "\(seen.err)")
    #expect(!isThere(trial.place / "trial-rehearsal-helper.age"))
    let again = try await trial.run(
      "rehearse", ["--code", "helper=\(typed)"], at: "2031-03-02T22:00:00Z")
    #expect(again.out.hasPrefix("helper: seen before\n"))
    try await trial.record(slot: 1)
    let after = try await trial.run("verify")
    #expect(
      after.out.contains(
        "second key: a clinician's; rehearsed: helper (2031-03-02), clinician (2031-03-02)\n"))
    let status = try await trial.run("status", at: "2031-03-03T23:00:00Z")
    #expect(status.status == 0, "\(status.err)")
    try await finish(trial, ["--identity", "doctor"])
    expectRefusal(
      try await trial.run("rehearse", ["--code", "helper=\(typed)"]),
      "journal: locked, nothing can be added", hint: "a locked record stays as it is")
  }

  @Test func aKeyThatIsNotOfTheTrialRehearsesNothing() async throws {
    let trial = try await TrialFixture.sealed()
    _ = try makeKey("foreign", in: trial)
    expectRefusal(
      try await trial.run("rehearse", ["--identity", "foreign"], at: "2031-03-02T21:00:00Z"),
      "the key does not open this seal",
      hint: "use the identity that belongs to the recipient the trial was sealed to")
  }
}
