import TrialDesign

/// The obvious twin of the automaton: every sequence of arms, kept when a whole-sequence rule says so.
struct NaiveScheme: Sendable {
  let scheme: RandomizationScheme
  let slots: Int
  let arms: Int
  let keeps: @Sendable ([Int]) -> Bool

  init(
    _ scheme: RandomizationScheme, slots: Int, arms: Int = 2,
    keeps: @escaping @Sendable ([Int]) -> Bool
  ) {
    self.scheme = scheme
    self.slots = slots
    self.arms = arms
    self.keeps = keeps
  }

  /// All sequences that are kept, in lexicographic order.
  var members: [[Int]] { all(slots).filter(keeps) }

  /// All sequences of a length.
  func all(_ length: Int) -> [[Int]] {
    length == 0
      ? [[]] : all(length - 1).flatMap { start in (0..<arms).map { start + [$0] } }
  }

  private static func runs(_ z: [Int]) -> [(arm: Int, length: Int)] {
    z.reduce(into: []) { runs, arm in
      if let last = runs.last, last.arm == arm {
        runs[runs.count - 1].length += 1
      } else {
        runs.append((arm, 1))
      }
    }
  }

  /// Many small schemes of every kind.
  static var every: [NaiveScheme] {
    var result: [NaiveScheme] = []
    for slots in 2...8 {
      for active in 1..<slots {
        result.append(
          NaiveScheme(
            .complete(CompleteRandomization(slots: slots, active: active)), slots: slots
          ) { $0.reduce(0, +) == active })
        for run in 1...3
        where min(active, slots - active) * run + run >= max(active, slots - active) {
          result.append(
            NaiveScheme(
              .alternation(
                RestrictedAlternation(slots: slots, active: active, longestRun: run)),
              slots: slots
            ) { z in z.reduce(0, +) == active && runs(z).allSatisfy { $0.length <= run } })
        }
      }
      for fewest in 0...(slots / 2) {
        result.append(
          NaiveScheme(.coin(BoundedCoin(slots: slots, fewest: fewest)), slots: slots) { z in
            let ones = z.reduce(0, +)
            return ones >= fewest && slots - ones >= fewest
          })
      }
    }
    return result + shaped + ofThreeArms + shuffled
  }

  private static var shaped: [NaiveScheme] {
    var result: [NaiveScheme] = []
    for kind in RandomizedPhases.Kind.allCases {
      for slots in (2 * kind.phases)...10 {
        for shortest in 1...2 {
          result.append(
            NaiveScheme(
              .phases(RandomizedPhases(kind: kind, slots: slots, shortest: shortest)), slots: slots
            ) { z in
              let runs = runs(z)
              return runs.map(\.arm) == (0..<kind.phases).map { $0 % 2 }
                && runs.allSatisfy { $0.length >= shortest }
            })
        }
      }
    }
    for (pairs, length) in [(1, 1), (2, 2), (3, 1), (1, 4), (2, 3)] {
      result.append(
        NaiveScheme(
          .periods(RandomizedPeriods(pairs: pairs, length: length)), slots: 2 * pairs * length
        ) { z in
          (0..<pairs).allSatisfy { pair in
            let slots = Array(z[(2 * pair * length)..<(2 * (pair + 1) * length)])
            return Set(slots.prefix(length)).count == 1 && Set(slots.suffix(length)).count == 1
              && slots.first != slots.last
          }
        })
    }
    result.append(
      NaiveScheme(.pairs(RandomizedPairs(count: 4)), slots: 8) { z in
        (0..<4).allSatisfy { z[2 * $0] != z[2 * $0 + 1] }
      })
    result.append(
      NaiveScheme(.blocks(PermutedBlocks(sizes: [3, 2, 4], active: [1, 1, 3])), slots: 9) { z in
        z[0..<3].reduce(0, +) == 1 && z[3..<5].reduce(0, +) == 1 && z[5..<9].reduce(0, +) == 3
      })
    result.append(
      NaiveScheme(
        .blocks(PermutedBlocks(counts: [[1, 1, 1], [2, 1, 1]])), slots: 7, arms: 3
      ) { z in
        Set(z[0..<3]).count == 3 && z[3..<7].sorted() == [0, 0, 1, 2]
      })
    result.append(
      NaiveScheme(
        .complete(CompleteRandomization(counts: [2, 2, 2])), slots: 6, arms: 3
      ) { $0.sorted() == [0, 0, 1, 1, 2, 2] })
    for turns in [false, true] {
      let patterns = [[1, 0, 1], [0, 1, 1]]
      result.append(
        NaiveScheme(
          .weekly(
            WeeklySets(weeks: 3, activeWeeks: 2, patterns: patterns, alternating: turns)),
          slots: 9
        ) { z in
          let weeks = [Array(z[0..<3]), Array(z[3..<6]), Array(z[6..<9])]
          let active = weeks.map { $0 != [0, 0, 0] }
          return weeks.allSatisfy { $0 == [0, 0, 0] || patterns.contains($0) }
            && active.count { $0 } == 2 && (!turns || active == [true, false, true])
        })
    }
    let listed = [[0, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 1]]
    result.append(
      NaiveScheme(.listed(listed.map(Assignment.init(arms:))), slots: 4) { listed.contains($0) })
    return result
  }
}
