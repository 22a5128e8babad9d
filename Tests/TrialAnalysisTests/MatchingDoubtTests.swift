import BlindRecord
import Testing

@testable import TrialAnalysis
@testable import TrialReport

/// What the report says of matching tests: all of them, and no more than they show.
struct MatchingDoubtTests {
  private static func said(_ right: Int?...) -> String {
    let rule = Manifest.Packing.Matching(rounds: 12, mostRight: 7)
    return ReportContent.matchingDoubt(
      right.enumerated().map { place, right in
        KitsResult.Matching(
          MatchingNote(
            test: place + 1, commitment: "",
            result: right.map {
              MatchingNote.Result(answers: [], secret: "", right: $0, cues: ["smell"])
            }), rule)
      })
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
