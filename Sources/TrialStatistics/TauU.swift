/// Tau-U of a baseline phase followed by a treatment phase, in one named variant.
///
/// The variants that correct for a trend of the baseline are different quantities, and programs
/// that call all of them "Tau-U" do not agree; a number without the variant's name means nothing.
public struct TauU: Hashable, Sendable {
  /// What is corrected, and how.
  public enum Variant: String, Hashable, Sendable, CaseIterable {
    /// No correction: the pairs between the phases alone, 2 NAP − 1.
    case pairs
    /// The pairs between the phases minus those of the baseline with itself, over the number of
    /// pairs between the phases (Parker and others 2011, as in SingleCaseES); may exceed 1.
    case minusBaselineTrend
    /// Both phases without the baseline's Theil-Sen line, then the pairs between them (Tarlow 2017,
    /// always corrected, whether or not the trend is significant).
    case baselineCorrected
  }

  /// The variant.
  public let variant: Variant
  /// The value: positive if the treatment phase is higher.
  public let estimate: Double
  /// The pairs between the phases, after a correction of the values; `nil` where the correction is
  /// one of the counts.
  ///
  /// Its interval, doubled minus 1, is one of the value. For `minusBaselineTrend` the literature has
  /// none that holds, so there is none here.
  public let pairs: NonoverlapOfAllPairs?

  /// - Parameters:
  ///   - baseline: the values of the first phase, in the order of time, at equal distances.
  ///   - treatment: those of the second phase.
  /// - Throws: `SampleError`: an empty phase, a baseline of one value where its trend is needed, or
  ///   a value that is not finite.
  public init(baseline: [Double], treatment: [Double], variant: Variant) throws(SampleError) {
    self.variant = variant
    _ = try Sample(baseline, "baseline", atLeast: variant == .pairs ? 1 : 2)
    _ = try Sample(treatment, "treatment phase", atLeast: 1)
    switch variant {
    case .pairs:
      let pairs = try NonoverlapOfAllPairs(active: treatment, reference: baseline)
      estimate = pairs.tau
      self.pairs = pairs
    case .minusBaselineTrend:
      let pairs = try NonoverlapOfAllPairs(active: treatment, reference: baseline)
      let trend = TauU.concordance(baseline)
      estimate =
        Double(pairs.larger - pairs.smaller - trend)
        / (Double(baseline.count) * Double(treatment.count))
      self.pairs = nil
    case .baselineCorrected:
      let rest = TauU.withoutLine(baseline, treatment)
      let pairs = try NonoverlapOfAllPairs(active: rest.treatment, reference: rest.baseline)
      estimate = pairs.tau
      self.pairs = pairs
    }
  }

  /// Pairs of one phase that rise minus pairs that fall: Kendall's S.
  private static func concordance(_ values: [Double]) -> Int {
    var sum = 0
    for i in values.indices {
      for j in values.indices.dropFirst(i + 1) where values[j] != values[i] {
        sum += values[j] > values[i] ? 1 : -1
      }
    }
    return sum
  }

  /// Both phases minus the baseline's Theil-Sen line.
  private static func withoutLine(
    _ baseline: [Double], _ treatment: [Double]
  ) -> (baseline: [Double], treatment: [Double]) {
    var slopes: [Double] = []
    for i in baseline.indices {
      for j in baseline.indices.dropFirst(i + 1) {
        slopes.append((baseline[j] - baseline[i]) / Double(j - i))
      }
    }
    let slope = median(slopes)
    let all = (baseline + treatment).enumerated().map { $1 - slope * Double($0) }
    // Values that are equal in decimals must stay ties: what is left is rounded to 12 digits.
    let largest = all.reduce(0) { max($0, $1.magnitude) }
    let unit = largest > 0 ? largest * 0x1p-40 : 1
    let rounded = all.map { ($0 / unit).rounded() * unit }
    return (Array(rounded.prefix(baseline.count)), Array(rounded.dropFirst(baseline.count)))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
