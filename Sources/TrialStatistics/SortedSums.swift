/// A sum of a part of the slots, at some effect, and the overlap of the same slots.
struct PartialSum {
  var value: Double
  var overlap: Double

  func moved(_ shift: PartialSum) -> PartialSum {
    PartialSum(value: value + shift.value, overlap: overlap + shift.overlap)
  }
}

/// Lists of sums that ascend.
///
/// Both loops here wait for one comparison after the other. So each list is divided in two parts
/// that are worked on in turn: while one comparison is awaited, the other goes on.
enum SortedSums {
  /// Two ascending lists as one, the second moved by `shift`.
  static func merged(
    _ left: [PartialSum]?, _ right: [PartialSum], _ shift: PartialSum
  ) -> [PartialSum] {
    guard let left else { return right.map { $0.moved(shift) } }
    let count = left.count + right.count
    var result = [PartialSum](repeating: PartialSum(value: 0, overlap: 0), count: count)
    result.withUnsafeMutableBufferPointer { buffer in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          guard let target = buffer.baseAddress, let first = left.baseAddress,
            let second = right.baseAddress
          else { return }
          let half = count / 2
          let cut = divided(left, right, shift.value, at: half)
          var low = Merge(first, cut, second, half - cut, shift, into: target)
          var high = Merge(
            first + cut, left.count - cut, second + (half - cut), right.count - half + cut,
            shift, into: target + half)
          while low.isMerging, high.isMerging {
            low.step()
            high.step()
          }
          low.finish()
          high.finish()
        }
      }
    }
    return result
  }

  /// How many of the `length` smallest elements are from the left list.
  private static func divided(
    _ left: UnsafeBufferPointer<PartialSum>, _ right: UnsafeBufferPointer<PartialSum>,
    _ shift: Double, at length: Int
  ) -> Int {
    var low = max(0, length - right.count)
    var high = min(length, left.count)
    while low < high {
      let middle = (low + high) / 2
      if left[middle].value <= right[length - middle - 1].value + shift {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// A merge of two lists, one step at a time.
  private struct Merge {
    private var left, right, target: UnsafeMutablePointer<PartialSum>
    private let leftEnd, rightEnd: UnsafeMutablePointer<PartialSum>
    private let shift: PartialSum

    init(
      _ left: UnsafePointer<PartialSum>, _ leftCount: Int, _ right: UnsafePointer<PartialSum>,
      _ rightCount: Int, _ shift: PartialSum, into target: UnsafeMutablePointer<PartialSum>
    ) {
      self.left = UnsafeMutablePointer(mutating: left)
      self.right = UnsafeMutablePointer(mutating: right)
      self.target = target
      self.shift = shift
      leftEnd = self.left + leftCount
      rightEnd = self.right + rightCount
    }

    var isMerging: Bool { left != leftEnd && right != rightEnd }

    mutating func step() {
      let (first, second) = (left.pointee, right.pointee.moved(shift))
      let isFirst = first.value <= second.value
      target.pointee = isFirst ? first : second
      target += 1
      left += isFirst ? 1 : 0
      right += isFirst ? 0 : 1
    }

    mutating func finish() {
      while isMerging { step() }
      target.update(from: left, count: leftEnd - left)
      target += leftEnd - left
      while right != rightEnd {
        target.pointee = right.pointee.moved(shift)
        target += 1
        right += 1
      }
    }
  }

  /// The number of pairs from both lists whose sum is at least `threshold`.
  static func pairs(
    _ left: [PartialSum], _ right: [PartialSum], atLeast threshold: Double
  ) -> Double {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        let half = left.count / 2
        var low = PairCount(left[..<half], right, threshold)
        var high = PairCount(left[half...], right, threshold)
        while low.isCounting, high.isCounting {
          low.step()
          high.step()
        }
        while low.isCounting { low.step() }
        while high.isCounting { high.step() }
        return Double(low.total + high.total)
      }
    }
  }

  /// The pairs whose sum lies between two values, joined.
  static func pairs(
    _ left: [PartialSum], _ right: [PartialSum], from low: Double, to high: Double
  ) -> [PartialSum] {
    var found: [PartialSum] = []
    var start = right.count
    for first in left {
      while start > 0, first.value + right[start - 1].value >= low { start -= 1 }
      var index = start
      while index < right.count {
        let value = first.value + right[index].value
        if value > high { break }
        found.append(PartialSum(value: value, overlap: first.overlap + right[index].overlap))
        index += 1
      }
    }
    return found
  }

  /// Two pointers: while the one ascends through the left list, the other descends through the right.
  private struct PairCount {
    private let left: Slice<UnsafeBufferPointer<PartialSum>>
    private let right: UnsafeBufferPointer<PartialSum>
    private let threshold: Double
    private var index: Int
    /// The elements of the right list before this one are too small.
    private var border: Int
    private var count = 0

    init(
      _ left: Slice<UnsafeBufferPointer<PartialSum>>, _ right: UnsafeBufferPointer<PartialSum>,
      _ threshold: Double
    ) {
      (self.left, self.right, self.threshold) = (left, right, threshold)
      index = left.startIndex
      border = 0
      guard let first = left.first else { return }
      var high = right.count
      while border < high {
        let middle = (border + high) / 2
        if first.value + right[middle].value >= threshold {
          high = middle
        } else {
          border = middle + 1
        }
      }
    }

    var isCounting: Bool { index != left.endIndex && border != 0 }

    /// All pairs, once no step can change the border any more.
    var total: Int { count + (left.endIndex - index) * (right.count - border) }

    mutating func step() {
      let isLarge = left.base[index].value + right[border - 1].value >= threshold
      border -= isLarge ? 1 : 0
      count += isLarge ? 0 : right.count - border
      index += isLarge ? 0 : 1
    }
  }
}
