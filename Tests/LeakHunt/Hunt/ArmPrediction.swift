/// Trees that learnt on the first half of the trials to say whether a slot has an arm, and their scores on
/// the second half.
struct ArmPrediction: Sendable {
  let name: String
  /// The trials that nothing was learnt from.
  let heldOut: Range<Int>
  private let trees: BoostedTrees
  private let rows: [[[UInt8]]]
  private let targets: [[Float]]
  private let isArm: [[Bool]]
  private let knowsEarlier: Bool

  /// Learns.
  ///
  /// - Parameter knowsEarlier: whether the arms of the three slots before, and how often the arm has been
  ///   given so far, are known too.
  init(_ set: SightingSet, _ features: Features, question: Int, knowsEarlier: Bool) {
    let arm = set.questions[question]
    name = (knowsEarlier ? "the next arm" : "which arm") + (set.armCount > 2 ? ", arm \(arm)?" : "")
    self.knowsEarlier = knowsEarlier
    heldOut = features.trials / 2..<features.trials
    targets = features.targets[question]
    isArm = set.trials.map { $0.arms.map { $0 == arm } }
    rows = (0..<features.trials).map { trial in
      (0..<features.slots).map { slot in
        ArmPrediction.row(features, trial, slot, before: knowsEarlier)
      }
    }
    var learnt: [UInt8] = []
    var answers: [Bool] = []
    for trial in 0..<heldOut.lowerBound {
      for slot in 0..<features.slots {
        learnt += ArmPrediction.whole(rows[trial][slot], isArm[trial], slot, knowsEarlier)
        answers.append(isArm[trial][slot])
      }
    }
    trees = BoostedTrees(
      rows: learnt, width: answers.isEmpty ? 0 : learnt.count / answers.count, answers: answers)
  }

  /// Every held-out trial's sight with every held-out schedule.
  func fill(_ matrix: UnsafeMutableBufferPointer<Float>) {
    let count = heldOut.count
    for row in 0..<count {
      let seen = rows[heldOut.lowerBound + row]
      let fixed = knowsEarlier ? [] : seen.map { $0.withUnsafeBufferPointer(trees.score) }
      for column in 0..<count {
        let trial = heldOut.lowerBound + column
        var sum: Float = 0
        for slot in seen.indices {
          let score =
            knowsEarlier
            ? ArmPrediction.whole(seen[slot], isArm[trial], slot, true)
              .withUnsafeBufferPointer(trees.score) : fixed[slot]
          sum += score * targets[trial][slot]
        }
        matrix[row * count + column] = sum
      }
    }
  }

  /// The numbers of a slot, and of the slot before, in classes.
  private static func row(
    _ features: Features, _ trial: Int, _ slot: Int, before: Bool
  ) -> [UInt8] {
    func classes(_ slot: Int) -> [UInt8] {
      features.ranks.map { ranks in
        let place = (ranks[trial][slot] + 1) / 2 * Float(BoostedTrees.classes)
        return UInt8(max(0, min(Float(BoostedTrees.classes - 1), place)))
      }
    }
    return before ? classes(slot) + classes(max(0, slot - 1)) : classes(slot)
  }

  /// With what is known of the schedule before the slot.
  private static func whole(
    _ row: [UInt8], _ isArm: [Bool], _ slot: Int, _ knowsEarlier: Bool
  ) -> [UInt8] {
    guard knowsEarlier else { return row }
    let last = (1...3).map { slot >= $0 ? (isArm[slot - $0] ? UInt8(15) : 0) : 7 }
    let given = isArm[..<slot].count { $0 }
    let lead = 2 * given - slot
    return row + last + [UInt8(max(0, min(15, 8 + lead)))]
  }
}
