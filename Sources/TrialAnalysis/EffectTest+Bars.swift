extension EffectTest.Bar {
  /// The distribution with its infinite values a quarter further out than the largest finite one.
  static func finite(
    _ distribution: [(value: Double, probability: Double)]
  ) -> (values: [(value: Double, probability: Double)], infinity: Double?) {
    guard distribution.contains(where: { !$0.value.isFinite }) else { return (distribution, nil) }
    let reach = distribution.reduce(0) { $1.value.isFinite ? max($0, $1.value.magnitude) : $0 }
    let edge = reach > 0 ? 1.25 * reach : 1
    return (
      distribution.map { (min(edge, max(-edge, $0.value)), $0.probability) }, edge
    )
  }

  /// The distribution as at most about 90 bars; few values stay single.
  ///
  /// Bars begin at zero and have edges at the observed value and its opposite, so that none holds
  /// both more and less extreme values.
  ///
  /// - Parameters:
  ///   - areClasses: whether the values are themselves middles of classes, as they are after
  ///     whitening, so that single ones mean nothing.
  ///   - tails: the shares beyond the observed value and its opposite where they are known better
  ///     than from classes; the bars on both sides of each edge are made to agree with them.
  static func bars(
    of distribution: [(value: Double, probability: Double)], observed: Double,
    areClasses: Bool = false, tails: (below: Double, above: Double)? = nil
  ) -> [EffectTest.Bar] {
    let near = observed.magnitude * (1 - 1e-12)
    if distribution.count <= 90, !areClasses || distribution.count < 3 {
      return distribution.map {
        EffectTest.Bar(
          lower: $0.value, upper: $0.value, probability: $0.probability,
          extreme: $0.value.magnitude >= near)
      }
    }
    let reach = distribution.reduce(0) { max($0, $1.value.magnitude) }
    var width = reach / 12
    if observed.magnitude > width / 2 {
      width = observed.magnitude / (observed.magnitude / width).rounded()
    }
    var sums: [Int: Double] = [:]
    for (value, probability) in distribution {
      let steps = Int((value.magnitude / width + 1e-9).rounded(.down))
      sums[value < 0 ? -steps - 1 : steps, default: 0] += probability
    }
    let edge = Int((observed.magnitude / width).rounded())
    if let tails, edge > 0 {
      move(to: tails.above, from: edge - 1, into: edge, &sums) { $0 >= edge }
      move(to: tails.below, from: -edge, into: -edge - 1, &sums) { $0 < -edge }
    }
    return sums.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { step, probability in
      let lower = Double(step) * width
      let inner = step < 0 ? -(lower + width) : lower
      return EffectTest.Bar(
        lower: lower, upper: lower + width, probability: probability,
        extreme: inner >= near * (1 - 1e-9))
    }
  }

  /// Moves probability over an edge between two bars, so that all bars beyond it hold `share`.
  private static func move(
    to share: Double, from inside: Int, into outside: Int, _ sums: inout [Int: Double],
    beyond: (Int) -> Bool
  ) {
    // In order of the bars: the order of a dictionary differs from run to run, and with it the sum.
    let found = sums.keys.sorted().filter(beyond).reduce(0) { $0 + (sums[$1] ?? 0) }
    let wanted = max(0, share) - found
    guard wanted.magnitude > 1e-9 else { return }
    let moved = min(sums[inside] ?? 0, max(wanted, -(sums[outside] ?? 0)))
    sums[outside, default: 0] += moved
    sums[inside, default: 0] -= moved
  }
}
