import RealModule

/// Brings the guess for a limit of an interval close to it, by counts in a few thousand buckets.
struct CoarseSearch {
  private let contrast: LinearContrast
  private var pairs: [(before: CoarseSums, after: [PartialSum])]
  private let total: Double

  init(_ contrast: LinearContrast, _ halves: MeetingHalves, total: Double) {
    self.contrast = contrast
    self.total = total
    pairs = halves.coarse
  }

  /// An effect at which about `limit` assignments are extreme, or the guess where none is found near.
  mutating func refined(
    _ guess: Double, limit: Double, _ side: CrossingWalk.Side, _ spread: Double
  ) -> Double {
    var (last, lastExcess) = (guess, excess(guess, limit, side))
    var next = guess + spread * 0.01
    // Secants; the counts are smooth, and close enough after a few.
    for _ in 0..<10 {
      let found = excess(next, limit, side)
      let change = found - lastExcess
      guard change != 0, found.isFinite, lastExcess.isFinite else { return guess }
      if found.magnitude < 1e-6 { return next }
      let secant = next - found * (next - last) / change
      guard (secant - guess).magnitude < spread / 4 else { return guess }
      (last, lastExcess, next) = (next, found, secant)
    }
    return next
  }

  /// The logarithm of the count over its limit.
  private mutating func excess(
    _ effect: Double, _ limit: Double, _ side: CrossingWalk.Side
  ) -> Double {
    for index in pairs.indices { pairs[index].before.move(to: effect) }
    let target = contrast.observed - effect
    let count =
      switch side {
      case .greater, .both: atLeast(target, effect)
      case .less: total - atLeast(target, effect)
      case .absolute:
        total + atLeast(target.magnitude, effect) - atLeast(-target.magnitude, effect)
      }
    return Double.log(count / limit)
  }

  private func atLeast(_ threshold: Double, _ effect: Double) -> Double {
    pairs.reduce(0) { $0 + $1.before.pairs($1.after, at: effect, atLeast: threshold) }
  }
}
