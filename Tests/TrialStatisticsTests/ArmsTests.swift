import Testing

@testable import TrialStatistics

@Suite("More than two arms")
struct ArmsTests {
  /// The layers of a list of assignments, one state per beginning.
  func layers(_ list: [[Int]], arms: Int) -> [[[Int32]]] {
    var result: [[[Int32]]] = []
    var starts: [[Int]] = [[]]
    for slot in 0..<(list.first?.count ?? 0) {
      let known = Set(list.map { Array($0.prefix(slot + 1)) })
      var next: [[Int]] = []
      result.append(
        starts.map { start in
          (0..<arms).map { arm in
            guard known.contains(start + [arm]) else { return -1 }
            next.append(start + [arm])
            return Int32(next.count - 1)
          }
        })
      starts = next
    }
    return result
  }

  /// All sequences of blocks with so many slots of each arm.
  func sequences(_ counts: [Int], blocks: Int = 1) -> [[Int]] {
    func all(_ rest: [Int]) -> [[Int]] {
      guard rest.contains(where: { $0 > 0 }) else { return [[]] }
      return rest.indices.filter { rest[$0] > 0 }.flatMap { arm in
        var less = rest
        less[arm] -= 1
        return all(less).map { [arm] + $0 }
      }
    }
    let block = all(counts)
    return (0..<blocks).reduce([[]]) { start, _ in start.flatMap { one in block.map { one + $0 } } }
  }

  /// Arm means less the reference's by least squares with block dummies, by full matrices.
  func coefficients(
    _ arms: [Int], _ values: [Double?], _ blocks: [Range<Int>], _ compared: [Int]
  ) -> [Double]? {
    let rows = arms.indices.filter { values[$0] != nil && ([0] + compared).contains(arms[$0]) }
    let columns =
      compared.map { arm in rows.map { arms[$0] == arm ? 1.0 : 0 } }
      + blocks.map { block in rows.map { block.contains($0) ? 1.0 : 0 } }.filter { $0.contains(1) }
    let gram = columns.map { a in columns.map { DenseModel.dot(a, $0) } }
    guard abs(DenseModel.determinant(gram)) > 1e-6 else { return nil }
    let right = columns.map { DenseModel.dot($0, rows.map { values[$0] ?? 0 }) }
    return Array(DenseModel.product(DenseModel.inverse(gram), right).prefix(compared.count))
  }

  func same(_ one: [Int], _ other: [Int], outside free: Set<Int>) -> Bool {
    zip(one, other).allSatisfy { $0 == $1 || free.contains($0) && free.contains($1) }
  }

  func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }

  /// p of the largest |T| / s of some arms over the assignments that agree with the real one elsewhere.
  func largest(
    _ list: [[Int]], _ observed: [Int], _ compared: [Int], _ statistic: ([Int]) -> [Double]?
  ) -> Double {
    let set = list.filter { same($0, observed, outside: Set([0] + compared)) }
    let rows = set.map(statistic)
    let scales = compared.indices.map { index in deviation(rows.compactMap { $0?[index] }) }
    func size(_ row: [Double]) -> Double {
      zip(row, scales).reduce(0) { $1.1 < 1e-9 ? $0 : max($0, abs($1.0) / $1.1) }
    }
    let here = size(statistic(observed) ?? [])
    let count = rows.count { $0.map { size($0) >= here - 1e-9 } ?? true }
    return Double(count) / Double(set.count)
  }

  func compare(
    _ list: [[Int]], _ observed: [Int], _ values: [Double?], arms: Int, blocks: [Range<Int>]?
  ) throws {
    let test = try ArmsTest(
      outcome: ExactOutcome(values: values), observed: observed, kept: nil,
      layers: layers(list, arms: arms), armCount: arms,
      statistic: blocks.map { .blockAdjusted(blocks: $0) } ?? .meanDifference, level: 0.8)
    let found = try test.result()
    let parts = blocks ?? [0..<values.count]
    let place: Comment = "\(observed)"
    #expect(found.adjustedMethod == .exact && found.global.method == .exact)
    // Each arm alone: over the assignments that agree with the real one at every third arm.
    var alone: [Double] = []
    for arm in 1..<arms {
      let set = list.filter { same($0, observed, outside: [0, arm]) }
      let seen = values.enumerated().map { [0, arm].contains(observed[$0]) ? $1 : nil }
      let twin = try? RandomizationTest(
        outcome: ExactOutcome(values: seen), observed: observed.map { $0 == arm ? 1 : 0 },
        kept: nil, reference: NaiveScheme(set.map { $0.map { $0 == arm ? 1 : 0 } }).reference,
        statistic: blocks.map { .blockAdjusted(blocks: $0) } ?? .meanDifference, whitening: .none,
        level: 0.8
      ).result()
      let contrast = found.contrasts[arm - 1]
      #expect(contrast.arm == arm)
      #expect(contrast.test?.pGreater == twin?.pGreater, place)
      #expect(contrast.test?.pAbsolute == twin?.pAbsolute, place)
      #expect(contrast.test?.interval == twin?.interval, place)
      #expect((contrast.reason == nil) == (twin != nil))
      alone.append(twin?.pAbsolute ?? 1)
    }
    // All arms: the squares of the adjusted means about their mean.
    func spread(_ assignment: [Int]) -> Double? {
      coefficients(assignment, values, parts, Array(1..<arms)).map { list in
        let means = [0] + list
        let centre = means.reduce(0, +) / Double(means.count)
        return means.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      }
    }
    let here = try #require(spread(observed))
    let count = list.count { spread($0).map { $0 >= here - 1e-9 } ?? true }
    #expect(abs(found.global.p - Double(count) / Double(list.count)) < 1e-12, place)
    #expect(abs(found.global.statistic - here) < 1e-9, place)
    // Closed testing over all sets of comparisons.
    for arm in 1..<arms {
      var wanted = alone[arm - 1]
      for members in 1..<(1 << (arms - 1)) where members >> (arm - 1) & 1 == 1 {
        let compared = (1..<arms).filter { members >> ($0 - 1) & 1 == 1 }
        guard compared.count > 1 else { continue }
        let inside = values.enumerated().map {
          ([0] + compared).contains(observed[$0]) ? $1 : nil
        }
        let joint = largest(list, observed, compared) {
          coefficients($0, inside, parts, compared)
        }
        #expect(abs(try test.largest(of: compared).p - joint) < 1e-12, place)
        wanted = max(wanted, joint)
      }
      #expect(abs(found.contrasts[arm - 1].adjusted - wanted) < 1e-12, place)
      #expect(found.contrasts[arm - 1].adjusted >= alone[arm - 1])
    }
  }

  @Test("blocks of three, every element as the real one")
  func blocks() throws {
    let list = sequences([1, 1, 1], blocks: 3)
    for observed in stride(from: 0, to: list.count, by: 54).map({ list[$0] }) {
      try compare(
        list, observed, [3, 7, 5, 4, 9, 4, 2, 8, 6], arms: 3, blocks: ranges([3, 3, 3]))
      try compare(list, observed, [3, 7, 5, 4, nil, 4, 2, 8, 6], arms: 3, blocks: nil)
    }
  }

  @Test("complete, unequal and listed sets of three and four arms")
  func others() throws {
    let complete = sequences([2, 2, 2])
    try compare(complete, complete[17], [3, 7, 5, 4, 9, 4], arms: 3, blocks: nil)
    try compare(complete, complete[60], [3, 7, nil, 4, 9, 4], arms: 3, blocks: ranges([3, 3]))
    let unequal = sequences([3, 2, 1])
    try compare(unequal, unequal[31], [3, 7, 5, 4, 9, 1], arms: 3, blocks: nil)
    let four = sequences([1, 1, 1, 1], blocks: 2)
    try compare(four, four[100], [3, 7, 5, 4, 9, 1, 2, 6], arms: 4, blocks: ranges([4, 4]))
    let listed = [
      [0, 1, 2, 0], [1, 0, 2, 0], [2, 1, 0, 0], [0, 2, 1, 0], [0, 0, 2, 1], [1, 2, 0, 0],
    ]
    for observed in listed { try compare(listed, observed, [1, 4, 2, 7], arms: 3, blocks: nil) }
  }

  @Test("with one comparison the joint p is the two-sided one", arguments: 0..<6)
  func oneComparison(number: Int) throws {
    let kinds: [StatisticKind] = [
      .meanDifference, .blockAdjusted(blocks: ranges([3, 4])), .studentised(blocks: nil),
      .rankSum(blocks: nil), .rankSum(blocks: ranges([3, 4])),
      .studentised(blocks: ranges([3, 4])),
    ]
    let coin = (0..<128).map { bits in (0..<7).map { bits >> $0 & 1 } }
    for (columns, whitening) in [
      ([], Whitening.none), (Covariates.trend(days: Array(0..<7)), .estimated),
    ] {
      for list in [coin, blockAssignments([3, 4], [1, 2])] {
        let observed = [0, 1, 0, 1, 0, 0, 1]
        let values: [Double?] = [3, 7, 5, 4, 9, nil, 2]
        let found = try ArmsTest(
          outcome: ExactOutcome(values: values), observed: observed, kept: nil,
          layers: layers(list, arms: 2), armCount: 2, statistic: kinds[number],
          whitening: whitening, covariates: columns, level: 0.8
        ).result()
        let alone = try #require(found.contrasts[0].test)
        #expect(found.contrasts.count == 1 && found.contrasts[0].adjusted == alone.pAbsolute)
        #expect(abs(found.global.p - alone.pAbsolute) < 1e-12, "\(kinds[number])")
        #expect(abs(found.global.undefinedShare - alone.undefinedShare) < 1e-12)
      }
    }
  }

  @Test("over all assignments the global test and the adjusted ones keep their size")
  func calibration() throws {
    let list = sequences([1, 1, 1], blocks: 3)
    let tree = layers(list, arms: 3)
    let noise: [Double] = [3, 7, 5, 4, 9, 4, 2, 8, 6]
    for kind in [
      StatisticKind.meanDifference, .rankSum(blocks: ranges([3, 3, 3])), .studentised(blocks: nil),
    ] {
      // The third arm does something: among the other hypotheses the error must still be rare.
      for effect in kind == .meanDifference ? [0.0, 20] : [0] {
        var (global, family) = (0, 0)
        for arms in list {
          let found = try ArmsTest(
            outcome: ExactOutcome(values: zip(noise, arms).map { $1 == 2 ? $0 + effect : $0 }),
            observed: arms, kept: nil, layers: tree, armCount: 3, statistic: kind, level: 0.8
          ).result()
          if found.global.p <= 0.25 + 1e-12 { global += 1 }
          let wrong = effect == 0 ? found.contrasts : [found.contrasts[0]]
          if wrong.contains(where: { $0.adjusted <= 0.25 + 1e-12 }) { family += 1 }
        }
        let size = Double(list.count)
        #expect(effect > 0 || Double(global) / size <= 0.25, "\(kind)")
        #expect(Double(family) / size <= 0.25, "\(kind) \(effect)")
        #expect(effect == 0 || global > family)
      }
    }
  }
}
