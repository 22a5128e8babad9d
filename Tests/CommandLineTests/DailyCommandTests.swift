import Foundation
import Testing

/// The commands of the daily round beside `checkin`: calendar, remind, import, export, instruments.
@Suite struct DailyCommandTests {
  private static let text =
    TrialFixture.protocolText.replacingOccurrences(
      of: "guess:",
      with: """
          - name: ring
            prompt: The ring's score of the night
            type: number
            range: [0, 100]
            import: {day: Date, value: Score}
        guess:
        """)

  private func sealed() async throws -> TrialFixture {
    let fixture = try TrialFixture(protocol: Self.text)
    let made = try await fixture.seal()
    #expect(made.status == 0, "\(made.err)")
    return fixture
  }

  @Test func aCalendarHasAnEventForEachSlot() async throws {
    let fixture = try await sealed()
    let run = try await Tool.run(["calendar", fixture.trial.path, "--at", "7:30"])
    #expect(run.status == 0)
    #expect(run.out.components(separatedBy: "BEGIN:VEVENT").count == 13)
    #expect(run.out.contains("DTSTART:20310303T073000\r\n"))
    for arm in TrialFixture.arms { #expect(!run.out.contains(arm)) }
    let wrong = try await Tool.run(["calendar", fixture.trial.path, "--at", "25:00"])
    #expect(wrong.status == 64)
    #expect(wrong.err.contains("--at is a time of day such as 21:00"))
  }

  @Test func aReminderRunsTheCommandOnlyWhereSomethingIsDue() async throws {
    let fixture = try await sealed()
    func remind(_ clock: String, _ more: [String] = []) async throws -> Tool.Run {
      try await Tool.run(["remind", fixture.trial.path, "--clock", clock] + more)
    }
    #expect(try await remind("2031-03-02T21:00:00Z").out.isEmpty)
    #expect(try await remind("2031-03-03T21:00:00Z").out.hasPrefix("slot 1 of 12 is due, kit "))
    let told = try await remind(
      "2031-03-03T21:00:00Z", ["--run", "printf '%s' \"$SELFBLIND_SLOT $SELFBLIND_DAY\""])
    #expect(told.out == "1 2031-03-03")
    let failed = try await remind("2031-03-03T21:00:00Z", ["--run", "exit 3"])
    #expect(failed.status == 1)
    #expect(failed.err.contains("the command of --run ended with status 3"))
    _ = try await Tool.run([
      "checkin", fixture.trial.path, "mood=6", "sleep=7", "guess=dk", "--clock",
      "2031-03-03T21:00:00Z",
    ])
    #expect(try await remind("2031-03-03T21:05:00Z").out.isEmpty)
  }

  @Test func aMeasurementIsImportedOnceAndExported() async throws {
    let fixture = try await sealed()
    let day = "2031-03-03T21:00:00Z"
    let made = try await Tool.run([
      "checkin", fixture.trial.path, "mood=6", "sleep=7", "guess=60", "--clock", day,
    ])
    #expect(made.status == 0, "\(made.err)")
    let file = fixture.place / "ring.csv"
    try Data("Date,Score\n2031-03-03,81\n2031-03-04,70\n".utf8).write(to: file)
    let first = try await Tool.run(["import", fixture.trial.path, file.path, "--clock", day])
    #expect(
      first.out == """
        ring.csv:2: 2031-03-03 ring: recorded 81 (entry 2)
        ring.csv:3: 2031-03-04 ring: slot 2 has no check-in yet: check in first, then import again
        1 of 2 values recorded

        """)
    let again = try await Tool.run(["import", fixture.trial.path, file.path, "--clock", day])
    #expect(again.out.contains("ring: recorded already"))
    let late = try await Tool.run([
      "import", fixture.trial.path, file.path, "--clock", "2031-03-20T21:00:00Z",
    ])
    #expect(late.out.contains("ring: slot 2 has no check-in, and it is too late for one"))
    let out = fixture.place / "out"
    let export = try await Tool.run([
      "export", fixture.trial.path, "--output", out.path, "--clock", day,
    ])
    #expect(export.status == 0, "\(export.err)")
    let record = try String(
      contentsOf: out.appending(path: "record.csv"), encoding: .utf8
    ).split(separator: "\n")
    #expect(record.count == 13)
    #expect(record[0].hasSuffix("item_ring,skipped_ring"))
    #expect(record[1].hasPrefix("1,2031-03-03,") && record[1].hasSuffix(",6,,7,,81,"))
    #expect(record[12].contains("upcoming"))
    let names = ["record.csv", "events.csv", "dictionary.csv", "record.json"]
    for name in names {
      let text = try String(contentsOf: out.appending(path: name), encoding: .utf8)
      for arm in TrialFixture.arms { #expect(!text.contains(arm)) }
    }
    let twice = try await Tool.run([
      "export", fixture.trial.path, "--output", out.path, "--clock", day,
    ])
    #expect(twice.status == 2)
    #expect(twice.err.contains("cannot make the folder: it exists already"))
  }

  @Test func instrumentsAreListedAndPrinted() async throws {
    let list = try await Tool.run(["instruments"])
    #expect(list.out.contains("phq-4: anxiety and low mood in four questions (PHQ-4)\n"))
    let one = try await Tool.run(["instruments", "phq-4"])
    #expect(one.out.contains("  # Use: free since 2010"))
    let none = try await Tool.run(["instruments", "beck"])
    #expect(none.status == 2)
    #expect(none.err.contains("there is no instrument \"beck\""))
  }

  @Test func pagesAreServedOnAPortInRange() async throws {
    let wrong = try await Tool.run(["serve", "nowhere", "--port", "70000"])
    #expect(wrong.status == 64)
    #expect(wrong.err.contains("--port is 0 to 65535"))
    let missing = try await Tool.run(["serve", "nowhere"])
    #expect(missing.status == 2)
  }
}
