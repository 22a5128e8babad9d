/// Counting assignments by a linear statistic without listing them: the sums of both halves of the
/// slots are listed, and pairs are counted (Horowitz and Sahni 1974).
///
/// The halves meet at a border of the automaton; for each state there, every path to it is combined
/// with every path from it.
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

  /// Whether the statistics and overlaps of the set are their own mirror image around 0.
  var isMirrored: Bool {
    let sum = contrast.gain.reduce(2 * contrast.start, +)
    let overlap = contrast.overlapGain.reduce(2 * contrast.overlapStart, +)
    return sum.magnitude <= contrast.tolerance && overlap.magnitude <= 1e-11
      && contrast.undefined == 0 && reference.isClosedUnderComplement
  }

  private static let none = PartialSum(value: 0, overlap: 0)

  private func step(_ slot: Int, _ arm: Int) -> PartialSum {
    arm == 1
      ? PartialSum(value: contrast.gain[slot], overlap: contrast.overlapGain[slot])
      : MeetInTheMiddle.none
  }

  /// The sums of both halves, ready for counting at effect 0.
  func halves() -> MeetingHalves {
    let start = PartialSum(value: contrast.start, overlap: contrast.overlapStart)
    var before = [[start]]
    for slot in 0..<border {
      var next = [[PartialSum]](repeating: [], count: reference.stateCount(slot + 1))
      for (state, sums) in before.enumerated() where !sums.isEmpty {
        for arm in 0...1 {
          guard let target = reference.next(slot, Int32(state), arm) else { continue }
          MeetInTheMiddle.add(sums, step(slot, arm), to: &next[Int(target)])
        }
      }
      before = next
    }
    var after = [[PartialSum]](
      repeating: [MeetInTheMiddle.none], count: reference.stateCount(reference.slotCount))
    for slot in (border..<max(border, reference.slotCount)).reversed() {
      var previous = [[PartialSum]](repeating: [], count: reference.stateCount(slot))
      for state in previous.indices {
        for arm in 0...1 {
          guard let next = reference.next(slot, Int32(state), arm) else { continue }
          MeetInTheMiddle.add(after[Int(next)], step(slot, arm), to: &previous[state])
        }
      }
      after = previous
    }
    return MeetingHalves(
      before.indices.filter { !before[$0].isEmpty && !after[$0].isEmpty }.map {
        (before[$0], after[$0])
      })
  }

  private static func add(
    _ sums: [PartialSum], _ step: PartialSum, to target: inout [PartialSum]
  ) {
    target.reserveCapacity(target.count + sums.count)
    for sum in sums { target.append(sum.moved(step)) }
  }
}
