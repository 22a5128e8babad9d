import RealModule

/// How the variance between trials, τ², is estimated.
public enum HeterogeneityEstimator: String, Hashable, Sendable, CaseIterable, Codable {
  /// The moment estimate [DerSimonian and Laird 1986].
  case derSimonianLaird = "DL"
  /// The root of the generalised Q [Paule and Mandel 1982].
  case pauleMandel = "PM"
  /// The maximum of the restricted likelihood [Viechtbauer 2005].
  case restrictedLikelihood = "REML"

  /// The estimate, 0 or more; 0 with one trial.
  func tau2(_ trials: TrialEstimates) -> Double {
    guard trials.count > 1 else { return 0 }
    return switch self {
    case .derSimonianLaird: HeterogeneityEstimator.moments(trials)
    case .pauleMandel: HeterogeneityEstimator.root(trials, of: Double(trials.count - 1))
    case .restrictedLikelihood: HeterogeneityEstimator.mostLikely(trials)
    }
  }

  private static func moments(_ trials: TrialEstimates) -> Double {
    let sums = trials.sums(0)
    let excess = sums.spread - Double(trials.count - 1)
    return max(0, excess / sums.excess)
  }

  /// The τ² at which Q is `target`; 0 where Q is no larger without any.
  ///
  /// Q(τ²) is the least over μ of Σ (y − μ)² / (v + τ²), each term convex in both: so Q is convex and
  /// falling, and Newton's steps from the left never pass the root.
  static func root(_ trials: TrialEstimates, of target: Double) -> Double {
    var tau2 = 0.0
    for _ in 0..<2_000 {
      let sums = trials.sums(tau2)
      guard sums.spread > target, sums.sharp > 0 else { return tau2 }
      let step = (sums.spread - target) / sums.sharp
      guard step > 1e-16 * tau2 else { return tau2 }
      tau2 += step
    }
    return tau2
  }

  /// The τ² of the largest restricted likelihood: the best of a scale of them, then the root of the
  /// slope beside it.
  private static func mostLikely(_ trials: TrialEstimates) -> Double {
    // Twice the slope of the logarithm: Σ w² (y − μ)² − Σ w + Σ w² / Σ w.
    func slope(_ tau2: Double) -> Double {
      let sums = trials.sums(tau2)
      return sums.sharp - sums.excess
    }
    let least = trials.variances.min() ?? 1
    // Beyond the square of the range the likelihood only falls.
    let most = max(trials.range * trials.range, least) * 2
    var scale = [0.0]
    var next = least / 1024
    while next < most {
      scale.append(next)
      next *= 2
    }
    scale.append(most)
    let heights = scale.map { restricted(trials, $0) }
    let top = heights.max() ?? 0
    let best = heights.firstIndex(of: top) ?? 0
    let left = scale[max(0, best - 1)]
    let right = scale[min(scale.count - 1, best + 1)]
    if best == 0, slope(0) <= 0 { return 0 }
    return BracketedRoot.falling(from: left, to: right, slope)
  }

  /// The logarithm of the restricted likelihood, but for a constant.
  static func restricted(_ trials: TrialEstimates, _ tau2: Double) -> Double {
    let sums = trials.sums(tau2)
    var logarithms = LogarithmSum()
    for variance in trials.variances { logarithms.add(variance + tau2) }
    return -(logarithms.value + Double.log(sums.weight) + sums.spread) / 2
  }
}

/// A sum of logarithms for the price of a product.
struct LogarithmSum {
  private var sum = 0.0
  private var product = 1.0

  /// Adds the logarithm of a positive number between 10⁻¹⁵⁰ and 10¹⁵⁰, whatever its size.
  mutating func add(_ number: Double) {
    product *= number
    guard product > 1e140 || product < 1e-140 else { return }
    sum += Double.log(product)
    product = 1
  }

  /// The sum so far.
  var value: Double { sum + Double.log(product) }
}

/// Where a function changes its sign.
enum BracketedRoot {
  /// The root of a function that is positive on the left and not on the right, to the last digits.
  ///
  /// Regula falsi with the Illinois rule, and bisection where that lags; an end is returned where the
  /// function has its sign all the way.
  static func falling(from start: Double, to end: Double, _ function: (Double) -> Double) -> Double
  {
    var (left, right) = (start, end)
    var (above, below) = (function(left), function(right))
    if above <= 0 { return left }
    if below > 0 { return right }
    var isLeft: Bool?
    for turn in 0..<300 {
      guard right - left > 4e-16 * right.magnitude else { break }
      var middle = right - below * (right - left) / (below - above)
      if turn % 4 == 3 || !(middle > left && middle < right) { middle = left + (right - left) / 2 }
      guard middle > left, middle < right else { break }
      let value = function(middle)
      if value > 0 {
        (left, above) = (middle, value)
        if isLeft == true { below /= 2 }
        isLeft = true
      } else if value < 0 {
        (right, below) = (middle, value)
        if isLeft == false { above /= 2 }
        isLeft = false
      } else {
        return middle
      }
    }
    return left + (right - left) / 2
  }
}
