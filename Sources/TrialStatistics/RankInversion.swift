/// The effects that a rank test does not reject, from its p-values at and between the effects at
/// which ranks change.
///
/// Without adjustments the one-sided p rise and fall steadily: the difference of two assignments' sums
/// of ranks is one over pairs of slots that the two order differently, and each of its terms changes
/// in one direction. So limits are found by bisection over positions. With adjustments every position
/// is looked at, as long as that is not too many.
///
/// The positions are, in order: below all breakpoints, the first breakpoint, between the first two,
/// and so on. p changes nowhere else.
struct RankInversion {
  /// The effects at which ranks change, ascending.
  let breakpoints: [Double]
  /// Whether p rises up to the estimate and falls behind it, as it does without adjustments.
  let isMonotone: Bool
  /// The counts at a position.
  let tails: (Int) -> RankTails

  private var last: Int { 2 * breakpoints.count }

  /// The least effect at a position, or `nil` for the first.
  private func start(_ position: Int) -> Double? {
    position == 0 ? nil : breakpoints[(position - 1) / 2]
  }

  /// The largest effect at a position, or `nil` for the last.
  private func end(_ position: Int) -> Double? {
    position == last ? nil : breakpoints[position / 2]
  }

  /// The first position that holds, where it holds from some position on.
  private func first(_ holds: (Int) -> Bool) -> Int? {
    guard holds(last) else { return nil }
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The last position that holds, where it holds up to some position.
  private func final(_ holds: (Int) -> Bool) -> Int? {
    guard holds(0) else { return nil }
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high + 1) / 2
      if holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The limits of both intervals, the Hodges-Lehmann value, and whether limits enclose gaps.
  struct Answer {
    var interval: (lower: Double?, upper: Double?)
    var absolute: (lower: Double?, upper: Double?)
    var hodgesLehmann: Double?
    var hasGaps = false
  }

  /// - Parameters:
  ///   - oneSided: the counts that a one-sided p must exceed.
  ///   - twoSided: the same for the absolute one.
  func answer(oneSided: Double, twoSided: Double) -> Answer {
    isMonotone ? searched(oneSided, twoSided) : swept(oneSided, twoSided)
  }

  private func searched(_ oneSided: Double, _ twoSided: Double) -> Answer {
    let lower = first { tails($0).greater > oneSided }
    let upper = final { tails($0).less > oneSided }
    let rise = first { tails($0).greater >= tails($0).less } ?? last
    let fall = final { tails($0).greater <= tails($0).less } ?? 0
    // The absolute p rises as long as the observed sum is positive, and falls once it is negative.
    let left = first { tails($0).observed < 0 || tails($0).absolute > twoSided }
    let right = final { tails($0).observed > 0 || tails($0).absolute > twoSided }
    return Answer(
      interval: (lower.flatMap(start), upper.flatMap(end)),
      absolute: (left.flatMap(start), right.flatMap(end)), hodgesLehmann: centre(rise, fall))
  }

  /// The middle of the effects at which both one-sided p are equal.
  private func centre(_ rise: Int, _ fall: Int) -> Double? {
    guard let low = start(rise), let high = end(fall) else { return nil }
    return (low + high) / 2
  }

  /// Every position, where p need not be monotone: the limits are those of all effects kept.
  private func swept(_ oneSided: Double, _ twoSided: Double) -> Answer {
    let all = (0...last).map(tails)
    func limits(_ keeps: (RankTails) -> Bool) -> (lower: Double?, upper: Double?, gaps: Bool) {
      guard let low = all.firstIndex(where: keeps), let high = all.lastIndex(where: keeps) else {
        return (nil, nil, false)
      }
      return (start(low), end(high), !all[low...high].allSatisfy(keeps))
    }
    let lower = limits { $0.greater > oneSided }
    let upper = limits { $0.less > oneSided }
    let absolute = limits { $0.absolute > twoSided }
    let rise = all.firstIndex { $0.greater >= $0.less } ?? last
    let fall = all.lastIndex { $0.greater <= $0.less } ?? 0
    return Answer(
      interval: (lower.lower, upper.upper), absolute: (absolute.lower, absolute.upper),
      hodgesLehmann: centre(rise, fall), hasGaps: lower.gaps || upper.gaps || absolute.gaps)
  }
}
