/// Sums counted in a few thousand buckets, where a search for an effect begins.
///
/// Between the borders of a bucket sums are taken as evenly spread; counts of pairs are then right to
/// about a millionth, for a fraction of what an exact count costs.
struct CoarseSums {
  private let sums: [PartialSum]
  private let lowest: Double
  private let highest: Double
  private let largestOverlap: Double
  private let buckets: Int
  /// For each bucket, the sums above it, and those in it.
  private var above: [Double]
  private var inside: [Double]
  private var low = 0.0
  private var scale = 0.0

  init(_ sums: [PartialSum]) {
    self.sums = sums
    lowest = sums.reduce(.infinity) { min($0, $1.value) }
    highest = sums.reduce(-.infinity) { max($0, $1.value) }
    largestOverlap = sums.reduce(0) { max($0, $1.overlap.magnitude) }
    buckets = min(1 << 13, max(1, sums.count))
    above = [Double](repeating: 0, count: buckets)
    inside = above
  }

  /// Counts the sums at an effect.
  mutating func move(to effect: Double) {
    let reach = effect.magnitude * largestOverlap
    low = lowest - reach
    let width = highest + reach - low
    scale = Double(buckets) / max(width * (1 + 0x1p-40), .leastNormalMagnitude)
    guard scale < 1e200 else {
      scale = 0
      return
    }
    let (low, scale) = (low, scale)
    inside.withUnsafeMutableBufferPointer { inside in
      inside.update(repeating: 0)
      for sum in sums { inside[Int(max(0, sum.value(at: effect) - low) * scale)] += 1 }
    }
    var rest = 0.0
    for bucket in (0..<buckets).reversed() {
      above[bucket] = rest
      rest += inside[bucket]
    }
  }

  /// About how many pairs with `others` are at least the threshold.
  func pairs(_ others: [PartialSum], at effect: Double, atLeast threshold: Double) -> Double {
    guard scale > 0 else { return 0 }
    let (count, most) = (Double(sums.count), Double(buckets))
    return above.withUnsafeBufferPointer { above in
      inside.withUnsafeBufferPointer { inside in
        var total = 0.0
        for other in others {
          let place = (threshold - other.value(at: effect) - low) * scale
          guard place > 0 else {
            total += count
            continue
          }
          guard place < most else { continue }
          let bucket = Int(place)
          total += above[bucket] + inside[bucket] * (Double(bucket + 1) - place)
        }
        return total
      }
    }
  }
}
