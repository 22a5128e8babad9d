import Testing

@testable import TrialStatistics

@Suite("Outcomes tested together")
struct JointTests {
  @Test("the reference's exact fractions, through the whole test")
  func oracle() throws {
    guard let oracle = try PeerValues.python()?.multiOutcome_oracle,
      let inputs = try PeerValues.inputs()?.multiOutcome
    else { return }
    for name in inputs.names {
      let data = inputs[name]
      let arms = data.assignment.numbers.map { Int($0) }
      let size = Int(data.blockSize.number)
      let sizes = [Int](repeating: size, count: arms.count / size)
      let outcomes = try data.outcomes.list.map {
        JointTest.Outcome(try ExactOutcome(values: $0.numbers))
      }
      let found = try JointTest(
        outcomes: outcomes, observed: arms, kept: nil,
        reference: ReferenceSet(layers: blockLayers(sizes: sizes, active: sizes.map { $0 / 2 })),
        statistic: .meanDifference, level: 0.95
      ).result()
      func same(_ values: [Double], _ key: String) {
        for (value, wanted) in zip(values, oracle[name][key].list) {
          #expect(agree(value, wanted.numerator.number / wanted.denominator.number, 1e-15))
        }
        #expect(values.count == oracle[name][key].list.count && !values.isEmpty)
      }
      #expect(found.method == .exact)
      same(found.raw, "rawTwoSided")
      same(found.maxT.stepDown, "maxT_randomizationSD_stepdown")
      same(found.maxT.singleStep, "maxT_randomizationSD_singlestep")
      same(found.minP.stepDown, "minP_stepdown")
      same(found.minP.singleStep, "minP_singlestep")
      for (one, other) in zip(found.holm, oracle[name].holmOfRaw.numbers) {
        #expect(agree(one, other))
      }
    }
  }

  private let all = blockAssignments([4, 4], [2, 2])
  private let noise: [[Double?]] = [
    [2, 9, 3, 6, 1, 5, 8, 8], [1, 4, 2, nil, 3, 3, 9, 5], [7, 2, 2, 8, 4, nil, 6, 1],
  ]

  private func outcomes() throws -> [JointTest.Outcome] {
    [
      JointTest.Outcome(try ExactOutcome(values: noise[0])),
      JointTest.Outcome(try ExactOutcome(values: noise[1]), whitening: .estimated),
      JointTest.Outcome(
        try ExactOutcome(values: noise[2]), covariates: Covariates.trend(days: Array(0..<8))),
    ]
  }

  @Test(
    "each outcome's own missing slots and adjustments, against the definition", arguments: 0..<5)
  func definition(number: Int) throws {
    let kinds: [StatisticKind] = [
      .meanDifference, .blockAdjusted(blocks: ranges([4, 4])), .studentised(blocks: nil),
      .rankSum(blocks: ranges([4, 4])), .rankSum(blocks: nil),
    ]
    let kind = kinds[number]
    let set = NaiveScheme(all).reference
    let found = try JointTest(
      outcomes: try outcomes(), observed: all[11], kept: nil, reference: set, statistic: kind,
      level: 0.9
    ).result()
    // The same from the statistic of each outcome alone with every assignment as the real one; a
    // statistic that is linear in the assignment is rescaled by each assignment's own weight.
    let tests = try outcomes().map { one in
      try RandomizationTest(
        outcome: one.outcome, observed: all[11], kept: nil, reference: set, statistic: kind,
        whitening: one.whitening, covariates: one.covariates, level: 0.9)
    }
    let statistics = try tests.map { try AssignmentStatistic($0) }
    let rows = all.map { arms in statistics.map { $0.value(arms) ?? .infinity } }
    let wanted = try ReferenceAdjustment(observed: rows[11], reference: rows)
    for index in tests.indices {
      #expect(agree(found.raw[index], try tests[index].result().pAbsolute))
      #expect(agree(found.raw[index], wanted.raw[index]))
      #expect(agree(found.maxT.stepDown[index], wanted.stepDown[index]))
      #expect(found.maxT.singleStep[index] >= found.maxT.stepDown[index])
      #expect(found.minP.stepDown[index] >= found.raw[index])
      #expect(found.holm[index] >= found.raw[index])
    }
  }

  @Test(
    "the statistic of an assignment is the one whose distribution the test has", arguments: 0..<6)
  func statistics(number: Int) throws {
    let pairs = blockAssignments([2, 2, 2, 2], [1, 1, 1, 1])
    let kinds: [StatisticKind] = [
      .meanDifference, .blockAdjusted(blocks: ranges([2, 2, 2, 2])), .studentised(blocks: nil),
      .studentised(blocks: ranges([2, 2, 2, 2])), .rankSum(blocks: nil),
      .signedRank(pairs: ranges([2, 2, 2, 2])),
    ]
    let outcome = try ExactOutcome(values: noise[0])
    for (columns, whitening) in [
      ([], Whitening.none), (Covariates.trend(days: Array(0..<8)), .fixed(0.3)),
    ] {
      let test = try RandomizationTest(
        outcome: outcome, observed: pairs[6], kept: nil,
        reference: NaiveScheme(pairs).reference, statistic: kinds[number], whitening: whitening,
        covariates: columns, level: 0.9)
      let statistic = try AssignmentStatistic(test)
      let result = try test.result()
      let own = try #require(statistic.value(pairs[6]))
      // Integer contrasts leave out the outcome's unit.
      let scale = own == 0 ? 1 : result.statistic / own
      #expect(number < 2 || abs(scale - 1) < 1e-9)
      for (value, probability) in result.distribution where result.distribution.count < 17 {
        let count = pairs.count {
          statistic.value($0).map { abs($0 * scale - value) < 1e-7 } ?? false
        }
        #expect(Double(count) / 16 >= probability - 1e-9)
      }
    }
  }

  @Test("over all assignments no family-wise error beyond the level")
  func calibration() throws {
    let set = NaiveScheme(all).reference
    let given = try outcomes()
    for kind in [StatisticKind.meanDifference, .rankSum(blocks: nil)] {
      var shares = [0, 0, 0]
      for arms in all {
        let found = try JointTest(
          outcomes: given, observed: arms, kept: nil, reference: set, statistic: kind, level: 0.9
        ).result()
        for (index, list) in [found.maxT.stepDown, found.minP.stepDown, found.holm].enumerated()
        where (list.min() ?? 1) <= 0.25 + 1e-12 { shares[index] += 1 }
      }
      for share in shares { #expect(Double(share) / Double(all.count) <= 0.25) }
      #expect(shares[0] > 0 && shares[0] >= shares[2])
    }
  }

  @Test("draws, constant outcomes, nothing to test")
  func degenerate() throws {
    let coin = ReferenceSet(layers: layers(slots: 24, start: 0) { _, state, _ in state })
    let arms = (0..<24).map { $0 % 2 }
    let outcomes = try (1...3).map { factor in
      JointTest.Outcome(try ExactOutcome(values: (0..<24).map { Double($0 * factor % 7) }))
    }
    let drawn = try JointTest(
      outcomes: outcomes, observed: arms, kept: nil, reference: coin, statistic: .meanDifference,
      level: 0.9
    ).result()
    guard case .monteCarlo(let draws, let error) = drawn.method else {
      Issue.record("expected draws")
      return
    }
    #expect(draws == 100_000 && error > 0)
    #expect(drawn.tests.allSatisfy { $0.method == .exact })
    for index in 0..<3 { #expect(drawn.maxT.stepDown[index] >= drawn.raw[index]) }

    let set = NaiveScheme(all).reference
    let constant = JointTest.Outcome(try ExactOutcome(values: [4, 4, 4, 4, 4, 4, 4, 4]))
    let same = try JointTest(
      outcomes: [constant, JointTest.Outcome(try ExactOutcome(values: noise[0]))],
      observed: all[3], kept: nil, reference: set, statistic: .meanDifference, level: 0.9
    ).result()
    #expect(same.raw[0] == 1 && same.maxT.stepDown[0] == 1 && same.holm[0] == 1)
    #expect(same.maxT.stepDown[1] == same.raw[1])
    #expect(throws: StatisticsError.noOutcomes) {
      try JointTest(
        outcomes: [], observed: all[3], kept: nil, reference: set, statistic: .meanDifference,
        level: 0.9)
    }
    #expect(
      StatisticsError.noOutcomes.description == "no outcome was given: there is nothing to test")
    #expect(throws: StatisticsError.allMissing) {
      try JointTest(
        outcomes: [
          constant,
          JointTest.Outcome(
            ExactOutcome(units: [nil, nil, nil, nil, nil, nil, nil, nil], decimals: 0)),
        ],
        observed: all[3], kept: nil, reference: set, statistic: .meanDifference, level: 0.9)
    }
  }
}
