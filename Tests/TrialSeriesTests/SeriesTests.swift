import Foundation
import Testing
import TrialArchive
import TrialStatistics
import TrialTestSupport

@testable import TrialAnalysis
@testable import TrialSeries

/// Which trials are pooled and which are left out, and that nothing is counted twice.
struct SeriesTests {
  private static let reader = SeriesReader()

  private static func pooled(
    _ lines: [String], _ change: (inout SeriesOptions) -> Void = { _ in }
  ) throws -> SeriesResult {
    var options = SeriesOptions()
    options.allowsUnverified = true
    change(&options)
    var (trials, leftOut): ([SeriesTrial], [LeftOut]) = ([], [])
    for (place, line) in lines.enumerated() {
      switch reader.trial(line: Array(line.utf8), place: "line \(place + 1)") {
      case .success(let trial): trials.append(trial)
      case .failure(let failure): leftOut.append(failure.leftOut)
      }
    }
    return try SeriesResult(
      SeriesSelection(
        trials, leftOut: leftOut, outcome: options.outcome, arm: options.arm,
        allowsUnverified: options.allowsUnverified), options: options)
  }

  private static func rules(_ result: SeriesResult) -> [String] {
    result.leftOut.map { "\($0.name): \($0.rule.rawValue)" }
  }

  @Test("the order of the trials changes nothing")
  func order() throws {
    let lines = (0..<12).map { TrialLines.line($0) } + ["{", TrialLines.line(3)]
    let one = try SeriesDocument(Self.pooled(lines), withTrials: true).text()
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5 {
      let other = lines.dropLast(2).shuffled(using: &generator) + lines.suffix(2)
      #expect(try SeriesDocument(Self.pooled(Array(other)), withTrials: true).text() == one)
    }
  }

  @Test("a trial twice counts once; with other numbers it does not count at all")
  func doubles() throws {
    let lines = (0..<4).map { TrialLines.line($0) }
    let plain = try Self.pooled(lines)
    let double = try Self.pooled(lines + [lines[1], lines[1]])
    #expect(Self.rules(double) == ["p1: double", "p1: double"])
    #expect(double.main.mean == plain.main.mean)
    #expect(double.lines.count == 4)
    let conflict = try Self.pooled(
      lines + [TrialLines.line(9).replacing(#""id":"p9""#, with: #""id":"p1""#)])
    #expect(Self.rules(conflict) == ["p1: conflicting", "p1: conflicting"])
    #expect(conflict.lines.map(\.name) == ["p0", "p2", "p3"])
    #expect(
      conflict.leftOut[0].reason
        == "2 trials with the identity \"p1\" and different numbers")
  }

  @Test("another outcome, another unit, other arms")
  func incompatible() throws {
    let lines =
      (0..<3).map { TrialLines.line($0) } + [
        TrialLines.line(3, outcome: "sleep"),
        TrialLines.line(4, extra: #","units":{"mood":"points"}"#),
        TrialLines.line(5).replacing("placebo", with: "sugar"),
      ]
    let result = try Self.pooled(lines)
    #expect(result.key.words == "mood, active against placebo")
    #expect(Self.rules(result) == ["p3: incompatible", "p4: incompatible", "p5: incompatible"])
    #expect(
      result.leftOut.map(\.reason) == [
        "found sleep, active against placebo, expected mood, active against placebo",
        "found mood (points), active against placebo, expected mood, active against placebo",
        "found mood, active against sugar, expected mood, active against placebo",
      ])
    let sleep = try Self.pooled(lines) { $0.outcome = "sleep" }
    #expect(sleep.lines.map(\.name) == ["p3"])
    #expect(throws: SeriesFault.self) { try Self.pooled(lines) { $0.outcome = "joy" } }
  }

  @Test("an outcome that never varies has no standard error; too few ratings neither")
  func noStandardError() throws {
    let constant = TrialLines.small("c", Array(repeating: "5", count: 12), outcome: "mood")
      .replacing("\"p\"", with: "\"placebo\"").replacing("\"a\"", with: "\"active\"")
    let few = TrialLines.small("f", ["1", "2", "3", "4"], outcome: "mood")
      .replacing("\"p\"", with: "\"placebo\"").replacing("\"a\"", with: "\"active\"")
    let result = try Self.pooled([TrialLines.line(0), TrialLines.line(1), constant, few])
    #expect(Self.rules(result) == ["c: no-standard-error", "f: no-standard-error"])
    #expect(result.leftOut[1].reason == "4 ratings, but the plan needs at least 5")
    #expect(result.lines.count == 2)
  }

  @Test("one trial, two trials, none")
  func few() throws {
    let one = try Self.pooled([TrialLines.line(0)])
    #expect(one.main.mean == one.lines[0].effect)
    #expect(one.main.hartungKnapp == nil)
    #expect(try SeriesReport(one).markdown.contains("One trial: there is nothing to pool."))
    let two = try Self.pooled([TrialLines.line(0), TrialLines.line(1)])
    #expect(two.heterogeneity.degrees == 1)
    #expect(
      try SeriesReport(two).markdown.contains(
        "Two trials say next to nothing of how much trials differ"))
    let nothing = #expect(throws: SeriesFault.self) { try Self.pooled(["{"]) }
    #expect(
      nothing?.message
        == "no trial is left to pool, 1 was left out: line 1: column 2: found the end of the line, "
        + "expected a key between quotes")
    #expect(throws: SeriesFault("found no trial, expected at least one")) { try Self.pooled([]) }
  }

  @Test("lines are not verified, and not pooled unless that is said")
  func unverified() throws {
    let fault = #expect(throws: SeriesFault.self) {
      try Self.pooled([TrialLines.line(0)]) { $0.allowsUnverified = false }
    }
    #expect(
      fault?.message
        == "no trial is left to pool, 1 was left out: p0: it was not sealed by this program, so it "
        + "cannot be verified")
    let result = try Self.pooled((0..<3).map { TrialLines.line($0) })
    #expect(result.unverified == 3)
    #expect(try SeriesReport(result).markdown.contains("All 3 trials have no seal"))
  }

  @Test("what map writes is what reduce reads")
  func roundTrip() throws {
    let lines = (0..<6).map { TrialLines.line($0) }
    let direct = try Self.pooled(lines)
    let task = LineTask(.analyze, withSums: true)
    var trials: [SeriesTrial] = []
    for line in lines {
      let answer = task.answer(Array(line.utf8))
      trials.append(
        try SeriesReader.trial(result: Array(answer.dropLast()), place: "x").get())
    }
    var options = SeriesOptions()
    options.allowsUnverified = true
    let reduced = try SeriesResult(
      SeriesSelection(
        trials, leftOut: [], outcome: nil, arm: nil, allowsUnverified: true), options: options)
    #expect(
      try SeriesDocument(reduced, withTrials: true).text()
        == SeriesDocument(direct, withTrials: true).text())
    guard case .success(let test) = reduced.test else {
      Issue.record("no test over all trials")
      return
    }
    #expect(test.method == .exact)
    let error = LineTask(.analyze).answer(Array("{".utf8))
    guard case .failure(let failure) = SeriesReader.trial(result: error, place: "line 7") else {
      Issue.record("an error line was pooled")
      return
    }
    #expect(
      failure.leftOut
        == LeftOut(
          name: "line 7", rule: .unreadable,
          reason: "column 2: found the end of the line, expected a key between quotes"))
  }

  @Test("folders are verified: a whole one is pooled, a changed and an unopened one are not")
  func folders() throws {
    let sample = try SampleTrial(ExampleProtocols.pairs)
    try sample.finish()
    guard case .success(let trial) = Self.reader.trial(folder: sample.folder.path) else {
      Issue.record("a finished trial was left out")
      return
    }
    #expect(trial.isVerified && trial.isSimulated)
    #expect(trial.contributions.count == 1 && trial.contributions[0].sums != nil)
    let verified = try sample.folder.verifiedTrial()
    let result = try verified.result()
    #expect(trial.contributions[0].effect == result.primary.bayes?.mean)
    let report = sample.folder.path + "/report.md"
    try Data("changed\n".utf8).write(to: URL(fileURLWithPath: report))
    guard case .failure(let changed) = Self.reader.trial(folder: sample.folder.path) else {
      Issue.record("a changed trial was pooled")
      return
    }
    #expect(changed.leftOut.rule == .unverified)
    #expect(changed.leftOut.reason.hasPrefix("the trial in this folder does not verify"))
    let running = try SampleTrial(ExampleProtocols.pairs)
    guard case .failure(let early) = Self.reader.trial(folder: running.folder.path) else {
      Issue.record("a running trial was pooled")
      return
    }
    #expect(early.leftOut.rule == .unverified)
    #expect(early.leftOut.reason == "the trial in this folder is not unblinded yet")
    guard case .failure(let none) = Self.reader.trial(folder: "/nowhere/at/all") else {
      Issue.record("nothing was pooled")
      return
    }
    #expect(none.leftOut.rule == .unreadable)
  }

  @Test("a page of few trials has a row for each, one of many a picture of all")
  func page() throws {
    let few = try SeriesReport(Self.pooled((0..<5).map { TrialLines.line($0) })).html
    #expect(few.contains("Every trial, and all together"))
    #expect(few.contains(">p3</text>"))
    let many = try SeriesReport(Self.pooled((0..<70).map { TrialLines.line($0) })).html
    #expect(!many.contains(">p3</text>"))
    #expect(many.contains("from the least effect to the largest"))
    #expect(!many.contains("<script"))
  }
}
