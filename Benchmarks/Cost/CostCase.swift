import BigInt
import TrialDesign
import TrialStatistics

/// One analysis that is measured: a scheme, how finely it is rated, and what is asked of it.
struct CostCase: Sendable {
  /// How ratings are written.
  enum Resolution: String, CaseIterable {
    case integers = "0 to 10"
    case hundred = "0 to 100"
    case one = "one decimal"
    case two = "two decimals"
    case three = "three decimals"
    case all = "17 digits"

    /// The largest rating as an integer over the power of ten.
    var largest: Int64 {
      switch self {
      case .integers: 10
      case .hundred, .one: 100
      case .two: 1_000
      case .three: 10_000
      case .all: 100_000_000_000_000_000
      }
    }

    var decimals: Int {
      switch self {
      case .integers, .hundred: 0
      case .one: 1
      case .two: 2
      case .three: 3
      case .all: 16
      }
    }
  }

  /// Which table and line it belongs to.
  let group: String
  let name: String
  let scheme: RandomizationScheme
  var resolution = Resolution.integers
  /// Slots without a rating.
  var missing: [Int] = []
  var statistic = StatisticKind.meanDifference
  var whitening = Whitening.none
  var hasTrend = false

  /// The observed assignment, the ratings and the test, the same in every run.
  func made() throws -> (observed: [Int], units: [Int64?], test: RandomizationTest) {
    let automaton = try scheme.automaton()
    var noise = Rating(seed: 2_024)
    let rank = (BigUInt(noise.next()) * automaton.count) >> 64
    let observed = automaton.assignment(rank: rank).arms
    let units = observed.indices.map { slot -> Int64? in
      let unit = noise.rating(upTo: resolution.largest)
      return missing.contains(slot) ? nil : unit
    }
    let test = try RandomizationTest(
      outcome: ExactOutcome(units: units, decimals: resolution.decimals), observed: observed,
      kept: nil, reference: ReferenceSet(layers: automaton.layers),
      statistic: statistic,
      whitening: whitening,
      covariates: hasTrend ? Covariates.trend(days: Array(observed.indices)) : [], level: 0.95)
    return (observed, units, test)
  }
}

/// Seeded ratings (SplitMix64), every value equally likely: the widest lattice that a scale has.
struct Rating {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func rating(upTo largest: Int64) -> Int64 {
    Int64(next().multipliedFullWidth(by: UInt64(largest) + 1).high)
  }
}
