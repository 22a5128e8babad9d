/// Several outcomes tested together over one reference set.
///
/// Every assignment is applied to all outcomes at once, so that their correlation is used. Each
/// outcome has its own missing slots, its own autocorrelation and its own covariates. Exact over sets
/// of up to 2²¹ assignments (2²² statistics in all), else by draws with the observed assignment
/// counted in. Sources: Westfall and Young 1993; Ge, Dudoit and Speed 2003; Holm 1979.
public struct JointTest: Sendable {
  /// One of the outcomes.
  public struct Outcome: Sendable {
    /// One value per slot.
    public let outcome: ExactOutcome
    /// What is done to its autocorrelation.
    public let whitening: Whitening
    /// Columns that are taken out of it.
    public let covariates: [[Double]]

    /// An outcome with what is taken out of it.
    public init(
      _ outcome: ExactOutcome, whitening: Whitening = .none, covariates: [[Double]] = []
    ) {
      self.outcome = outcome
      self.whitening = whitening
      self.covariates = covariates
    }
  }

  private let tests: [RandomizationTest]
  private let reference: ReferenceSet
  private let observed: [Int]

  /// Checks that the parts belong together.
  ///
  /// - Parameters: as for `RandomizationTest`.
  /// - Throws: `StatisticsError.noOutcomes`, or what one of the outcomes' own tests throws.
  public init(
    outcomes: [Outcome], observed: [Int], kept: [Bool]?, reference: ReferenceSet,
    statistic: StatisticKind, level: Double
  ) throws(StatisticsError) {
    guard !outcomes.isEmpty else { throw .noOutcomes }
    var tests: [RandomizationTest] = []
    for one in outcomes {
      tests.append(
        try RandomizationTest(
          outcome: one.outcome, observed: observed, kept: kept, reference: reference,
          statistic: statistic, whitening: one.whitening, covariates: one.covariates, level: level))
    }
    self.tests = tests
    self.reference = reference
    self.observed = reference.withLots(observed)
  }

  /// Tests each outcome alone and all together.
  public func result() throws(StatisticsError) -> JointResult {
    var results: [RandomizationResult] = []
    var statistics: [AssignmentStatistic] = []
    for test in tests {
      results.append(try test.result())
      statistics.append(try AssignmentStatistic(test))
    }
    let most = min(Limits.enumerated, 0x1p22 / Double(tests.count))
    let list = Assignments(reference, observed: observed, most: most)
    var columns = [[Double]](repeating: [], count: tests.count)
    for index in columns.indices { columns[index].reserveCapacity(Int(list.total)) }
    list.forEach { arms in
      for (index, statistic) in statistics.enumerated() {
        columns[index].append(statistic.value(arms) ?? .infinity)
      }
    }
    let own = statistics.map { $0.value(observed) ?? .infinity }
    let raw = results.map(\.pAbsolute)
    func adjusted(_ measure: ReferenceAdjustment.Measure) -> JointResult.Adjusted {
      let found = ReferenceAdjustment(observed: own, columns: columns, measure: measure)
      return JointResult.Adjusted(
        stepDown: zip(found.stepDown, raw).map { max($0, $1) },
        singleStep: zip(found.singleStep, raw).map { max($0, $1) })
    }
    let smallest = raw.min() ?? 1
    return JointResult(
      method: list.method(smallest / 2, smallest / 2), tests: results, raw: raw,
      maxT: adjusted(.maxT), minP: adjusted(.minP),
      holm: (try? SeveralOutcomes.holm(raw)) ?? raw)
  }
}

/// What a test of several outcomes says; all lists are in the order of the outcomes.
public struct JointResult: Sendable {
  /// p-values that allow for the number of outcomes.
  public struct Adjusted: Hashable, Sendable {
    /// By stepping down from the most extreme outcome.
    public let stepDown: [Double]
    /// In a single step, never smaller.
    public let singleStep: [Double]
  }

  /// How the adjusted p-values were found.
  public let method: Method
  /// Each outcome alone.
  public let tests: [RandomizationResult]
  /// The two-sided p-value of each outcome alone, `pAbsolute`.
  public let raw: [Double]
  /// Adjusted by the largest statistic, each over its standard deviation over the set.
  public let maxT: Adjusted
  /// Adjusted by the smallest p-value within the set.
  public let minP: Adjusted
  /// Adjusted by Holm's rule, which does not use the correlation.
  public let holm: [Double]
}
