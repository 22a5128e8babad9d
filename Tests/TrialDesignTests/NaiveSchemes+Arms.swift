import TrialDesign

extension NaiveScheme {
  /// How many slots each of three arms has.
  private static func counts(_ z: [Int]) -> [Int] { (0..<3).map { arm in z.count { $0 == arm } } }

  /// Schemes of three arms.
  static var ofThreeArms: [NaiveScheme] {
    var result: [NaiveScheme] = []
    for numbers in [[1, 1, 1], [2, 2, 2], [3, 1, 2], [2, 4, 1]] {
      let slots = numbers.reduce(0, +)
      result.append(
        NaiveScheme(.complete(CompleteRandomization(counts: numbers)), slots: slots, arms: 3) {
          counts($0) == numbers
        })
      for run in 1...2 where numbers != [2, 4, 1] || run == 2 {
        result.append(
          NaiveScheme(
            .alternation(RestrictedAlternation(counts: numbers, longestRun: run)), slots: slots,
            arms: 3
          ) { z in
            counts(z) == numbers
              && !z.indices.dropFirst(run).contains { place in
                Set(z[(place - run)...place]).count == 1
              }
          })
      }
    }
    for (sets, length) in [(1, 1), (1, 3), (2, 1), (2, 2)] {
      result.append(
        NaiveScheme(
          .periods(RandomizedPeriods(sets: sets, arms: 3, length: length)),
          slots: 3 * sets * length, arms: 3
        ) { z in
          let periods = stride(from: 0, to: z.count, by: length).map {
            Array(z[$0..<($0 + length)])
          }
          return periods.allSatisfy { Set($0).count == 1 }
            && (0..<sets).allSatisfy { set in
              Set(periods[(3 * set)..<(3 * set + 3)].map { $0[0] }).count == 3
            }
        })
    }
    for fewest in 0...2 {
      result.append(
        NaiveScheme(.coin(BoundedCoin(slots: 6, fewest: fewest, arms: 3)), slots: 6, arms: 3) {
          (counts($0).min() ?? 0) >= fewest
        })
    }
    let patterns = [[1, 0, 2], [2, 1, 0]]
    result.append(
      NaiveScheme(
        .weekly(WeeklySets(weeks: 3, activeWeeks: 2, patterns: patterns)), slots: 9, arms: 3
      ) { z in
        let weeks = [Array(z[0..<3]), Array(z[3..<6]), Array(z[6..<9])]
        return weeks.count { patterns.contains($0) } == 2 && weeks.contains([0, 0, 0])
      })
    let listed = [[0, 1, 2], [2, 1, 0], [1, 1, 2]]
    result.append(
      NaiveScheme(.listed(listed.map(Assignment.init(arms:))), slots: 3, arms: 3) {
        listed.contains($0)
      })
    return result
  }

  /// Blocks in a hidden order: what some order of them allows, each sequence once.
  static var shuffled: [NaiveScheme] {
    [
      [[1, 1], [1, 1]], [[1, 1], [2, 2]], [[1, 1], [1, 1], [2, 2]], [[1, 2], [2, 1]],
      [[1, 1], [2, 1], [1, 2]], [[1, 1, 1], [2, 1, 1]], [[1, 1, 1], [1, 1, 1]],
    ].map { blocks in
      let arms = blocks[0].count
      let orders = orders(of: blocks)
      return NaiveScheme(
        .blocks(PermutedBlocks(counts: blocks, isShuffled: true)),
        slots: blocks.joined().reduce(0, +), arms: arms
      ) { z in
        orders.contains { order in
          var rest = z[...]
          return order.allSatisfy { block in
            let part = rest.prefix(block.reduce(0, +))
            rest = rest.dropFirst(part.count)
            return block == (0..<arms).map { arm in part.count { $0 == arm } }
          }
        }
      }
    }
  }

  private static func orders(of blocks: [[Int]]) -> [[[Int]]] {
    blocks.isEmpty
      ? [[]]
      : blocks.indices.flatMap { first in
        var rest = blocks
        let block = rest.remove(at: first)
        return orders(of: rest).map { [block] + $0 }
      }
  }
}
