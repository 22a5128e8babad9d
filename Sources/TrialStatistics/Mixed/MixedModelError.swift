/// Why a mixed model cannot be fitted to what was given, said in one sentence.
public enum MixedModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A list of one number per row does not have as many as there are rows.
  case lengthsDiffer(name: String, found: Int, expected: Int)
  /// Two columns have one name, so that an effect of it would be the sum of both.
  case nameTwice(name: String)
  /// A value is not a number or is infinite; rows are counted from 1.
  case notFinite(name: String, row: Int)
  /// There are too few rows for the columns.
  case tooFewRows(found: Int, needed: Int)
  /// The rows come from too few persons.
  case tooFewPersons(found: Int)
  /// Nobody has a second row, so what persons differ by cannot be told from noise.
  case everyPersonOnce(persons: Int)
  /// A column is a combination of others before it.
  case columnDependent(name: String, of: [String])
  /// The columns explain the outcome, or it never varies.
  case noVariation
  /// Nothing varies within persons beyond the columns.
  case noVariationWithin
  /// The columns explain all that persons differ by.
  case personsExplained
  /// The level of an interval is not between 0 and 1.
  case levelOutOfRange
  /// A contrast does not have one weight per coefficient, or only zeros, or one that is not finite.
  case contrastUnfit(found: Int, expected: Int)

  /// The variance of a contrast has no degrees of freedom: too little within persons to tell.
  case degreesUndefined

  /// The sentence: lower case, no full stop.
  public var description: String {
    switch self {
    case .nameTwice(let name):
      "two columns are named \"\(name)\", expected different names: rename the arm or the covariate"
    case .lengthsDiffer(let name, let found, let expected):
      "\(name): found \(found) values, expected \(expected), one per row"
    case .notFinite(let name, let row):
      "\(name), row \(row): found a value that is not a finite number"
    case .tooFewRows(let found, let needed):
      "found \(found) rows, expected at least \(needed) for the columns of the model"
    case .tooFewPersons(let found):
      "found rows of \(found == 1 ? "1 person" : "\(found) persons"), expected at least 2"
    case .everyPersonOnce(let persons):
      "each of \(persons) persons has one row: what persons differ by cannot be told from noise"
    case .columnDependent(let name, let others):
      "the column \(name) follows from \(others.joined(separator: ", ")): expected columns that can "
        + "be told apart"
    case .noVariation: "the outcome does not vary beyond the columns: there is no noise to estimate"
    case .noVariationWithin:
      "the outcome does not vary within persons beyond the columns: there is no noise to estimate"
    case .personsExplained:
      "the columns explain all that persons differ by: leave out a column that names persons"
    case .levelOutOfRange: "the level of the interval must be more than 0 and less than 1"
    case .contrastUnfit(let found, let expected):
      "a contrast with \(found) weights, expected \(expected) finite ones that are not all 0"
    case .degreesUndefined:
      "the rows are too few to say how well a difference is known: its variance has no degrees of "
        + "freedom"
    }
  }
}
