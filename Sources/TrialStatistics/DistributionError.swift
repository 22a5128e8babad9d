/// Why a distribution does not exist.
public enum DistributionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A parameter is not a number from 10⁻⁶ to 10¹².
  case parameterOutOfRange(name: String)

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .parameterOutOfRange(let name): "\(name): must be a number from 0.000001 to 1000000000000"
    }
  }

  static func check(_ value: Double, _ name: String) throws(DistributionError) {
    guard value.isFinite, value >= 1e-6, value <= 1e12 else {
      throw .parameterOutOfRange(name: name)
    }
  }
}
