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
  /// The whitened contrast: z'Py / z°'Pz° with P = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹, V the AR(1)
  /// correlation with autocorrelation φ and X the block dummies (one column of ones without blocks).
  ///
  /// The same P filters the assignments, so the statistic stays linear in z and in the effect.
  /// Statistics are sums of rounded terms; the tolerance for ties is 10⁻¹¹ of the sum of their
  /// magnitudes, far above rounding (10⁻¹⁵) and far below the distance of different sums of ratings.
  static func whitened(
    _ outcome: ExactOutcome, observed: [Int], used: [Bool], blocks: [Range<Int>],
    reference: ReferenceSet, whitening: Whitening
  ) -> LinearContrast? {
    let values = outcome.values
    let rows = used.indices.filter { used[$0] }
    let gaps = rows.indices.map { $0 == 0 ? 0 : rows[$0] - rows[$0 - 1] }
    let series = rows.map { values[$0] ?? 0 }
    let phi: Double
    switch whitening {
    case .none: phi = 0
    case .fixed(let fixed): phi = fixed
    case .estimated:
      phi = AR1Fit.restrictedPhi(
        outcome: series, columns: [series.map { _ in 1 }], gaps: gaps)
    }
    let columns = blocks.map { block in rows.map { block.contains($0) ? 1.0 : 0 } }
      .filter { $0.contains(1) }
    let room = (1 - phi) * (1 + phi)
    let arms = rows.map { Double(observed[$0]) }
    guard
      let fit = AR1Fit(outcome: series, columns: columns, gaps: gaps, phi: phi, room: room),
      let armFit = AR1Fit(outcome: arms, columns: columns, gaps: gaps, phi: phi, room: room),
      armFit.residual > 1e-12
    else { return nil }
    let scores = AR1Fit.scores(fit.innovations, gaps: gaps, phi: phi)
    let overlaps = AR1Fit.scores(armFit.innovations, gaps: gaps, phi: phi)
    var gain = [Double](repeating: 0, count: used.count)
    var overlapGain = gain
    for (index, slot) in rows.enumerated() {
      gain[slot] = scores[index] / armFit.residual
      overlapGain[slot] = overlaps[index] / armFit.residual
    }
    // A constant outcome leaves nothing but rounding.
    let largest = series.reduce(0) { max($0, $1.magnitude) }
    if !gain.contains(where: { $0.magnitude > largest * 1e-12 }) { gain = gain.map { _ in 0 } }
    let sum = zip(observed, gain).reduce(0) { $0 + Double($1.0) * $1.1 }
    return LinearContrast(
      gain: gain, overlapGain: overlapGain, observed: sum, unit: 1,
      tolerance: 1e-11 * gain.reduce(0) { $0 + $1.magnitude },
      undefined: reference.undefinedCount(used: used, blocks: blocks), phi: phi)
  }

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
          after[3 * Int(next) + (used[slot] ? arm + 1 : before)] += counts[place]
        }
      }
      counts = after
    }
    return counts.reduce(0, +)
  }
}
