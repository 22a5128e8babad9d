/// Why a sample does not have the statistic that was asked for, said in one sentence.
public enum SampleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A sample has too few values.
  case tooFew(sample: String, found: Int, needed: Int)
  /// A sample has more values than the method can take.
  case tooMany(sample: String, found: Int, limit: Int)
  /// A value is not a number or is infinite; values are counted from 1.
  case notFinite(sample: String, position: Int)
  /// Two lists that belong together do not have the same length.
  case lengthsDiffer(sample: String, found: Int, expected: Int)
  /// The values do not vary, so there is nothing to measure by.
  case noVariation(sample: String)
  /// The level of an interval is not between 0 and 1.
  case levelOutOfRange
  /// A probability is not between 0 and 1; probabilities are counted from 1.
  case probabilityOutOfRange(position: Int)
  /// A number of successes is not between 0 and the number of trials.
  case countOutOfRange(found: Int, trials: Int)

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .tooFew(let sample, let found, let needed):
      "\(sample): found \(found) values, expected at least \(needed)"
    case .tooMany(let sample, let found, let limit):
      "\(sample): found \(found) values, expected at most \(limit)"
    case .notFinite(let sample, let position):
      "\(sample): value \(position) is not a finite number"
    case .lengthsDiffer(let sample, let found, let expected):
      "\(sample): found \(found) values, expected \(expected)"
    case .noVariation(let sample):
      "\(sample): the values do not vary, so there is nothing to measure the difference by"
    case .levelOutOfRange: "the level of the interval must be more than 0 and less than 1"
    case .probabilityOutOfRange(let position):
      "probability \(position): must be from 0 to 1"
    case .countOutOfRange(let found, let trials):
      "found \(found) successes, expected from 0 to \(trials), of at least one trial"
    }
  }

  static func check(level: Double) throws(SampleError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange }
  }
}
