import BlindRecord
import LocalWeb
import PackingWeb
import Synchronization
import Testing
import TrialKits
import TrialTestSupport

/// The matching test as pages, and from it on to the kits.
@Suite struct PackingWalkTests {
  final class Notes: Sendable {
    private let notes = Mutex<[MatchingNote]>([])
    var all: [MatchingNote] { notes.withLock { $0 } }
    @Sendable func take(_ note: MatchingNote) { notes.withLock { $0.append(note) } }
  }

  static let rounds = 4
  let visitor = Visitor(number: "1", formToken: "t1")

  func walk(
    _ packing: SamplePacking, _ notes: Notes, mostRight: Int
  ) throws -> PackingWalk {
    let rule = Manifest.Packing.Matching(rounds: PackingWalkTests.rounds, mostRight: mostRight)
    let test = try MatchingTest(
      packing.job, rule: rule, number: 1, isBegun: false, commitment: nil, in: packing.folder)
    return PackingWalk(test, of: packing.job, steps: steps(packing, notes, rule))
  }

  func steps(
    _ packing: SamplePacking, _ notes: Notes, _ rule: Manifest.Packing.Matching
  ) -> PackingWalk.Steps {
    PackingWalk.Steps(
      open: { try packing.open() },
      openTest: {
        try MatchingTest(
          packing.job, rule: rule, number: 2, isBegun: false, commitment: nil, in: packing.folder)
      }, recordKits: { _ in }, recordTest: notes.take)
  }

  func page(_ walk: PackingWalk, _ path: String = "/") async -> String {
    String(
      decoding: await walk.respond(to: WebRequest(.get, path, visitor: visitor)).body,
      as: UTF8.self)
  }

  /// Sends a form of the present page; the page after it.
  @discardableResult
  func post(
    _ walk: PackingWalk, _ path: String, _ fields: [String: String] = [:]
  ) async -> String {
    var all = fields
    if let step = await page(walk).firstMatch(of: #/name="step" value="([^"]*)"/#) {
      all["step"] = String(step.1)
    }
    let answer = await walk.respond(
      to: WebRequest(.post, path, fields: all, visitor: visitor))
    return answer.status == .seeOther
      ? await page(walk) : String(decoding: answer.body, as: UTF8.self)
  }

  func heading(_ page: String) -> String? {
    page.firstMatch(of: #/<h1>([^<]*)<\/h1>/#).map { String($0.1) }
  }

  /// Fills and sorts all cups; the page of the first round.
  func sortCups(_ walk: PackingWalk, _ cups: [String]) async -> String {
    for half in [cups.prefix(6), cups.suffix(6)] {
      for cup in half { #expect(await post(walk, "/scan", ["code": cup]).contains("registered")) }
      await post(walk, "/next", ["sure": "yes"])
    }
    #expect(heading(await post(walk, "/next", ["sure": "yes"])) == "Sort the cups")
    for cup in cups.reversed() {
      let page = await post(walk, "/scan", ["code": cup])
      #expect(page.firstMatch(of: #/<strong>round \d, cup \d<\/strong>/#) != nil)
      for arm in ["placebo", "caffeine"] { #expect(!page.contains(arm)) }
    }
    return await post(walk, "/next", ["sure": "yes"])
  }

  @Test func passedTestLeadsToTheKits() async throws {
    let packing = try SamplePacking()
    let notes = Notes()
    let walk = try walk(packing, notes, mostRight: PackingWalkTests.rounds)
    #expect(heading(await page(walk)) == "Matching test: placebo")
    let kept = "Some phones keep a photograph in an album or a cloud"
    #expect(await page(walk).contains(kept))
    #expect(await page(walk, "/labels").contains("12 labels for the cups of the test."))
    let sheet = await page(walk, "/labels/sheet")
    #expect(PackingSiteTests.codes(on: sheet).sorted() == packing.job.cups.map(\.text).sorted())
    let first = packing.job.labels[0].text
    #expect(
      await post(walk, "/scan", ["code": first]).contains("is for a kit, not for a cup"))
    var shown = await sortCups(walk, packing.job.cups.map(\.text))
    #expect(heading(shown) == "Round 1 of 4")
    #expect(await post(walk, "/odd").contains("Choose one of the three cups."))
    #expect(await post(walk, "/odd", ["cup": "4"]).contains("Choose one of the three cups."))
    for round in 1...PackingWalkTests.rounds {
      #expect(heading(shown) == "Round \(round) of 4")
      #expect(shown.contains("An answer cannot be taken back."))
      shown = await post(walk, "/odd", ["cup": "2"])
      #expect(!shown.contains("right</strong>"))
    }
    #expect(heading(shown) == "What did you go by?")
    shown = await post(walk, "/result", ["cue-0": "yes", "cue-5": "yes"])
    #expect(heading(shown) == "Passed")
    #expect(notes.all.map(\.result?.cues) == [nil, ["colour", "smell"]])
    #expect(notes.all.last?.result?.answers == [2, 2, 2, 2])
    // P(so many of 4 right, or more, at 1/3), by hand: 81, 65, 33, 9 and 1 of 81.
    let chances = ["100.0 %", "80.2 %", "40.7 %", "11.1 %", "1.2 %"]
    let right = try #require(notes.all.last?.result?.right)
    #expect(
      shown.contains(
        "At most 4 were allowed. By chance alone so many or more are right with a probability of "
          + "\(chances[right])."))
    #expect(shown.contains("That is no proof that nobody can tell them apart"))
    #expect(heading(await page(walk)) == "Fill: placebo")
    #expect(await page(walk).contains(kept))
    #expect(await page(walk, "/labels").contains("34 labels for 26 kits."))
  }

  /// The advice is about what is in the hand.
  @Test func theTestSpeaksOfCups() async throws {
    let packing = try SamplePacking()
    let walk = try walk(packing, Notes(), mostRight: 3)
    let cups = packing.job.cups.map(\.text)
    await post(walk, "/scan", ["code": cups[0]])
    #expect(
      await post(walk, "/next", ["sure": "yes"]).contains("5 cups of this step are not filled yet.")
    )
    #expect(
      await post(walk, "/undo", ["scan": "1"])
        .contains("That was scan 1. Scan that cup again when it is ready."))
    for half in [cups.prefix(6), cups.dropFirst(6).prefix(6)] {
      for cup in half { await post(walk, "/scan", ["code": cup]) }
      await post(walk, "/next", ["sure": "yes"])
    }
    #expect(heading(await post(walk, "/next", ["sure": "yes"])) == "Sort the cups")
    #expect(await post(walk, "/next", ["sure": "yes"]).contains("12 cups are not sorted yet."))
    let aside =
      "Put the cup aside; if one is missing in the end, fill another of the same, with its label."
    let foreign = try SamplePacking(seed: 2).job.labels[0].text
    for code in [packing.job.labels[0].text, foreign] {
      #expect(await post(walk, "/scan", ["code": code]).contains(aside))
    }
  }

  /// The rule's errors are said before the first cup is filled: 1 of 81 and 1 - (2/3)^4 at at most 3 of 4.
  @Test func whatTheRuleIsWorthIsSaidBefore() async throws {
    let walk = try walk(try SamplePacking(), Notes(), mostRight: 3)
    #expect(
      await page(walk).contains(
        "passed with at most 3 right: who cannot tell fails with 1.2 %, who notices the difference in half "
          + "of the rounds passes with 80.2 %."))
  }

  @Test func failedTestLeadsToAnother() async throws {
    let packing = try SamplePacking()
    let notes = Notes()
    let walk = try walk(packing, notes, mostRight: -1)
    _ = await sortCups(walk, packing.job.cups.map(\.text))
    for _ in 1...PackingWalkTests.rounds { await post(walk, "/odd", ["cup": "1"]) }
    let shown = await post(walk, "/result")
    #expect(heading(shown) == "Not passed")
    #expect(shown.contains("Mend what gave it away"))
    #expect(heading(await page(walk)) == "Not passed")
    #expect(
      heading(await post(walk, "/scan", ["code": packing.job.labels[0].text])) == "Not passed")
    #expect(heading(await post(walk, "/unmatched")) == "Not passed", "the box was not ticked")
    #expect(notes.all.map(\.test) == [1, 1])
    #expect(heading(await post(walk, "/again")) == "Matching test: placebo")
    #expect(notes.all.map(\.test) == [1, 1], "no test was begun by a look at its first step")
    await post(walk, "/scan", ["code": packing.job.labels[0].text])
    #expect(notes.all.map(\.test) == [1, 1], "nor by the label of a kit")
    await post(walk, "/scan", ["code": packing.job.cups[0].text])
    #expect(notes.all.map(\.test) == [1, 1, 2])
    #expect(notes.all.last?.result == nil, "announced by the first cup")
    await post(walk, "/undo", ["scan": "1"])
    #expect(heading(await post(walk, "/again")) == "Matching test: placebo", "clicked twice")
    #expect(notes.all.map(\.test) == [1, 1, 2])
    _ = await sortCups(walk, packing.job.cups.map(\.text))
    for _ in 1...PackingWalkTests.rounds { await post(walk, "/odd", ["cup": "1"]) }
    #expect(heading(await post(walk, "/result")) == "Not passed")
    for _ in 1...2 {
      #expect(heading(await post(walk, "/unmatched", ["sure": "yes"])) == "Fill: placebo")
    }
  }

  /// The result of the test before stands there again, and another one is begun by who wants it.
  @Test func aRestartAfterAFailedTestBeginsNone() async throws {
    let packing = try SamplePacking()
    let notes = Notes()
    let rule = Manifest.Packing.Matching(rounds: PackingWalkTests.rounds, mostRight: 2)
    let walk = PackingWalk(
      after: MatchingNote.Result(answers: [1, 2, 3, 1], secret: "", right: 3, cues: []), by: rule,
      of: packing.job, steps: steps(packing, notes, rule))
    let shown = await page(walk)
    #expect(heading(shown) == "Not passed")
    #expect(shown.contains("3 of 4 right"))
    #expect(heading(await post(walk, "/again")) == "Matching test: placebo")
    #expect(notes.all.isEmpty)
    await post(walk, "/scan", ["code": packing.job.cups[0].text])
    #expect(notes.all.map(\.test) == [2])
  }
}
