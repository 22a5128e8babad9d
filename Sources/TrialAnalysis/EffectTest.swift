/// What the randomization test of one outcome says.
public struct EffectTest: Hashable, Sendable {
  /// How the p-values were found.
  public enum Method: Hashable, Sendable {
    /// Over every assignment of the reference set.
    case exact
    /// Over so many draws from it; the standard error of the doubled p-value.
    case monteCarlo(draws: Int, standardError: Double)
  }

  /// Shares of the reference set; "greater" is about the second arm minus the reference arm.
  public struct PValues: Hashable, Sendable, Codable {
    /// One-sided, for a larger difference.
    public let greater: Double
    /// One-sided, for a smaller difference.
    public let less: Double
    /// Twice the smaller side, at most 1: the two-sided value that agrees with the interval.
    public let doubled: Double
    /// Two-sided by the absolute difference.
    public let absolute: Double
    /// The one-sided value with ties counted half.
    public let midGreater: Double
  }

  /// The size of the reference set.
  public struct ReferenceCount: Hashable, Sendable, Codable {
    /// Assignments that the scheme could have given, as decimal digits.
    public let count: String
    /// Of these, assignments without a statistic because an arm would be unobserved.
    public let undefined: String
  }

  /// Bounds of an effect; `nil` where there is none.
  public struct Bounds: Hashable, Sendable {
    /// The nominal coverage, such as 0.95.
    public let level: Double
    /// The lower bound.
    public let lower: Double?
    /// The upper bound.
    public let upper: Double?
  }

  /// One bar of the randomization distribution.
  public struct Bar: Hashable, Sendable, Codable {
    /// Where it begins.
    public let lower: Double
    /// Where it ends; the same for a single value.
    public let upper: Double
    /// Its share of the reference set.
    public let probability: Double
    /// Whether it holds differences at least as large as the observed one, in either direction.
    public let extreme: Bool
  }

  /// How the p-values were found.
  public let method: Method
  /// The observed statistic, second arm minus reference.
  public let estimate: Double
  /// The Hodges-Lehmann value.
  public let hodgesLehmann: Double?
  /// The p-values.
  public let p: PValues
  /// The equal-tailed interval.
  public let interval: Bounds
  /// The interval of the absolute test.
  public let intervalAbsolute: Bounds
  /// The size of the reference set.
  public let referenceSet: ReferenceCount
  /// The distribution of the statistic if the arms made no difference, in at most about 90 bars.
  public let distribution: [Bar]
}

/// The Bayesian effect: AR(1) noise, flat prior on the effect.
public struct BayesEffect: Hashable, Sendable, Codable {
  /// Posterior mean.
  public let mean: Double
  /// Posterior standard deviation.
  public let sd: Double
  /// Lower quantile of the central interval at the plan's level.
  public let lower: Double
  /// Upper quantile.
  public let upper: Double
  /// Posterior probability that the effect is above zero.
  public let probabilityPositive: Double
}

/// One arm's ratings, described.
public struct ArmSummary: Hashable, Sendable, Codable {
  /// The arm's name.
  public let arm: String
  /// Ratings in the analysis.
  public let count: Int
  /// Their mean.
  public let mean: Double?
  /// Their standard deviation (n - 1).
  public let sd: Double?
  /// The smallest.
  public let lowest: Double?
  /// The largest.
  public let highest: Double?

  init(arm: String, values: [Double]) {
    self.arm = arm
    count = values.count
    let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    self.mean = mean
    if let mean, values.count > 1 {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      sd = (squares / Double(values.count - 1)).squareRoot()
    } else {
      sd = nil
    }
    lowest = values.min()
    highest = values.max()
  }
}

/// One outcome under one analysis set.
public struct OutcomeResult: Sendable {
  /// The outcome's name.
  public let name: String
  /// The question as it was asked, or the name.
  public let prompt: String
  /// The unit, where the item has one.
  public let unit: String?
  /// Which set of slots: "as scheduled", or a sensitivity analysis in a few words.
  public let set: String
  /// Both arms described, the reference first.
  public let arms: [ArmSummary]
  /// The randomization test; `nil` where it cannot be computed.
  public let test: EffectTest?
  /// The Bayesian effect; `nil` where it cannot be computed.
  public let bayes: BayesEffect?
  /// Why something is missing, where something is.
  public let note: String?

  /// The plain difference of the means, second arm minus reference.
  public var meanDifference: Double? {
    guard arms.count == 2, let reference = arms[0].mean, let active = arms[1].mean else {
      return nil
    }
    return active - reference
  }
}
