/// Why trials cannot be pooled, said in one sentence.
public enum PoolingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no trial.
  case noTrial
  /// Effects and variances are not of the same trials.
  case lengthsDiffer(effects: Int, variances: Int)
  /// An effect is not a finite number; trials are counted from 1.
  case effectNotFinite(trial: Int)
  /// A variance is not a finite number above 0; trials are counted from 1.
  case varianceNotPositive(trial: Int)
  /// The scale of the prior of the standard deviation between trials is not a finite number above 0.
  case scaleOutOfRange
  /// The level of the intervals is not between 0 and 1.
  case levelOutOfRange
  /// No heterogeneity has a likelihood that numbers can hold.
  case noPosterior

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .noTrial: "no trial is left: there is nothing to pool"
    case .lengthsDiffer(let effects, let variances):
      "found \(effects) effects and \(variances) variances, expected one of each for every trial"
    case .effectNotFinite(let trial):
      "trial \(trial): found an effect that is not a finite number"
    case .varianceNotPositive(let trial):
      "trial \(trial): found a variance that is not a finite number above 0"
    case .scaleOutOfRange:
      "the scale of the prior of the standard deviation between trials must be above 0 and finite"
    case .levelOutOfRange: "the level of the interval must be more than 0 and less than 1"
    case .noPosterior:
      "effects and variances are too far apart to be put together: look at the largest and the "
        + "smallest of them"
    }
  }
}
