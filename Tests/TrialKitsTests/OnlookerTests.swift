import Testing

/// Whether somebody who sees every screen, every file and the order of the kits can predict a slot.
///
/// 2,400 packings. Every number that is seen is tried as a predictor of the arm, over all slots and for each
/// slot alone, and its difference between two slots as a predictor of "the same arm?". Packings are independent
/// and each slot's arm is a fair coin, so the score of a number without information is a sum over packings
/// of independent terms with mean 0 (for "which arm?" exactly, whatever is seen). The alarm is two-sided
/// 0.001 over all predictors (Bonferroni), which is |z| > 4.4 for 112 of them; 5 is asked for.
@Suite struct OnlookerTests {
  static let packings = 2_400

  struct Score: CustomStringConvertible {
    let name: String
    let z: Double
    var description: String { "\(name): z = \(z)" }
  }

  /// Beyond the quantile of 0.001 / 112, two-sided: a false alarm in less than one of 10,000 runs.
  static let alarm = 5.0

  static func simulate(from first: Int, _ leak: PackingSimulation.Leak?) throws -> [Score] {
    let packed = try (0..<packings).map {
      try PackingSimulation(number: first + $0, leak: leak)
    }
    return scores(of: packed)
  }

  static func scores(of packed: [PackingSimulation]) -> [Score] {
    var scores: [Score] = []
    for (feature, name) in PackingSimulation.features.enumerated() {
      // Within a packing the arms are balanced: the covariance with the arm has mean 0.
      let all = packed.map { one in
        let mean = one.seen.reduce(0) { $0 + $1[feature] } / Double(one.seen.count)
        return zip(one.seen, one.arms).reduce(0.0) { sum, pair in
          sum + (pair.0[feature] - mean) * (pair.1 ? 1 : -1)
        }
      }
      scores.append(Score(name: name, z: z(all)))
      for slot in 0..<PackingSimulation.slots {
        let mean = packed.reduce(0) { $0 + $1.seen[slot][feature] } / Double(packed.count)
        let one = packed.map { ($0.seen[slot][feature] - mean) * ($0.arms[slot] ? 1 : -1) }
        scores.append(Score(name: "\(name), slot \(slot + 1)", z: z(one)))
      }
      scores.append(
        Score(name: "\(name), same arm?", z: z(packed.map { pairScore($0, feature) })))
    }
    return scores
  }

  /// How much closer two slots of one arm are than two of different arms: mean 0 when the numbers say
  /// nothing, as every pair is of one arm equally often.
  static func pairScore(_ one: PackingSimulation, _ feature: Int) -> Double {
    var (same, other, sames, others) = (0.0, 0.0, 0, 0)
    for first in one.seen.indices {
      for second in one.seen.indices where second > first {
        let distance = abs(one.seen[first][feature] - one.seen[second][feature])
        if one.arms[first] == one.arms[second] {
          same += distance
          sames += 1
        } else {
          other += distance
          others += 1
        }
      }
    }
    return same / Double(max(1, sames)) - other / Double(max(1, others))
  }

  /// Mean over its standard error; 0 for a constant.
  static func z(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard squares > 0 else { return 0 }
    return mean / (squares / (n - 1) / n).squareRoot()
  }

  @Test func nothingThatIsSeenPredictsASlot() throws {
    let scores = try Self.simulate(from: 1_000_000, nil)
    #expect(scores.count == 112)
    let loud = scores.filter { abs($0.z) > Self.alarm }
    #expect(loud.isEmpty, "\(loud)")
  }

  @Test(arguments: PackingSimulation.Leak.allCases)
  func aPlantedLeakIsFound(_ leak: PackingSimulation.Leak) throws {
    let scores = try Self.simulate(from: 2_000_000, leak)
    #expect(scores.contains { abs($0.z) > Self.alarm }, "\(leak)")
  }
}
