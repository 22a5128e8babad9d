extension CarryOverTest {
  /// The difference in means over the slots whose arm is that of the `dropped` slots before them.
  ///
  /// Slots at the start of the trial have fewer before them, and only those are looked at. Which slots
  /// count is worked out for each assignment; where it is the same for all of them, as with a fixed
  /// number of slots at the start of every phase, the test of the remaining slots is the same and is
  /// used. Else exact up to 2²¹ assignments, and by draws beyond. An assignment that leaves an arm
  /// without slots is extreme on every side and counted. With adjustments P the values are Py, and
  /// the limits are in terms of Pz°, both over the slots that count.
  public func leavingOut(_ dropped: Int) throws(StatisticsError) -> RandomizationResult {
    guard dropped >= 0 else { throw .negativeSlots(found: dropped) }
    let own = eligible(test.observed, dropped)
    for arm in 0...1 where !own.indices.contains(where: { own[$0] && test.observed[$0] == arm }) {
      throw .armUnobserved(active: arm == 1)
    }
    if dropped == 0 || isFixed(dropped) {
      return try test.over(own).result()
    }
    let list = Assignments(test.reference, observed: test.observed)
    return test.isAdjusted ? try adjusted(dropped, list) : plain(dropped, list)
  }

  /// Whether the slots that count are the same under every assignment.
  private func isFixed(_ dropped: Int) -> Bool {
    struct Memory: Hashable {
      var state: Int32
      var arm: Int
      var same: Int
    }
    var reached: Set<Memory> = [Memory(state: 0, arm: -1, same: 0)]
    for slot in 0..<test.reference.slotCount {
      var next: Set<Memory> = []
      for memory in reached {
        for arm in 0...1 {
          guard let state = test.reference.next(slot, memory.state, arm) else { continue }
          let own = elsewhere[slot] ? 2 : arm
          let same = own == memory.arm ? min(dropped, memory.same + 1) : 0
          next.insert(Memory(state: state, arm: own, same: same))
        }
      }
      let answers = Set(next.map { $0.same >= min(dropped, slot) })
      if test.used[slot], answers.count > 1 { return false }
      reached = next
    }
    return true
  }

  /// In integers, so that ties are ties.
  private func plain(_ dropped: Int, _ list: Assignments) -> RandomizationResult {
    var outcome = test.outcome
    // Numerators are sums times counts, and are multiplied with each other in 128 bits.
    let slots = Double(test.used.count)
    while outcome.units.reduce(0.0, { max($0, Double($1?.magnitude ?? 0)) }) * slots * slots
      > 0x1p60
    {
      outcome = outcome.coarser()
    }
    let units = outcome.units.map { $0 ?? 0 }
    func statistic(_ arms: [Int]) -> (numerator: Int64, overlap: Int64, weight: Int64) {
      var counts: (Int64, Int64) = (0, 0)
      var sums: (Int64, Int64) = (0, 0)
      var marks: (Int64, Int64) = (0, 0)
      var same = 0
      for slot in arms.indices {
        let follows =
          slot > 0 && arms[slot] == arms[slot - 1] && elsewhere[slot] == elsewhere[slot - 1]
        same = follows ? same + 1 : 0
        guard test.used[slot], same >= min(dropped, slot) else { continue }
        if arms[slot] == 1 {
          counts.0 += 1
          sums.0 += units[slot]
          marks.0 += Int64(test.observed[slot])
        } else {
          counts.1 += 1
          sums.1 += units[slot]
          marks.1 += Int64(test.observed[slot])
        }
      }
      return (
        counts.1 * sums.0 - counts.0 * sums.1, counts.1 * marks.0 - counts.0 * marks.1,
        counts.0 * counts.1
      )
    }
    // Equal statistics are gathered: there are far fewer of them than assignments.
    var counts: [Key: Double] = [:]
    list.forEach { arms in
      let found = statistic(arms)
      counts[Key(found), default: 0] += 1
    }
    var cells = Cells<Double>()
    cells.reserveCapacity(counts.count)
    for key in counts.keys.sorted() {
      cells.append((key.numerator, key.overlap, key.weight), counts[key] ?? 0)
    }
    return test.result(
      CellEvaluation(cells, observed: statistic(test.observed), outcome: outcome), draws: list.draws
    )
  }

  private struct Key: Hashable, Comparable {
    let numerator, overlap, weight: Int64

    init(_ statistic: (numerator: Int64, overlap: Int64, weight: Int64)) {
      (numerator, overlap, weight) = statistic
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.numerator, left.overlap, left.weight) < (right.numerator, right.overlap, right.weight)
    }
  }

  private func adjusted(
    _ dropped: Int, _ list: Assignments
  ) throws(StatisticsError) -> RandomizationResult {
    let model = try AdjustmentModel(
      outcome: test.outcome, used: test.used, blocks: test.blocks, whitening: test.whitening,
      covariates: test.covariates)
    let (scores, effects) = (
      try model.adjustedOutcome(), try model.adjustedArms(test.observed).scores
    )
    func difference(_ arms: [Int]) -> (value: Double, overlap: Double)? {
      let counted = eligible(arms, dropped)
      var counts = (0.0, 0.0)
      var sums = (0.0, 0.0)
      var marks = (0.0, 0.0)
      for (index, slot) in model.rows.enumerated() where counted[slot] {
        if arms[slot] == 1 {
          counts.0 += 1
          sums.0 += scores[index]
          marks.0 += effects[index]
        } else {
          counts.1 += 1
          sums.1 += scores[index]
          marks.1 += effects[index]
        }
      }
      guard counts.0 > 0, counts.1 > 0 else { return nil }
      return (
        sums.0 / counts.0 - sums.1 / counts.1, marks.0 / counts.0 - marks.1 / counts.1
      )
    }
    guard let own = difference(test.observed), own.overlap.magnitude > 1e-9 else {
      throw .adjustmentsExplainArms
    }
    let unit = 1 / own.overlap
    let size = scores.reduce(0) { max($0, $1.magnitude) } * unit.magnitude
    var sample = LinearSample(observed: own.value * unit, tolerance: 1e-11 * size)
    list.forEach { arms in
      if let found = difference(arms) {
        sample.append((found.value * unit, found.overlap * unit))
      } else {
        sample.appendUndefined()
      }
    }
    return test.result(sample, list, phi: test.whitening == .none ? nil : model.phi)
  }
}

extension RandomizationTest {
  /// The result from a list of statistics with their overlaps.
  func result(_ sample: LinearSample, _ list: Assignments, phi: Double?) -> RandomizationResult {
    let counts = sample.counts
    let total = sample.total
    let (greater, less) = (counts.greater / total, counts.less / total)
    let oneSided = Double.share(outside.numerator, 2 * outside.denominator, of: total)
    let twoSided = Double.share(outside.numerator, outside.denominator, of: total)
    let (interval, absolute) = (
      sample.interval(limit: oneSided), sample.intervalAbsolute(limit: twoSided)
    )
    var result = RandomizationResult(
      method: list.method(greater, less), estimate: sample.observed,
      hodgesLehmann: sample.hodgesLehmann(), pGreater: greater, pLess: less,
      pDoubled: min(1, 2 * min(greater, less)), pAbsolute: counts.absolute / total,
      midGreater: greater - counts.ties / total / 2, undefinedShare: sample.undefined / total,
      undefinedCount: list.draws == nil ? sample.undefined.whole : nil,
      interval: Interval(level: level, lower: interval.lower, upper: interval.upper),
      intervalAbsolute: Interval(level: level, lower: absolute.lower, upper: absolute.upper),
      distribution: sample.distribution(unit: 1), autocorrelation: phi)
    result.intervalIsHull = interval.hasGaps || absolute.hasGaps
    return result
  }
}
