/// The effects that the evidence has never been against.
extension BlockEProcess {
  /// The confidence sequence: the effects at which the process has stayed below 1 / (1 − level) after every
  /// block.
  ///
  /// The true effect is among those of all blocks together with a chance of at least the level [Ville 1939], so
  /// what was rejected once stays rejected; 0 is left out exactly where `anytimeP` has come down to 1 − level.
  /// Where effects change so much that no constant one is left, the set before that block is given, which holds
  /// the true one as often. Looked for outwards from an effect that is left; without a bound where none is
  /// rejected on that side.
  public func interval(level: Double) -> Interval {
    let limit = 1 / (1 - level)
    let centres = runningMeans
    for count in stride(from: centres.count, to: 0, by: -1) {
      func isRejected(_ effect: Double) -> Bool {
        path(effect: effect).prefix(count).contains { $0 >= limit }
      }
      guard let inside = left(among: centres.prefix(count), isRejected) else { continue }
      return Interval(
        level: level, lower: bound(from: inside, -1, isRejected),
        upper: bound(from: inside, 1, isRejected))
    }
    return Interval(level: level, lower: nil, upper: nil)
  }

  /// The mean of the blocks' differences after each block; of blocks without one that before it.
  private var runningMeans: [Double] {
    var (sum, number) = (0.0, 0.0)
    return differences.map { difference in
      sum += difference ?? 0
      number += difference == nil ? 0 : 1
      return number > 0 ? sum / number : 0
    }
  }

  /// An effect that is not rejected: a mean after some block, or what lies between two of them.
  private func left(
    among centres: ArraySlice<Double>, _ isRejected: (Double) -> Bool
  ) -> Double? {
    if let found = centres.reversed().first(where: { !isRejected($0) }) { return found }
    guard let least = centres.min(), let most = centres.max(), least < most else { return nil }
    let steps = 64
    return (1..<steps).lazy.map { least + (most - least) * Double($0) / Double(steps) }
      .first { !isRejected($0) }
  }

  /// The first effect found to be rejected on one side, by halving; `nil` where even the farthest is not.
  private func bound(
    from inside: Double, _ sign: Double, _ isRejected: (Double) -> Bool
  ) -> Double? {
    let reach = 50 / (tilts.map(\.magnitude).min() ?? 1)
    guard isRejected(inside + sign * reach) else { return nil }
    var (near, far) = (0.0, reach)
    for _ in 0..<60 {
      let middle = (near + far) / 2
      if isRejected(inside + sign * middle) { far = middle } else { near = middle }
    }
    return inside + sign * far
  }
}
