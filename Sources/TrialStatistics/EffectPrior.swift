import RealModule

/// A proper prior of the effect, by what the quadrature needs to know of it.
struct EffectPrior: Sendable {
  let scale: Double
  /// The degrees of freedom of a t distribution, `nil` for the normal one.
  private let student: StudentDistribution?

  /// - Returns: `nil` for the flat prior.
  init?(_ prior: AR1Priors.Effect) {
    switch prior {
    case .flat: return nil
    case .normal(let sd): (scale, student) = (sd, nil)
    case .student(let degrees, let scale):
      (self.scale, student) = (scale, StudentDistribution(unchecked: degrees))
    }
  }

  func logDensity(_ effect: Double) -> Double {
    let z = effect / scale
    guard let student else { return -0.5 * (z * z + Double.log(2 * .pi)) - Double.log(scale) }
    return student.logDensity(z) - Double.log(scale)
  }

  /// How far from 0 the posterior can lie, against a t distribution around `centre`.
  ///
  /// A normal prior falls by 60 in its logarithm beyond √(centre² + 120 sd²), against what it is at
  /// the centre; and the slope of the t distribution's logarithm, which is nowhere more than
  /// (ν + 1) / (2 √ν) per scale, cannot draw the posterior further than that slope times sd².
  func reach(from centre: Double, scale other: Double, degrees: Double) -> Double {
    guard student == nil else { return .infinity }
    let drawn = scale * (12 + scale / other * (degrees + 1) / (2 * degrees.squareRoot()))
    return min(drawn, (centre * centre + 130 * scale * scale).squareRoot())
  }

  /// How wide a panel may be at `effect`.
  func panel(at effect: Double) -> Double {
    student == nil ? 3 * scale : max(3 * scale, 0.6 * effect.magnitude)
  }
}
