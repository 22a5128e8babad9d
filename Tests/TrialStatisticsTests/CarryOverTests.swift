import Testing

@testable import TrialStatistics

@Suite("Carry-over")
struct CarryOverTests {
  /// The difference in means over slots whose arm is that of the `dropped` slots before.
  func difference(
    _ arms: [Int], _ values: [Ratio?], _ dropped: Int, _ elsewhere: Set<Int> = []
  ) -> Ratio? {
    func own(_ slot: Int) -> Int { elsewhere.contains(slot) ? 2 : arms[slot] }
    let slots = arms.indices.filter { slot in
      values[slot] != nil
        && (max(0, slot - dropped)..<slot).allSatisfy { own($0) == own(slot) }
    }
    func mean(_ arm: Int) -> Ratio? {
      let part = slots.filter { arms[$0] == arm }.compactMap { values[$0] }
      return part.isEmpty ? nil : part.reduce(Ratio(0), +) / Ratio(part.count)
    }
    guard let one = mean(1), let zero = mean(0) else { return nil }
    return one - zero
  }

  func share(
    _ all: [[Int]], _ here: Ratio, _ extreme: (Ratio, Ratio) -> Bool,
    _ statistic: ([Int]) -> Ratio?
  ) -> Double {
    Double(all.count { statistic($0).map { extreme($0, here) } ?? true }) / Double(all.count)
  }

  let values: [Int?] = [3, 7, 5, nil, 9, 4, 2, 8]

  @Test("the slots after a change, worked out for every assignment", arguments: 0..<4)
  func leavingOut(dropped: Int) throws {
    let all = (0..<256).map { bits in (0..<8).map { bits >> $0 & 1 } }
      .filter { (3...5).contains($0.reduce(0, +)) }
    let set = NaiveScheme(all).reference
    for (observed, elsewhere) in [
      ([0, 0, 0, 1, 1, 1, 1, 0], Set<Int>()), ([1, 1, 1, 1, 0, 0, 0, 0], []),
      ([0, 0, 0, 1, 1, 1, 1, 0], [3]),
    ] {
      let kept = (0..<8).map { !elsewhere.contains($0) }
      let seen = values.enumerated().map { elsewhere.contains($0) ? nil : $1 }
      let test = try CarryOverTest(
        outcome: ExactOutcome(units: values.map { $0.map { Int64($0) } }, decimals: 0),
        observed: observed, kept: kept, reference: set, elsewhere: kept.map { !$0 }, level: 0.6)
      func statistic(_ effect: Ratio) -> ([Int]) -> Ratio? {
        let moved = seen.indices.map { slot in
          seen[slot].map { observed[slot] == 1 ? Ratio($0) - effect : Ratio($0) }
        }
        return { difference($0, moved, dropped, elsewhere) }
      }
      guard let here = statistic(Ratio(0))(observed) else {
        #expect(throws: StatisticsError.self) { try test.leavingOut(dropped) }
        continue
      }
      let result = try test.leavingOut(dropped)
      #expect(result.method == .exact && agree(result.estimate, here.value))
      #expect(result.pGreater == share(all, here, >=, statistic(Ratio(0))))
      #expect(result.pLess == share(all, here, <=, statistic(Ratio(0))))
      #expect(
        result.pAbsolute
          == share(all, here, { $0.magnitude >= $1.magnitude }, statistic(Ratio(0))))
      #expect(
        result.undefinedCount == UInt128(all.count { statistic(Ratio(0))($0) == nil }))
      func at(_ effect: Double, _ extreme: (Ratio, Ratio) -> Bool) -> Double {
        let ratio = Ratio(Int((effect * 1e4).rounded()), 10_000)
        return share(all, here - ratio, extreme, statistic(ratio))
      }
      for (limit, way, extreme) in [
        (result.interval.lower, -1.0, (>=) as (Ratio, Ratio) -> Bool),
        (result.interval.upper, 1, (<=)),
      ] {
        guard let limit else {
          #expect(at(way * 50, extreme) > 0.2)
          continue
        }
        #expect(at(limit - way * 2e-4, extreme) > 0.2 && at(limit + way * 2e-4, extreme) <= 0.2)
      }
    }
  }

  @Test("with a trend taken out, by full matrices")
  func adjusted() throws {
    let all = blockAssignments([4, 4], [2, 2])
    let observed = all[14]
    let values: [Double] = [3, 5, 4, 8, 7, 10, 9, 12]
    let trend = Covariates.trend(days: Array(0..<8))
    let test = try CarryOverTest(
      outcome: ExactOutcome(values: values), observed: observed, kept: nil,
      reference: NaiveScheme(all).reference, whitening: .fixed(0.3), covariates: trend, level: 0.6)
    let result = try test.leavingOut(1)
    let dense = DenseModel(
      phi: 0.3, used: [Bool](repeating: true, count: 8),
      columns: [[Double](repeating: 1, count: 8)] + trend)
    func statistic(_ arms: [Int], _ scores: [Double]) -> Double? {
      let slots = (0..<8).filter { $0 == 0 || arms[$0] == arms[$0 - 1] }
      let (one, zero) = (slots.filter { arms[$0] == 1 }, slots.filter { arms[$0] == 0 })
      guard !one.isEmpty, !zero.isEmpty else { return nil }
      return one.reduce(0) { $0 + scores[$1] } / Double(one.count)
        - zero.reduce(0) { $0 + scores[$1] } / Double(zero.count)
    }
    func scores(_ effect: Double) -> [Double] {
      dense.adjusted(zip(values, observed).map { $0 - effect * Double($1) })
    }
    func share(_ effect: Double, _ sign: Double) throws -> Double {
      let left = scores(effect)
      let here = try #require(statistic(observed, left)) * sign
      return Double(all.count { statistic($0, left).map { $0 * sign >= here - 1e-9 } ?? true })
        / Double(all.count)
    }
    #expect(result.pGreater == (try share(0, 1)))
    #expect(result.pLess == (try share(0, -1)))
    #expect(abs(try #require(statistic(observed, scores(result.estimate)))) < 1e-9)
    #expect(result.autocorrelation == 0.3)
  }

  @Test("where the slots are the same for every assignment the plain test is used")
  func fixed() throws {
    // ABAB in phases of three slots, or BABA: slots after a change are the same ones.
    let set = NaiveScheme([
      [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0],
    ])
    let outcome = ExactOutcome(units: [1, 2, 3, 7, 5, 6, 1, 4, 2, 9, 8, 7], decimals: 0)
    let test = try CarryOverTest(
      outcome: outcome, observed: set.assignments[0], kept: nil, reference: set.reference,
      level: 0.5)
    let plain = try RandomizationTest(
      outcome: outcome, observed: set.assignments[0],
      kept: (0..<12).map { $0 < 3 || $0 % 3 >= 1 }, reference: set.reference,
      statistic: .meanDifference, whitening: .none, level: 0.5
    ).result()
    let found = try test.leavingOut(1)
    #expect(found.estimate == plain.estimate && found.pGreater == plain.pGreater)
    #expect(found.interval == plain.interval)
    let table = try test.table(upTo: 3)
    #expect(table.map(\.dropped) == [0, 1, 2, 3] && table.map(\.slots) == [12, 9, 6, 3])
    // After three slots without one before a change only the first phase is left.
    #expect(table[3].result == nil && table[3].reason == .armUnobserved(active: true))
    #expect(throws: StatisticsError.negativeSlots(found: -1)) { try test.table(upTo: -1) }
    #expect(throws: StatisticsError.negativeSlots(found: -2)) { try test.leavingOut(-2) }
    #expect(
      StatisticsError.negativeSlots(found: -2).description
        == "found -2 slots to leave out, expected 0 or more")
  }

  /// Both coefficients by solving the normal equations of all columns.
  func fit(
    _ arms: [Int], _ values: [Double?], _ columns: [[Double]]
  ) -> (own: Double, before: Double)? {
    let rows = arms.indices.filter { $0 > 0 && values[$0] != nil }
    let all =
      [rows.map { Double(arms[$0]) }, rows.map { Double(arms[$0 - 1]) }]
      + columns.map { column in rows.map { column[$0] } }
    let gram = all.map { a in all.map { DenseModel.dot(a, $0) } }
    guard abs(DenseModel.determinant(gram)) > 1e-6 else { return nil }
    let right = all.map { DenseModel.dot($0, rows.map { values[$0] ?? 0 }) }
    let found = DenseModel.product(DenseModel.inverse(gram), right)
    return (found[0], found[1])
  }

  @Test("the arm of the slot before, refitted for every assignment")
  func lag() throws {
    let all = (0..<128).map { bits in (0..<7).map { bits >> $0 & 1 } }
      .filter { (2...5).contains($0.reduce(0, +)) }
    let observed = [0, 1, 1, 0, 1, 0, 0]
    let values: [Double?] = [3, 7, 5, 4, 9, nil, 2]
    let ones = [[Double](repeating: 1, count: 7)]
    for columns in [[], Covariates.trend(days: Array(0..<7))] {
      let result = try CarryOverTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil,
        reference: NaiveScheme(all).reference, covariates: columns, level: 0.6
      ).lag()
      let own = try #require(fit(observed, values, ones + columns))
      #expect(abs(result.own.estimate - own.own) < 1e-9 && result.slots == 5)
      #expect(abs(result.before.estimate - own.before) < 1e-9)
      func share(_ effect: Double, _ extreme: ((Double, Double), (Double, Double)) -> Bool)
        throws -> Double
      {
        let moved = values.enumerated().map { slot, value in
          value.map { $0 - effect * Double(observed[slot]) }
        }
        let here = try #require(fit(observed, moved, ones + columns))
        let count = all.count { arms in
          fit(arms, moved, ones + columns).map { extreme(($0.own, $0.before), here) } ?? true
        }
        return Double(count) / Double(all.count)
      }
      #expect(result.own.pGreater == (try share(0) { $0.0 >= $1.0 - 1e-9 }))
      #expect(result.own.pLess == (try share(0) { $0.0 <= $1.0 + 1e-9 }))
      #expect(result.before.pGreater == (try share(0) { $0.1 >= $1.1 - 1e-9 }))
      #expect(result.before.pAbsolute == (try share(0) { abs($0.1) >= abs($1.1) - 1e-9 }))
      let undefined = all.count { fit($0, values, ones + columns) == nil }
      #expect(result.own.undefinedCount == UInt128(undefined) && undefined > 0)
      if let lower = result.own.interval.lower {
        #expect(try share(lower + 1e-6) { $0.0 >= $1.0 - 1e-9 } > 0.2)
        #expect(try share(lower - 1e-6) { $0.0 >= $1.0 - 1e-9 } <= 0.2)
      }
    }
  }
}
