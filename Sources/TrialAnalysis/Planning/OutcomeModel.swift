import BlindRecord
public import TrialDesign
public import TrialStatistics

/// How the ratings of a planned trial come about: what is assumed, in the outcome's own unit.
public struct OutcomeModel: Hashable, Sendable {
  /// The noise from day to day: stationary, and correlated with that of the day before.
  public enum Noise: Hashable, Sendable {
    /// A standard deviation, and the correlation of a day with the next.
    case known(sd: Double, autocorrelation: Double)
    /// Both from a run-in: every simulated trial draws its own from what is known of them.
    case estimated(NoiseEstimate)
  }

  /// What the compared arm adds to a rating of its slot.
  public var effect: Double
  /// The mean under the reference; `nil` for the run-in's, else the middle of the item's range.
  public var mean: Double?
  /// The noise.
  public var noise: Noise
  /// What a day adds to every later one.
  public var trend = 0.0
  /// The chance of a missing slot, whatever its arm.
  public var missing = 0.0
  /// The share of the effect that is left in the slot after one of the arm; its square in the one after
  /// that, and so on.
  public var carryOver = 0.0
  /// The share of the slots in which the person recognizes the arm; in the others they believe either
  /// with the chance of one half.
  public var recognized = 0.0
  /// What believing that one got the compared arm adds to a rating.
  public var expectancy = 0.0

  /// Assumes an effect and noise, and nothing else.
  public init(effect: Double, noise: Noise) {
    self.effect = effect
    self.noise = noise
  }

  /// - Throws: `PlanningFault` for what cannot be, or leaves nothing to plan.
  func check() throws(PlanningFault) {
    func need(_ value: Double, _ name: String, _ isRight: Bool, _ expected: String)
      throws(PlanningFault)
    {
      guard value.isFinite, isRight else {
        throw PlanningFault("\(name): found \(ShownNumber.text(value)), expected \(expected)")
      }
    }
    if case .known(let sd, let phi) = noise {
      if sd == 0 {
        throw PlanningFault(
          "the standard deviation is 0: ratings that never vary show any difference on two days",
          hint: "give --sd as it is in daily life, or ratings of a run-in with --from")
      }
      try need(sd, "the standard deviation", sd > 0, "more than 0")
      try need(phi, "the autocorrelation", phi > -1 && phi < 1, "more than −1 and less than 1")
    }
    try need(effect, "the effect", true, "a number")
    try need(mean ?? 0, "the mean", true, "a number")
    try need(trend, "the trend", true, "a number")
    try need(expectancy, "the expectancy", true, "a number")
    try need(
      missing, "the share of missing slots", missing >= 0 && missing < 1, "0 or more, below 1")
    try need(carryOver, "the carry-over", carryOver >= 0 && carryOver < 1, "0 or more, below 1")
    try need(
      recognized, "the share of recognized slots", recognized >= 0 && recognized <= 1, "0 to 1")
  }

  /// The same without an effect; belief still adds what it adds.
  var withoutEffect: OutcomeModel {
    var model = self
    model.effect = 0
    return model
  }

  /// The rule for looks whose guess of the noise is that of the model, to two decimals.
  public var monitoringRule: AnalysisPlan.Monitoring {
    let sd =
      switch noise {
      case .known(let sd, _): sd
      case .estimated(let found): found.sd.median
      }
    return AnalysisPlan.Monitoring(
      sd: DecimalNumber(units: max(1, Int((sd * 100).rounded())), decimals: 2))
  }
}
