extension EffectTest.Bar {
  /// The distribution as at most about 90 bars; few values stay single.
  ///
  /// Bars begin at zero and have edges at the observed value and its opposite, so that none holds
  /// both more and less extreme values.
  ///
  /// - Parameter areClasses: whether the values are themselves middles of classes, as they are
  ///   after whitening, so that single ones mean nothing.
  static func bars(
    of distribution: [(value: Double, probability: Double)], observed: Double,
    areClasses: Bool = false
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
    return sums.sorted { $0.key < $1.key }.map { step, probability in
      let lower = Double(step) * width
      let inner = step < 0 ? -(lower + width) : lower
      return EffectTest.Bar(
        lower: lower, upper: lower + width, probability: probability,
        extreme: inner >= near * (1 - 1e-9))
    }
  }
}
