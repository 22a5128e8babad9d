import Foundation
import Testing
import TrialStatistics

@Suite("Guesses: randomization test, more arms, base rate, sensitivity")
struct GuessTestTests {
  private let blocks = ReferenceSet(layers: blockLayers(sizes: [4, 4], active: [2, 2]))
  private let observed = [1, 0, 1, 0, 0, 1, 1, 0]
  private let guesses: [SlotGuess] = [
    .probability(0.9), .dontKnow, .probability(0.6), .notAsked, .probability(0.2),
    .probability(0.7), .dontKnow, .probability(0.4),
  ]

  @Test("p of the guesses against a recount of all 36 assignments")
  func recount() throws {
    let found = try GuessTest(guesses: guesses, observed: observed, reference: blocks)
    // In tenths, so that ties are ties.
    let stated = [9, 5, 6, nil, 2, 7, 5, 4]
    let halves = [
      [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1],
    ]
    func sums(_ arms: [Int]) -> (on: Int, count: Int, off: Int, others: Int) {
      var result = (on: 0, count: 0, off: 0, others: 0)
      for (arm, value) in zip(arms, stated) {
        guard let value else { continue }
        if arm == 1 {
          result = (result.on + value, result.count + 1, result.off, result.others)
        } else {
          result = (result.on, result.count, result.off + value, result.others + 1)
        }
      }
      return result
    }
    /// The difference of the means times both counts: compared by cross-multiplying.
    func fraction(_ arms: [Int]) -> (Int, Int) {
      let one = sums(arms)
      return (one.on * one.others - one.off * one.count, one.count * one.others)
    }
    let own = fraction(observed)
    var (greater, less) = (0, 0)
    for first in halves {
      for second in halves {
        let other = fraction(first + second)
        if other.0 * own.1 >= own.0 * other.1 { greater += 1 }
        if other.0 * own.1 <= own.0 * other.1 { less += 1 }
      }
    }
    #expect(greater < 18 && agree(found.pGreater, Double(greater) / 36, 1e-15))
    #expect(agree(found.pDoubled, Double(2 * min(greater, less)) / 36, 1e-15))
    // (0.9 + 0.6 + 0.7 + 0.5) / 4 and (0.5 + 0.2 + 0.4) / 3.
    #expect(agree(found.meanActive, 0.675, 1e-15))
    #expect(agree(found.meanReference, 1.1 / 3, 1e-15))
    #expect(agree(found.pLess, Double(less) / 36, 1e-15))
    #expect(found.method == .exact)
  }

  @Test("guesses that say nothing have p = 1; slots outside the endpoint take no part")
  func nothing() throws {
    let same = try GuessTest(
      guesses: observed.map { _ in .dontKnow }, observed: observed, reference: blocks)
    #expect(same.pDoubled == 1 && same.meanActive == 0.5 && same.meanReference == 0.5)
    let kept = [true, true, true, true, false, false, false, false]
    let half = try GuessTest(
      guesses: guesses, observed: observed, kept: kept, reference: blocks)
    #expect(agree(half.meanActive, 0.75, 1e-15) && half.meanReference == 0.5)
    #expect(throws: StatisticsError.probabilityOutOfRange(guess: 2)) {
      try GuessTest(
        guesses: [.dontKnow, .probability(1.5)], observed: [0, 1], reference: blocks)
    }
    #expect(throws: StatisticsError.allMissing) {
      try GuessTest(
        guesses: observed.map { _ in .notAsked }, observed: observed, reference: blocks)
    }
  }

  @Test("Bang's index for each of three arms; with two arms the same as the table")
  func arms() throws {
    let made: [(Double?, Int)] = [
      (0.9, 1), (0.2, 1), (nil, 1), (0.8, 2), (0.7, 2), (0.5, 2), (0.1, 0), (0.6, 0), (0.3, 0),
    ]
    let found = try ArmGuesses(
      made.map { .init(probability: $0.0, arm: $0.1) }, arms: 3)
    #expect(
      found.rows == [
        .init(right: 2, wrong: 1, dontKnow: 0), .init(right: 1, wrong: 1, dontKnow: 1),
        .init(right: 2, wrong: 0, dontKnow: 1),
      ])
    let indices = found.rows.map { $0.bang?.index ?? .nan }
    #expect(agree(indices[0], 1.0 / 3, 1e-15) && indices[1] == 0)
    #expect(agree(indices[2], 2.0 / 3, 1e-15))
    // All arms but the reference together.
    #expect(found.table.active == .init(active: 3, reference: 1, dontKnow: 2))
    #expect(found.table.reference == .init(active: 1, reference: 2, dontKnow: 0))
    let two = try ArmGuesses(
      made.map { .init(probability: $0.0, arm: min(1, $0.1)) }, arms: 2)
    #expect(two.rows[1].bang == two.table.bangActive)
    #expect(two.rows[0].bang == two.table.bangReference)
    #expect(try ArmGuesses([], arms: 2).rows.map(\.bang) == [nil, nil])
    let unknown = StatisticsError.guessedArmUnknown(guess: 1, arms: 2)
    #expect(throws: unknown) { try ArmGuesses([.init(probability: 1, arm: 2)], arms: 2) }
    #expect(unknown.description == "guess 1: the arm must be from 0 to 1")
  }

  @Test("scores beside those of the base rate")
  func scores() throws {
    let table = try GuessTable(guesses: [
      .init(probabilityActive: 0.8, isActive: true), .init(probabilityActive: 0.6, isActive: false),
      .init(probabilityActive: nil, isActive: false),
      .init(probabilityActive: 0.3, isActive: false),
    ])
    let scores = try #require(table.scores)
    #expect(scores.baseRate == 0.25 && agree(scores.brierOfBaseRate, 0.1875, 1e-15))
    #expect(agree(scores.brier, (0.04 + 0.36 + 0.25 + 0.09) / 4, 1e-14))
    #expect(agree(scores.brierSkill ?? .nan, 1 - 0.185 / 0.1875, 1e-12))
    let wanted = 0.25 * log(0.25) + 0.75 * log(0.75)
    #expect(agree(scores.logScoreOfBaseRate, wanted, 1e-15))
    // Always stating the base rate scores what the base rate scores.
    let always = try GuessTable(
      guesses: [true, false, false, false].map { .init(probabilityActive: 0.25, isActive: $0) })
    #expect(agree(always.scores?.brierSkill ?? .nan, 0, 1e-15) || always.scores?.brierSkill == 0)
    #expect(agree(always.scores?.logScore ?? .nan, wanted, 1e-15))
    let one = try GuessTable(guesses: [.init(probabilityActive: 0.8, isActive: true)])
    #expect(one.scores?.brierSkill == nil && one.scores?.logScoreOfBaseRate == 0)
    #expect(try GuessTable(guesses: []).scores == nil)
  }

  @Test("the sensitivity is the model with the stated probability beside the arm, and the curve")
  func sensitivity() throws {
    let made = PosteriorTwinTests.Made(48, phi: 0.3, gaps: false)
    let guesses: [SlotGuess] = made.other.enumerated().map { slot, value in
      slot % 11 == 4 ? .notAsked : slot % 11 == 7 ? .dontKnow : .probability(value)
    }
    let found = try GuessSensitivity(
      outcome: made.outcome, active: made.active, guesses: guesses, day: made.day)
    let both = made.outcome.indices.map { guesses[$0].stated == nil ? nil : made.outcome[$0] }
    #expect(found.slots == both.count { $0 != nil } && found.slots < 48)
    let stated = guesses.map { $0.stated ?? 0.123 }
    let wanted = try AR1Posterior(
      outcome: both, active: made.active, day: made.day, covariates: [stated])
    #expect(try found.adjusted.get().mean == wanted.mean)
    #expect(
      try found.effect.get().mean
        == AR1Posterior(outcome: both, active: made.active, day: made.day).mean)
    #expect(found.ofBelief?.mean == wanted.coefficient(ofCovariate: 0)?.mean)
    let curve = try found.curve.get()
    #expect(curve.undecided == guesses.count { $0 == .dontKnow })
    let on = both.indices.filter { made.active[$0] == 1 && guesses[$0] != .dontKnow }
      .compactMap { both[$0] }
    let off = both.indices.filter { made.active[$0] == 0 && guesses[$0] != .dontKnow }
      .compactMap { both[$0] }
    let raw = on.reduce(0, +) / Double(on.count) - off.reduce(0, +) / Double(off.count)
    #expect(agree(curve.rawDifference, raw, 1e-12))
    #expect(GuessSensitivity.caveat == GuessCurve.caveat)

    // Guesses that are all the same cannot stand beside the arm, and leave strata empty.
    let flat = try GuessSensitivity(
      outcome: made.outcome, active: made.active, guesses: guesses.map { _ in .probability(0.7) })
    #expect(throws: StatisticsError.singularModel) { try flat.adjusted.get() }
    #expect(throws: GuessCurveError.self) { try flat.curve.get() }
    #expect(flat.ofBelief == nil && (try? flat.effect.get()) != nil)
    #expect(throws: StatisticsError.lengthsDiffer(name: "guesses", found: 1, expected: 48)) {
      try GuessSensitivity(
        outcome: made.outcome, active: made.active, guesses: [.dontKnow])
    }
  }
}
