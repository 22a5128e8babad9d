import Testing

@testable import TrialStatistics

extension ArmsTests {
  @Test("complete with four slots of each of three arms")
  func large() throws {
    // 34,650 assignments, from a rule.
    let rule: [[[Int32]]] = {
      var states = [[0, 0, 0]]
      var result: [[[Int32]]] = []
      for slot in 0..<12 {
        var next: [[Int]] = []
        result.append(
          states.map { used in
            (0..<3).map { arm in
              var more = used
              more[arm] += 1
              guard more[arm] <= 4 else { return -1 }
              if let known = next.firstIndex(of: more) { return Int32(known) }
              next.append(more)
              return Int32(next.count - 1)
            }
          })
        states = next
        #expect(!states.isEmpty, "\(slot)")
      }
      return result
    }()
    let observed = [0, 1, 2, 2, 1, 0, 0, 1, 2, 1, 2, 0]
    let values: [Double] = [1, 4, 9, 8, 6, 2, 3, 5, 7, 3, 9, 2]
    let found = try ArmsTest(
      outcome: ExactOutcome(values: values), observed: observed, kept: nil, layers: rule,
      armCount: 3, statistic: .meanDifference, level: 0.95
    ).result()
    var extreme = 0
    var total = 0
    let list = sequences([4, 4, 4])
    func spread(_ arms: [Int]) -> Int {
      let sums = (0..<3).map { arm in
        zip(arms, values).reduce(0) { $1.0 == arm ? $0 + Int($1.1) : $0 }
      }
      return sums.reduce(0) { $0 + $1 * $1 }
    }
    for arms in list {
      total += 1
      if spread(arms) >= spread(observed) { extreme += 1 }
    }
    #expect(total == 34_650 && found.global.p == Double(extreme) / 34_650)
    // Arms 1 and 2 against the reference: 70 assignments each.
    #expect(found.contrasts[1].test?.pAbsolute == 2.0 / 70)
    #expect(found.contrasts.allSatisfy { $0.adjusted >= $0.test?.pAbsolute ?? 1 })
  }

  @Test("large sets are drawn from")
  func drawn() throws {
    let list = [[Int32]](repeating: [0, 0, 0], count: 1)
    let free = [[[Int32]]](repeating: list, count: 30)
    let observed = (0..<30).map { $0 % 3 }
    let found = try ArmsTest(
      outcome: ExactOutcome(
        values: observed.enumerated().map { Double($1 == 2 ? 5 : 1) + Double($0 * $0 % 5) / 4 }),
      observed: observed, kept: nil, layers: free, armCount: 3, statistic: .meanDifference,
      level: 0.9
    ).result()
    guard case .monteCarlo(100_000, let error) = found.global.method,
      case .monteCarlo(100_000, _) = found.adjustedMethod
    else {
      Issue.record("expected draws")
      return
    }
    #expect(found.global.p >= 1 / 100_001.0 && found.global.p < 0.001 && error >= 0)
    #expect(found.contrasts[1].adjusted < 0.001 && found.contrasts[0].adjusted > 0.01)
  }

  @Test("what cannot be compared")
  func degenerate() throws {
    let list = sequences([2, 2, 2])
    let tree = layers(list, arms: 3)
    func run(
      _ values: [Double?], _ observed: [Int], arms: Int = 3,
      kind: StatisticKind = .meanDifference
    ) throws -> ArmsResult {
      try ArmsTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil, layers: tree,
        armCount: arms, statistic: kind, level: 0.8
      ).result()
    }
    let arms = [0, 1, 2, 2, 1, 0]
    let same = try run([4, 4, 4, 4, 4, 4], arms)
    #expect(same.global.p == 1 && same.contrasts.allSatisfy { $0.adjusted == 1 })
    // An arm without an outcome cannot be compared with the others, nor all of them at once.
    #expect(throws: StatisticsError.armUnobserved(active: true)) {
      try run([4, 1, nil, nil, 2, 3], arms)
    }
    #expect(throws: StatisticsError.armUnobserved(active: false)) {
      try run([nil, 1, 2, 3, 2, nil], arms)
    }
    #expect(throws: StatisticsError.allMissing) { try run([nil, nil, nil, nil, nil, nil], arms) }
    #expect(throws: StatisticsError.notFinite(slot: 6)) {
      try run([1, 2, 3, 4, 5, .infinity], arms)
    }
    #expect(throws: StatisticsError.observedNotInSet(slot: 5)) {
      try run([1, 2, 3, 4, 5, 6], [0, 1, 0, 1, 0, 2])
    }
    #expect(throws: StatisticsError.observedNotInSet(slot: 2)) {
      try run([1, 2, 3, 4, 5, 6], [0, 3, 0, 1, 0, 2])
    }
    for count in [1, 7] {
      #expect(throws: StatisticsError.armCountOutOfRange(found: count)) {
        try run([1, 2, 3, 4, 5, 6], arms, arms: count)
      }
    }
    #expect(
      StatisticsError.armCountOutOfRange(found: 7).description == "found 7 arms, expected 2 to 6")
    #expect(throws: StatisticsError.twoArmsOnly) {
      try run([1, 2, 3, 4, 5, 6], arms, kind: .signedRank(pairs: ranges([2, 2, 2])))
    }
    #expect(
      StatisticsError.twoArmsOnly.description
        == "the signed ranks of pairs compare two arms, and the scheme has more")
    #expect(throws: StatisticsError.singleAssignment) {
      try ArmsTest(
        outcome: ExactOutcome(values: [1, 2, 3]), observed: [0, 1, 2], kept: nil,
        layers: layers([[0, 1, 2]], arms: 3), armCount: 3, statistic: .meanDifference, level: 0.8)
    }
    #expect(throws: StatisticsError.emptySet) {
      try ArmsTest(
        outcome: ExactOutcome(values: [1]), observed: [0], kept: nil, layers: [[[-1, -1]]],
        armCount: 2, statistic: .meanDifference, level: 0.8)
    }
    // An arm whose places are fixed cannot be compared; the other one can.
    let fixed = try ArmsTest(
      outcome: ExactOutcome(values: [1, 5, 2, 6, 3]), observed: [0, 1, 0, 1, 2], kept: nil,
      layers: layers(sequences([2, 2]).map { $0 + [2] }, arms: 3), armCount: 3,
      statistic: .meanDifference, level: 0.5
    ).result()
    #expect(fixed.contrasts[1].test == nil && fixed.contrasts[1].reason == .singleAssignment)
    #expect(fixed.contrasts[1].adjusted == 1 && fixed.contrasts[0].test?.pAbsolute == 1.0 / 3)
  }
}
