import Foundation

/// Seeded noise.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  /// A number from 0 up to but not including 1 (SplitMix64).
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }

  /// A standard normal number (Box and Muller).
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// Stationary AR(1) noise of standard deviation 1, to two decimals.
  mutating func series(_ count: Int, phi: Double) -> [Double] {
    var value = normal()
    return (0..<count).map { _ in
      defer { value = phi * value + (1 - phi * phi).squareRoot() * normal() }
      return (value * 100).rounded() / 100
    }
  }

  /// Several such series with a correlation of 0.6 between each two, on the whole.
  mutating func outcomes(_ number: Int, _ count: Int, phi: Double) -> [[Double]] {
    let common = series(count, phi: phi)
    return (0..<number).map { _ in
      zip(common, series(count, phi: phi)).map { pair in
        ((0.6.squareRoot() * pair.0 + 0.4.squareRoot() * pair.1) * 100).rounded() / 100
      }
    }
  }

  /// The same as ratings from 0 to 10.
  mutating func ratings(_ count: Int, phi: Double) -> [Double] {
    series(count, phi: phi).map { min(10, max(0, (5 + 2 * $0).rounded())) }
  }
}
