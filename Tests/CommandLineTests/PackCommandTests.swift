import BlindRecord
import Foundation
import Testing

/// `pack`, the dose, `replace`, `audit`: a whole trial that a person packs alone, and what is refused.
struct PackCommandTests {
  static let part = "packing: {by: participant, spares: 2, matching: {rounds: 12, mostRight: 11}}\n"
  static let eve = "2031-03-02T21:00:00Z"

  private struct Manifest: Decodable {
    struct Packing: Decodable {
      let labels: [String]
      let cups: [String]
    }
    let packing: Packing
  }

  /// A sealed trial, packed alone as far as the words go.
  static func sealed(_ part: String = part) async throws -> (
    trial: TrialFixture, labels: [String], cups: [String]
  ) {
    let trial = try TrialFixture(protocol: TrialFixture.protocolText + part)
    let run = try await trial.seal()
    try #require(run.status == 0, "\(run.err)")
    #expect(run.out.contains("kit list   none: you pack alone, with `selfblind pack trial`"))
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: trial.file("manifest.json")))
    return (trial, manifest.packing.labels.reversed(), manifest.packing.cups)
  }

  static func pack(_ trial: TrialFixture, _ lines: [String], _ rest: [String] = [])
    async throws -> Tool.Run
  {
    try await trial.run("pack", rest, at: eve, input: lines.map { $0 + "\n" }.joined())
  }

  /// What is scanned and answered in a matching test.
  static func match(_ cups: [String]) -> [String] {
    var lines: [String] = Array(cups[..<18])
    lines.append("done")
    lines += cups[18..<36]
    lines += ["done", "done"]
    lines += cups[..<36]
    lines.append("done")
    lines += Array(repeating: "1", count: 12)
    lines.append("smell")
    return lines
  }

  /// The matching test and the whole packing.
  static func packed() async throws -> (trial: TrialFixture, kits: [Int: String]) {
    let (trial, labels, cups) = try await sealed()
    let match = try await pack(trial, match(cups))
    #expect(match.out.contains("of 12 right, passed (entry 2)"), "\(match.out)\(match.err)")
    #expect(match.out.contains("an answer cannot be taken back\n"))
    #expect(match.out.contains("  who cannot tell fails with less than 0.1 %, who notices "))
    var fill: [String] = Array(labels[..<8])
    fill.append("done")
    fill += labels[8..<16]
    fill += ["done", "done"]
    let filled = try await pack(trial, fill)
    #expect(filled.out.contains("arm zorblax: fill 8 kits; close each"))
    let bag = (0..<16).map { labels[$0 * 7 % 16] }
    let sorted = try await pack(trial, bag + ["done", "yes"])
    #expect(sorted.status == 0, "\(sorted.err)")
    #expect(!sorted.out.contains("zorblax") && !sorted.out.contains("quivven"))
    #expect(sorted.out.contains("packed: 12 slots, 4 spares (entry 3)"))
    var kits: [Int: String] = [:]
    let lines = sorted.out.split(separator: "\n").filter {
      $0.hasPrefix("slot ") || $0.hasPrefix("spare ")
    }
    for (line, code) in zip(lines, bag) {
      let words = line.split(separator: " ")
      let number = Int(words[1]) ?? 0
      kits[words[0] == "slot" ? number : 100 + number] = code
    }
    #expect(kits.count == 16)
    return (trial, kits)
  }

  @Test func aWholeTrialPackedAlone() async throws {
    let (trial, kits) = try await Self.packed()
    #expect(!FileManager.default.fileExists(atPath: trial.file("packing.key").path))
    #expect(!FileManager.default.fileExists(atPath: trial.file("packing").path))
    let again = try await Self.pack(trial, [])
    #expect(again.out == "packed already; the record has it\n")
    // The codes of the manifest stand on no label here: a clinician goes by the place.
    let sheet = try await trial.run("emergency-sheet")
    #expect(sheet.status == 0, "\(sheet.err)")
    let page = try String(
      contentsOf: trial.place / "trial-emergency-sheet.html", encoding: .utf8)
    #expect(page.contains("<b>slot 1 · 2031-03-03</b>"), "\(page.suffix(300))")
    #expect(page.contains("by the place that the kit was sorted to"))
    #expect(
      page.contains("it is the slot of that kit, whose number is written on it. A spare has no"))
    for slot in 1...12 {
      let run = try await trial.checkIn(day: 2 + slot, ["--kit", kits[slot] ?? ""])
      #expect(run.status == 0, "\(run.err)")
    }
    let lock = try await trial.run("lock", ["--reason", "over"], at: "2031-03-20T20:00:00Z")
    #expect(lock.status == 0, "\(lock.err)")
    expectRefusal(
      try await trial.run("audit", ["1=zorblax"], at: "2031-03-20T21:00:00Z"),
      "the trial in this folder is not unblinded yet",
      hint: "run `selfblind unblind` first; until then a spare may still be needed")
    let opened = try await trial.run(
      "unblind", ["--passphrase-file", "passphrase", "--prediction", "none"],
      at: "2031-03-20T21:00:00Z")
    #expect(opened.status == 0, "\(opened.err)")
    for (finding, sentence) in [
      ("9=zorblax", "there is no spare 9"),
      ("1=tea", "found the content \"tea\", expected one of zorblax, quivven, or unclear"),
      ("one", "the finding \"one\" is not spare=arm"),
    ] {
      let run = try await trial.run("audit", [finding], at: "2031-03-20T22:00:00Z")
      #expect(run.status == 2)
      #expect(run.err.hasPrefix("selfblind: error: \(sentence)\n"), "\(run.err)")
    }
    // One was answered, then the question ended: that one is kept, and only the others are asked for.
    let cut = try await trial.run("audit", at: "2031-03-20T22:00:00Z", input: "zorblax\n")
    #expect(cut.err.contains("the question \"What is in spare 2?\" was"), "\(cut.out)\(cut.err)")
    let differing = try await trial.run(
      "audit", ["1=quivven", "2=zorblax"], at: "2031-03-20T22:00:00Z")
    #expect(differing.out.contains("spare 2: packed as "), "\(differing.err)")
    #expect(differing.err.contains("spare 1: found zorblax before, and now quivven"))
    #expect(
      differing.out.contains(
        "2 of 4 spares that are left are not opened yet: open them all, since whoever stops when it looks good"
      ), "\(differing.out)")
    let audit = try await trial.run(
      "audit", at: "2031-03-20T22:00:00Z", input: "unclear\nzorblax\n")
    #expect(audit.out.contains("wrong: an error rate between "), "\(audit.out)\(audit.err)")
    #expect(!audit.out.contains("not opened yet"))
    #expect(!audit.out.contains("What is in spare 2?") && audit.out.contains("What is in spare 3?"))
    #expect(
      try await trial.run("audit", at: "2031-03-20T22:30:00Z").out.hasPrefix(
        "every spare that was left over is opened\nspare 1: packed as "))
    for (finding, sentence) in [
      (["1=quivven"], "spare 1: found zorblax before, and now quivven"),
      (["3=quivven"], "spare 3: found unclear before, and now quivven"),
    ] {
      expectRefusal(
        try await trial.run("audit", finding, at: "2031-03-20T23:00:00Z"), sentence,
        hint: "the first look counts: what is in a spare is said before the answer is seen")
    }
    #expect(
      try await trial.run("audit", ["1=zorblax"], at: "2031-03-20T23:00:00Z").status == 0)
    #expect(try await trial.run("report").status == 0)
    let report = try String(contentsOf: trial.file("report.md"), encoding: .utf8)
    #expect(report.contains("## The kits"))
    #expect(report.contains("rests on the participant's word"))
    #expect(report.contains("The participant packed alone, until 2 March 2031."))
    let verified = try await trial.run("verify")
    #expect(verified.status == 0, "\(verified.out)\(verified.err)")
  }

  /// By where the kit stands, its code comes from the record; nothing else is on the page.
  @Test func aTornLabelIsPrintedAgain() async throws {
    let (trial, kits) = try await Self.packed()
    for (option, place, file) in [("slot", 3, "slot-3"), ("spare", 103, "spare-3")] {
      let run = try await trial.run("label", ["--\(option)", "3", "--format", "L4731"])
      #expect(run.status == 0, "\(run.err)")
      let path = trial.place / "trial-label-\(file).html"
      #expect(run.out == "wrote \(path.path): print it at 100 %, without margins\n")
      let page = try String(contentsOf: path, encoding: .utf8)
      let code = try #require(kits[place])
      #expect(
        page.contains("<code><span>\(code.prefix(4))</span><span>\(code.suffix(3))</span></code>"))
      #expect(page.components(separatedBy: "<div class=\"label").count == 2, "one label")
      #expect(!page.contains("zorblax") && !page.contains("quivven"))
    }
    for (rest, sentence) in [
      (["--slot", "13"], "there is no slot 13, the schedule has slots 1 to 12"),
      (["--spare", "5"], "there is no spare 5"),
      (["--slot", "1", "--first", "56"], "first free label: found \"56\", expected 1 to 55"),
      (["--slot", "1", "--format", "L9"], "sheet of labels: "),
      (
        ["--slot", "1", "--output", "trial/label.html"],
        "the label must not lie in the trial's folder"
      ),
    ] {
      let run = try await trial.run("label", rest)
      #expect(run.status == 2)
      #expect(run.err.hasPrefix("selfblind: error: \(sentence)"), "\(run.err)")
    }
    #expect(try await trial.run("label", ["--slot", "1", "--spare", "1"]).status == 64)
    let (fresh, _, _) = try await Self.sealed()
    expectRefusal(
      try await fresh.run("label", ["--slot", "1"]), "kits: not packed yet, so no kit has a slot",
      hint: "pack the kits first: selfblind pack")
  }

  @Test func checkSaysWhatIsToBeFilled() async throws {
    let trial = try TrialFixture(protocol: TrialFixture.protocolText + Self.part)
    let run = try await trial.run("check")
    #expect(
      run.out.contains(
        "  packed by: the participant alone, 8 kits of zorblax, 8 kits of quivven\n"))
    // Clopper and Pearson for 0 of 4: 1 - 0.025^(1/4).
    #expect(
      run.out.contains(
        "  audit: with no error among 4 spares, at most 60.2 % of the kits are wrong (95 %)\n"))
    // P(12 of 12 right at 1/3) = 3^-12, P(at most 11 of 12 at 2/3) = 1 - (2/3)^12.
    #expect(
      run.out.contains(
        "  matching test: zorblax against quivven; who cannot tell fails with less than 0.1 %, who notices the difference in half of the "
          + "rounds passes with 99.2 %\n"))
  }

  @Test func beforePackingNoDoseIsRecorded() async throws {
    let (trial, labels, _) = try await Self.sealed()
    for kit in [[], ["--kit", labels[0]]] {
      expectRefusal(
        try await trial.checkIn(day: 3, kit), "kits: not packed yet, so no kit has a slot",
        hint: "pack the kits first: selfblind pack")
    }
    let status = try await trial.run("status").out
    #expect(status.contains("kits: not packed yet; selfblind pack"))
    // The codes of the manifest's schedule stand on no container.
    #expect(status.contains("slot 1  2031-03-03  "))
    #expect(!status.contains(#/slot 1  2031-03-03  [2-9A-Z]{7}/#))
    expectRefusal(
      try await trial.run(
        "replace",
        ["--slot", "1", "--kit", "lost", "--reason", "x", "--passphrase-file", "passphrase"],
        at: Self.eve), "kits: not packed yet, so no kit has a slot",
      hint: "pack the kits first: selfblind pack")
  }

  @Test func whoPackedAloneScansTheKit() async throws {
    let (trial, _) = try await Self.packed()
    expectRefusal(
      try await trial.checkIn(day: 3), "the kit was not scanned",
      hint:
        "give its code: --kit CODE, as it stands on the label; if none was taken, record missed-dose, "
        + "lost-kit or broken-kit first")
  }

  @Test func mistakesOfThePackerAreSaidAndNothingIsLost() async throws {
    let (trial, labels, cups) = try await Self.sealed()
    let stopped = try await Self.pack(
      trial,
      [
        labels[0], "7GQ2MX1", cups[0], labels[0], "", "help", "done", "lost", "undo", "undo",
        "undo",
        "quit",
      ], ["--unmatched"])
    #expect(stopped.status == 0)
    for sentence in [
      "registered    1 of 8", "  the code has a wrong character (a code has seven characters",
      "  the label \(cups[0]) is for a cup of the matching test (put a kit's label on it)",
      "this label was scanned before; nothing has changed    1 of 8",
      "  the step fill is not over yet (scan all kits of this step first)",
      "  there was no code; scan or type one, or stop",
      "  no kit is given up in the step fill (a kit that is lost while filling is filled anew",
      "instead of a code: undo takes the last scan back, done ends the step, stop leaves, help says this",
      "  undo takes the last scan back, done ends the step, stop leaves, help says this; lost, while sorting,",
      "  the last one changed nothing, so nothing of it is to be taken back; undo again takes scan 1 back",
      "scan 1 taken back    0 of 8", "  there is no scan of this step to take back",
      "stopped; `selfblind pack` goes on here",
    ] { #expect(stopped.out.contains(sentence), "\(sentence) not in \(stopped.out)") }
    #expect(
      !stopped.out.contains(labels[0]), "a label that is scanned while filling is never shown")
  }

  @Test func aLostKitHasASpareOfItsArm() async throws {
    let (trial, kits) = try await Self.packed()
    func replace(
      _ slot: Int, _ kind: String = "lost", hour: Int = 21
    ) async throws -> Tool.Run {
      try await trial.run(
        "replace",
        [
          "--slot", "\(slot)", "--kit", kind, "--reason", "fell", "--passphrase-file", "passphrase",
        ], at: "2031-03-03T\(hour):30:00Z")
    }
    let first = try await replace(1, "broken")
    #expect(first.out.hasPrefix("slot 1: take spare "), "\(first.err)")
    let number = try #require(first.out.firstMatch(of: #/take spare (\d+), and scan it/#)).1
    let code = try #require(Int(number).flatMap { kits[100 + $0] })
    #expect(
      try await replace(1).out == first.out
        + "it was given before; if it is gone too: selfblind deviate trial --kind lost-kit --slot 1 --reason "
        + "\"…\", then this again\n")
    #expect(try await trial.checkIn(day: 3, ["--kit", code], hour: 22).status == 0)
    #expect(try await replace(2, hour: 22).out.hasPrefix("slot 2: take spare "))
    expectRefusal(
      try await replace(3, hour: 22), "all 2 replacements are used",
      hint:
        "record the deviation missed-dose; the same is said whatever the kit held, and kits lost while "
        + "packing count")
  }

  @Test func anotherKitIsOneDialogue() async throws {
    let (trial, kits) = try await Self.packed()
    let other = try #require(kits[9])
    let spare = try #require(kits[101])
    expectRefusal(
      try await trial.checkIn(day: 3, ["--kit", other]),
      "slot 1: the kit \(other) is that of slot 9",
      hint:
        "put it back and take the right one; or, if it was taken: selfblind deviate trial --kind "
        + "wrong-kit --slot 1 --kit \(other) --reason \"…\"")
    expectRefusal(
      try await trial.checkIn(day: 3, ["--kit", spare]),
      "slot 1: the kit \(spare) is spare 1",
      hint:
        "put it back and take the right one; or, if it was taken: selfblind deviate trial --kind "
        + "wrong-kit --slot 1 --kit \(spare) --reason \"…\"; if slot 1's kit is lost or broken: selfblind "
        + "replace trial --slot 1")
    expectRefusal(
      try await trial.checkIn(day: 3, ["--kit", "234567P"]),
      "the kit 234567P is not of this trial", hint: "read the code on the label once more")
    let back = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z", input: "\(other)\n1\n")
    #expect(back.out.hasSuffix("put back; run it again with the kit of slot 1\n"), "\(back.out)")
    let taken = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z",
      input: "\(other)\n2\nin a hurry\n2\nhalf fell down\n6\n7\n50\n\n")
    for line in [
      "recorded wrong-kit of slot 1 (entry 4)", "recorded partial-dose of slot 1 (entry 5)",
      "recorded slot 1 of 12 (entry 6)",
    ] { #expect(taken.out.contains(line), "\(taken.out)\(taken.err)") }
  }
}
