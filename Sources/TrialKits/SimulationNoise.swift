import Foundation

/// The noise of simulated people: SplitMix64 (Steele, Lea and Flood 2014), never for a draw of a schedule.
package struct SimulationNoise: Sendable {
  private var state: UInt64

  /// The stream that follows from a number.
  package init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1).
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal (Box and Muller 1958).
  package mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }

  /// Passes over some numbers: what an occasion that is left out would have used.
  package mutating func skip(_ count: Int) { for _ in 0..<count { _ = next() } }
}
