/// A position on the axis of effects and the number of assignments that change there.
struct Breakpoint<Count: PathWeight> {
  var effect: Double
  var count: Count
}

/// Order statistics of weighted breakpoints, by partition instead of a full sort.
enum WeightedSelection {
  /// The smallest effect such that the counts at or below it exceed `limit`.
  ///
  /// Reorders `points`; the cost is linear on average.
  ///
  /// - Returns: `nil` if all counts together do not exceed `limit`.
  static func smallest<Count: PathWeight>(
    in points: inout [Breakpoint<Count>], exceeding limit: Count
  ) -> Double? {
    var low = 0
    var high = points.count
    var below = Count.zero
    while low < high {
      let pivot = pivot(points, low, high)
      var less = low
      var greater = high
      var index = low
      var lessCount = Count.zero
      var equalCount = Count.zero
      while index < greater {
        let effect = points[index].effect
        if effect < pivot {
          lessCount += points[index].count
          points.swapAt(index, less)
          less += 1
          index += 1
        } else if effect > pivot {
          greater -= 1
          points.swapAt(index, greater)
        } else {
          equalCount += points[index].count
          index += 1
        }
      }
      if below + lessCount > limit {
        high = less
      } else if below + lessCount + equalCount > limit {
        return pivot
      } else {
        below += lessCount + equalCount
        low = greater
      }
    }
    return nil
  }

  private static func pivot<Count: PathWeight>(
    _ points: [Breakpoint<Count>], _ low: Int, _ high: Int
  ) -> Double {
    let first = points[low].effect
    let middle = points[low + (high - low) / 2].effect
    let last = points[high - 1].effect
    return max(min(first, middle), min(max(first, middle), last))
  }
}
