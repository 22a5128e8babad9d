import Testing

@testable import TrialStatistics

extension CarryOverTests {
  @Test("over all assignments the size holds, and the intervals cover a constant effect")
  func calibration() throws {
    let all = blockAssignments([4, 4], [2, 2])
    let set = NaiveScheme(all).reference
    let noise: [Double] = [2, 9, 3, 6, 1, 5, 8, 8]
    func test(_ arms: [Int], _ effect: Double) throws -> CarryOverTest {
      try CarryOverTest(
        outcome: ExactOutcome(values: zip(noise, arms).map { $0 + effect * Double($1) }),
        observed: arms, kept: nil, reference: set, level: 0.75)
    }
    func covers(_ result: RandomizationResult?) -> Bool {
      guard let interval = result?.interval else { return true }
      return (interval.lower ?? -.infinity) <= 4 + 1e-6 && (interval.upper ?? .infinity) >= 4 - 1e-6
    }
    // An assignment without a statistic rejects nothing and covers everything.
    let dropped = try rejected(all, at: 0.25) { arms in
      try test(arms, 0).table(upTo: 1)[1].result?.pDoubled ?? 1
    }
    #expect(dropped <= 0.25 && dropped > 0)
    let covered = try all.filter { covers(try test($0, 4).table(upTo: 1)[1].result) }.count
    #expect(Double(covered) / Double(all.count) >= 0.75)
    for part in [\LagResult.own, \LagResult.before] {
      let share = try rejected(all, at: 0.25) { arms in
        (try? test(arms, 0).lag())?[keyPath: part].pDoubled ?? 1
      }
      #expect(share <= 0.25 && share > 0)
    }
    let own = try all.filter { covers(try? test($0, 4).lag().own) }.count
    #expect(Double(own) / Double(all.count) >= 0.75)
  }

  @Test("what cannot be told apart")
  func degenerate() throws {
    let all = blockAssignments([6], [3])
    let set = NaiveScheme(all).reference
    func test(_ values: [Double?], _ arms: [Int]) throws -> CarryOverTest {
      try CarryOverTest(
        outcome: ExactOutcome(values: values), observed: arms, kept: nil, reference: set,
        level: 0.8)
    }
    // Alternating arms are their own opposite one slot before.
    #expect(throws: StatisticsError.adjustmentsExplainArms) {
      try test([1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 1]).lag()
    }
    #expect(throws: StatisticsError.tooFewSlots(found: 2, needed: 3)) {
      try test([1, 2, 3, nil, nil, nil], [0, 1, 0, 1, 0, 1]).lag()
    }
    #expect(throws: StatisticsError.armUnobserved(active: true)) {
      try test([1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 1]).leavingOut(1)
    }
    let same = try test([4, 4, 4, 4, 4, 4], [0, 0, 1, 1, 1, 0])
    let fit = try same.lag()
    #expect(try same.leavingOut(1).pAbsolute == 1)
    #expect(fit.own.pGreater == 1 && fit.before.pAbsolute == 1)
    #expect(
      throws: StatisticsError.lengthsDiffer(name: "slots of other arms", found: 1, expected: 6)
    ) {
      try CarryOverTest(
        outcome: ExactOutcome(values: [1, 2, 3, 4, 5, 6]), observed: [0, 0, 1, 1, 1, 0], kept: nil,
        reference: set, elsewhere: [true], level: 0.8)
    }
  }
}
