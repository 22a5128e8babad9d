import BlindRecord
import Foundation
import Testing

/// A kit that was noted as taken and a spare that was given: what is said of them before the lock and after it.
struct NotedKitCommandTests {
  private static func replace(
    _ trial: TrialFixture, _ slot: Int, _ rest: [String] = ["--passphrase-file", "passphrase"],
    at time: String = "2031-03-03T19:30:00Z"
  ) async throws -> Tool.Run {
    try await KitCommandTests.replace(trial, slot, rest, at: time)
  }

  private static func noteWrongKit(
    _ trial: TrialFixture, _ kit: String, at time: String = "2031-03-03T20:31:00Z"
  ) async throws {
    let run = try await trial.run(
      "deviate", ["--kind", "wrong-kit", "--slot", "1", "--kit", kit, "--reason", "dark"],
      at: time)
    try #require(run.status == 0, "\(run.err)")
  }

  @Test func afterAnotherKitWasTakenNoneIsToBeTaken() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    try await Self.noteWrongKit(trial, try #require(kits[9]))
    let due = try await trial.run("remind", at: "2031-03-03T21:00:00Z")
    #expect(
      due.out == "slot 1 of 12 is due: only to be rated, a dose was taken already\n", "\(due.err)")
    let asked = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z", input: "1\n6\n7\n50\n\n")
    #expect(
      asked.out.contains(
        "the record says that the kit of slot 9 was taken: take nothing more, only rate the day\n"),
      "\(asked.out)\(asked.err)")
    #expect(!asked.out.contains("scan or type"))
    #expect(asked.out.contains("recorded slot 1 of 12"), "\(asked.out)\(asked.err)")
  }

  /// What was swallowed late or in part is not taken again, and its kit is still scanned.
  @Test(arguments: ["late-dose", "partial-dose"])
  func afterAPartOfItNothingMoreIsToBeTaken(kind: String) async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let noted = try await trial.run(
      "deviate", ["--kind", kind, "--slot", "1", "--reason", "spilled"], at: "2031-03-03T20:31:00Z")
    #expect(noted.status == 0, "\(noted.err)")
    let due = try await trial.run("remind", at: "2031-03-03T21:00:00Z")
    #expect(due.out == "slot 1 of 12 is due: only to be rated, a dose was taken already\n")
    expectRefusal(
      try await trial.checkIn(day: 3), "the kit was not scanned",
      hint:
        "give its code: --kit CODE, as it stands on the label; if none was taken, record missed-dose, "
        + "lost-kit or broken-kit first")
    let kit = try #require(kits[1])
    let asked = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z", input: "\(kit)\n6\n7\n50\n\n")
    #expect(
      asked.out.contains(
        "the record says that a dose was taken already: take nothing more\n"))
    #expect(!asked.out.contains("The dose?"), "said already")
    #expect(asked.out.contains("recorded slot 1 of 12"), "\(asked.out)\(asked.err)")
  }

  /// A day without a dose has no kit in the tables.
  @Test func whatWasNotTakenNamesNoKit() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let noted = try await trial.run(
      "deviate", ["--kind", "missed-dose", "--slot", "1", "--reason", "forgot"],
      at: "2031-03-03T20:31:00Z")
    #expect(noted.status == 0, "\(noted.err)")
    #expect(try await trial.checkIn(day: 3).status == 0)
    let status = try await trial.run("status", at: "2031-03-03T22:00:00Z")
    #expect(status.out.contains("slot 1  2031-03-03  recorded, missed-dose\n"), "\(status.out)")
    let export = try await trial.run("export", ["--output", "out"], at: "2031-03-03T22:00:00Z")
    #expect(export.status == 0, "\(export.err)")
    let record = try String(
      contentsOf: trial.place.url.appending(path: "out/record.csv"), encoding: .utf8)
    #expect(record.contains("\n1,2031-03-03,,recorded,"), "\(record)")
    #expect(record.contains("\n2,2031-03-04,\(try #require(kits[2])),upcoming,"), "\(record)")
  }

  @Test func ratingsAloneGoWithTheKitOfTheNote() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    try await Self.noteWrongKit(trial, try #require(kits[2]))
    #expect(try await trial.checkIn(day: 3).status == 0)
    expectRefusal(
      try await trial.checkIn(day: 4, ["--kit", try #require(kits[2])]),
      "slot 2: the kit \(try #require(kits[2])) was taken at slot 1",
      hint:
        "look at the code once more; if nothing was taken for slot 2, record the deviation missed-dose, then "
        + "the answers without a kit; if slot 1 is wrong, put that right first: wrong-kit or missed-dose of slot 1"
    )
  }

  /// A spare for a dose that was swallowed would be a second one.
  @Test(arguments: [true, false])
  func noSpareIsFoundForADoseThatWasTaken(inPart: Bool) async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    if inPart {
      let noted = try await trial.run(
        "deviate", ["--kind", "partial-dose", "--slot", "1", "--reason", "spilled"],
        at: "2031-03-03T20:31:00Z")
      #expect(noted.status == 0, "\(noted.err)")
    } else {
      try await Self.noteWrongKit(trial, try #require(kits[9]))
    }
    expectRefusal(
      try await Self.replace(trial, 1, at: "2031-03-03T20:35:00Z"),
      "slot 1: the record says that a dose was taken, so nothing more is to be taken for it",
      hint: "if that is wrong, record the deviation missed-dose of slot 1 first")
    let missed = try await trial.run(
      "deviate", ["--kind", "missed-dose", "--slot", "1", "--reason", "it was not"],
      at: "2031-03-03T20:40:00Z")
    #expect(missed.status == 0, "\(missed.err)")
    let found = try await Self.replace(trial, 1, at: "2031-03-03T20:50:00Z")
    #expect(found.status == 0, "\(found.err)")
  }

  /// The wrong code was put right, so the other slot's kit is where it was.
  @Test func aCorrectedCheckInBlocksNoOtherSlot() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let (wrong, right) = (try #require(kits[2]), try #require(kits[9]))
    try await Self.noteWrongKit(trial, wrong)
    #expect(try await trial.checkIn(day: 3, ["--kit", wrong]).status == 0)
    try await Self.noteWrongKit(trial, right, at: "2031-03-03T22:00:00Z")
    let second = try await trial.checkIn(day: 4, ["--kit", wrong])
    #expect(second.status == 0, "\(second.err)")
    // And now the first one cannot have taken it.
    expectRefusal(
      try await trial.run(
        "deviate", ["--kind", "wrong-kit", "--slot", "1", "--kit", wrong, "--reason", "so"],
        at: "2031-03-04T22:00:00Z"), "slot 1: the kit \(wrong) was taken at slot 2",
      hint:
        "look at the code once more; if nothing was taken for slot 1, record the deviation missed-dose, then the "
        + "answers without a kit; if slot 2 is wrong, put that right first: wrong-kit or missed-dose of slot 2"
    )
  }

  /// The code of another slot's kit means something only where that kit was taken.
  @Test func aCodeIsOfTheKitThatTheNoteIsAbout() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let other = try #require(kits[9])
    for (kind, hint) in [
      ("lost-kit", "name the slot whose kit it is; a spare has none"),
      (
        "partial-dose",
        "leave the code out; if another kit was taken, record the deviation wrong-kit with its code"
      ),
    ] {
      expectRefusal(
        try await trial.run(
          "deviate", ["--kind", kind, "--slot", "1", "--kit", other, "--reason", "so"],
          at: "2031-03-03T20:31:00Z"),
        "deviation \(kind): the kit \(other) is not that of slot 1", hint: hint)
    }
  }

  @Test func theCheckInOverrulesTheNote() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    try await Self.noteWrongKit(trial, try #require(kits[2]))
    for slot in 1...2 {
      let run = try await trial.checkIn(day: 2 + slot, ["--kit", try #require(kits[slot])])
      #expect(run.status == 0, "\(run.err)")
    }
  }

  /// Somebody said its number, and may have been misheard.
  @Test func anEmergencyNamesTheSpareThatStandsForTheSlot() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    #expect(try await Self.replace(trial, 1, ["--spare", "3"]).status == 0)
    let spare = try #require(kits[103])
    #expect(try await trial.checkIn(day: 3, ["--kit", spare]).status == 0)
    for way in [["--slot", "1"], ["--kit", spare]] {
      let run = try await trial.run(
        "break-code", way + ["--reason", "ill", "--passphrase-file", "passphrase"],
        at: "2031-03-03T23:00:00Z")
      #expect(
        run.out.hasPrefix("slot 1 held: ")
          && run.out.contains(
            "\nattention: spare 3 stands for slot 1, and holds the same if it is the right one\n"),
        "\(run.out)\(run.err)")
    }
  }

  /// The kit that was lost was found in time, and the spare lies in its box.
  @Test func aSpareThatWasNotTakenIsAudited() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    for (slot, spare) in [(1, "3"), (2, "4")] {
      #expect(try await Self.replace(trial, slot, ["--spare", spare]).status == 0)
    }
    #expect(try await trial.checkIn(day: 3, ["--kit", try #require(kits[1])]).status == 0)
    #expect(try await trial.checkIn(day: 4, ["--kit", try #require(kits[104])]).status == 0)
    try #require(
      try await trial.run("lock", ["--reason", "over"], at: "2031-03-20T19:00:00Z").status == 0)
    try #require(try await trial.unblind().status == 0)
    let audit = try await trial.run("audit", ["3=zorblax"], at: "2031-03-20T22:00:00Z")
    #expect(audit.out.hasPrefix("spare 3: packed as "), "\(audit.err)")
    #expect(audit.out.contains("\n2 of 3 spares that are left are not opened yet"), "\(audit.out)")
    expectRefusal(
      try await trial.run("audit", ["4=zorblax"], at: "2031-03-20T22:00:00Z"),
      "spare 4 was not left over: the record says that it was taken at slot 2",
      hint: "look at the number on the spare once more")
    #expect(try await trial.run("report").status == 0)
    let report = try String(contentsOf: trial.file("report.md"), encoding: .utf8)
    #expect(report.contains("Of 4 spares 1 took a kit's place."))
    #expect(report.contains("2 of 3 spares that were left were not opened"))
  }
}
