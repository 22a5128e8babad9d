extension RandomizationTest {
  /// The result for a statistic that is a weighted sum over the active slots.
  func result(_ contrast: LinearContrast) -> RandomizationResult {
    if let drawing { return drawnResult(contrast, drawing.count) }
    let middle = MeetInTheMiddle(reference, contrast)
    if reference.count <= Limits.listed
      || (reference.count <= Limits.enumerated && middle.size > MeetInTheMiddle.limit)
    {
      let sample = LinearSample.all(contrast, reference, used: used, blocks: blocks)
      return result(contrast, sample, method: { _, _ in .exact })
    }
    if middle.size <= MeetInTheMiddle.limit, reference.count < 0x1p53 {
      return result(middle)
    }
    return drawnResult(contrast, Limits.draws)
  }

  private func drawnResult(_ contrast: LinearContrast, _ draws: Int) -> RandomizationResult {
    result(contrast, drawn(draws, contrast)) { greater, less in
      .monteCarlo(draws: draws, standardError: Sampler.error(min(greater, less), draws))
    }
  }

  private func drawn(_ draws: Int, _ contrast: LinearContrast) -> LinearSample {
    LinearSample.drawn(
      draws, contrast, reference, used: used, blocks: blocks, seed: drawing?.seed)
  }

  private var share: Double { Double(outside.numerator) / Double(outside.denominator) }

  private func interval(_ limits: LinearSample.Limits, _ unit: Double) -> Interval {
    Interval(
      level: level, lower: limits.lower.map { $0 * unit }, upper: limits.upper.map { $0 * unit })
  }

  func result(
    _ contrast: LinearContrast, _ sample: LinearSample, method: (Double, Double) -> Method
  ) -> RandomizationResult {
    let counts = sample.counts
    let total = sample.total
    let unit = contrast.unit
    let greater = counts.greater / total
    let less = counts.less / total
    let oneSided = Double.share(outside.numerator, 2 * outside.denominator, of: total)
    let twoSided = Double.share(outside.numerator, outside.denominator, of: total)
    let tails = sample.interval(limit: oneSided)
    let both = sample.intervalAbsolute(limit: twoSided)
    var result = RandomizationResult(
      method: method(greater, less), estimate: contrast.observed * unit,
      hodgesLehmann: sample.hodgesLehmann().map { $0 * unit }, pGreater: greater, pLess: less,
      pDoubled: min(1, 2 * min(greater, less)), pAbsolute: counts.absolute / total,
      midGreater: greater - counts.ties / total / 2,
      undefinedShare: contrast.undefined / reference.scaledCount,
      undefinedCount: reference.isHuge ? nil : contrast.undefined.whole,
      interval: interval(tails, unit), intervalAbsolute: interval(both, unit),
      distribution: sample.distribution(unit: unit), autocorrelation: contrast.phi)
    result.distributionIsClassed = isAdjusted
    result.intervalIsHull = tails.hasGaps || both.hasGaps
    return result
  }

  func result(_ middle: MeetInTheMiddle) -> RandomizationResult {
    let contrast = middle.contrast
    let unit = contrast.unit
    let total = reference.count
    var evaluation = MiddleEvaluation(middle, sample: drawn(4_000, contrast))
    let counts = evaluation.atZero()
    let greater = counts.greater / total
    let less = counts.less / total
    let limits = evaluation.interval(share: share)
    let both = evaluation.intervalAbsolute(share: share, near: limits)
    var result = RandomizationResult(
      method: .exact, estimate: contrast.observed * unit,
      hodgesLehmann: evaluation.hodgesLehmann().map { $0 * unit }, pGreater: greater,
      pLess: less, pDoubled: min(1, 2 * min(greater, less)), pAbsolute: counts.absolute / total,
      midGreater: greater - counts.ties / total / 2,
      undefinedShare: contrast.undefined / total, undefinedCount: contrast.undefined.whole,
      interval: interval(limits, unit),
      intervalAbsolute: interval(both, unit), distribution: counts.distribution,
      autocorrelation: contrast.phi)
    result.distributionIsClassed = isAdjusted
    result.intervalIsHull = limits.hasGaps || both.hasGaps
    return result
  }
}
