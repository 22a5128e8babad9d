import BlindRecord
import Foundation
import Testing

/// Kits that are lost, swallowed or not taken, from packing to the audit: the same answers for every arm.
struct KitCommandTests {
  static func replace(
    _ trial: TrialFixture, _ slot: Int, _ rest: [String] = ["--passphrase-file", "passphrase"],
    at time: String = "2031-03-03T21:30:00Z"
  ) async throws -> Tool.Run {
    try await trial.run(
      "replace", ["--slot", "\(slot)", "--kit", "lost", "--reason", "fell"] + rest,
      at: time)
  }

  private static func deviate(
    _ trial: TrialFixture, _ kind: String, slot: Int, kit: String? = nil, day: Int = 3
  ) async throws {
    let run = try await trial.run(
      "deviate",
      ["--kind", kind, "--slot", "\(slot)", "--reason", "so it was"]
        + (kit.map { ["--kit", $0] } ?? []), at: "2031-03-\(day < 10 ? "0" : "")\(day)T21:31:00Z")
    try #require(run.status == 0, "\(run.err)")
  }

  /// The code of the spare that was said, which the screen does not tell.
  private static func code(_ run: Tool.Run, _ kits: [Int: String]) throws -> String {
    let said = try #require(
      run.out.firstMatch(of: #/take spare (\d+), and scan it at the dose; a torn label is/#),
      "\(run.err)")
    let code = try #require(Int(said.1).flatMap { kits[100 + $0] })
    #expect(!run.out.contains(code))
    return code
  }

  /// A sealed trial with three spares of each arm, and the labels that it prints.
  static func withThreeSpares() async throws -> (trial: TrialFixture, labels: [String]) {
    struct Manifest: Decodable {
      struct Packing: Decodable { let labels: [String] }
      let packing: Packing
    }
    let trial = try TrialFixture(
      protocol: TrialFixture.protocolText + "packing: {by: participant, spares: 3}\n")
    try #require(try await trial.seal().status == 0)
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: trial.file("manifest.json")))
    return (trial, manifest.packing.labels)
  }

  /// Nine kits of each arm; three of the first are lost while packing, so that it has no spare left.
  @Test func afterLossesWhilePackingEverySlotIsAnsweredTheSame() async throws {
    let (trial, labels) = try await Self.withThreeSpares()
    let fill = labels[..<9] + ["done"] + labels[9..<18] + ["done", "done"]
    let sort = labels[3..<18] + ["lost", "yes"]
    let cut = try await trial.run(
      "pack", at: PackCommandTests.eve, input: (fill + sort).map { $0 + "\n" }.joined())
    let moves = cut.out.matches(of: #/bring spare \d+ to slot \d+\n/#).map { String($0.0) }
    let again = try await trial.run("pack", at: PackCommandTests.eve, input: "done\nyes\n")
    #expect(again.out.contains("all kits are sorted; when they stand in their places: done\n"))
    #expect(!again.out.contains("draw one kit after the other"))
    for move in moves { #expect(again.out.contains(move), "said again after a restart") }
    #expect(again.out.contains("packed: 12 slots, 3 spares"), "\(again.out)\(again.err)")
    for slot in 1...12 {
      expectRefusal(
        try await Self.replace(trial, slot), "all 3 replacements are used",
        hint:
          "record the deviation missed-dose; the same is said whatever the kit held, and kits lost while "
          + "packing count")
    }
  }

  @Test func aSpareThatIsGoneIsNotGivenOut() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let first = try Self.code(try await Self.replace(trial, 1), kits)
    // Without a code it is the kit that stands for the slot.
    try await Self.deviate(trial, "lost-kit", slot: 1)
    let second = try Self.code(try await Self.replace(trial, 1), kits)
    #expect(second != first)
    #expect(Set(kits.filter { $0.key > 100 }.values).isSuperset(of: [first, second]))
    let status = try await trial.run("status").out
    for code in kits.values { #expect(!status.contains(code), "a code is read on the kit") }
    let left = kits.filter { $0.key > 100 && ![first, second].contains($0.value) }.keys.sorted()
    #expect(
      status.contains("spares: \(left.map { "\($0 - 100)" }.joined(separator: ", "))\n"),
      "\(status)")
    let number = try #require(kits.first { $0.value == second }?.key) - 100
    #expect(status.contains("slot 1  2031-03-03  spare \(number)  "), "\(status)")
    #expect(
      try await Self.replace(trial, 2).err.contains("all 2 replacements are used"),
      "a lost spare counts")
  }

  @Test func aSwallowedSpareCounts() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let swallowed = try #require(kits[101])
    try await Self.deviate(trial, "wrong-kit", slot: 1, kit: swallowed)
    #expect(try Self.code(try await Self.replace(trial, 2), kits) != swallowed)
    #expect(
      try await Self.replace(trial, 3).err.contains("all 2 replacements are used"))
  }

  @Test func theCustodianSaysTheSpare() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let spare = try #require(kits[103])
    #expect(
      try await Self.replace(trial, 1, ["--spare", "3"]).out
        == "slot 1: take spare 3, and scan it at the dose; a torn label is printed again: selfblind label trial "
        + "--spare 3\n")
    let asked = try await trial.run("checkin", at: "2031-03-03T22:00:00Z", input: "")
    #expect(asked.out.contains("  spare 3 stands for its kit\n"), "\(asked.out)")
    #expect(asked.out.contains("printed again: selfblind label trial --spare 3\n"))
    #expect(!asked.out.contains(spare))
    expectRefusal(
      try await Self.replace(trial, 2, ["--spare", "3"]), "there is no spare 3 that is left",
      hint: "`selfblind status` lists the spares that are left")
    #expect(try await Self.replace(trial, 2, ["--note", "note"]).status == 64)
    #expect(
      try await Self.replace(trial, 2, ["--spare", "1", "--identity", "key"]).status == 64)
  }

  @Test func theHelperIsAskedInASentence() async throws {
    let trial = try TrialFixture(
      protocol: TrialFixture.protocolText + "packing: {by: helper, spares: 1}\n")
    let run = try await trial.run(
      "seal", ["--custody", "helper", "--recipient", SealCommandTests.recipient],
      at: "2031-03-02T20:00:00Z")
    try #require(run.status == 0, "\(run.err)")
    expectRefusal(
      try await Self.replace(trial, 1, []), "this trial is sealed to a helper's key",
      hint:
        "ask the helper, who opens the slot's note with `age -d`, and read them the spares that `selfblind "
        + "status` lists; the first in sealed/spares-0001.age that is among them is it: give --spare NUMBER, "
        + "or --identity FILE")
  }

  /// Only the spare that `replace` gave holds what its slot's kit held.
  @Test func inAnEmergencyASpareLeadsToItsSlotOrToNone() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    func open(_ rest: [String]) async throws -> Tool.Run {
      try await trial.run(
        "break-code", rest + ["--reason", "ill", "--passphrase-file", "passphrase"],
        at: "2031-03-03T23:00:00Z")
    }
    let given = try Self.code(try await Self.replace(trial, 1), kits)
    let own = try #require(kits[1])
    let bySpare = try await open(["--kit", given])
    #expect(bySpare.out.hasPrefix("slot 1 held: "), "\(bySpare.err)")
    let taken = try #require(kits.first { $0.key > 100 && $0.value != given }?.value)
    let number = try #require(kits.first { $0.value == taken }?.key) - 100
    // Taken at random, by the dialogue's own answer: the slot's envelope does not tell what it held.
    let asked = try await trial.run(
      "checkin", ["--kit", taken, "--slot", "2"], at: "2031-03-04T21:00:00Z",
      input: "3\nrolled away\n1\n6\n7\n50\n\n")
    #expect(asked.out.contains("recorded lost-kit of slot 2"), "\(asked.out)\(asked.err)")
    #expect(asked.out.contains("recorded wrong-kit of slot 2"), "\(asked.out)\(asked.err)")
    let bySlot = try await open(["--slot", "2"])
    #expect(
      bySlot.out.hasPrefix(
        "attention: a note says that for slot 2 the kit \(taken) was taken by mistake, which is spare "
          + "\(number); no slot tells what it held"),
      "\(bySlot.out)\(bySlot.err)")
    expectRefusal(
      try await open(["--kit", taken]),
      "the kit \(taken) is spare \(number), which was given to no slot",
      hint: "no slot tells what it holds; a kit list does, where somebody else packed")
    #expect(try await open(["--kit", own]).out.hasPrefix("slot 1 held: "))
    #expect(
      try await trial.run(
        "deviate", ["--kind", "spare-kit", "--slot", "3", "--kit", own, "--reason", "x"]
      ).status == 64)
  }

  @Test func aSpareIsForADoseToCome() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    #expect(
      try await trial.checkIn(day: 3, ["--kit", try #require(kits[1])], hour: 20).status == 0)
    expectRefusal(
      try await Self.replace(trial, 1),
      "slot 1 is recorded: nothing is to be taken for it any more",
      hint: "what was noted wrongly is put right by `selfblind deviate`")
    let late = try await trial.run(
      "replace",
      ["--slot", "2", "--kit", "lost", "--reason", "x", "--passphrase-file", "passphrase"],
      at: "2031-03-09T21:00:00Z")
    expectRefusal(
      late, "slot 2 is over: nothing is to be taken for it any more",
      hint: "read the number of the slot once more")
    // A given spare that was swallowed elsewhere is given to nobody again.
    let given = try Self.code(try await Self.replace(trial, 4), kits)
    try await Self.deviate(trial, "wrong-kit", slot: 1, kit: given)
    #expect(try Self.code(try await Self.replace(trial, 4), kits) != given)
    let opened = try await trial.run(
      "break-code", ["--kit", given, "--reason", "ill", "--passphrase-file", "passphrase"],
      at: "2031-03-03T23:00:00Z")
    #expect(opened.out.hasPrefix("slot 4 held: "), "it still holds what slot 4's kit held")
    let ahead = try await trial.run(
      "deviate", ["--kind", "wrong-kit", "--slot", "9", "--kit", given, "--reason", "x"],
      at: "2031-03-03T21:31:00Z")
    #expect(ahead.status == 2, "\(ahead.out)")
  }

  /// Before its check-in a code could be typed from the screen; what is recorded may be seen.
  @Test func noScreenTellsACodeThatIsStillToBeScanned() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let first = try #require(kits[1])
    #expect(try await trial.checkIn(day: 3, ["--kit", first]).status == 0)
    let day = "2031-03-04T21:00:00Z"
    for arguments in [["status"], ["status", "--json"], ["remind"]] {
      let run = try await trial.run(arguments[0], Array(arguments.dropFirst()), at: day)
      #expect(run.status == 0, "\(run.err)")
      for (place, code) in kits where place != 1 {
        #expect(!run.out.contains(code), "\(arguments)")
      }
      #expect(run.out.contains(first) == (arguments[0] == "status"))
    }
    let asked = try await trial.run("checkin", at: day, input: "")
    #expect(asked.out.contains("  a torn label is printed again: selfblind label trial --slot 2\n"))
    for code in kits.values { #expect(!asked.out.contains(code)) }
  }

  @Test func aDayWithoutADoseIsRated() async throws {
    let (trial, _) = try await PackCommandTests.packed()
    try await Self.deviate(trial, "missed-dose", slot: 1)
    let missed = try await trial.checkIn(day: 3, hour: 22)
    #expect(missed.out.hasPrefix("recorded slot 1 of 12"), "\(missed.err)")
    try await Self.deviate(trial, "lost-kit", slot: 2, day: 4)
    #expect(try await trial.checkIn(day: 4, hour: 22).status == 0)
    let asked = try await trial.run(
      "checkin", at: "2031-03-05T21:00:00Z", input: "none\n3\nfell down\n6\n7\n50\n\n")
    for line in ["recorded broken-kit of slot 3", "recorded slot 3 of 12"] {
      #expect(asked.out.contains(line), "\(asked.out)\(asked.err)")
    }
    let export = try await trial.run("status").out
    #expect(export.contains("3 recorded,"), "\(export)")
  }

  @Test func aKitIsTakenOnce() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let kit = try #require(kits[2])
    try await Self.deviate(trial, "wrong-kit", slot: 1, kit: kit)
    let sentence = "slot 2: the kit \(kit) was taken at slot 1"
    let hint =
      "look at the code once more; if nothing was taken for slot 2, record the deviation missed-dose, then "
      + "the answers without a kit; if slot 1 is wrong, put that right first: wrong-kit or missed-dose of slot 1"
    // Only a note yet, which may be wrong: who is asked can say so.
    expectRefusal(try await trial.checkIn(day: 4, ["--kit", kit]), sentence, hint: hint)
    let back = try await trial.run(
      "checkin", ["--slot", "2"], at: "2031-03-04T20:40:00Z", input: "\(kit)\n1\n")
    #expect(back.out.contains(sentence + ", says a note\n"), "\(back.out)\(back.err)")
    #expect(back.out.hasSuffix("put back; run it again with the kit of slot 2\n"))
    #expect(
      try await trial.checkIn(day: 4, ["--slot", "1", "--kit", kit], hour: 22).status == 0)
    expectRefusal(
      try await trial.checkIn(day: 4, ["--kit", kit], hour: 23), sentence, hint: hint)
    let asked = try await trial.run(
      "checkin", ["--slot", "2"], at: "2031-03-04T23:40:00Z", input: "\(kit)\n")
    #expect(asked.status == 2)
    #expect(asked.err.hasPrefix("selfblind: error: \(sentence)\n"), "\(asked.out)\(asked.err)")
  }

  @Test func yesterdaysKitIsAskedAbout() async throws {
    let (trial, kits) = try await PackCommandTests.packed()
    let kit = try #require(kits[1])
    let text = "the kit \(kit) is that of slot 1, and slot 2 is due today"
    expectRefusal(
      try await trial.checkIn(day: 4, ["--kit", kit]), text,
      hint: "say which dose it was: --slot 1, or --slot 2 if it was taken today")
    let asked = try await trial.run(
      "checkin", ["--kit", kit], at: "2031-03-04T21:00:00Z", input: "1\n1\n6\n7\n50\n\n")
    #expect(asked.out.contains(text), "\(asked.out)\(asked.err)")
    #expect(asked.out.contains("recorded slot 1 of 12, late by 1 day"), "\(asked.out)")
    #expect(!asked.out.contains(try #require(kits[2])), "no code that could be typed from here")
  }
}
