/// p-values of several outcomes, corrected for their number.
public enum SeveralOutcomes {
  /// Holm's correction: valid whatever the dependence between the outcomes (Holm 1979).
  ///
  /// - Throws: `SampleError.probabilityOutOfRange`.
  public static func holm(_ probabilities: [Double]) throws(SampleError) -> [Double] {
    if let bad = probabilities.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw .probabilityOutOfRange(position: bad + 1)
    }
    var adjusted = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    for (place, index) in order.enumerated() {
      largest = max(largest, probabilities[index] * Double(order.count - place))
      adjusted[index] = min(1, largest)
    }
    return adjusted
  }
}

/// Several outcomes tested together by their largest statistic over one reference set.
///
/// Each outcome's statistic is divided by its standard deviation over the set; an assignment counts
/// against all outcomes at once, so that their correlation is used (Westfall and Young 1993,
/// algorithm 4.1 for the step-down values; Ge, Dudoit and Speed 2003).
public struct MaxTAdjustment: Hashable, Sendable {
  /// The two-sided p-value of each outcome alone.
  public let raw: [Double]
  /// The p-values adjusted by stepping down from the largest statistic.
  public let stepDown: [Double]
  /// The p-values adjusted in a single step, never smaller.
  public let singleStep: [Double]

  /// Adjusts the outcomes.
  ///
  /// A statistic that is not a number (an arm unobserved under that assignment) counts as extreme.
  /// Statistics are ties within 10⁻¹⁰ of their size. An outcome that is the same under every
  /// assignment has p-values of 1.
  ///
  /// - Parameters:
  ///   - observed: the statistic of each outcome.
  ///   - reference: for every assignment, equally likely, the statistics in the same order.
  ///   - sampled: whether the assignments are draws and not the whole set; then the observed one is
  ///     counted with them (+1 above and below).
  /// - Throws: `SampleError`: no assignment, lists of different lengths, or an observed statistic
  ///   that is not finite.
  public init(observed: [Double], reference: [[Double]], sampled: Bool = false)
    throws(SampleError)
  {
    if let bad = observed.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(sample: "observed statistics", position: bad + 1)
    }
    guard !reference.isEmpty else { throw .tooFew(sample: "assignments", found: 0, needed: 1) }
    for (index, row) in reference.enumerated() where row.count != observed.count {
      throw .lengthsDiffer(
        sample: "statistics of assignment \(index + 1)", found: row.count, expected: observed.count)
    }
    let scales = observed.indices.map { MaxTAdjustment.scale(reference, $0) }
    let sizes = observed.indices.map { observed[$0].magnitude * scales[$0] }
    let order = sizes.indices.sorted { sizes[$0] > sizes[$1] }
    let thresholds = sizes.map { $0 * (1 - 1e-10) }
    var alone = [Int](repeating: 0, count: observed.count)
    var down = alone
    var single = alone
    for row in reference {
      var largest = 0.0
      for index in order.reversed() {
        let size = row[index].isNaN ? .infinity : row[index].magnitude * scales[index]
        largest = max(largest, size)
        if size >= thresholds[index] { alone[index] += 1 }
        if largest >= thresholds[index] { down[index] += 1 }
      }
      for index in order where largest >= thresholds[index] { single[index] += 1 }
    }
    let extra = sampled ? 1 : 0
    func share(_ count: Int) -> Double {
      Double(count + extra) / Double(reference.count + extra)
    }
    raw = alone.map(share)
    singleStep = single.map(share)
    var adjusted = down.map(share)
    for (before, index) in zip(order, order.dropFirst()) {
      adjusted[index] = max(adjusted[index], adjusted[before])
    }
    stepDown = adjusted
  }

  /// One over the standard deviation of an outcome's statistic over the set; 0 if it is constant.
  private static func scale(_ reference: [[Double]], _ index: Int) -> Double {
    var count = 0.0
    var mean = 0.0
    var squares = 0.0
    var largest = 0.0
    for row in reference where !row[index].isNaN {
      count += 1
      let step = row[index] - mean
      mean += step / count
      squares += step * (row[index] - mean)
      largest = max(largest, row[index].magnitude)
    }
    guard count > 0 else { return 0 }
    let deviation = (squares / count).squareRoot()
    return deviation > largest * 1e-13 ? 1 / deviation : 0
  }
}
