import RealModule

/// Finds the λ = τ² / σ² with the smallest profiled deviance.
///
/// The deviance may have several minima and its smallest value at λ = 0. So it is looked at on a grid
/// over 14 powers of ten with its exact slope; in every gap in which the slope turns from falling to
/// rising a minimum is found by Newton's steps held within the gap; the deepest wins, 0 included.
struct VarianceSearch {
  /// Why there is no minimum.
  enum Failure: Error {
    /// Columns that cannot be told apart.
    case singular
    /// The deviance falls for ever: nothing varies within persons.
    case unbounded
    /// The deviance does not depend on λ.
    case flat
  }

  /// 0 and four values for each power of ten from 10⁻⁶ to 10⁸.
  static let grid = [0] + (-24...32).map { Double.exp10(Double($0) / 4) }

  let sums: MixedSums
  let likelihood: MixedSums.Likelihood

  /// The deepest minimum over the whole grid.
  func deepest() throws(Failure) -> MixedProfile {
    var profiles: [MixedProfile] = []
    for ratio in VarianceSearch.grid {
      guard let profile = sums.profile(ratio, likelihood) else { throw .singular }
      guard profile.residual > 1e-26 else { throw .unbounded }
      profiles.append(profile)
    }
    let levels = profiles.map(\.deviance)
    guard let least = levels.min(), let most = levels.max(), most - least > 1e-7 else {
      throw .flat
    }
    var found: [MixedProfile] = profiles[0].devianceSlope >= 0 ? [profiles[0]] : []
    for (left, right) in zip(profiles, profiles.dropFirst())
    where left.devianceSlope < 0 && right.devianceSlope >= 0 {
      found.append(try refine(from: left.ratio, to: right.ratio, start: right))
    }
    guard let best = found.min(by: { $0.deviance < $1.deviance }),
      best.deviance <= least + 1e-9
    else { throw .unbounded }
    return best
  }

  /// The minimum near `start`, for data that differ little from those it was found in; the whole grid
  /// where Newton's steps do not stay near it.
  func near(_ start: Double) throws(Failure) -> MixedProfile {
    var ratio = start
    for _ in 0..<12 where ratio > 0 {
      guard let here = sums.profile(ratio, likelihood), here.residual > 1e-26 else { break }
      // In ln λ the deviance is nearer to a parabola.
      let slope = ratio * here.devianceSlope
      let bend = ratio * (ratio * here.devianceBend + here.devianceSlope)
      guard bend > 0, (slope / bend).magnitude < 1.5 else { break }
      if (slope / bend).magnitude < 1e-7 { return here }
      ratio *= Double.exp(-slope / bend)
    }
    return try deepest()
  }

  /// The zero of the slope between two values at which it falls and rises.
  private func refine(
    from lower: Double, to upper: Double, start: MixedProfile
  ) throws(Failure) -> MixedProfile {
    var (low, high, here) = (lower, upper, start)
    for _ in 0..<200 {
      let slope = here.devianceSlope
      if slope < 0 { low = here.ratio } else { high = here.ratio }
      var next = here.ratio - slope / here.devianceBend
      if !(next > low && next < high) {
        next = low > 0 ? (low * high).squareRoot() : low + (high - low) / 2
      }
      guard let profile = sums.profile(next, likelihood) else { throw .singular }
      let isStill = (next - here.ratio).magnitude <= 1e-15 * next
      here = profile
      if isStill || high - low <= 1e-15 * high { break }
    }
    return here
  }
}
