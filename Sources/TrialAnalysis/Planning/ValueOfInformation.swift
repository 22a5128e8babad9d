import TrialStatistics

/// What a trial's answer is worth against what the trial costs, in the person's own currency.
///
/// Before the trial the effect is believed to be normal. Whoever decides takes the treatment where its
/// expected effect is above the break-even difference; each unit beyond it is worth `worth` over the time
/// for which the answer will be used. A trial whose estimate has the standard deviation of the simulation
/// moves that decision [Raiffa and Schlaifer 1961]; knowing the effect itself is the most that any trial
/// could bring.
public struct ValueOfInformation: Hashable, Sendable, Codable {
  /// What one unit of the outcome, in the good direction, is worth.
  public let worth: Double
  /// The difference that only just makes up for the treatment's price and trouble.
  public let breakEven: Double
  /// The mean of what is believed beforehand.
  public let beliefMean: Double
  /// The standard deviation of what is believed beforehand.
  public let beliefSD: Double
  /// What the trial costs.
  public let cost: Double
  /// The gain that the trial's answer brings on average.
  public let ofTrial: Double
  /// The gain that knowing the effect would bring on average.
  public let ofPerfectKnowledge: Double
  /// Whether the treatment is taken without a trial.
  public let takesWithout: Bool

  /// Whether the trial brings more than it costs.
  public var isWorthIt: Bool { ofTrial > cost }

  /// - Parameters:
  ///   - beliefMean: in the good direction, like `breakEven`.
  ///   - estimateSD: the standard deviation of the trial's estimate.
  /// - Throws: `PlanningFault` for a belief that is no distribution, negative worth or costs.
  public init(
    worth: Double, cost: Double, beliefMean: Double, beliefSD: Double, breakEven: Double,
    estimateSD: Double
  ) throws(PlanningFault) {
    try ValueOfInformation.check(
      worth: worth, cost: cost, beliefMean: beliefMean, beliefSD: beliefSD)
    self.worth = worth
    self.cost = cost
    self.beliefMean = beliefMean
    self.beliefSD = beliefSD
    self.breakEven = breakEven
    let moved = beliefSD * beliefSD / (beliefSD * beliefSD + estimateSD * estimateSD).squareRoot()
    let distance = (beliefMean - breakEven).magnitude
    ofTrial = worth * moved * ValueOfInformation.normalLoss(distance / moved)
    ofPerfectKnowledge = worth * beliefSD * ValueOfInformation.normalLoss(distance / beliefSD)
    takesWithout = beliefMean > breakEven
  }

  /// Refuses a belief that is no distribution, and negative worth or costs, before anything is simulated.
  public static func check(
    worth: Double, cost: Double, beliefMean: Double, beliefSD: Double
  ) throws(PlanningFault) {
    guard worth > 0, worth.isFinite else {
      throw PlanningFault("the worth: found \(ShownNumber.text(worth)), expected more than 0")
    }
    guard cost >= 0, cost.isFinite else {
      throw PlanningFault("the cost: found \(ShownNumber.text(cost)), expected 0 or more")
    }
    guard beliefSD > 0, beliefSD.isFinite, beliefMean.isFinite else {
      throw PlanningFault(
        "the belief: found the standard deviation \(ShownNumber.text(beliefSD)), expected more than 0",
        hint: "whoever is certain of an effect needs no trial of it")
    }
  }

  /// The unit normal loss: the mean of max(0, Z − x).
  static func normalLoss(_ x: Double) -> Double {
    let normal = NormalDistribution()
    return max(0, normal.density(x) - x * normal.probability(above: x))
  }

  /// What follows, in sentences.
  public var words: [String] {
    let (trial, all) = (ShownNumber.text(ofTrial), ShownNumber.text(ofPerfectKnowledge))
    let price = ShownNumber.text(cost)
    let without =
      "without a trial you would \(takesWithout ? "take it" : "leave it"), by what you believe"
    if isWorthIt {
      return [
        without,
        "the trial's answer is worth \(trial) on average, and it costs \(price): run it",
      ]
    }
    if ofPerfectKnowledge <= cost {
      return [
        without,
        "don't run it: even certainty about the effect would be worth \(all) on average, and the "
          + "trial costs \(price)",
      ]
    }
    return [
      without,
      "don't run it: this trial's answer is worth \(trial) on average, and it costs \(price); "
        + "certainty would be worth \(all), so a more precise or a cheaper one might pay",
    ]
  }
}
