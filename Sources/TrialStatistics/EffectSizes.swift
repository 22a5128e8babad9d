/// All descriptive effect sizes of one outcome at once, for the report.
///
/// They describe; the randomization test tests. Every interval here takes the slots as independent,
/// and `Size.assumes` says what else: none of them knows the scheme or the autocorrelation.
public struct EffectSizes: Hashable, Sendable {
  /// Which size it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The mean of the active arm minus that of the reference.
    case meanDifference
    /// The same over the pooled standard deviation: Cohen's d.
    case cohensD
    /// Cohen's d with the exact correction for small samples: Hedges's g.
    case hedgesG
    /// The difference over the reference arm's standard deviation, with its correction: Glass's
    /// delta.
    case glassDelta
    /// The nonoverlap of all pairs.
    case nonoverlap
    /// 2 NAP − 1: Tau, Cliff's delta.
    case tau
    /// Tau-U, the pairs of a rising or falling baseline subtracted.
    case tauMinusBaselineTrend
    /// Tau of both phases without the baseline's Theil-Sen line.
    case tauBaselineCorrected

    /// What a report calls it.
    public var name: String {
      switch self {
      case .meanDifference: "difference of the means"
      case .cohensD: "standardised difference (Cohen's d)"
      case .hedgesG: "standardised difference, corrected (Hedges's g)"
      case .glassDelta:
        "difference in standard deviations of the reference (Glass's delta, corrected)"
      case .nonoverlap: "nonoverlap of all pairs (NAP)"
      case .tau: "Tau of the pairs (Cliff's delta)"
      case .tauMinusBaselineTrend: "Tau-U, baseline trend subtracted"
      case .tauBaselineCorrected: "Tau, baseline line taken out"
      }
    }

    /// Whether it needs one phase of the reference followed by one of the active arm.
    public var needsPhases: Bool {
      self == .tauMinusBaselineTrend || self == .tauBaselineCorrected
    }
  }

  /// One effect size.
  public struct Size: Hashable, Sendable {
    /// Which it is.
    public let kind: Kind
    /// By what it is divided, where it is.
    public let standardiser: Standardiser?
    /// The value; `nil` where it is not defined, and `reason` says why.
    public let value: Double?
    /// The limits of the interval; `nil` where the literature has none that holds, or none here.
    public let lower, upper: Double?
    /// What the interval takes for granted and where it is from; why there is none.
    public let assumes: String
    /// Why the value is not defined.
    public let reason: String?
  }

  /// The sizes in the order of their kinds; those that need phases only where there are phases.
  public let sizes: [Size]
  /// The level of the intervals.
  public let level: Double

  /// The size of one kind; `nil` where it was not asked for by the order of the arms.
  public subscript(kind: Kind) -> Size? { sizes.first { $0.kind == kind } }

  /// - Parameters:
  ///   - outcome: one value per slot, in the order of time, `nil` where it is missing.
  ///   - active: 1 for the active arm, 0 for the reference.
  ///   - level: of the intervals.
  /// - Throws: `SampleError`: the lists differ in length, a value is not finite, an arm has none, or
  ///   the level is out of range. What one of the sizes cannot do without is said in its `reason`.
  public init(outcome: [Double?], active: [Int], level: Double = 0.95) throws(SampleError) {
    guard active.count == outcome.count else {
      throw .lengthsDiffer(
        sample: "assignment", found: active.count, expected: outcome.count)
    }
    try SampleError.check(level: level)
    let rows = outcome.indices.filter { outcome[$0] != nil }
    let on = rows.filter { active[$0] == 1 }.compactMap { outcome[$0] }
    let off = rows.filter { active[$0] == 0 }.compactMap { outcome[$0] }
    _ = try Sample(on, "active arm", atLeast: 1)
    _ = try Sample(off, "reference arm", atLeast: 1)
    let arms = rows.map { active[$0] }
    let phases = arms == arms.sorted() && off.count >= 2
    self.level = level
    sizes = Kind.allCases.filter { phases || !$0.needsPhases }.map { kind in
      do throws(SampleError) {
        return try EffectSizes.size(kind, on, off, level)
      } catch {
        return Size(
          kind: kind, standardiser: EffectSizes.standardiser(kind), value: nil, lower: nil,
          upper: nil, assumes: "no value, so no interval", reason: "\(error)")
      }
    }
  }

  private static func standardiser(_ kind: Kind) -> Standardiser? {
    switch kind {
    case .cohensD, .hedgesG: .pooled
    case .glassDelta: .reference
    default: nil
    }
  }

  private static func size(_ kind: Kind, _ on: [Double], _ off: [Double], _ level: Double)
    throws(SampleError) -> Size
  {
    let independent = "independent slots"
    var value: Double
    var limits: (lower: Double, upper: Double)?
    var assumes: String
    switch kind {
    case .meanDifference:
      value =
        try Sample(on, "active arm", atLeast: 1).mean
        - Sample(off, "reference arm", atLeast: 1).mean
      limits = try? MeanDifference(active: on, reference: off).interval(level: level)
      assumes =
        limits == nil
        ? "no interval: it needs two values in each arm that vary"
        : "\(independent), normal within each arm, of any two variances (Welch)"
    case .cohensD, .hedgesG:
      let size = try StandardizedDifference(active: on, reference: off, standardiser: .pooled)
      value = kind == .cohensD ? size.d : size.g
      limits = try size.exactInterval(level: level)
      assumes =
        "\(independent), normal, of one variance; of the population's value, by the noncentral t "
        + "distribution"
    case .glassDelta:
      let size = try StandardizedDifference(active: on, reference: off, standardiser: .reference)
      // With one degree of freedom the correction is 0, and what is left would look like no difference at all.
      guard size.correction > 0 else {
        throw .tooFew(sample: "reference arm", found: off.count, needed: 3)
      }
      value = size.g
      limits = try size.interval(level: level)
      assumes = "\(independent), normal within each arm; by the standard error, for large samples"
    case .nonoverlap, .tau:
      let size = try NonoverlapOfAllPairs(active: on, reference: off)
      value = kind == .tau ? size.tau : size.estimate
      limits = try size.interval(level: level)
      if kind == .tau { limits = limits.map { (2 * $0.lower - 1, 2 * $0.upper - 1) } }
      assumes = "\(independent); score interval (Newcombe 2006, method 5)"
    case .tauMinusBaselineTrend:
      value = try TauU(baseline: off, treatment: on, variant: .minusBaselineTrend).estimate
      assumes = "no interval: none that is published holds for it"
    case .tauBaselineCorrected:
      let size = try TauU(baseline: off, treatment: on, variant: .baselineCorrected)
      value = size.estimate
      limits = try size.pairs?.interval(level: level)
      limits = limits.map { (2 * $0.lower - 1, 2 * $0.upper - 1) }
      assumes = "\(independent), the baseline's line known and not estimated; score interval"
    }
    return Size(
      kind: kind, standardiser: standardiser(kind), value: value, lower: limits?.lower,
      upper: limits?.upper, assumes: assumes, reason: nil)
  }
}
