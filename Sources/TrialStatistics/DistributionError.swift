/// Why a distribution does not exist.
public enum DistributionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A parameter is not a number from 0.001 to 10⁸.
  case parameterOutOfRange(name: String)

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .parameterOutOfRange(let name): "\(name): must be a number from 0.001 to 100000000"
    }
  }

  static func check(_ value: Double, _ name: String) throws(DistributionError) {
    guard value.isFinite, value >= 0.001, value <= 1e8 else {
      throw .parameterOutOfRange(name: name)
    }
  }
}
