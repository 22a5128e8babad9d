package import BlindRecord
public import TrialDesign
import TrialStatistics

/// A trial that might be run: its design with the analysis that would be sealed, ready to be simulated.
public struct PlannedTrial: Sendable {
  /// Scheme and plan, compiled; its assignment is none.
  let input: AnalysisInput
  /// The outcome's item, with range and decimals.
  let item: Item?
  /// The compared arm.
  let arm: Int
  private let sampler: AssignmentSampler
  /// Days since the slot before, by slot.
  private let gaps: [Int]
  /// Each slot's day, from the middle of the trial.
  private let days: [Double]

  /// Draws from the scheme that stand for the whole set in each test; `nil` for the plan's own test.
  public var draws: Int?
  /// So many where the plan's own test would take too long: its p-values are as valid, with hardly less power.
  public static let fewDraws = 999
  /// The rule for stopping early; the plan's, or one that is only thought of.
  public var monitoring: AnalysisPlan.Monitoring?

  /// The trial of a protocol.
  ///
  /// - Parameter arm: the name of the arm that is compared with the reference; `nil` for the second.
  /// - Throws: `PlanningFault` for an arm that is not compared, `SchemeError`.
  public init(_ design: TrialProtocol, arm: String? = nil) throws {
    try self.init(design, scheme: design.scheme, days: design.days, arm: arm)
  }

  /// The trial of a protocol with another scheme over other days.
  init(
    _ design: TrialProtocol, scheme: RandomizationScheme, days: [CalendarDay], arm: String?
  ) throws {
    try self.init(
      OpenDesign(arms: design.arms, scheme: scheme, plan: design.plan), days: days,
      item: design.outcome, arm: arm)
  }

  /// The trial of a design without a calendar: a slot a day.
  ///
  /// - Parameters:
  ///   - item: the outcome's item, whose range and decimals bound what can be written down; `nil` takes
  ///     any number, to three decimals.
  ///   - arm: the name of the arm that is compared with the reference; `nil` for the second.
  /// - Throws: `PlanningFault` for an arm that is not compared, `SchemeError`.
  package init(_ design: OpenDesign, item: Item?, arm: String? = nil) throws {
    try self.init(design, days: nil, item: item, arm: arm)
  }

  private init(_ design: OpenDesign, days: [CalendarDay]?, item: Item?, arm: String?) throws {
    let names = design.arms.dropFirst().map(\.name)
    guard let place = arm.map({ names.firstIndex(of: $0) }) ?? 0 else {
      throw PlanningFault(
        "the arm: found \(quoted(arm ?? "")), expected \(names.joined(separator: " or "))")
    }
    let slots = design.scheme.slotCount
    input = AnalysisInput(
      arms: design.arms, scheme: design.scheme, automaton: design.automaton,
      observed: Array(repeating: 0, count: slots), plan: design.plan, days: days)
    self.item = item
    self.arm = place + 1
    monitoring = design.plan.monitoring
    sampler = AssignmentSampler(input.automaton)
    let ordinals = days?.map(\.ordinal) ?? Array(0..<slots)
    gaps = ordinals.indices.map { $0 == 0 ? 0 : ordinals[$0] - ordinals[$0 - 1] }
    let middle = Double((ordinals.first ?? 0) + (ordinals.last ?? 0)) / 2
    self.days = ordinals.map { Double($0) - middle }
  }

  /// Slots of the trial.
  public var slotCount: Int { input.automaton.slotCount }
  /// Days from the first slot to the last.
  public var dayCount: Int { gaps.reduce(1, +) }
  /// Whether its blocks can be looked at one by one.
  public var canBeMonitored: Bool {
    switch input.scheme {
    case .pairs, .periods: input.arms.count == 2 && input.scheme.blocks.count > 1
    case .blocks(let blocks):
      !blocks.isShuffled && input.arms.count == 2 && input.scheme.blocks.count > 1
    default: false
    }
  }
  /// Days from the first slot to the end of a slot (1-based).
  func days(untilSlot slot: Int) -> Int { gaps.prefix(slot).reduce(1, +) }
  /// The range of the outcome's item.
  var range: ClosedRange<Double>? {
    guard case .number(let lower, let upper, _, _) = item?.kind, lower < upper else { return nil }
    return lower.value...upper.value
  }

  /// The share of slots that the best guesser gets right.
  public var bestGuesserShare: Double { input.automaton.bestGuesserShare(hasPill: input.hasPill) }

  // MARK: One simulated trial

  /// The arms of a simulated trial.
  func assignment(_ simulation: Int, seed: UInt64) -> [Int] {
    var generator = CounterGenerator(seed: seed, simulation: simulation, stream: .assignment)
    return sampler.draw(&generator)
  }

  /// The ratings of a simulated trial, as the journal would hold them.
  func ratings(
    _ simulation: Int, seed: UInt64, arms: [Int], under model: OutcomeModel
  ) -> [DecimalNumber?] {
    func stream(_ stream: CounterGenerator.Stream) -> CounterGenerator {
      CounterGenerator(seed: seed, simulation: simulation, stream: stream)
    }
    var (noise, missing, belief) = (stream(.noise), stream(.missing), stream(.belief))
    let (sd, phi, level) = parameters(model, stream(.parameters))
    var deviate = noise.normal()
    var left = 0.0
    return arms.indices.map { slot in
      if slot > 0 {
        let power = AssumedNoise.power(phi, gaps[slot])
        deviate = power * deviate + (1 - power * power).squareRoot() * noise.normal()
      }
      left = arms[slot] == arm ? 1 : left * model.carryOver
      let recognizes = belief.uniform() < model.recognized
      let coin = belief.uniform() < 0.5
      let believes = recognizes ? arms[slot] == arm : coin
      let value =
        level + sd * deviate + model.trend * days[slot] + model.effect * left
        + (believes ? model.expectancy : 0)
      return missing.uniform() < model.missing ? nil : written(value)
    }
  }

  private func parameters(
    _ model: OutcomeModel, _ generator: CounterGenerator
  ) -> (sd: Double, phi: Double, mean: Double) {
    let middle = range.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0
    switch model.noise {
    case .known(let sd, let phi): return (sd, phi, model.mean ?? middle)
    case .estimated(let estimate):
      var generator = generator
      let drawn = estimate.draw(&generator)
      return (drawn.sd, drawn.autocorrelation, model.mean ?? estimate.mean)
    }
  }

  /// A value as a person can write it down: within the range, to the item's decimals.
  private func written(_ value: Double) -> DecimalNumber {
    guard case .number(let lower, let upper, let decimals, _) = item?.kind else {
      return DecimalNumber(units: Int((value * 1e3).rounded()), decimals: 3)
    }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let bounded = min(upper.value, max(lower.value, value))
    return DecimalNumber(units: Int((bounded * scale).rounded()), decimals: decimals)
  }

  /// The same as the analysis reads them.
  func series(
    _ simulation: Int, seed: UInt64, arms: [Int], under model: OutcomeModel
  ) -> OutcomeSeries {
    let ratings = ratings(simulation, seed: seed, arms: arms, under: model)
    return OutcomeSeries(
      name: item?.name ?? "",
      cells: ratings.map { number in
        number.map { ExactDecimal(units: $0.units, decimals: $0.decimals, value: $0.value) }
      })
  }

  /// What the sealed plan says of a simulated trial.
  func simulated(
    _ simulation: Int, seed: UInt64, under model: OutcomeModel, arms: [Int]
  ) -> SimulatedTrial {
    let series = series(simulation, seed: seed, arms: arms, under: model)
    return input.observing(arms).simulated(
      series, arm: arm, drawing: draws.map { ($0, seed ^ UInt64(simulation) &* 0x9E37_79B9) },
      monitoring: monitoring)
  }
}

/// How the noise of two slots hangs together.
enum AssumedNoise {
  /// φ to the power of so many days; with a negative φ its sign alternates.
  static func power(_ phi: Double, _ days: Int) -> Double {
    (0..<days).reduce(1.0) { power, _ in power * phi }
  }
}
