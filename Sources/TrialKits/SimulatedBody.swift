public import BlindRecord
import Foundation
public import TrialDesign
public import TrialSeal

/// A simulated participant's body, for demonstrations and tests: it swallows what a kit holds.
///
/// It is filled from the kit list as capsules would be, and then answers the daily form: every number
/// has a slow AR(1) noise of its own (φ = 0.4), the outcome also has the effect. An empty kit has no
/// effect, and whoever opens it knows that it does not hold the reference. The same seed gives the same
/// answers for the same allocation. It shows nothing of what it swallowed.
public struct SimulatedBody: Sendable, CustomStringConvertible, CustomReflectable {
  /// What the body does at an occasion.
  public enum Behaviour: Hashable, Sendable {
    /// Answers that many days late, 0 on most days.
    case answers(CheckIn, daysLate: Int)
    /// Forgets the dose, and later says so.
    case misses(reason: String)
  }

  /// What a kit does to a body.
  private enum Content {
    case reference, active, empty
  }

  private let contents: [KitCode: Content]
  private let noise: [[Double]]
  private let outcome: String
  private let effect: Double
  private let seed: UInt64

  /// Fills the body's kits from a list, which is consumed.
  ///
  /// - Parameters:
  ///   - list: the kit list, as a packer would get it.
  ///   - design: the protocol, for its reference arm, form and outcome.
  ///   - seed: the number of the simulation.
  ///   - effect: what every arm with a pill but the reference adds to the outcome, in tenths of its
  ///     range.
  public init(_ list: consuming KitList, design: TrialProtocol, seed: Int, effect: Double) {
    let reference = design.arms.first
    var contents: [KitCode: Content] = [:]
    _ = list.read { occasion, arm in
      contents[occasion.kit] = !arm.hasPill ? .empty : arm == reference ? .reference : .active
    }
    self.contents = contents
    self.outcome = design.plan.outcome
    self.effect = effect
    self.seed = UInt64(bitPattern: Int64(seed))
    let count = contents.count
    self.noise = design.items.indices.map { item in
      var source = SimulationNoise(
        state: UInt64(bitPattern: Int64(seed)) &* 31 &+ UInt64(item) &+ 7)
      var last = source.normal() / (1 - 0.4 * 0.4).squareRoot()
      return (0..<count).map { _ in
        defer { last = 0.4 * last + source.normal() }
        return last
      }
    }
  }

  /// What the body does at an occasion of the manifest's schedule.
  public func behaviour(at occasion: Occasion, form manifest: Manifest) -> Behaviour {
    var source = SimulationNoise(state: seed &* 1_000_003 &+ UInt64(occasion.slot))
    let chance = source.unit()
    if chance < 0.04 { return .misses(reason: "forgot it on a busy day") }
    let content = contents[occasion.kit] ?? .reference
    var answers: [String: Answer] = [:]
    for (place, item) in manifest.items.enumerated() {
      let shift = item.name == outcome && content == .active ? effect : 0
      answers[item.name] = answer(
        item, deviate: noise[place][occasion.slot - 1] * 1.2 + shift, source: &source)
    }
    answers = manifest.items.scored(answers)
    var guess: TreatmentGuess?
    if manifest.guessPrompt != nil {
      let lean = (content == .active ? 6.0 : -6.0) + 18 * source.normal()
      let percent = min(95, max(5, Int((50 + lean) / 5) * 5))
      let given = source.unit() < 0.15 ? nil : percent
      guess = TreatmentGuess(percent: content == .empty ? 100 : given)
    }
    let checkIn = CheckIn(
      slot: occasion.slot, kit: occasion.kit, answers: answers, guess: guess)
    return .answers(checkIn, daysLate: chance > 0.96 ? min(1, manifest.schedule.entryWindow) : 0)
  }

  /// An answer `deviate` tenths of the range above the middle, within the item's bounds.
  private func answer(_ item: Item, deviate: Double, source: inout SimulationNoise) -> Answer {
    switch item.kind {
    case .number(let lower, let upper, let decimals, _):
      let low = lower.value
      let high = upper.value
      let wanted = (low + high) / 2 + deviate * (high - low) / 10
      var scale = 1.0
      for _ in 0..<decimals { scale *= 10 }
      let units = (min(high, max(low, wanted)) * scale).rounded()
      return .number(DecimalNumber(units: Int(units), decimals: decimals))
    case .choice(let options):
      return .choice(options[Int(source.unit() * Double(options.count))])
    case .choices(let options, _):
      return .choices([options[Int(source.unit() * Double(options.count))]])
    case .text: return .skipped(reason: nil)
    }
  }

  /// Never the contents.
  public var description: String { "SimulatedBody(\(contents.count) kits)" }
  /// Never the contents.
  public var customMirror: Mirror { Mirror(self, children: ["kits": contents.count]) }
}
