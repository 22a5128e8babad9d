import RealModule

/// The generator of simulations: Philox4x64-10, which has no state but a counter.
///
/// From [Salmon et al. 2011]. The number at a place is a function of seed, simulation, stream and place alone. So a simulation can
/// be computed again by itself, in any order and on any number of processors, and two designs that are
/// simulated with the same seed see the same noise. Never for a draw of a schedule.
public struct CounterGenerator: Sendable {
  /// What a stream of numbers is for; each is independent of the others.
  public enum Stream: UInt64, Sendable {
    /// The arms of the slots.
    case assignment = 0
    /// The noise of the outcome.
    case noise
    /// Which slots are missing.
    case missing
    /// What the person believes.
    case belief
    /// Parameters that are known with an uncertainty only.
    case parameters
    /// Draws from the scheme within a test.
    case test
    /// Which persons a replicate of a bootstrap draws.
    case persons
  }

  private let seed: UInt64
  private let simulation: UInt64
  private let stream: UInt64
  private var place: UInt64 = 0
  private var block: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// The second number of a pair of normal numbers.
  private var spare: Double?

  /// The stream of one simulation.
  public init(seed: UInt64, simulation: Int, stream: Stream) {
    self.seed = seed
    self.simulation = UInt64(simulation)
    self.stream = stream.rawValue
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    if place % 4 == 0 {
      block = CounterGenerator.block(
        counter: (place / 4, stream, simulation, 0), key: (seed, 0))
    }
    defer { place += 1 }
    return switch place % 4 {
    case 0: block.0
    case 1: block.1
    case 2: block.2
    default: block.3
    }
  }

  /// A number from 0 up to but not including 1.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A standard normal number [Box and Muller 1958].
  public mutating func normal() -> Double {
    if let second = spare {
      spare = nil
      return second
    }
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spare = radius * Double.sin(angle)
    return radius * Double.cos(angle)
  }

  /// Ten rounds over four words.
  static func block(
    counter: (UInt64, UInt64, UInt64, UInt64), key: (UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (c, k) = (counter, key)
    for _ in 0..<10 {
      let first = c.0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c.2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      c = (second.high ^ c.1 ^ k.0, second.low, first.high ^ c.3 ^ k.1, first.low)
      k = (k.0 &+ 0x9E37_79B9_7F4A_7C15, k.1 &+ 0xBB67_AE85_84CA_A73B)
    }
    return c
  }
}
