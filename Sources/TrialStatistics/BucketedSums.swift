/// A sum over a part of the slots at effect 0, and the overlap of the same slots.
struct PartialSum {
  var value: Double
  var overlap: Double

  func moved(_ shift: PartialSum) -> PartialSum {
    PartialSum(value: value + shift.value, overlap: overlap + shift.overlap)
  }

  /// The sum at an effect.
  func value(at effect: Double) -> Double { value - effect * overlap }
}

/// Sums in the order of their values at some effect, with a table that says where each value lies.
///
/// The range of the values is cut into as many buckets as there are sums. Going to another effect
/// moves every sum to its bucket, in linear time; effects of one search are close to each other, so
/// most sums stay where they are and the memory is read almost in order. A bucket with more than a
/// few sums is sorted, so that no ratings, however tied, make counting slow.
struct BucketedSums {
  private(set) var sums: [PartialSum]
  private var spare: [PartialSum]
  /// The bucket of each sum, while they are moved.
  private var places: [Int32]
  /// Where each bucket starts, and after the last one the number of sums.
  private var starts: [Int32]
  private(set) var effect = 0.0
  private var low = 0.0
  private var high = 0.0
  /// Buckets per unit of the value.
  private var scale = 0.0

  /// Buckets of so many sums are not sorted.
  private static var few: Int { 8 }

  init(_ sums: [PartialSum], at effect: Double) {
    self.sums = sums
    spare = sums
    places = [Int32](repeating: 0, count: sums.count)
    starts = [Int32](repeating: 0, count: sums.count + 2)
    move(to: effect)
  }

  /// Puts the sums in order for another effect.
  mutating func move(to effect: Double) {
    self.effect = effect
    setRange()
    let (low, scale, last) = (low, scale, Int32(sums.count - 1))
    starts.withUnsafeMutableBufferPointer { starts in
      places.withUnsafeMutableBufferPointer { places in
        sums.withUnsafeBufferPointer { sums in
          spare.withUnsafeMutableBufferPointer { target in
            starts.update(repeating: 0)
            for index in sums.indices {
              let place = min(last, Int32((sums[index].value(at: effect) - low) * scale))
              places[index] = place
              starts[Int(place) + 2] &+= 1
            }
            for index in 2..<starts.count { starts[index] &+= starts[index - 1] }
            for index in sums.indices {
              let place = Int(places[index]) + 1
              target[Int(starts[place])] = sums[index]
              starts[place] &+= 1
            }
          }
        }
      }
    }
    swap(&sums, &spare)
    sortLarge()
  }

  private mutating func setRange() {
    // Two by two, since each comparison waits for the one before it.
    var lows = SIMD2<Double>(repeating: .infinity)
    var highs = -lows
    let effect = effect
    sums.withUnsafeBufferPointer { sums in
      for index in stride(from: 0, to: sums.count, by: 2) {
        let other = min(index + 1, sums.count - 1)
        let values = SIMD2(sums[index].value(at: effect), sums[other].value(at: effect))
        lows.replace(with: values, where: values .< lows)
        highs.replace(with: values, where: values .> highs)
      }
    }
    (low, high) = (lows.min(), highs.max())
    scale = high > low ? Double(sums.count) / (high - low) : 0
    // Values that differ by next to nothing are one bucket.
    if !(scale < 1e200) { scale = 0 }
  }

  private mutating func sortLarge() {
    let (effect, count) = (effect, sums.count)
    sums.withUnsafeMutableBufferPointer { sums in
      for bucket in 0..<count {
        let (start, end) = (Int(starts[bucket]), Int(starts[bucket + 1]))
        guard end - start > BucketedSums.few else { continue }
        var large = UnsafeMutableBufferPointer(rebasing: sums[start..<end])
        large.sort { $0.value(at: effect) < $1.value(at: effect) }
      }
    }
  }

  /// Counting against these sums: which of them reach a threshold together with another sum.
  struct Counter {
    let sums: UnsafeBufferPointer<PartialSum>
    let starts: UnsafeBufferPointer<Int32>
    let effect, low, high, scale: Double
    let threshold: Double
    /// By how much rounding may move a value, in buckets.
    let margin: Double

    /// How many sums are at least the threshold together with `other`.
    func count(with other: Double) -> Int {
      let place = (threshold - other - low) * scale
      guard place + margin >= 0 else { return sums.count }
      guard place - margin < Double(sums.count) else { return 0 }
      var (first, last) = (Int(place), Int(place))
      let rest = place - Double(first)
      if rest <= margin || rest >= 1 - margin || first >= sums.count {
        first = max(0, Int(place - margin))
        last = min(sums.count - 1, Int(place + margin))
      }
      var index = Int(starts[first])
      let end = Int(starts[last + 1])
      var count = sums.count - end
      if end - index <= 2 * BucketedSums.few {
        while index < end {
          count &+= sums[index].value(at: effect) + other >= threshold ? 1 : 0
          index &+= 1
        }
        return count
      }
      for bucket in first...last { count += sorted(bucket, other) }
      return count
    }

    /// The sums of one bucket that reach the threshold.
    private func sorted(_ bucket: Int, _ other: Double) -> Int {
      var (from, to) = (Int(starts[bucket]), Int(starts[bucket + 1]))
      let end = to
      if end - from <= BucketedSums.few {
        return sums[from..<to].count { $0.value(at: effect) + other >= threshold }
      }
      while from < to {
        let middle = (from + to) / 2
        if sums[middle].value(at: effect) + other >= threshold {
          to = middle
        } else {
          from = middle + 1
        }
      }
      return end - from
    }

    /// The first sum that may reach the threshold.
    func first(with other: Double) -> Int {
      let place = (threshold - other - low) * scale
      guard place - margin > 0 else { return 0 }
      guard place - margin < Double(sums.count) else { return sums.count }
      return Int(starts[Int(place - margin)])
    }

    /// The end of the sums that may be at most the threshold.
    func end(with other: Double) -> Int {
      let place = (threshold - other - low) * scale
      guard place + margin >= 0 else { return 0 }
      guard place + margin < Double(sums.count) else { return sums.count }
      return Int(starts[Int(place + margin) + 1])
    }
  }

  /// Looks up sums against a threshold.
  ///
  /// - Parameter largest: a bound of the magnitude of the other sums.
  func counting<Result>(
    atLeast threshold: Double, largest: Double, _ body: (Counter) -> Result
  ) -> Result {
    let size = threshold.magnitude + largest + max(low.magnitude, high.magnitude)
    let margin = size * scale * 0x1p-50 + Double(sums.count) * 0x1p-50
    return sums.withUnsafeBufferPointer { sums in
      starts.withUnsafeBufferPointer { starts in
        body(
          Counter(
            sums: sums, starts: starts, effect: effect, low: low, high: high, scale: scale,
            threshold: threshold, margin: margin))
      }
    }
  }
}
