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
    fileprivate let pairs: [(before: [PartialSum], after: [PartialSum])]

    /// The number of assignments whose sum is at least `threshold`.
    func count(atLeast threshold: Double) -> Double {
      pairs.reduce(0) { $0 + SortedSums.pairs($1.before, $1.after, atLeast: threshold) }
    }

    /// A bound of the magnitude of all overlaps.
    var largestOverlap: Double {
      func largest(_ sums: [PartialSum]) -> Double {
        sums.reduce(0) { max($0, $1.overlap.magnitude) }
      }
      return pairs.reduce(0) { max($0, largest($1.before) + largest($1.after)) }
    }

    /// The assignments whose sum lies between two values.
    func list(from low: Double, to high: Double) -> [PartialSum] {
      pairs.flatMap { SortedSums.pairs($0.before, $0.after, from: low, to: high) }
    }

    /// Every n-th sum of lists longer than `most`, and the number of pairs that are left.
    func thinned(to most: Int) -> (halves: Halves, pairs: Double) {
      let few = pairs.map {
        (before: Halves.thinned($0.before, most), after: Halves.thinned($0.after, most))
      }
      return (
        Halves(pairs: few), few.reduce(0) { $0 + Double($1.before.count) * Double($1.after.count) }
      )
    }

    private static func thinned(_ sums: [PartialSum], _ most: Int) -> [PartialSum] {
      let stride = max(1, sums.count / most)
      return Swift.stride(from: stride / 2, to: sums.count, by: stride).map { sums[$0] }
    }
  }

  /// The sums of a(z) − τ b(z) of both halves.
  func halves(at effect: Double) -> Halves {
    let none = PartialSum(value: 0, overlap: 0)
    let steps = contrast.gain.indices.map {
      PartialSum(
        value: contrast.gain[$0] - effect * contrast.overlapGain[$0],
        overlap: contrast.overlapGain[$0])
    }
    let start = PartialSum(
      value: contrast.start - effect * contrast.overlapStart, overlap: contrast.overlapStart)
    var before: [Int32: [PartialSum]] = [0: [start]]
    for slot in 0..<border {
      var next: [Int32: [PartialSum]] = [:]
      for (state, sums) in before {
        for arm in 0...1 {
          guard let target = reference.next(slot, state, arm) else { continue }
          next[target] = SortedSums.merged(next[target], sums, arm == 1 ? steps[slot] : none)
        }
      }
      before = next
    }
    var after: [Int32: [PartialSum]] = [:]
    for state in 0..<Int32(reference.stateCount(reference.slotCount)) { after[state] = [none] }
    for slot in (border..<max(border, reference.slotCount)).reversed() {
      var previous: [Int32: [PartialSum]] = [:]
      for state in 0..<Int32(reference.stateCount(slot)) {
        var sums: [PartialSum]?
        for arm in 0...1 {
          guard let next = reference.next(slot, state, arm), let rest = after[next] else {
            continue
          }
          sums = SortedSums.merged(sums, rest, arm == 1 ? steps[slot] : none)
        }
        if let sums { previous[state] = sums }
      }
      after = previous
    }
    return Halves(pairs: before.keys.sorted().map { (before[$0] ?? [], after[$0] ?? []) })
  }
}
