extension LinearContrast {
  /// The adjusted contrast: a(z) = z′Py / z°′Pz° and b(z) = z′Pz° / z°′Pz°, P by the adjustments.
  ///
  /// The same P filters the assignments, so the statistic stays linear in z and in the effect.
  /// Statistics are sums of rounded terms; the tolerance for ties is 10⁻¹¹ of the sum of their
  /// magnitudes, far above rounding (10⁻¹⁵) and far below the distance of different sums of ratings.
  init(adjusted test: RandomizationTest) throws(StatisticsError) {
    let (observed, used) = (test.observed, test.used)
    guard LinearSample.compares(observed, used, test.blocks) else { throw .noBlockWithBothArms }
    let model = try AdjustmentModel(
      outcome: test.outcome, used: used, blocks: test.blocks, whitening: test.whitening,
      covariates: test.covariates)
    let scores = try model.adjustedOutcome()
    let (overlaps, square) = try model.adjustedArms(observed)
    var gain = [Double](repeating: 0, count: used.count)
    var overlapGain = gain
    for (index, slot) in model.rows.enumerated() {
      gain[slot] = scores[index] / square
      overlapGain[slot] = overlaps[index] / square
    }
    self.init(
      gain: gain, overlapGain: overlapGain,
      observed: zip(observed, gain).reduce(0) { $0 + Double($1.0) * $1.1 }, unit: 1,
      tolerance: 1e-11 * gain.reduce(0) { $0 + $1.magnitude },
      undefined: test.reference.undefinedCount(used: used, blocks: test.blocks),
      phi: test.whitening == .none ? nil : model.phi)
  }
}
