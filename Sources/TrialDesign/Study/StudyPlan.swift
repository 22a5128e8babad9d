public import BlindRecord

/// How the data of a study of many persons are read and analysed: who, which arm, which guess, which
/// outcomes, which model.
///
/// The file is Documentation/Specifications/study.md. It fixes the questions before the table is
/// looked at; whether it was in fact written before cannot be seen from it.
public struct StudyPlan: Hashable, Sendable {
  /// The columns of the table that say what a row is.
  public struct Columns: Hashable, Sendable {
    /// The person of a row.
    public let person: String
    /// The arm.
    public let arm: String
    /// The guess: an arm's name, a probability of the second arm, or `dk`; `nil` if nobody was asked.
    public let guess: String?
    /// Columns that together say which row of a person it is; empty if rows are not told apart.
    public let occasion: [String]
    /// Texts beside the empty one that mean "missing", such as `NA`.
    public let missing: [String]
  }

  /// Rows that belong together: those with one of the given texts in each named column.
  public struct RowSet: Hashable, Sendable {
    /// One column and the texts that are taken.
    public struct Condition: Hashable, Sendable {
      /// The column.
      public let column: String
      /// The texts, of which a row has one.
      public let values: [String]
    }

    /// What the set is called.
    public let name: String
    /// All of them must hold; none takes every row.
    public let conditions: [Condition]

    /// The set of all rows, where an outcome names none.
    public static let all = RowSet(name: "all rows", conditions: [])
  }

  /// A column that is put beside the arm in the model.
  public struct Covariate: Hashable, Sendable {
    /// What its cells are.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// Numbers, as one column.
      case number
      /// Names, as one column for each but the first.
      case categories
    }

    /// The column.
    public let name: String
    /// What its cells are.
    public let kind: Kind
  }

  /// Something that was measured.
  public struct Outcome: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// The column with its numbers.
    public let column: String
    /// The unit, for sentences.
    public let unit: String?
    /// Which side is better.
    public let direction: Item.Direction
    /// The smallest difference that matters.
    public let relevance: DecimalNumber?
    /// The rows it is taken from.
    public let set: RowSet
    /// What stands beside the arm in its models.
    public let covariates: [Covariate]
  }

  /// How variances are estimated.
  public enum Likelihood: String, Hashable, Sendable, CaseIterable {
    /// The restricted likelihood, REML.
    case restricted
    /// The full likelihood, ML.
    case full
  }

  /// How degrees of freedom are found.
  public enum Degrees: String, Hashable, Sendable, CaseIterable {
    /// Satterthwaite's.
    case satterthwaite
    /// Kenward and Roger's, which also widens the standard error.
    case kenwardRoger = "kenward-roger"
  }

  /// The model and the numbers beside it.
  public struct Analysis: Hashable, Sendable {
    /// The level of every interval.
    public let level: Double
    /// How variances are estimated.
    public let likelihood: Likelihood
    /// How degrees of freedom are found.
    public let degrees: Degrees
    /// How many times persons are drawn anew.
    public let replicates: Int
    /// The seed of these draws.
    public let seed: UInt64
    /// The smallest group of arm and guess from which anything is concluded, in rows.
    public let smallestStratum: Int
  }

  /// What the study is called.
  public let title: String
  /// The two arms, the reference first.
  public let arms: [Arm]
  /// The columns that say what a row is.
  public let columns: Columns
  /// The outcomes; the first is the primary one.
  public let outcomes: [Outcome]
  /// The model.
  public let analysis: Analysis

  /// Reads the bytes of a plan.
  ///
  /// - Parameter file: the file as it is to be named in faults.
  /// - Throws: `ProtocolFaults` with everything that is wrong.
  public init(bytes: [UInt8], file: String) throws(ProtocolFaults) {
    let faults = FaultList(
      file: file, kind: "a plan",
      start: "Documentation/Specifications/study.md has one to start from")
    guard let root = YAMLText.read(bytes, faults: faults),
      let plan = StudyPlanReader(reader: ProtocolReader(faults: faults)).plan(root), faults.isEmpty
    else { throw faults.error }
    self = plan
  }

  init(title: String, arms: [Arm], columns: Columns, outcomes: [Outcome], analysis: Analysis) {
    self.title = title
    self.arms = arms
    self.columns = columns
    self.outcomes = outcomes
    self.analysis = analysis
  }

  /// The sets of rows that the outcomes are taken from, each once, in their order.
  public var sets: [RowSet] {
    outcomes.map(\.set).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
