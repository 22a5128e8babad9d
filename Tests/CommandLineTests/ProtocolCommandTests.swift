import Foundation
import Testing

/// `check`: every fault with file, line, column, what was found, what was expected.
struct ProtocolCommandTests {
  /// A change of the example protocol, and what it must give.
  struct Fault: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let message: String
    var hint: String?
    var testDescription: String { message }
  }

  static let faults = [
    Fault(
      from: "arms: [zorblax, quivven]", to: "arms: [zorblax, quivven]\narms: [a, b]",
      message: "trial/protocol.yaml:4:1: found the key \"arms\" again, after line 3, "
        + "expected each key once", hint: "remove one of the two"),
    Fault(
      from: "count: 6", to: "count: six",
      message: "trial/protocol.yaml:5:18: found \"six\", "
        + "expected count as a whole number from 1 to 4000",
      hint: "write plain digits, without 0 in front"),
    Fault(
      from: "2031-03-03", to: "2031-02-30",
      message: "trial/protocol.yaml:7:10: found \"2031-02-30\", "
        + "expected start as a day of the calendar, YYYY-MM-DD"),
    Fault(
      from: "pairs: {count: 6}", to: "blocks: {sizes: [5, 6], active: [2, 7]}",
      message: "trial/protocol.yaml:5:39: found 7 active in a block of 6, "
        + "expected at least one slot of each arm in each block"),
    Fault(
      from: "count: 6", to: "count: 3",
      message: "trial/protocol.yaml:5:3: found 8 possible sequences, so that the smallest p-value "
        + "is 0.25, expected at least 40 for the level 0.95",
      hint: "the smallest design of this kind that can is pairs: {count: 6}"),
    Fault(
      from: "    range: [0, 10]\n", to: "",
      message: "trial/protocol.yaml:12:5: found an item without range, "
        + "expected range: [lowest, highest]",
      hint: "without a range a slip of the keyboard enters the analysis"),
    Fault(
      from: "quivven]", to: "zorblax]",
      message: "trial/protocol.yaml:3:17: found the arm \"zorblax\" again, "
        + "expected arms with different names"),
    Fault(
      from: "selfblind: 1", to: "selfblind: 2",
      message: "trial/protocol.yaml:1:12: found the format selfblind: 2, expected selfblind: 1",
      hint: "the file was written for a newer selfblind; use that version"),
    Fault(
      from: "zone: UTC", to: "zone: Mars/Base",
      message: "trial/protocol.yaml:8:9: found \"Mars/Base\", "
        + "expected the name of a time zone, such as Europe/Berlin or UTC"),
  ]

  @Test(arguments: faults) func aFaultHasItsPlace(_ fault: Fault) async throws {
    let text = TrialFixture.protocolText.replacingOccurrences(of: fault.from, with: fault.to)
    let trial = try TrialFixture(protocol: text)
    let run = try await trial.run("check")
    expectRefusal(
      run, fault.message.replacingOccurrences(of: "trial/protocol", with: "protocol"),
      hint: fault.hint)
    let named = try await Tool.run(["check", "trial/protocol.yaml"], in: trial.place.url)
    expectRefusal(named, fault.message, hint: fault.hint)
  }

  @Test func allFaultsAreSaidAtOnce() async throws {
    let text = TrialFixture.protocolText.replacingOccurrences(of: "title:", with: "titel:")
    let run = try await TrialFixture(protocol: text).run("check")
    #expect(run.status == 2)
    #expect(run.err.contains("1:1: found the protocol without title"))
    #expect(run.err.contains("2:1: found the unknown key \"titel\""))
  }

  @Test func withoutItsSafetyPartNothingIsSealed() async throws {
    let whole = TrialFixture.protocolText
    let cut = try #require(whole.range(of: "safety:"))
    let trial = try TrialFixture(protocol: String(whole[..<cut.lowerBound]))
    let message =
      "protocol.yaml:1:1: found the protocol without safety, "
      + "expected safety: stoppingRules, emergencyContact, clinicianAsked, lawful"
    let hint = "a protocol without its safety part cannot be sealed"
    expectRefusal(try await trial.run("check"), message, hint: hint)
    expectRefusal(try await trial.seal(), message, hint: hint)
  }

  @Test func aFileThatIsNoProtocol() async throws {
    let place = try TemporaryFolder()
    try Data([0, 1, 2]).write(to: place / "binary")
    expectRefusal(
      try await Tool.run(["check", "binary"], in: place.url),
      "binary:1:1: found a NUL byte, expected text in UTF-8",
      hint: "save the file as plain text in UTF-8")
    expectRefusal(
      try await Tool.run(["check", "nowhere"], in: place.url),
      "nowhere/protocol.yaml: cannot read: no such file or folder")
  }

  @Test func aRightProtocolIsSummedUp() async throws {
    let run = try await TrialFixture().run("check")
    #expect(
      run.out == """
        the protocol "Twelve days" is right
          12 slots from 2031-03-03 to 2031-03-14, UTC, entries until 1 day after
          arms: zorblax, quivven
          scheme pairs: 64 possible assignments, equally likely
          who knows the scheme and all earlier arms guesses 75.0 % of the slots right
          warning: that is much, once a code is broken or a kit is recognized; larger blocks leave \
        less to guess, such as blocks: {sizes: [12], active: [6]}
          primary outcome mood: mean-difference, level 0.95

        """)
  }

  /// An answer counts for its own day: the night before it is the wrong one.
  @Test(
    arguments: [
      ("How many hours did you sleep?", "entryWindow: 1", nil),
      (
        "How many hours did you sleep last night?", "entryWindow: 1",
        "answer it the next morning as the slot of the day before, or ask about the day itself\n"
      ),
      (
        "How was yesterday?", "entryWindow: 0",
        "or ask about the day itself; that needs entryWindow: 1 or more\n"
      ),
      (
        "Last night?\n    import: {day: d, value: v}", "entryWindow: 1",
        "if the file dates a night by its morning, add daysBack: 1 to its import\n"
      ),
      ("Last night?\n    import: {day: d, value: v, daysBack: 1}", "entryWindow: 1", nil),
    ] as [(String, String, String?)])
  func aQuestionAboutTheNightBeforeIsWarnedOf(
    _ prompt: String, _ window: String, _ remedy: String?
  ) async throws {
    let text = TrialFixture.protocolText
      .replacingOccurrences(of: "How many hours did you sleep?", with: prompt)
      .replacingOccurrences(of: "entryWindow: 1", with: window)
    let run = try await TrialFixture(protocol: text).run("check")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("warning: sleep asks about a time before its day") == (remedy != nil))
    if let remedy { #expect(run.out.contains(remedy), "\(run.out)") }
  }

  @Test func threeArmsAreSummedUp() async throws {
    let text = TrialFixture.protocolText
      .replacingOccurrences(of: "quivven]", with: "quivven, {name: nothing, pill: none}]")
      .replacingOccurrences(of: "pairs: {count: 6}", with: "periods: {sets: 6, length: 1}")
    let run = try await TrialFixture(protocol: text).run("check")
    #expect(
      run.out == """
        the protocol "Twelve days" is right
          18 slots from 2031-03-03 to 2031-03-20, UTC, entries until 1 day after
          arms: zorblax, quivven, nothing (no pill)
          scheme periods: 46656 possible assignments, equally likely
          an arm is compared with zorblax over at least 64 of them: those with the other arms where \
        they are
          who knows the scheme and all earlier arms guesses 61.1 % of the slots right
          primary outcome mood: mean-difference, level 0.95

        """)
    let tight = text.replacingOccurrences(
      of: "periods: {sets: 6, length: 1}", with: "alternation: {counts: [8, 8, 5], longestRun: 1}")
    let compared = try await TrialFixture(protocol: tight).run("check")
    #expect(compared.out.contains("quivven is compared with zorblax over "), "\(compared.out)")
    // Four of six slots of a block hold the same arm.
    let easy = text.replacingOccurrences(
      of: "periods: {sets: 6, length: 1}", with: "blocks: {each: [1, 4, 1], repeat: 6}")
    let warned = try await TrialFixture(protocol: easy).run("check")
    #expect(
      warned.out.contains("less to guess, such as blocks: {each: [6, 6, 6], repeat: 2}"),
      "\(warned.out)\(warned.err)")
  }

  @Test(arguments: [
    ("blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", true),
    ("blocks: {sizes: [6, 6], active: [3, 3]}", false), ("complete: {slots: 12, active: 6}", false),
    ("periods: {pairs: 6, length: 3, drop: 1}", false),
  ])
  func blocksThatAreEasilyGuessed(_ scheme: String, _ warns: Bool) async throws {
    let text = TrialFixture.protocolText.replacingOccurrences(of: "pairs: {count: 6}", with: scheme)
    let run = try await TrialFixture(protocol: text).run("check")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("warning: ") == warns, "\(run.out)")
  }
}
