import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialSeal
import TrialTestSupport

/// `monitor`: the key's holder looks, and one word comes out.
struct MonitorTests {
  static let text = String(
    decoding: ExampleProtocols.text(scheme: "pairs: {count: 8}"), as: UTF8.self
  ).replacing("  relevance: 1", with: "  relevance: 1\n  monitoring: {sd: 1, from: 2}")

  /// A sealed trial with a rule, its allocation drawn from a number.
  private struct Watched {
    let sample: SampleTrial
    let key: OpenedKey
    let place = try? TemporaryFolder()

    init(_ text: String = MonitorTests.text, simulation: Int = 1) throws {
      sample = try SampleTrial(Array(text.utf8), simulation: simulation)
      key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    }

    /// The arm of a slot, asked as the monitor asks.
    func arm(_ slot: Int) throws -> Int {
      try sample.trial.answer(with: key) { $0.arms[slot - 1] == 1 } ? 1 : 0
    }

    /// Records slots, each as its arm says.
    func rate(_ slots: ClosedRange<Int>, _ mood: (_ arm: Int) -> Int) throws {
      let journal = try sample.openJournal()
      for slot in slots {
        let occasion = sample.trial.manifest.schedule.occasions[slot - 1]
        let checkIn = CheckIn(
          slot: slot, kit: occasion.kit,
          answers: [
            "mood": .number(DecimalNumber(units: mood(try arm(slot)))),
            "sleep": .number(DecimalNumber(units: 7)), "nap": .choice("none"),
            "notes": .skipped(reason: nil),
          ], guess: TreatmentGuess(percent: nil))
        let clock = try TrialFolder.time(
          on: occasion.day, hour: 20, zone: sample.trial.manifest.zone)
        _ = try journal.append(checkIn, clock: clock)
      }
      try journal.close()
    }

    /// One look on the evening of a slot's day.
    func look(afterSlot slot: Int, _ rest: [String] = []) async throws -> Tool.Run {
      let day = sample.trial.manifest.schedule.occasions[slot - 1].day
      let file = try #require(place) / "passphrase"
      try Data(SampleTrial.passphrase).write(to: file)
      return try await Tool.run(
        [
          "monitor", sample.folder.path, "--passphrase-file", file.path, "--clock",
          "\(day)T21:00:00+01:00",
        ] + rest)
    }

    /// Locks and opens the trial, and gives its report as text.
    func report(on day: CalendarDay, hour: Int) throws -> String {
      let folder = sample.folder
      let clock = try TrialFolder.time(on: day, hour: hour, zone: sample.trial.manifest.zone)
      _ = try folder.lock(reason: "the trial is over", clock: clock)
      _ = try folder.unblind(with: key, prediction: "", clock: clock)
      _ = try folder.writeReport()
      return try String(contentsOfFile: folder.path + "/report.md", encoding: .utf8)
    }

    /// The stored bytes of the looks.
    func looks() throws -> [JournalEntry] {
      try sample.openJournal().entries().filter {
        if case .look = $0.event { true } else { false }
      }
    }
  }

  /// Two allocations, the same evidence: what is printed and what is stored is the same to the byte.
  @Test func whatComesOutDoesNotDependOnTheAllocation() async throws {
    let trials = [try Watched(simulation: 1), try Watched(simulation: 2)]
    let arms = try trials.map { trial in try (1...16).map(trial.arm) }
    try #require(arms[0] != arms[1])
    var outputs: [[String]] = [[], []]
    for (place, trial) in trials.enumerated() {
      for block in 1...8 {
        try trial.rate((2 * block - 1)...(2 * block)) { 3 + 4 * $0 }
        guard block >= 2 else { continue }
        let run = try await trial.look(afterSlot: 2 * block)
        #expect(run.status == 0, "\(run.err)")
        #expect(run.err == "")
        outputs[place].append(run.out)
        if run.out == "may stop\n" { break }
      }
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0].first == "continue\n")
    #expect(outputs[0].last == "may stop\n")
    #expect(Set(outputs[0]) == ["continue\n", "may stop\n"])
    let stored = try trials.map { trial in
      try trial.looks().map { try CommittedJSON.encode($0) }
    }
    #expect(stored[0] == stored[1])
    let first = String(decoding: try #require(stored[0].first), as: UTF8.self)
    #expect(first.contains(#""body":{"slots":4,"verdict":"continue"}"#))
    for word in ExampleProtocols.canaryArms { #expect(!first.contains(word)) }
  }

  /// The evidence after so many pairs with the difference 4.
  private static func evidence(_ blocks: Int) -> Double {
    var sum = 0.0
    for step in 1...10 {
      for sign in [1.0, -1.0] {
        let tilt = sign * Double(step) / 5
        let factor: Double = 2 / (1 + exp(-8 * tilt))
        sum += pow(factor, Double(blocks))
      }
    }
    return sum / 20
  }

  /// By hand: in a pair with the difference 4 e(λ) = 2 / (1 + exp(−8 λ)); over the ten tilts k / 5 and
  /// their negatives the mean of the sixth power passes 20, that of the fifth does not.
  @Test func theRuleByHand() async throws {
    #expect(MonitorTests.evidence(5) < 20 && MonitorTests.evidence(6) >= 20)
    let trial = try Watched(simulation: 3)
    try trial.rate(1...10) { 3 + 4 * $0 }
    #expect(try await trial.look(afterSlot: 10).out == "continue\n")
    try trial.rate(11...12) { 3 + 4 * $0 }
    #expect(try await trial.look(afterSlot: 12).out == "may stop\n")
    expectRefusal(
      try await trial.look(afterSlot: 12),
      "the look at 12 slots said already that the trial may stop",
      hint: "lock the record with `selfblind lock`, or go on to the end")
  }

  @Test func theReportSaysThatTheMonitorStoppedIt() async throws {
    let trial = try Watched(simulation: 4)
    try trial.rate(1...12) { 3 + 4 * $0 }
    #expect(try await trial.look(afterSlot: 12).out == "may stop\n")
    let report = try trial.report(on: trial.sample.design.days[12], hour: 8)
    let folder = trial.sample.folder
    #expect(report.contains("The trial was stopped by the monitor: after 12 of 16 slots"))
    #expect(report.contains("valid at any time"))
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder.path + "/report.json")))
        as? [String: Any])
    let monitoring = try #require(json["monitoring"] as? [String: Any])
    #expect(monitoring["stoppedAfter"] as? Int == 12)
    let p = try #require(monitoring["anytimeP"] as? Double)
    let expected = 1 / MonitorTests.evidence(6)
    #expect(abs(p - expected) < 1e-9)
    #expect(try await Tool.run(["verify", folder.path]).status == 0)
  }

  /// The trial goes on after "may stop", and the last blocks say the opposite: the report still claims.
  @Test func whatWasEnoughStaysEnough() async throws {
    let trial = try Watched(simulation: 8)
    try trial.rate(1...12) { 3 + 4 * $0 }
    #expect(try await trial.look(afterSlot: 12).out == "may stop\n")
    try trial.rate(13...16) { 9 - 9 * $0 }
    let report = try trial.report(on: #require(trial.sample.design.days.last), hour: 22)
    #expect(report.contains("passed on that the trial may stop"))
    #expect(report.contains("and it went on"))
    #expect(!report.contains("We cannot tell"))
    #expect(try await Tool.run(["verify", trial.sample.folder.path]).status == 0)
  }

  /// A clock that ran ahead made all blocks look as if they had ended; once it is right again, looks go on.
  @Test func aLookUnderAWrongClockBindsNoLonger() async throws {
    let trial = try Watched(simulation: 7)
    try trial.rate(1...4) { _ in 5 }
    let last = try #require(trial.sample.design.days.last).advanced(by: 5)
    let file = try #require(trial.place) / "passphrase"
    try Data(SampleTrial.passphrase).write(to: file)
    let ahead = try await Tool.run([
      "monitor", trial.sample.folder.path, "--passphrase-file", file.path, "--clock",
      "\(last)T21:00:00+01:00",
    ])
    #expect(ahead.out == "continue\n", "\(ahead.err)")
    let today = trial.sample.design.days[4]
    let corrected = try await Tool.run([
      "deviate", trial.sample.folder.path, "--kind", "clock-corrected", "--reason", "a wrong year",
      "--clock", "\(today)T08:00:00+01:00",
    ])
    #expect(corrected.status == 0, "\(corrected.err)")
    try trial.rate(5...6) { _ in 5 }
    #expect(try await trial.look(afterSlot: 6).out == "continue\n")
    #expect(
      try trial.looks().map(\.event) == [
        .look(slots: 16, mayStop: false), .look(slots: 6, mayStop: false),
      ])
  }

  @Test func looksThatCannotBe() async throws {
    let trial = try Watched(simulation: 5)
    try trial.rate(1...3) { _ in 5 }
    expectRefusal(
      try await trial.look(afterSlot: 3),
      "1 block has ended, and the first look is after 2",
      hint: "look again when another block has ended")
    try trial.rate(4...5) { _ in 5 }
    #expect(try await trial.look(afterSlot: 5).out == "continue\n")
    expectRefusal(
      try await trial.look(afterSlot: 5), "no block has ended since the look at 4 slots",
      hint: "look again when another block has ended")
    let none = try Watched(
      MonitorTests.text.replacing("  monitoring: {sd: 1, from: 2}\n", with: ""))
    expectRefusal(
      try await none.look(afterSlot: 1), "the sealed plan has no rule for stopping early",
      hint: "write monitoring into the analysis of the next protocol, before it is sealed")
  }

  /// A wrong key learns nothing, and nothing is written.
  @Test func aWrongKeyWritesNothing() async throws {
    let trial = try Watched(simulation: 6)
    try trial.rate(1...4) { _ in 5 }
    let wrong = try #require(trial.place) / "wrong"
    try Data("another passphrase".utf8).write(to: wrong)
    let day = trial.sample.trial.manifest.schedule.occasions[3].day
    let run = try await Tool.run([
      "monitor", trial.sample.folder.path, "--passphrase-file", wrong.path, "--clock",
      "\(day)T21:00:00+01:00",
    ])
    #expect(run.status == 2)
    #expect(run.out == "")
    #expect(try trial.looks().isEmpty)
  }
}
