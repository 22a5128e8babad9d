import BlindRecord
import Foundation
import Testing
import TrialJournal

/// `break-code`, `lock`, `unblind`, `report`: the order that must be kept, and wrong keys.
struct OpeningCommandTests {
  private let wrongKey = "the passphrase does not open this seal"
  private let wrongKeyHint =
    "check for another keyboard layout or caps lock; nothing was changed"

  private func breakCode(
    _ trial: TrialFixture, _ file: String = "passphrase", reason: String = "chest pain",
    at clock: String = "2031-03-03T22:00:00Z"
  ) async throws -> Tool.Run {
    try await trial.run(
      "break-code", ["--slot", "3", "--reason", reason, "--passphrase-file", file],
      at: clock)
  }

  @Test func oneSlotIsOpenedAfterItsReasonIsWritten() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await breakCode(trial)
    let lines = run.out.split(separator: "\n")
    #expect(lines.first == "slot 3 held: zorblax" || lines.first == "slot 3 held: quivven")
    #expect(
      lines.dropFirst() == [
        "the announcement is entry 1 of the journal; all others stay sealed",
        "by the scheme this also gives away slot 4",
      ])
    let status = try await trial.run("status", at: "2031-03-03T23:00:00Z")
    #expect(status.out.contains("code broken"))
    // An interrupted run can be finished: nothing is announced twice.
    #expect(try await breakCode(trial).out == run.out)
  }

  /// What was taken is what the kit's own slot holds.
  @Test func aKitThatWasTakenByMistakeIsFoundByItsCode() async throws {
    let trial = try await TrialFixture.sealed()
    let status = try await trial.run("status", at: "2031-03-03T20:00:00Z").out
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("slot 5  ") })
    let kit = String(line.split(separator: " ")[3])
    let told = try await trial.run(
      "deviate", ["--kind", "wrong-kit", "--slot", "3", "--kit", kit, "--reason", "dark"],
      at: "2031-03-05T20:30:00Z")
    #expect(told.status == 0, "\(told.err)")
    let day = try await breakCode(trial, at: "2031-03-05T22:00:00Z").out
    #expect(
      day.hasPrefix(
        "attention: a note says that for slot 3 the kit \(kit) was taken by mistake, which is slot 5's; "
          + "what it held: selfblind break-code trial --slot 5\nslot 3 held: "), "\(day)")
    let own = try await trial.run(
      "break-code",
      ["--kit", kit.lowercased(), "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-05T22:10:00Z")
    #expect(own.out.hasPrefix("slot 5 held: "), "\(own.err)")
    let both = try await trial.run(
      "break-code", ["--kit", kit, "--slot", "5", "--reason", "ill"], at: "2031-03-05T22:20:00Z")
    #expect(both.status == 64)
    expectRefusal(
      try await trial.run(
        "break-code", ["--kit", "2222222", "--reason", "ill", "--passphrase-file", "passphrase"],
        at: "2031-03-05T22:20:00Z"),
      "the kit 2222222 is that of no slot", hint: "read the code on the label once more")
  }

  /// In a block of four with two of each, one opened slot shifts its mates from 1/2 to 2/3.
  @Test func whatTheSchemeGivesAwayIsExact() async throws {
    let text = TrialFixture.protocolText.replacing(
      "pairs: {count: 6}", with: "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}")
    let trial = try TrialFixture(protocol: text)
    let sealed = try await trial.seal()
    #expect(sealed.status == 0, "\(sealed.err)")
    #expect(
      try await breakCode(trial).out.hasSuffix(
        "\nby the scheme these can be guessed better: slot 1 (67 %), 2 (67 %), 4 (67 %)\n"))
  }

  @Test func aWrongPassphraseAnnouncesNothing() async throws {
    let trial = try await TrialFixture.sealed()
    try Data("wrong horse battery staple".utf8).write(to: trial.place / "wrong")
    expectRefusal(try await breakCode(trial, "wrong"), wrongKey, hint: wrongKeyHint)
    let status = try await trial.run("status", ["--json"], at: "2031-03-03T23:00:00Z")
    #expect(status.out.contains("\"entries\" : 1,"))
  }

  @Test func aCodeBreakNeedsAReason() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await breakCode(trial, reason: ""),
      "reason of the code break: found an empty text, expected words")
    _ = try await breakCode(trial)
    expectRefusal(
      try await breakCode(trial, reason: " "),
      "reason of the code break: found an empty text, expected words")
  }

  @Test func whatWasOpenedIsShownAgainAndNothingElseAfterTheLock() async throws {
    let trial = try await TrialFixture.sealed()
    let first = try await breakCode(trial)
    #expect(first.status == 0, "\(first.err)")
    _ = try await trial.run("lock", at: "2031-03-20T22:00:00Z")
    func bytes() throws -> [String: Data] {
      let names = try FileManager.default.subpathsOfDirectory(atPath: trial.trial.path)
      return Dictionary(
        uniqueKeysWithValues: names.map {
          ($0, FileManager.default.contents(atPath: trial.file($0).path) ?? Data())
        })
    }
    let before = try bytes()
    let again = try await trial.run("break-code", ["--slot", "3", "--reason", "once more"])
    #expect(again.out == first.out, "\(again.err)")
    expectRefusal(
      try await trial.run(
        "break-code", ["--slot", "5", "--reason", "ill", "--passphrase-file", "passphrase"]),
      "journal: locked, nothing can be added", hint: "a locked record stays as it is")
    #expect(try bytes() == before)
  }

  /// An emergency does not end with the record: what was announced in time can still be opened.
  @Test func anInterruptedCodeBreakIsFinishedAfterTheLock() async throws {
    let trial = try await TrialFixture.sealed()
    let evening = try #require(WallClock.moment(seconds: 1_930_334_400, zone: "UTC"))
    _ = try Journal.open(in: trial.trial.path).announceCodeBreak(
      slot: 3, reason: "chest pain", clock: .set(to: evening))
    let lock = try await trial.run("lock", at: "2031-03-20T22:00:00Z")
    #expect(lock.status == 0, "\(lock.err)")
    let run = try await breakCode(trial)
    #expect(run.out.hasPrefix("slot 3 held: "), "\(run.err)")
    #expect(try await trial.run("verify").status == 0)
  }

  @Test func anEarlyLockNeedsAReason() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.run("lock", at: "2031-03-03T22:00:00Z"),
      "12 of 12 slots can still be recorded",
      hint: "wait for them, or say why the trial ends early: --reason \"…\"")
    let run = try await trial.run("lock", at: "2031-03-20T22:00:00Z")
    #expect(run.out.hasPrefix("locked: 2 entries, trial "))
    expectRefusal(
      try await trial.run("lock", at: "2031-03-20T22:00:00Z"),
      "journal: locked, nothing can be added", hint: "a locked record stays as it is")
  }

  @Test func nothingIsUnblindedBeforeTheLock() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.unblind(), "journal.sqlite: not locked",
      hint: "run `selfblind lock` first")
    expectRefusal(
      try await trial.run("report"), "the trial in this folder is not unblinded yet",
      hint: "run `selfblind lock` and then `selfblind unblind` first")
  }

  @Test func nothingIsLockedOrOpenedBeforeTheSeal() async throws {
    let trial = try TrialFixture()
    for command in ["lock", "report"] {
      expectRefusal(
        try await trial.run(command), "the trial in this folder is not sealed yet",
        hint: "run `selfblind seal` first")
    }
    expectRefusal(
      try await trial.unblind(), "the trial in this folder is not sealed yet",
      hint: "run `selfblind seal` first")
  }

  @Test func unblindingShowsWhatWasVerifiedAndSaysThatItIsFinal() async throws {
    let trial = try await TrialFixture.locked()
    try Data("wrong horse battery staple".utf8).write(to: trial.place / "wrong")
    let wrong = try await trial.run(
      "unblind", ["--passphrase-file", "wrong"], at: "2031-03-20T20:00:00Z")
    expectRefusal(wrong, wrongKey, hint: wrongKeyHint)
    for arm in TrialFixture.arms { #expect(!wrong.out.contains(arm)) }
    let run = try await trial.run(
      "unblind", ["--passphrase-file", "passphrase"], at: "2031-03-20T20:00:00Z",
      input: "2\n1.5\n60\nyes\n")
    #expect(run.status == 0, "\(run.err)")
    let order = [
      "ok     seal: ", "ok     journal: ", "verified: ", "What follows cannot be undone",
      "Before you know: under which arm was mood higher?", "By how much", "How sure are you",
      "Open the seal now? (yes/no)", "unblinded: 12 slots",
    ]
    var rest = Substring(run.out)
    for part in order {
      let found = try #require(rest.range(of: part), "\(part)")
      rest = rest[found.upperBound...]
    }
    let stored = try String(contentsOf: trial.file("unblinding.json"), encoding: .utf8)
    #expect(
      stored.contains(
        "\"prediction\":\"mood higher under \(TrialFixture.arms[1]) by 1.5, 60 % sure\""))
    expectRefusal(
      try await trial.unblind(), "the trial in this folder was unblinded already",
      hint: "run `selfblind report` or `selfblind verify`")
  }

  @Test func whoSaysNoLeavesTheTrialSealed() async throws {
    let trial = try await TrialFixture.locked()
    let run = try await trial.run(
      "unblind", ["--passphrase-file", "passphrase"], at: "2031-03-20T20:00:00Z",
      input: "3\n101\n\nno\n")
    #expect(run.status == 2)
    #expect(
      run.out.contains("answer: found \"101\", expected a whole number from 0 to 100, or nothing"))
    #expect(
      run.err == "selfblind: error: nothing was opened\n"
        + "selfblind: hint: the trial stays locked and sealed\n")
    for arm in TrialFixture.arms { #expect(!run.err.contains(arm)) }
    #expect(!FileManager.default.fileExists(atPath: trial.file("unblinding.json").path))
  }

  @Test func aBundleIsMadeOfAnUnblindedTrialOnly() async throws {
    let trial = try await TrialFixture.locked()
    expectRefusal(
      try await trial.run("bundle"), "the trial in this folder is not unblinded yet",
      hint: "run `selfblind lock` and then `selfblind unblind` first")
    _ = try await trial.unblind()
    expectRefusal(
      try await trial.run("bundle", ["--output", "trial/sealed/copy"]),
      "trial/sealed/copy lies in the trial's own folder, which would not verify any more",
      hint: "name a folder beside it with --output")
    let run = try await trial.run("bundle")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("wrote trial-bundle: "))
    expectRefusal(
      try await trial.run("bundle"), "trial-bundle: it exists already",
      hint: "name a folder that is not there yet")
  }

  @Test func theProtocolIsPrintedBeforeAndAfterTheSeal() async throws {
    let trial = try TrialFixture()
    let draft = try await trial.run("protocol")
    #expect(draft.status == 0, "\(draft.err)")
    #expect(draft.out == "wrote trial-protocol.html: 12 slots\n")
    let page = trial.place / "trial-protocol.html"
    let before = try String(contentsOf: page, encoding: .utf8)
    let sealed = try await TrialFixture.sealed()
    _ = try await sealed.run("protocol")
    let after = try String(contentsOf: sealed.place / "trial-protocol.html", encoding: .utf8)
    #expect(before == after, "the seal adds nothing to the page")
    #expect(before.contains("SPENT 2019, item by item"))
  }

  @Test func aProtocolEditedAfterTheSeal() async throws {
    let trial = try await TrialFixture.locked()
    let text = TrialFixture.protocolText.replacingOccurrences(of: "0.95", with: "0.90")
    try Data(text.utf8).write(to: trial.file("protocol.yaml"))
    expectRefusal(
      try await trial.unblind(),
      "protocol.yaml: found other bytes than were sealed, expected the sealed protocol unchanged",
      hint: "put the sealed protocol.yaml back; a change of plan is a new trial that names this one"
    )
  }

  @Test func theReportIsWrittenOnce() async throws {
    let trial = try await TrialFixture.finished()
    let first = try Data(contentsOf: trial.file("report.html"))
    let run = try await trial.run("report")
    #expect(run.out == "wrote trial/report.html\nwrote trial/report.md\nwrote trial/report.json\n")
    #expect(try Data(contentsOf: trial.file("report.html")) == first)
  }
}
