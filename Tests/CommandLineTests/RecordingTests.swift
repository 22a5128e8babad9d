import Foundation
import Testing

/// `checkin` and `deviate`: what is taken, and every refusal.
struct RecordingTests {
  @Test func aCheckInIsRecordedAndListed() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.checkIn(day: 3)
    #expect(run.out == "recorded slot 1 of 12 (entry 1)\n")
    #expect(run.err == "")
    let late = try await trial.checkIn(day: 5, ["--slot", "2"], hour: 7)
    #expect(late.out == "recorded slot 2 of 12, late by 1 day (entry 2)\n")
  }

  @Test func withoutAnswersItAsks() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z", input: "eleven\n11\n6.5\n\n70\nfelt light\n")
    #expect(run.status == 0)
    #expect(run.out.contains("Twelve days, slot 1, 2031-03-03, kit "))
    #expect(
      run.out.contains(
        "answer to \"mood\": found \"eleven\", expected a number with at most 1 decimal from 0 to 10"
      ))
    #expect(run.out.contains("What makes you think so?"))
    #expect(run.out.hasSuffix("recorded slot 1 of 12 (entry 1)\n"))
  }

  @Test func anInputThatEndsRecordsNothing() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run("checkin", at: "2031-03-03T21:00:00Z", input: "6\n")
    #expect(run.status == 2)
    #expect(
      run.err.hasPrefix("selfblind: error: the input ended before the question \"How many hours"))
    #expect(try await trial.run("status").out.contains("0 recorded"))
  }

  @Test func nothingIsAskedThatCannotBeRecorded() async throws {
    let trial = try await TrialFixture.sealed()
    try await trial.record(slot: 1)
    for (rest, day, sentence) in [
      ([], "03", "slot 1: recorded already"),
      (["--slot", "5"], "03", "slot 5: due on 2031-03-07, and today is 2031-03-03"),
      (
        ["--slot", "2"], "07", "slot 2: could be recorded until 2031-03-05, and today is 2031-03-07"
      ),
    ] {
      let run = try await trial.run("checkin", rest, at: "2031-03-\(day)T22:00:00Z")
      #expect(run.err.hasPrefix("selfblind: error: \(sentence)\n"), "\(run.err)")
      #expect(run.out == "")
    }
  }

  @Test func aDayThatIsNotDue() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.checkIn(day: 2, hour: 22), "no slot is due on 2031-03-02",
      hint: "the next is slot 1 on 2031-03-03")
    expectRefusal(
      try await trial.checkIn(day: 3, ["--slot", "4"]),
      "slot 4: due on 2031-03-06, and today is 2031-03-03",
      hint: "come back on that day, or record a deviation")
  }

  @Test func aDayThatIsOver() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.checkIn(day: 5, ["--slot", "1"]),
      "slot 1: could be recorded until 2031-03-04, and today is 2031-03-05",
      hint: "record what happened as a deviation")
  }

  @Test func aSlotTwice() async throws {
    let trial = try await TrialFixture.sealed()
    try await trial.record(slot: 1)
    expectRefusal(
      try await trial.checkIn(day: 3, hour: 22), "slot 1: recorded already",
      hint: "correct an answer instead, with a reason")
  }

  @Test func aSlotBeyondTheEnd() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.checkIn(day: 3, ["--slot", "13"]),
      "there is no slot 13, the schedule has slots 1 to 12")
    expectRefusal(
      try await trial.run(
        "deviate", ["--kind", "late-dose", "--slot", "13", "--reason", "late"],
        at: "2031-03-03T21:00:00Z"),
      "slot 13: not in the schedule, expected a slot from 1 to 12")
    expectRefusal(
      try await trial.run(
        "break-code",
        ["--slot", "13", "--reason", "ill", "--passphrase-file", "passphrase"],
        at: "2031-03-03T21:00:00Z"),
      "slot 13: not in the schedule, expected a slot from 1 to 12")
  }

  @Test func afterTheLock() async throws {
    let trial = try await TrialFixture.locked()
    expectRefusal(
      try await trial.checkIn(day: 5), "journal: locked, nothing can be added",
      hint: "a locked record stays as it is")
    expectRefusal(
      try await trial.run(
        "deviate", ["--kind", "other", "--reason", "late"], at: "2031-03-05T21:00:00Z"),
      "journal: locked, nothing can be added", hint: "a locked record stays as it is")
  }

  @Test func aClockSetBack() async throws {
    let trial = try await TrialFixture.sealed()
    try await trial.record(slot: 1)
    expectRefusal(
      try await trial.run(
        "deviate", ["--kind", "other", "--reason", "x"], at: "2031-03-03T19:59:00Z"),
      "clock: found 2031-03-03T19:59:00Z, expected a time not before the latest entry, "
        + "2031-03-03T21:00:00Z",
      hint: "set the clock right; if it is right and was ahead before, record the deviation "
        + "clock-corrected with `selfblind deviate`")
  }

  @Test func wrongClocksAndZones() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.run("status", at: "yesterday"),
      "--clock: found \"yesterday\", expected YYYY-MM-DDTHH:MM:SSZ, or +HH:MM for Z")
    expectRefusal(
      try await trial.run("status", ["--zone", "Atlantis/Centre"]),
      "the time zone \"Atlantis/Centre\" is not known to the system",
      hint: "zones are named like Europe/Berlin; on Debian they come with the package tzdata")
  }

  @Test func answersThatDoNotFit() async throws {
    let trial = try await TrialFixture.sealed()
    func checkIn(_ answers: [String]) async throws -> Tool.Run {
      try await trial.run("checkin", answers, at: "2031-03-03T21:00:00Z")
    }
    expectRefusal(
      try await checkIn(["mood=11", "sleep=7", "guess=60"]),
      "answer to \"mood\": found \"11\", expected a number with at most 1 decimal from 0 to 10")
    expectRefusal(
      try await checkIn(["mood=6", "guess=60"]), "not answered: sleep",
      hint: "answer it like sleep=…, or leave it out with --skip sleep")
    expectRefusal(
      try await checkIn(["mood=6", "sleep=7"]), "not answered: guess",
      hint: "guess=60 for 60 percent, guess=dk for \"don't know\"")
    expectRefusal(
      try await checkIn(["mood=6", "sleep=7", "guess=maybe"]),
      "guess: found \"maybe\", expected 0 to 100, or dk for don't know")
    expectRefusal(
      try await checkIn(["joy=6"]), "the form has no item \"joy\"", hint: "its items: mood, sleep")
    expectRefusal(
      try await checkIn(["mood"]), "the answer \"mood\" has no \"=\"", hint: "write it like mood=6")
    expectRefusal(
      try await checkIn(["mood=6", "mood=7"]), "the item \"mood\" is answered twice")
    #expect(try await checkIn(["mood=6", "guess=dk", "--skip", "sleep"]).status == 0)
  }

  @Test func kitsThatAreNotTheOne() async throws {
    let trial = try await TrialFixture.sealed()
    expectRefusal(
      try await trial.checkIn(day: 3, ["--kit", "AAAAAA0"]),
      "the kit code \"AAAAAA0\" has a wrong character",
      hint: "a code has seven characters, the last one checks the others")
    expectRefusal(
      try await trial.checkIn(day: 3, ["--kit", "2222222"]), "the kit 2222222 is not of this trial",
      hint: "read the code on the label once more")
  }

  @Test func theKitThatADepartureNamesIsRecorded() async throws {
    let trial = try await TrialFixture.sealed()
    let status = try await trial.run("status", at: "2031-03-03T20:00:00Z").out
    func kit(_ slot: Int, in text: String) -> String {
      text.split(separator: "\n").first { $0.hasPrefix("slot \(slot)  ") }
        .map { String($0.split(separator: " ")[3]) } ?? ""
    }
    let taken = kit(5, in: status)
    let told = try await trial.run(
      "deviate", ["--kind", "wrong-kit", "--slot", "1", "--kit", taken, "--reason", "dark"],
      at: "2031-03-03T20:30:00Z")
    #expect(told.status == 0, "\(told.err)")
    #expect(kit(1, in: try await trial.run("status", at: "2031-03-03T20:40:00Z").out) == taken)
    let asked = try await trial.run("checkin", at: "2031-03-03T21:00:00Z", input: "6\n7,5\ndk\n")
    #expect(
      asked.out.contains(
        "the record says that the kit of slot 5 was taken: take nothing more, only rate the day\n"))
    #expect(asked.status == 0, "\(asked.err)")
    #expect(kit(1, in: try await trial.run("status", at: "2031-03-03T22:00:00Z").out) == taken)
  }

  @Test func nothingIsAskedDuringAPause() async throws {
    let trial = try await TrialFixture.sealed()
    _ = try await trial.run(
      "deviate", ["--kind", "paused", "--reason", "ill"], at: "2031-03-03T20:00:00Z")
    let run = try await trial.run("checkin", at: "2031-03-04T21:00:00Z", input: "6\n7\ndk\n")
    expectRefusal(
      run, "slot 2: the trial has been paused since 2031-03-03",
      hint: "end the pause first: the deviation resumed")
  }

  @Test func aSkipAtItsQuestionMayHaveAReason() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run(
      "checkin", at: "2031-03-03T21:00:00Z", input: "skip: asleep all day\n7\ndk\n")
    #expect(run.status == 0, "\(run.err)")
    let same = try await trial.run(
      "checkin", ["--correct", "sleep=7,0", "--reason", "x"], at: "2031-03-03T21:10:00Z")
    expectRefusal(same, "slot 1: the answer to \"sleep\" is that already")
  }

  @Test func correctionsNeedAReasonAndSomethingToCorrect() async throws {
    let trial = try await TrialFixture.sealed()
    let correction = ["--correct", "--slot", "1", "mood=9"]
    let nothing = try await trial.run(
      "checkin", correction + ["--reason", "typo"], at: "2031-03-03T20:00:00Z")
    expectRefusal(nothing, "slot 1: has no check-in to correct")
    try await trial.record(slot: 1)
    let unexplained = try await trial.run("checkin", correction, at: "2031-03-03T22:00:00Z")
    expectRefusal(
      unexplained, "a correction needs a reason: --reason \"…\"", hint: "see 'selfblind --help'",
      status: 64)
    expectRefusal(
      try await trial.run("deviate", ["--kind", "other"]),
      "a deviation needs a reason: --reason \"…\"", hint: "see 'selfblind deviate --help'",
      status: 64)
    let made = try await trial.run(
      "checkin", correction + ["--reason", "typo"], at: "2031-03-03T22:00:00Z")
    #expect(made.out == "corrected mood of slot 1 (entry 2)\n")
  }

  @Test func aSeriousEventSaysWhatToDo() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run(
      "deviate", ["--adverse-event", "fainted", "--severity", "severe", "--serious"],
      at: "2031-03-03T21:00:00Z")
    #expect(
      run.out == """
        In an emergency: Dr. Weiss, 030 1234
        Rules for stopping:
          - a racing heart
        To learn what one kit held, reason first, the others stay sealed:
          selfblind break-code trial --slot N --reason "…"

        recorded the adverse event "fainted" (entry 1)

        """)
    let mild = try await trial.run(
      "deviate", ["--adverse-event", "headache", "--severity", "mild"], at: "2031-03-03T21:01:00Z")
    #expect(mild.out == "recorded the adverse event \"headache\" (entry 2)\n")
  }

  @Test func deviationsAreAskedFor() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run(
      "deviate", at: "2031-03-03T21:00:00Z", input: "no\nlate-dose\n1\noverslept\n")
    #expect(run.status == 0)
    #expect(run.out.hasSuffix("recorded late-dose of slot 1 (entry 1)\n"))
    let event = try await trial.run(
      "deviate", at: "2031-03-03T21:01:00Z", input: "yes\nno\nheadache\n\nmild\nslept\ngone\n")
    #expect(event.out.hasSuffix("recorded the adverse event \"headache\" (entry 2)\n"))
  }

  /// Whom to call comes before anything that may be refused.
  @Test func inAnEmergencyTheContactComesFirst() async throws {
    let trial = try await TrialFixture.locked()
    let contact = "In an emergency: Dr. Weiss, 030 1234\n"
    for rest in [
      ["--adverse-event", "fainted", "--severity", "severe", "--serious"],
      ["--adverse-event", "fainted", "--serious"],
    ] {
      let run = try await trial.run("deviate", rest, at: "2031-03-06T21:00:00Z")
      #expect(run.status != 0)
      #expect(run.out.hasPrefix(contact))
    }
    let asked = try await trial.run("deviate", at: "2031-03-06T21:00:00Z", input: "yes\nyes\n")
    #expect(asked.out.contains(contact))
    #expect(asked.err.hasPrefix("selfblind: error: journal: locked"))
  }

  @Test func everyAnswerIsCheckedAtItsQuestion() async throws {
    let trial = try await TrialFixture.sealed()
    let run = try await trial.run(
      "deviate", at: "2031-03-03T21:00:00Z", input: "no\nlate-dose\n99\n1\n\noverslept\n")
    #expect(run.out.contains("  slot 99: not in the schedule, expected a slot from 1 to 12\n"))
    #expect(run.out.hasSuffix("recorded late-dose of slot 1 (entry 1)\n"), "\(run.err)")
    let event = try await trial.run(
      "deviate", at: "2031-03-03T21:01:00Z",
      input: "yes\nno\nheadache\n2031-04-01\n2031-03-02\nmild\n\n\n")
    #expect(event.out.contains("2031-04-01"))
    #expect(
      event.out.hasSuffix("recorded the adverse event \"headache\" (entry 2)\n"), "\(event.err)")
    let kit = try await trial.run(
      "deviate", at: "2031-03-03T21:02:00Z", input: "no\nwrong-kit\n\n1\nAAAAAA0\n")
    #expect(kit.out.contains("  slot: found \"\", expected a number\n"))
    #expect(kit.err.hasPrefix("selfblind: error: the kit code \"AAAAAA0\" has a wrong character\n"))
  }

  @Test func twoProcessesAtOnceLoseNothing() async throws {
    let trial = try await TrialFixture.sealed()
    let runs = try await withThrowingTaskGroup(of: Tool.Run.self) { group in
      for number in 1...8 {
        group.addTask {
          try await trial.run(
            "deviate", ["--kind", "other", "--reason", "note \(number)"],
            at: "2031-03-03T21:00:00Z")
        }
      }
      return try await group.reduce(into: [Tool.Run]()) { $0.append($1) }
    }
    #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.err))")
    let entries = Set(runs.map(\.out))
    #expect(entries.count == 8)
    #expect(try await trial.run("verify").out.contains("9 entries under a signed checkpoint"))
  }
}
