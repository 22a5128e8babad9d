/// What a studentised test computes with: integers for p-values, floating point for limits.
struct StudentisedSetting {
  let series: StudentisedSeries
  let score: StudentisedScore
  /// The autocorrelation that was taken out.
  let phi: Double?
  /// Relative differences of t² up to which they are ties: 0 for ratings, which are exact, and 10⁻⁹
  /// for what adjustments leave of them.
  let tolerance: Double
  /// Differences below this are 0.
  private let small: Double

  init(_ test: RandomizationTest, byBlocks: Bool) throws(StatisticsError) {
    let rows = test.used.indices.filter { test.used[$0] }
    let places = byBlocks ? StudentisedSetting.places(rows, test.blocks) : nil
    var outcome = test.outcome
    var effect = rows.map { Double(test.observed[$0]) }
    var phi: Double?
    if test.isAdjusted {
      guard LinearSample.compares(test.observed, test.used, test.blocks) else {
        throw .noBlockWithBothArms
      }
      let model = try AdjustmentModel(
        outcome: outcome, used: test.used, blocks: test.blocks, whitening: test.whitening,
        covariates: test.covariates)
      effect = try model.adjustedArms(test.observed).scores
      var values = [Double?](repeating: nil, count: test.used.count)
      for (slot, score) in zip(rows, try model.adjustedOutcome()) { values[slot] = score }
      outcome = try ExactOutcome(values: values)
      if test.whitening != .none { phi = model.phi }
    }
    self.phi = phi
    tolerance = test.isAdjusted ? 1e-9 : 0
    var score: StudentisedScore?
    for _ in 0..<6 where score == nil {
      let units = outcome.units
      score = StudentisedScore(units: rows.map { units[$0] ?? 0 }, rows: rows, blocks: places)
      if score == nil { outcome = outcome.coarser() }
    }
    guard let score else { throw .blockSizesTooDifferent }
    self.score = score
    let values = outcome.values
    let mean = rows.reduce(0) { $0 + (values[$1] ?? 0) } / Double(rows.count)
    let centred = rows.map { (values[$0] ?? 0) - mean }
    series = StudentisedSeries(rows: rows, outcome: centred, effect: effect, blocks: places)
    small = 1e-12 * centred.reduce(0) { max($0, $1.magnitude) }
  }

  /// The places among the rows of each block's slots.
  static func places(_ rows: [Int], _ blocks: [Range<Int>]) -> [Range<Int>] {
    var start = 0
    return blocks.map { block in
      let count = rows.count { block.contains($0) }
      defer { start += count }
      return start..<start + count
    }
  }

  /// The assignments at least as extreme as the observed one at effect 0, and all values of t.
  struct Counts {
    var greater = 0.0
    var less = 0.0
    var ties = 0.0
    var absolute = 0.0
    var undefined = 0.0
    var values: [Double] = []
  }

  func counts(_ list: Assignments, _ target: SignedSquare) -> Counts {
    var counts = Counts()
    list.forEach { arms in
      guard let score = score.score(arms) else {
        counts.undefined += 1
        return
      }
      let order = score.compared(to: target, tolerance: tolerance)
      if order >= 0 { counts.greater += 1 }
      if order <= 0 { counts.less += 1 }
      if order == 0 { counts.ties += 1 }
      if score.magnitudeCompared(to: target, tolerance: tolerance) >= 0 { counts.absolute += 1 }
      if score.t.isFinite { counts.values.append(score.t) }
    }
    counts.greater += counts.undefined
    counts.less += counts.undefined
    counts.absolute += counts.undefined
    return counts
  }

  /// Which assignments are compared with the observed one.
  enum Side: CaseIterable {
    case greater, less, absolute
  }

  /// The effects at which assignments are as extreme as the observed one: greater, less, absolute.
  func sweeps(
    _ list: Assignments, _ own: StudentisedForm, estimate: Double
  ) -> [EffectSweep] {
    let sides = Side.allCases
    var sweeps = sides.map { _ in EffectSweep() }
    // Effects in units in which the roots are about 1.
    let size = max(own.variance(estimate).value, 0).squareRoot()
    let largest = max(size, estimate.magnitude * 1e-6, small)
    let scale = largest > 0 ? largest : 1
    list.forEach { arms in
      guard let form = series.form(arms) else {
        for index in sweeps.indices { sweeps[index].addAlways() }
        return
      }
      let points = crossings(form, own, estimate, scale)
      let middles = StudentisedSetting.between(points, scale)
      let values = middles.map { (form.t($0, small: small), own.t($0, small: small)) }
      for (index, side) in sides.enumerated() {
        sweeps[index].add(points, values.map { StudentisedSetting.isExtreme($0, side) })
      }
    }
    return sweeps
  }

  /// Where t of an assignment may become equal to the observed one, ascending.
  ///
  /// t² is equal where d² s°² − d°² s² is 0, a polynomial of degree four. The estimate, at which the
  /// observed t changes its sign, is among them for the opposite assignment, whose t² is always equal.
  private func crossings(
    _ form: StudentisedForm, _ own: StudentisedForm, _ estimate: Double, _ scale: Double
  ) -> [Double] {
    let there = StudentisedPolynomials(form, at: estimate, scale)
    let here = StudentisedPolynomials(own, at: estimate, scale)
    let left = StudentisedPolynomials.product(there.square, here.variance)
    let right = StudentisedPolynomials.product(here.square, there.variance)
    let size = zip(left, right).reduce(0) { max($0, $1.0.magnitude, $1.1.magnitude) }
    let difference = zip(left, right).map { ($0 - $1).magnitude < size * 1e-13 ? 0 : $0 - $1 }
    var points = RealRoots.all(difference).map { estimate + scale * $0 }
    points.insert(estimate, at: points.firstIndex { $0 >= estimate } ?? points.count)
    return points
  }

  /// A point on each stretch between the given ones, and one beyond either end.
  private static func between(_ points: [Double], _ scale: Double) -> [Double] {
    let first = points[0]
    let last = points[points.count - 1]
    let far = max(scale, (last - first), 1e-300)
    return [first - far] + zip(points, points.dropFirst()).map { ($0 + $1) / 2 } + [last + far]
  }

  private static func isExtreme(_ values: (there: Double, here: Double), _ side: Side) -> Bool {
    let (there, here) = values
    if there == here { return true }
    let slack = 1e-9 * (1 + min(there.magnitude, here.magnitude))
    return switch side {
    case .greater: there >= here - slack
    case .less: there <= here + slack
    case .absolute: there.magnitude >= here.magnitude - slack
    }
  }
}

/// A studentised difference in x, the effect being `centre + scale · x`: its square and its variance.
private struct StudentisedPolynomials {
  let square: [Double]
  let variance: [Double]

  init(_ form: StudentisedForm, at centre: Double, _ scale: Double) {
    let constant = form.difference(centre)
    let slope = -form.overlap * scale
    square = [constant * constant, 2 * constant * slope, slope * slope]
    variance = [
      max(0, form.variance(centre).value), scale * (form.square.1 + 2 * centre * form.square.2),
      scale * scale * form.square.2,
    ]
  }

  static func product(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: left.count + right.count - 1)
    for (i, one) in left.enumerated() {
      for (j, two) in right.enumerated() { result[i + j] += one * two }
    }
    return result
  }
}
