import RealModule

/// Finds where a tail of a distribution has a given logarithm.
///
/// The distributions here have, over the logarithm or the logit of their variable, a density that is
/// log-concave. Then both tails are log-concave too, Newton's steps on the logarithm of a tail
/// cannot leave the side on which they are, and they converge from everywhere; steps are bounded
/// only against overflow.
enum TailSolver {
  /// A tail at one point: its logarithm and that of the magnitude of its slope.
  typealias Tail = (_ point: Double) -> (logarithm: Double, logSlope: Double)

  /// The point where the tail's logarithm is `target`, below 0 and finite.
  ///
  /// - Parameters:
  ///   - rising: whether the tail grows with the point.
  ///   - start: a point in the middle of the distribution.
  static func solve(_ target: Double, rising: Bool, start: Double, tail: Tail) -> Double {
    var point = start
    var low = -Double.infinity
    var high = Double.infinity
    var bound = 2.0
    for _ in 0..<400 {
      let here = tail(point)
      // How far the point must still move: upwards if positive.
      let short = rising ? target - here.logarithm : here.logarithm - target
      if short == 0 { return point }
      if short > 0 { low = point } else { high = point }
      var step = short * Double.exp(here.logarithm - here.logSlope)
      if !step.isFinite || step.magnitude > bound {
        step = short > 0 ? bound : -bound
        bound *= 2
      }
      var next = point + step
      if next <= low || next >= high {
        next = low.isFinite && high.isFinite ? low + (high - low) / 2 : next
      }
      if (next - point).magnitude <= 1e-16 * max(1, point.magnitude) { return next }
      point = next
    }
    return point
  }
}
