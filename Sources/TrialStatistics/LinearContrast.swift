/// A statistic that is a weighted sum over the active slots, in floating point.
///
/// a(z) = start + Σ z_t gain_t and b(z) = overlapStart + Σ z_t overlapGain_t, with b(z°) = 1.
struct LinearContrast {
  var start = 0.0
  var overlapStart = 0.0
  let gain: [Double]
  let overlapGain: [Double]
  /// a of the observed assignment.
  let observed: Double
  /// What one unit of a is worth in units of the outcome.
  let unit: Double
  /// Statistics closer than this are ties.
  let tolerance: Double
  /// How many assignments have no statistic; they have a = b = 0.
  let undefined: Double
  /// The autocorrelation that was taken out.
  let phi: Double?

  /// a and b of one assignment.
  func statistic(of arms: [Int]) -> (value: Double, overlap: Double) {
    var value = start
    var overlap = overlapStart
    for slot in arms.indices where arms[slot] == 1 {
      value += gain[slot]
      overlap += overlapGain[slot]
    }
    return (value, overlap)
  }
}

extension LinearContrast {
  /// An integer contrast whose denominator is the same for every assignment; ties are exact.
  init?(_ contrast: IntegerContrast, observed: [Int], outcome: ExactOutcome) {
    guard contrast.single == nil, contrast.closings.isEmpty else { return nil }
    let target = contrast.statistic(of: observed)
    let weight = Double(target.weight)
    let finish = contrast.finish
    let worth = outcome.decimals > 0 ? 1 / ExactOutcome.powerOfTen(outcome.decimals) : outcome.unit
    let sum = contrast.gain.reduce(0.0) { $0 + Double($1.magnitude) }
    guard Double(finish.gainFactor) * sum < 0x1p52, target.weight > 0 else { return nil }
    start = Double(finish.gainOffset)
    overlapStart = Double(finish.overlapOffset) / weight
    gain = contrast.gain.map { Double(finish.gainFactor * $0) }
    overlapGain = contrast.overlapGain.map { Double(finish.overlapFactor * $0) / weight }
    self.observed = Double(target.numerator)
    unit = worth / weight
    tolerance = 0
    undefined = 0
    phi = nil
  }
}

extension ReferenceSet {
  /// The number of assignments that no block can compare: each block is observed under one arm only.
  ///
  /// In the units of `scaledCount`.
  func undefinedCount(used: [Bool], blocks: [Range<Int>]) -> Double {
    let starts = Set(blocks.map(\.lowerBound))
    // Per state: nothing observed in the block so far, only the reference arm, only the active one.
    var counts = [Double](repeating: 0, count: 3 * max(1, stateCount(0)))
    counts[0] = 1
    for slot in 0..<slotCount {
      var after = [Double](repeating: 0, count: 3 * stateCount(slot + 1))
      for place in counts.indices where counts[place] > 0 {
        let before = starts.contains(slot) ? 0 : place % 3
        for arm in 0...1 {
          guard let next = next(slot, Int32(place / 3), arm) else { continue }
          if used[slot], before != 0, before != arm + 1 { continue }
          after[3 * Int(next) + (used[slot] ? arm + 1 : before)] += counts[place] * step(slot)
        }
      }
      counts = after
    }
    return counts.reduce(0, +)
  }
}
