/// The sums of both halves of the slots, at an effect that can be changed.
///
/// The sums before the border lie in buckets; for each of those after it, the first ones are looked
/// up. Since those after it lie in the order of the first effect, the look-ups go almost in order.
struct MeetingHalves {
  private struct Pair {
    var before: BucketedSums
    let after: [PartialSum]
    /// The largest magnitude of those after the border, at the present effect.
    private(set) var largest: Double

    init(before: BucketedSums, after: [PartialSum]) {
      self.before = before
      self.after = after
      largest = Pair.largest(after, at: 0)
    }

    mutating func move(to effect: Double) {
      before.move(to: effect)
      largest = Pair.largest(after, at: effect)
    }

    private static func largest(_ sums: [PartialSum], at effect: Double) -> Double {
      sums.reduce(0) { max($0, $1.value(at: effect).magnitude) }
    }
  }

  private var pairs: [Pair]
  private(set) var effect = 0.0
  /// A bound of the magnitude of all overlaps.
  let largestOverlap: Double
  /// Counts of this effect, since several questions have the same answer.
  private var known: [Double: Double] = [:]

  init(_ lists: [(before: [PartialSum], after: [PartialSum])]) {
    func largest(_ sums: [PartialSum]) -> Double {
      sums.reduce(0) { max($0, $1.overlap.magnitude) }
    }
    largestOverlap = lists.reduce(0) { max($0, largest($1.before) + largest($1.after)) }
    pairs = lists.map { list in
      // From the largest on: their partners are looked up from the smallest on.
      let after: [PartialSum] = BucketedSums(list.after, at: 0).sums.reversed()
      return Pair(before: BucketedSums(list.before, at: 0), after: after)
    }
  }

  /// Goes to another effect.
  mutating func move(to effect: Double) {
    guard effect != self.effect else { return }
    self.effect = effect
    known.removeAll(keepingCapacity: true)
    for index in pairs.indices { pairs[index].move(to: effect) }
  }

  /// The number of assignments whose sum is at least `threshold`.
  mutating func count(atLeast threshold: Double) -> Double {
    if let known = known[threshold] { return known }
    let count = pairs.reduce(0.0) { sum, pair in
      sum
        + counting(pair, atLeast: threshold) { counter in
          var count = 0
          for other in pair.after { count += counter.count(with: other.value(at: effect)) }
          return Double(count)
        }
    }
    known[threshold] = count
    return count
  }

  /// The assignments whose sum lies between two values, or `nil` if they are more than `most`.
  func list(from low: Double, to high: Double, most: Int) -> [PartialSum]? {
    var found: [PartialSum] = []
    for pair in pairs {
      counting(pair, atLeast: low) { lower in
        counting(pair, atLeast: high) { upper in
          for other in pair.after {
            let value = other.value(at: effect)
            let (first, end) = (lower.first(with: value), upper.end(with: value))
            guard first < end, found.count <= most else { continue }
            for sum in lower.sums[first..<end] {
              let both = sum.value(at: effect) + value
              guard both >= low, both <= high else { continue }
              found.append(PartialSum(value: both, overlap: sum.overlap + other.overlap))
            }
          }
        }
      }
    }
    return found.count <= most ? found : nil
  }

  /// The lists for coarse counts, which leave these as they are.
  var coarse: [(before: CoarseSums, after: [PartialSum])] {
    pairs.map { (CoarseSums($0.before.sums), $0.after) }
  }

  /// The shares of assignments whose sum is at least each threshold, from every n-th sum after the
  /// border: for a figure.
  func shares(atLeast thresholds: [Double]) -> [Double] {
    let all = pairs.reduce(0) { $0 + $1.after.count }
    let stride = max(1, all / 1_000)
    var counts = [Double](repeating: 0, count: thresholds.count)
    var total = 0.0
    for pair in pairs {
      let places = Swift.stride(from: (stride - 1) / 2, to: pair.after.count, by: stride)
      let few = places.map { pair.after[$0].value(at: effect) }
      total += Double(few.count) * Double(pair.before.sums.count)
      for (place, threshold) in thresholds.enumerated() {
        counts[place] += counting(pair, atLeast: threshold) { counter in
          few.reduce(0.0) { $0 + Double(counter.count(with: $1)) }
        }
      }
    }
    return counts.map { total > 0 ? $0 / total : 0 }
  }

  private func counting<Result>(
    _ pair: Pair, atLeast threshold: Double, _ body: (BucketedSums.Counter) -> Result
  ) -> Result {
    pair.before.counting(atLeast: threshold, largest: pair.largest, body)
  }
}
