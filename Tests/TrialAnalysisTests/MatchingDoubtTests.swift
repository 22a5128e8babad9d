import BlindRecord
import Testing

@testable import TrialAnalysis
@testable import TrialReport

/// What the report says of matching tests: all of them, and no more than they show.
struct MatchingDoubtTests {
  private static let rule = Manifest.Packing.Matching(rounds: 12, mostRight: 7)

  private static func said(
    _ right: Int?..., planned: Manifest.Packing.Matching? = nil, isPacked: Bool = true
  ) -> String {
    ReportContent.matchingDoubt(
      right.enumerated().map { place, right in
        KitsResult.Matching(
          MatchingNote(
            test: place + 1, commitment: "",
            result: right.map {
              MatchingNote.Result(answers: [], secret: "", right: $0, cues: ["smell"])
            }), rule)
      }, planned: planned, isPacked: isPacked)
  }

  @Test func oneTestIsSaidByItself() {
    #expect(
      Self.said(4)
        == "The matching test was passed: right in 4 of 12 rounds, where at most 7 may be.")
    #expect(Self.said(9).hasPrefix("The matching test was not passed: in 9 of 12 rounds"))
    for said in [Self.said(), Self.said(nil)] {
      #expect(said.hasPrefix("The record does not show"))
    }
  }

  /// What was planned and left out is said, and not only missed.
  @Test func aPlannedTestThatWasNotMadeIsSaid() {
    let asked = "The plan asked for a matching test (at most 7 of 12 right); "
    let same = ", and the kits were packed all the same. The record does not show how"
    #expect(Self.said(planned: Self.rule).hasPrefix(asked + "none was made" + same))
    #expect(
      Self.said(nil, planned: Self.rule).hasPrefix(asked + "one was begun and not finished" + same))
    #expect(
      Self.said(nil, nil, planned: Self.rule)
        .hasPrefix(asked + "2 were begun and none was finished" + same))
    #expect(
      Self.said(planned: Self.rule, isPacked: false)
        .hasPrefix(asked + "none was made. The record does not show"))
    #expect(!Self.said(4, planned: Self.rule).contains("asked for"))
  }

  /// Whoever may repeat it until it is passed passes.
  @Test func ofSeveralAllAreSaid() {
    let passed = Self.said(12, 8, 7)
    #expect(passed.hasPrefix("3 matching tests were begun; right answers of 12: 12, 8, 7. "))
    #expect(passed.contains("no proof") && !passed.contains("could not be told apart"))
    let failed = Self.said(12, nil)
    #expect(failed.hasPrefix("2 matching tests were begun; right answers of 12: 12, –. "))
    #expect(failed.contains("was not passed, so the arms may be known"))
  }
}
