import Foundation
import Testing
import TrialTestSupport

/// `plan`: what a trial would find, before anything is sealed.
struct PlanCommandTests {
  private static let quick = ["--sd", "1.5", "--simulations", "20"]

  private func plan(
    _ rest: [String], protocol bytes: [UInt8] = ExampleProtocols.pairs,
    files: [String: String] = [:]
  ) async throws -> (run: Tool.Run, place: TemporaryFolder) {
    let place = try TemporaryFolder()
    try Data(bytes).write(to: place / "protocol.yaml")
    for (name, text) in files { try Data(text.utf8).write(to: place / name) }
    return (try await Tool.run(["plan", "protocol.yaml"] + rest, in: place.url), place)
  }

  @Test func everyFigureStandsWithItsError() async throws {
    let run = try await plan(PlanCommandTests.quick).run
    #expect(run.status == 0, "\(run.err)")
    #expect(run.err == "", "a progress bar where there is no terminal")
    for name in [
      "power", "size", "cannot tell", "interval width", "bias", "coverage", "type S", "type M",
    ] {
      let line = run.out.split(separator: "\n").first { $0.hasPrefix("  \(name) ") }
      #expect(line?.contains("±") == true, "\(name)")
    }
    #expect(run.out.contains("an effect of 1\n"))
    #expect(run.out.contains("autocorrelation of 0.3"))
  }

  @Test func oneObjectTheSameForTheSameSeed() async throws {
    let first = try await plan(PlanCommandTests.quick + ["--json", "--seed", "5"]).run
    let second = try await plan(PlanCommandTests.quick + ["--json", "--seed", "5"]).run
    #expect(first.out == second.out)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(first.out.utf8)) as? [String: Any])
    #expect(object["slots"] as? Int == 28)
    let diagnosis = try #require(object["diagnosis"] as? [String: Any])
    #expect(diagnosis["interrupted"] as? Bool == false)
    #expect(diagnosis["simulations"] as? Int == 20)
    let power = try #require(diagnosis["power"] as? [String: Any])
    #expect(Set(power.keys) == ["value", "error", "count"])
  }

  @Test func designsAreComparedAndDrawn() async throws {
    let (run, place) = try await plan([
      "--sd", "1", "--effect", "2", "--simulations", "20", "--compare", "--longest", "28",
      "--picture", "plan.svg",
    ])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("a pairs"))
    #expect(run.out.contains("Recommended: "))
    #expect(run.out.contains("Why: "))
    #expect(run.out.contains(" 100 % |"))
    let svg = try String(contentsOf: place / "plan.svg", encoding: .utf8)
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" "))
    #expect(svg.contains("blocks of 4") && svg.contains("<style>"))
    let page = try await plan([
      "--sd", "1", "--effect", "2", "--simulations", "20", "--longest", "20", "--picture", "p.html",
    ])
    let html = try String(contentsOf: page.place / "p.html", encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("Recommended: "))
  }

  @Test func aRunInSpeaksForTheNoise() async throws {
    let days = "mood\n5\n6\n4\n7\n5\n6\n5\n4\n6\n"
    let run = try await plan(
      ["--from", "days.csv", "--simulations", "10"], files: ["days.csv": days]
    ).run
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("noise from 9 ratings: standard deviation"))
    let short = try await plan(
      ["--from", "days.csv"], files: ["days.csv": "mood\n5\n6\n4\n"]
    ).run
    expectRefusal(
      short, "days.csv: found 3 ratings of mood, expected at least 7",
      hint: "rate for two to three weeks before planning; from a few days neither the standard "
        + "deviation nor the autocorrelation can be told")
  }

  @Test func donTRunIt() async throws {
    let run = try await plan(
      PlanCommandTests.quick + ["--worth", "1", "--cost-per-day", "10", "--belief-mean", "-0.5"]
    ).run
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("don't run it"))
    let worth = try await plan(
      PlanCommandTests.quick + ["--worth", "1000", "--cost-per-day", "1"]
    ).run
    #expect(worth.out.contains(": run it"))
  }

  @Test func looksShowTheirPrice() async throws {
    let run = try await plan(PlanCommandTests.quick + ["--monitor"]).run
    #expect(run.out.contains("days on average instead of 28"))
    expectRefusal(
      try await plan(
        PlanCommandTests.quick + ["--monitor"], protocol: ExampleProtocols.complete
      ).run,
      "the scheme complete has no blocks that could be looked at one by one",
      hint: "pairs, several blocks in a fixed order, and pairs of periods can be monitored")
  }

  @Test func negativeAutocorrelationIsTakenAndSaid() async throws {
    let run = try await plan(PlanCommandTests.quick + ["--autocorrelation", "-0.4"]).run
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("note: a negative autocorrelation means"))
  }

  @Test func whatIsNotKnownIsAskedFor() async throws {
    expectRefusal(
      try await plan([]).run, "nothing is known of how mood varies by itself",
      hint: "rate two weeks of ordinary days and give them with --from, or assume a standard "
        + "deviation with --sd; Documentation/Guides/planning.md lists some that were measured")
    let open = Array(
      String(decoding: ExampleProtocols.pairs, as: UTF8.self)
        .replacing("  relevance: 1\n", with: "").utf8)
    expectRefusal(
      try await plan(PlanCommandTests.quick, protocol: open).run,
      "the protocol names no relevance, so there is no effect to plan for",
      hint: "give the smallest difference that would matter: --effect")
    expectRefusal(
      try await plan(["--sd", "0"]).run,
      "the standard deviation is 0: ratings that never vary show any difference on two days",
      hint: "give --sd as it is in daily life, or ratings of a run-in with --from")
    expectRefusal(
      try await plan(PlanCommandTests.quick + ["--compare", "--power", "1"]).run,
      "the power: found 1, expected more than 0 and less than 1",
      hint: "no trial finds an effect with certainty; 0.8 is usual, 0.9 is strict")
  }

  /// With a million trials to simulate, each of these answers at once.
  @Test(arguments: [
    (["--compare", "--power", "1"], "the power: found 1, expected more than 0 and less than 1"),
    (["--compare", "--longest", "3"], "the longest trial: found 3 days, expected 7 to 1000"),
    (["--worth", "-1", "--cost-per-day", "1"], "the worth: found −1, expected more than 0"),
    (
      ["--worth", "1", "--cost-per-day", "1", "--belief-sd", "0"],
      "the belief: found the standard deviation 0, expected more than 0"
    ),
    (
      ["--picture", "protocol.yaml"],
      "--picture: found \"protocol.yaml\", expected a name that ends in .svg or .html"
    ),
    (["--picture", "report.html"], "--picture: report.html is there already, in a trial's folder"),
  ])
  func whatCannotBeIsRefusedBeforeItIsSimulated(_ rest: [String], _ sentence: String) async throws {
    let (run, place) = try await plan(
      ["--sd", "1.5", "--simulations", "1000000"] + rest, files: ["report.html": "mine"])
    #expect(run.status == 2 && run.out.isEmpty)
    #expect(run.err.contains(sentence), "\(run.err)")
    #expect(try String(contentsOf: place / "report.html", encoding: .utf8) == "mine")
  }

  @Test func aWhitenedPlanIsTestedByDraws() async throws {
    let whitened = ExampleProtocols.text(scheme: "pairs: {count: 14}", whitening: "estimated")
    let quick = try await plan(PlanCommandTests.quick, protocol: whitened).run
    #expect(quick.out.contains("each tested by 999 draws from the scheme"), "\(quick.out)")
    let exact = try await plan(PlanCommandTests.quick + ["--exact"], protocol: whitened).run
    #expect(exact.status == 0 && !exact.out.contains("999 draws"))
  }

  @Test(arguments: [
    (["--sd", "1", "--from", "x"], "--from and --sd exclude each other"),
    (["--autocorrelation", "0", "--from", "x"], "--from and --autocorrelation exclude each other"),
    (["--column", "x"], "--column needs --from"),
    (["--simulations", "0"], "--simulations must be from 1 to 1000000"),
    (["--sd", "nan"], "--sd must be a number"),
    (["--power", "0.9"], "--power needs --compare"),
    (["--worth", "1"], "--worth and --cost-per-day belong together"),
    (["--belief-sd", "1"], "--belief-mean and --belief-sd need --worth and --cost-per-day"),
  ])
  func wrongUsage(_ rest: [String], _ sentence: String) async throws {
    expectRefusal(
      try await plan(rest).run, sentence, hint: "see 'selfblind plan --help'", status: 64)
  }

  /// An interrupt ends the simulation and not the program: what was done is printed.
  ///
  /// The shell ignores the signal, and so does what it starts until it listens: interrupts that come before
  /// there is anything to keep, or after it, change nothing.
  @Test func anInterruptKeepsWhatIsDone() async throws {
    let place = try TemporaryFolder()
    try Data(ExampleProtocols.pairs).write(to: place / "protocol.yaml")
    let run = try await Tool.shell(
      """
      trap '' INT
      selfblind plan protocol.yaml --sd 1.5 --simulations 1000000 > out 2> err &
      child=$!
      while kill -INT $child 2> /dev/null; do sleep 1; done
      wait $child
      echo "status $?"
      cat out err
      """, in: place.url)
    #expect(run.out.contains("status 0"), "\(run.out)")
    #expect(run.out.contains("(interrupted: 1000000 were asked for)"), "\(run.out)")
  }
}
