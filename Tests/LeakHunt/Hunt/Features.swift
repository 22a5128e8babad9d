/// The scores of a set of sightings, prepared once: ranks of numbers, bits of bytes, and the questions.
struct Features: Sendable {
  /// By question, trial and slot: what is guessed, with the mean over the scheme taken away.
  let targets: [[[Float]]]
  /// By question and trial: the slots that have the arm, as bits of a number.
  let masks: [[UInt32]]
  /// By number and trial: the ranks within the trial, from −1 to 1, so that a slow machine shows in none.
  let ranks: [[[Float]]]
  /// By number and trial: the numbers as they are.
  let raw: [[[Float]]]
  /// By bit of the slots' bytes and trial: the slots where it is set, as bits of a number.
  let bits: [[UInt32]]
  /// By bit of the whole trial's bytes and trial.
  let wholeBits: [[Bool]]
  let slots: Int
  let trials: Int

  init(_ set: SightingSet) {
    let slots = set.slots
    precondition(slots <= 32, "a schedule is kept in the bits of one number")
    self.slots = slots
    trials = set.trials.count
    targets = set.questions.map { arm in
      set.trials.map { trial in
        let share = Float(trial.arms.count { $0 == arm }) / Float(slots)
        return trial.arms.map { ($0 == arm ? 1 : 0) - share }
      }
    }
    masks = set.questions.map { arm in
      set.trials.map { trial in
        trial.arms.indices.reduce(0) { trial.arms[$1] == arm ? $0 | 1 << UInt32($1) : $0 }
      }
    }
    raw = set.numberNames.indices.map { number in set.trials.map { $0.numbers[number] } }
    ranks = raw.map { $0.map(Features.ranked) }
    let places = set.trials.first?.bytes.first?.count ?? 0
    bits = Features.bits(of: set.trials, places: places)
    let whole = set.trials.first?.whole.count ?? 0
    wholeBits = (0..<8 * whole).map { bit in
      set.trials.map { $0.whole[bit / 8] >> UInt8(bit % 8) & 1 == 1 }
    }
  }

  private static func bits(of trials: [Sighting], places: Int) -> [[UInt32]] {
    var bits = Array(repeating: Array(repeating: UInt32(0), count: trials.count), count: 8 * places)
    for (number, trial) in trials.enumerated() {
      for (slot, bytes) in trial.bytes.enumerated() {
        for place in 0..<places {
          for bit in 0..<8 where bytes[place] >> UInt8(bit) & 1 == 1 {
            bits[8 * place + bit][number] |= 1 << UInt32(slot)
          }
        }
      }
    }
    return bits
  }

  /// Ranks from −1 to 1; equal numbers have the mean of their ranks.
  static func ranked(_ numbers: [Float]) -> [Float] {
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var ranks = [Float](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, numbers[order[end + 1]] == numbers[order[start]] { end += 1 }
      let rank = Float(start + end) / 2
      for place in start...end {
        ranks[order[place]] = 2 * rank / Float(max(1, numbers.count - 1)) - 1
      }
      start = end + 1
    }
    return ranks
  }
}
