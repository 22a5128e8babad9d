/// Counting assignments by a linear statistic without listing them: the sums of both halves of the
/// slots are sorted, and pairs are counted by two pointers (Horowitz and Sahni 1974).
///
/// The halves meet at a border of the automaton; for each state there, every path to it is combined
/// with every path from it. The sorted lists are built slot by slot by merging, so they are never
/// sorted as a whole.
struct MeetInTheMiddle {
  let reference: ReferenceSet
  let contrast: LinearContrast
  /// The slot at which the halves meet.
  let border: Int
  /// Both lists together.
  let size: Double

  /// The most sums held in both halves.
  static let limit = 0x1p22

  /// The border at which the halves are smallest.
  init(_ reference: ReferenceSet, _ contrast: LinearContrast) {
    self.reference = reference
    self.contrast = contrast
    let sizes = (0...reference.slotCount).map { border in
      (0..<Int32(reference.stateCount(border))).reduce(0.0) { sum, state in
        let before = reference.arrivals(border, state)
        return before > 0 ? sum + before + reference.completions(border, state) : sum
      }
    }
    size = sizes.min() ?? .infinity
    border = sizes.firstIndex(of: size) ?? 0
  }

  /// The sums of both halves at one effect, ready for counting.
  struct Halves {
    fileprivate let pairs: [(before: [Double], after: [Double])]

    /// The number of assignments whose sum is at least `threshold`.
    func count(atLeast threshold: Double) -> Double {
      var count = 0
      for (before, after) in pairs {
        before.withUnsafeBufferPointer { before in
          after.withUnsafeBufferPointer { after in
            var index = after.count
            for first in before {
              while index > 0, first + after[index - 1] >= threshold { index -= 1 }
              count += after.count - index
            }
          }
        }
      }
      return Double(count)
    }
  }

  /// The sums of a(z) − τ b(z) of both halves.
  func halves(at effect: Double) -> Halves {
    let steps = contrast.gain.indices.map {
      contrast.gain[$0] - effect * contrast.overlapGain[$0]
    }
    let start = contrast.start - effect * contrast.overlapStart
    var before: [Int32: [Double]] = [0: [start]]
    for slot in 0..<border {
      var next: [Int32: [Double]] = [:]
      for (state, sums) in before {
        for arm in 0...1 {
          guard let target = reference.next(slot, state, arm) else { continue }
          let shift = arm == 1 ? steps[slot] : 0
          next[target] = MeetInTheMiddle.merged(next[target], sums, shift)
        }
      }
      before = next
    }
    var after: [Int32: [Double]] = [:]
    for state in 0..<Int32(reference.stateCount(reference.slotCount)) { after[state] = [0] }
    for slot in (border..<max(border, reference.slotCount)).reversed() {
      var previous: [Int32: [Double]] = [:]
      for state in 0..<Int32(reference.stateCount(slot)) {
        var sums: [Double]?
        for arm in 0...1 {
          guard let next = reference.next(slot, state, arm), let rest = after[next] else {
            continue
          }
          sums = MeetInTheMiddle.merged(sums, rest, arm == 1 ? steps[slot] : 0)
        }
        if let sums { previous[state] = sums }
      }
      after = previous
    }
    return Halves(pairs: before.keys.sorted().map { (before[$0] ?? [], after[$0] ?? []) })
  }

  /// Two ascending lists as one, the second moved by `shift`.
  private static func merged(_ left: [Double]?, _ right: [Double], _ shift: Double) -> [Double] {
    guard let left else { return shift == 0 ? right : right.map { $0 + shift } }
    return [Double](unsafeUninitializedCapacity: left.count + right.count) { buffer, count in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          var (i, j, k) = (0, 0, 0)
          while i < left.count, j < right.count {
            let (first, second) = (left[i], right[j] + shift)
            let step = first <= second ? 1 : 0
            buffer.initializeElement(at: k, to: min(first, second))
            i += step
            j += 1 - step
            k += 1
          }
          while i < left.count {
            buffer.initializeElement(at: k, to: left[i])
            i += 1
            k += 1
          }
          while j < right.count {
            buffer.initializeElement(at: k, to: right[j] + shift)
            j += 1
            k += 1
          }
          count = k
        }
      }
    }
  }
}
