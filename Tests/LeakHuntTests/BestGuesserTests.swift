import LeakHunt
import Testing
import TrialDesign
import TrialTestSupport

/// L4: a fair draw is guessed as well as the scheme says and no better; a draw that leans is noticed.
@Suite struct BestGuesserTests {
  @Test func theWholeSetIsGuessedExactlyAtTheBound() throws {
    let automaton = try LeakHunt.Kind.short.automaton()
    let all = automaton.assignments().map(\.arms)
    #expect(all.count == 924)
    let guesser = BestGuesser(all, of: automaton)
    #expect(abs(guesser.share - guesser.bound) < 1e-12)
    // A block of 2b: b + (4^b / C(2b, b) - 1) / 2 right guesses [Blackwell and Hodges 1957], b = 6.
    #expect(abs(guesser.bound - (6 + (4096.0 / 924 - 1) / 2) / 12) < 1e-12)
  }

  @Test func aDrawThatLeansIsNoticed() throws {
    let automaton = try LeakHunt.Kind.short.automaton()
    var random = SplitMix(seed: 8)
    let all = automaton.assignments().map(\.arms)
    // Of three draws the one whose second half is the most even: it alternates more than chance does.
    let leaning = (0..<400).map { _ -> [Int] in
      let drawn = (0..<3).map { _ in all[random.below(all.count)] }
      func changes(_ arms: [Int]) -> Int { zip(arms, arms.dropFirst()).count { $0 != $1 } }
      return drawn.max { changes($0) < changes($1) } ?? []
    }
    #expect(BestGuesser(leaning, of: automaton).z > 3.09)
    let fair = (0..<400).map { _ in all[random.below(all.count)] }
    #expect(BestGuesser(fair, of: automaton).z < 3.09)
  }
}
