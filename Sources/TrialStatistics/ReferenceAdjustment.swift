/// Several outcomes tested together over one reference set.
///
/// An assignment counts against all outcomes at once, so that their correlation is used, and the
/// p-values are exact where the list is the whole set. Source: Westfall and Young 1993, algorithms
/// 4.1 (max-T) and 2.8 (min-P); Ge, Dudoit and Speed 2003.
public struct ReferenceAdjustment: Hashable, Sendable {
  /// By what an outcome's statistic is made comparable with the others'.
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// The magnitude over the standard deviation of the statistic over the set.
    case maxT
    /// The two-sided p-value within the set: no outcome weighs more for a heavier tail.
    case minP
  }

  /// The measure.
  public let measure: Measure
  /// The two-sided p-value of each outcome alone.
  public let raw: [Double]
  /// The p-values adjusted by stepping down from the most extreme outcome.
  public let stepDown: [Double]
  /// The p-values adjusted in a single step, never smaller.
  public let singleStep: [Double]

  /// Adjusts the outcomes.
  ///
  /// A statistic that is not a finite number (an arm unobserved under that assignment) counts as
  /// extreme. Statistics are ties within 10⁻¹⁰ of their size. An outcome that is the same under
  /// every assignment has p-values of 1.
  ///
  /// - Parameters:
  ///   - observed: the statistic of each outcome.
  ///   - reference: for every assignment, equally likely, the statistics in the same order.
  ///   - measure: what makes the outcomes comparable.
  ///   - sampled: whether the assignments are draws and not the whole set; then the observed one is
  ///     counted with them (+1 above and below).
  /// - Throws: `SampleError`: no assignment, lists of different lengths, or an observed statistic
  ///   that is not finite.
  public init(
    observed: [Double], reference: [[Double]], measure: Measure = .maxT, sampled: Bool = false
  ) throws(SampleError) {
    if let bad = observed.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(sample: "observed statistics", position: bad + 1)
    }
    guard !reference.isEmpty else { throw .tooFew(sample: "assignments", found: 0, needed: 1) }
    for (index, row) in reference.enumerated() where row.count != observed.count {
      throw .lengthsDiffer(
        sample: "statistics of assignment \(index + 1)", found: row.count, expected: observed.count)
    }
    // Draws are joined by the observed assignment: it is one of the set that p-values count in.
    let rows = sampled ? reference + [observed] : reference
    self.init(
      observed: observed, columns: observed.indices.map { index in rows.map { $0[index] } },
      measure: measure)
  }

  /// Adjusts the outcomes from one list per outcome, of the same length each.
  init(observed: [Double], columns: [[Double]], measure: Measure) {
    let scaled = observed.indices.map { index in
      let scale = ReferenceAdjustment.scale(columns[index])
      return Column(
        observed: observed[index].isFinite ? observed[index].magnitude * scale : .infinity,
        rows: columns[index].map { $0.isFinite ? $0.magnitude * scale : .infinity })
    }
    self.measure = measure
    raw = scaled.map(\.share)
    let sizes = measure == .maxT ? scaled : scaled.map(\.ranked)
    let order = sizes.indices.sorted { sizes[$0].observed > sizes[$1].observed }
    (stepDown, singleStep) = ReferenceAdjustment.adjusted(
      sizes, order, columns.first?.count ?? 0)
  }

  /// The sizes of one outcome, comparable with those of the others.
  private struct Column {
    let observed: Double
    let rows: [Double]

    /// What a size must reach to count as at least as extreme.
    var threshold: Double { observed * (1 - 1e-10) }

    /// The share of assignments at least as extreme.
    var share: Double {
      let least = threshold
      return Double(rows.count { $0 >= least }) / Double(rows.count)
    }

    /// The same with, for every size, the number of assignments that are less extreme.
    var ranked: Column {
      let sorted = rows.sorted()
      func below(_ size: Double) -> Double {
        let least = size * (1 - 1e-10)
        var low = 0
        var high = sorted.count
        while low < high {
          let middle = (low + high) / 2
          if sorted[middle] < least { low = middle + 1 } else { high = middle }
        }
        return Double(low)
      }
      return Column(observed: below(observed), rows: rows.map(below))
    }
  }

  private static func adjusted(
    _ columns: [Column], _ order: [Int], _ total: Int
  ) -> (stepDown: [Double], singleStep: [Double]) {
    let thresholds = columns.map(\.threshold)
    var down = [Int](repeating: 0, count: columns.count)
    var single = down
    for row in 0..<total {
      var largest = 0.0
      for index in order.reversed() {
        largest = max(largest, columns[index].rows[row])
        if largest >= thresholds[index] { down[index] += 1 }
      }
      for index in order where largest >= thresholds[index] { single[index] += 1 }
    }
    var stepDown = down.map { Double($0) / Double(total) }
    for (before, index) in zip(order, order.dropFirst()) {
      stepDown[index] = max(stepDown[index], stepDown[before])
    }
    return (stepDown, single.map { Double($0) / Double(total) })
  }

  /// One over the standard deviation of an outcome's statistic over the set; 0 if it is constant.
  private static func scale(_ column: [Double]) -> Double {
    var count = 0.0
    var mean = 0.0
    var squares = 0.0
    var largest = 0.0
    for value in column where value.isFinite {
      count += 1
      let step = value - mean
      mean += step / count
      squares += step * (value - mean)
      largest = max(largest, value.magnitude)
    }
    guard count > 0 else { return 0 }
    let deviation = (squares / count).squareRoot()
    return deviation > largest * 1e-13 ? 1 / deviation : 0
  }
}
