import TrialStatistics

/// Several hypotheses at once: how often at least one true one is rejected.
extension Calibration {
  /// Three arms, four slots of each in any order; each later arm against the first.
  static func severalArms(trials: Int) throws {
    head([
      "three arms, 4 slots of each, φ", "any rejected, no effect", "all arms, no effect",
      "arm 2 rejected, only arm 1 works", "power of arm 1 at 2 SD",
    ])
    let layers = threeArms(each: 4)
    for phi in phis {
      var noise = Noise(seed: 17)
      var (any, global, wrong, power) = (0, 0, 0, 0)
      for _ in 0..<trials {
        let outcome = noise.series(12, phi: phi)
        var urn = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
        for last in stride(from: 11, to: 0, by: -1) {
          urn.swapAt(last, Int(noise.uniform() * Double(last + 1)))
        }
        let arms = urn
        func result(_ outcome: [Double]) throws -> ArmsResult {
          try ArmsTest(
            outcome: ExactOutcome(values: outcome), observed: arms, kept: nil, layers: layers,
            armCount: 3, statistic: .meanDifference, level: 0.95
          ).result()
        }
        let null = try result(outcome)
        if null.contrasts.contains(where: { $0.adjusted <= 0.05 }) { any += 1 }
        if null.global.p <= 0.05 { global += 1 }
        let real = try result(outcome.indices.map { outcome[$0] + (arms[$0] == 1 ? 2 : 0) })
        if real.contrasts[1].adjusted <= 0.05 { wrong += 1 }
        if real.contrasts[0].adjusted <= 0.05 { power += 1 }
      }
      line(["\(phi)"] + [any, global, wrong, power].map { rate($0, trials) })
    }
  }

  /// The layers of three arms with so many slots of each; a state counts those of arms 1 and 2.
  private static func threeArms(each: Int) -> [[[Int32]]] {
    let side = each + 1
    return (0..<3 * each).map { slot in
      (0..<side * side).map { state in
        let used = [slot - state / side - state % side, state / side, state % side]
        guard (0...each).contains(used[0]) else { return [-1, -1, -1] }
        return (0..<3).map { arm in
          guard used[arm] < each else { return -1 }
          return Int32(state + (arm == 1 ? side : arm == 2 ? 1 : 0))
        }
      }
    }
  }

  /// Three outcomes that are correlated, adjusted in three ways.
  static func severalOutcomes(trials: Int) throws {
    let rules: [(name: String, values: (JointResult) -> [Double])] = [
      ("max-T", { $0.maxT.stepDown }), ("min-P", { $0.minP.stepDown }), ("Holm", { $0.holm }),
    ]
    func test(_ design: Design, _ outcomes: [[Double]], _ arms: [Int]) throws -> JointResult {
      try JointTest(
        outcomes: outcomes.map { JointTest.Outcome(try ExactOutcome(values: $0)) },
        observed: arms, kept: nil, reference: design.reference, statistic: .meanDifference,
        level: 0.95
      ).result()
    }
    func shifted(_ outcome: [Double], _ arms: [Int]) -> [Double] {
      outcome.indices.map { outcome[$0] + Double(arms[$0]) }
    }
    head(["three outcomes, every assignment of"] + rules.map { "any rejected, \($0.name)" })
    for design in [Design.pairs(8), .blocks(4, 3)] {
      var noise = Noise(seed: 23)
      var worst = [Double](repeating: 0, count: rules.count)
      for series in 0..<12 {
        let outcomes = noise.outcomes(3, design.slots, phi: phis[series % 4])
        var any = [Int](repeating: 0, count: rules.count)
        for arms in design.assignments {
          let result = try test(design, outcomes, arms)
          for (index, rule) in rules.enumerated()
          where rule.values(result).contains(where: { $0 <= 0.05 }) {
            any[index] += 1
          }
        }
        for index in worst.indices {
          worst[index] = max(worst[index], Double(any[index]) / Double(design.assignments.count))
        }
      }
      line([design.name] + worst.map(percent))
    }
    head([
      "10 pairs, three outcomes, φ", "rule", "any rejected, no effect",
      "a true one rejected, one outcome works", "power of that one at 1 SD",
    ])
    let design = Design.pairs(10)
    for phi in phis {
      var noise = Noise(seed: 29)
      var counts = [[Int]](repeating: [0, 0, 0], count: rules.count)
      for _ in 0..<trials {
        let outcomes = noise.outcomes(3, design.slots, phi: phi)
        let arms = design.drawn(&noise)
        let null = try test(design, outcomes, arms)
        let real = try test(design, [shifted(outcomes[0], arms)] + outcomes.dropFirst(), arms)
        for (index, rule) in rules.enumerated() {
          if rule.values(null).contains(where: { $0 <= 0.05 }) { counts[index][0] += 1 }
          let values = rule.values(real)
          if values.dropFirst().contains(where: { $0 <= 0.05 }) { counts[index][1] += 1 }
          if values[0] <= 0.05 { counts[index][2] += 1 }
        }
      }
      for (index, rule) in rules.enumerated() {
        line(["\(phi)", rule.name] + counts[index].map { rate($0, trials) })
      }
    }
  }
}
