/// The Bayesian effect of one arm: AR(1) noise, the priors and columns of the plan.
public struct BayesEffect: Hashable, Sendable, Codable {
  /// What the posterior says about the threshold of relevance.
  public struct Relevance: Hashable, Sendable, Codable {
    /// The smallest difference that matters, as the plan has it.
    public let threshold: Double
    /// The probability of an effect of at least so much upwards.
    public let above: Double
    /// The probability of an effect of at least so much downwards.
    public let below: Double
    /// The probability of an effect between: the region of practical equivalence.
    public let within: Double
  }

  /// The effect under other priors, to show what they do.
  public struct PriorLine: Hashable, Sendable, Codable {
    /// The priors in words.
    public let prior: String
    /// Whether these are the plan's.
    public let isPlanned: Bool
    /// Posterior mean.
    public let mean: Double
    /// Lower quantile of the central interval at the plan's level.
    public let lower: Double
    /// Upper quantile.
    public let upper: Double
    /// Posterior probability that the effect is above zero.
    public let probabilityPositive: Double
    /// How many times likelier the ratings are with an effect of this prior than with none; `nil`
    /// for a flat prior, which says nothing about that.
    public let bayesFactor: Double?
  }

  /// Posterior mean.
  public let mean: Double
  /// Posterior standard deviation; `nil` where there is none, as when the arm alternates at every
  /// observed slot.
  public let sd: Double?
  /// Lower quantile of the central interval at the plan's level.
  public let lower: Double
  /// Upper quantile.
  public let upper: Double
  /// Posterior probability that the effect is above zero.
  public let probabilityPositive: Double
  /// Posterior mean of the autocorrelation from one day to the next.
  public let autocorrelation: Double
  /// What it says about relevance; `nil` where the plan names no threshold.
  public let relevance: Relevance?
  /// The same effect under other priors, the plan's first.
  public let sensitivity: [PriorLine]
}

extension BayesEffect {
  private enum CodingKeys: String, CodingKey {
    case mean, sd, lower, upper, probabilityPositive, autocorrelation, relevance, sensitivity
  }

  /// Writes the object; a missing standard deviation is `null`, not left out.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(mean, forKey: .mean)
    try fields.encode(sd, forKey: .sd)
    try fields.encode(lower, forKey: .lower)
    try fields.encode(upper, forKey: .upper)
    try fields.encode(probabilityPositive, forKey: .probabilityPositive)
    try fields.encode(autocorrelation, forKey: .autocorrelation)
    try fields.encodeIfPresent(relevance, forKey: .relevance)
    try fields.encode(sensitivity, forKey: .sensitivity)
  }
}
