import Testing
import TrialDesign

@testable import TrialAnalysis

/// With more arms a guess is about the reference or not; an arm without a pill takes no part.
struct SeveralArmsGuessTests {
  static let arms = [
    Arm(name: "placebo"), Arm(name: "caffeine"), Arm(name: "nothing", hasPill: false),
  ]

  private func line(_ slot: Int, arm: Int, _ guess: SlotLine.Guess, value: Double? = 5) -> SlotLine
  {
    SlotLine(
      slot: slot, day: nil, kit: nil, arm: arm, otherKit: nil, otherArm: nil, status: nil, delay: 0,
      kept: true, value: value, guess: guess, block: 0, corrections: 0, deviations: [],
      hasNoDose: false, codeBroken: false, revealedBy: nil, guessedKnowing: false,
      ratedKnowing: false)
  }

  private func input(
    _ arms: [Arm], counts: [Int], observed: [Int]
  ) throws -> AnalysisInput {
    let scheme = RandomizationScheme.blocks(PermutedBlocks(counts: [counts]))
    return AnalysisInput(
      arms: arms, scheme: scheme, automaton: try scheme.automaton(), observed: observed,
      plan: AnalysisPlan(outcome: "", statistic: .meanDifference, whitening: .none, level: 0.95),
      days: nil)
  }

  @Test func slotsWithoutAPillTakeNoPart() throws {
    let input = try input(Self.arms, counts: [2, 2, 2], observed: [0, 1, 2, 0, 1, 2])
    let lines = [
      line(1, arm: 0, .probability(0.2)), line(2, arm: 1, .probability(0.9)),
      line(3, arm: 2, .probability(1)), line(4, arm: 0, .unknown),
      line(5, arm: 1, .probability(0.4)), line(6, arm: 2, .none),
    ]
    let guesses = try #require(try GuessResult(lines, input))
    #expect(guesses.answered == 4)
    #expect(guesses.arms.map(\.arm) == ["placebo", "caffeine"])
    #expect(guesses.arms.map(\.right) == [1, 1])
    #expect(guesses.arms.map(\.wrong) == [0, 1])
    #expect(guesses.arms.map(\.unknown) == [1, 0])
    #expect(guesses.rightShare == 2.0 / 3)
    #expect(guesses.curves.map(\.arm) == ["caffeine"])
    #expect(guesses.simple?.index == 0.5)
    let only = try GuessResult([line(3, arm: 2, .probability(1))], input)
    #expect(only == nil, "a guess about no pill is none")
  }

  @Test func twoOtherArmsAreTheSameSide() throws {
    let arms = [Arm(name: "placebo"), Arm(name: "low"), Arm(name: "high")]
    let input = try input(arms, counts: [1, 1, 1], observed: [0, 1, 2])
    let guesses = try #require(
      try GuessResult(
        [
          line(1, arm: 0, .probability(0.7)), line(2, arm: 1, .probability(0.7)),
          line(3, arm: 2, .probability(0.7)),
        ], input))
    #expect(guesses.arms.map(\.right) == [0, 1, 1])
    #expect(guesses.rightShare == 2.0 / 3)
    #expect(guesses.baseRate == 2.0 / 3)
    #expect(guesses.calibration.map(\.active) == [2])
  }

  /// The share of the best guesser by listing every assignment and every past.
  private func listed(_ automaton: SlotAutomaton, _ hasPill: [Bool]) -> Double {
    let all = automaton.assignments().map(\.arms)
    var right = 0
    var pills = 0
    for slot in 0..<automaton.slotCount {
      let pasts = Dictionary(grouping: all) { Array($0[..<slot]) }
      for (_, following) in pasts {
        let seen = following.map { $0[slot] }.filter { hasPill[$0] }
        right += max(seen.count { $0 == 0 }, seen.count { $0 != 0 })
        pills += seen.count
      }
    }
    return Double(right) / Double(pills)
  }

  @Test func theBestGuesserKnowsTheSchemeAndSeesThePill() throws {
    let three = PermutedBlocks(counts: [[2, 1, 1], [1, 2, 1]])
    for hasPill in [[true, true, true], [true, true, false], [false, true, true]] {
      let automaton = try RandomizationScheme.blocks(three).automaton()
      let found = automaton.bestGuesserShare(hasPill: hasPill)
      #expect(abs(found - listed(automaton, hasPill)) < 1e-12, "\(hasPill)")
    }
    for scheme in ContrastCountTests.schemes {
      let automaton = try scheme.automaton()
      #expect(
        abs(
          automaton.bestGuesserShare(hasPill: [true, true])
            - automaton.expectedCorrectGuesses / Double(automaton.slotCount)) < 1e-12)
    }
  }
}
