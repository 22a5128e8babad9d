/// What an on-looker saw of one trial, in numbers and bytes, and beside it the truth that they try to guess.
package struct Sighting: Sendable {
  /// For each slot its arm, from 0: what nobody may learn.
  package let arms: [Int]
  /// By name of the number, then by slot.
  package var numbers: [[Float]]
  /// For each slot the bytes that belong to it, equally many in every slot and trial.
  package var bytes: [[UInt8]]
  /// Bytes that belong to the trial as a whole, equally many in every trial.
  package var whole: [UInt8]

  /// Describes a sighting.
  package init(arms: [Int], numbers: [[Float]], bytes: [[UInt8]], whole: [UInt8]) {
    self.arms = arms
    self.numbers = numbers
    self.bytes = bytes
    self.whole = whole
  }

  /// The slots.
  package var slots: Int { arms.count }
}

/// Many trials that were seen in the same way, and what their numbers and bytes are called.
package struct SightingSet: Sendable {
  /// The names of the numbers.
  package let numberNames: [String]
  /// What the bytes of a slot are, part by part, and how many of them.
  package let byteParts: [(name: String, count: Int)]
  /// Arms.
  package let armCount: Int
  /// One sighting a trial.
  package var trials: [Sighting]

  /// Describes a set.
  package init(
    numberNames: [String], byteParts: [(name: String, count: Int)], armCount: Int,
    trials: [Sighting]
  ) {
    self.numberNames = numberNames
    self.byteParts = byteParts
    self.armCount = armCount
    self.trials = trials
  }

  /// The slots of a trial.
  package var slots: Int { trials.first?.slots ?? 0 }

  /// Where a byte is.
  package func byteName(_ place: Int) -> String {
    var start = 0
    for part in byteParts {
      if place < start + part.count { return "\(part.name), byte \(place - start)" }
      start += part.count
    }
    return "byte \(place)"
  }

  /// The same sightings with the schedules exchanged at random: what is seen then says nothing, by making.
  package func exchanged<Random: RandomNumberGenerator>(using random: inout Random) -> SightingSet {
    var set = self
    let arms = trials.map(\.arms).shuffled(using: &random)
    set.trials = zip(trials, arms).map { trial, arms in
      Sighting(arms: arms, numbers: trial.numbers, bytes: trial.bytes, whole: trial.whole)
    }
    return set
  }

  /// What is guessed of a slot: whether it has an arm.
  ///
  /// With two arms that is one question, else one for each.
  package var questions: [Int] { armCount == 2 ? [1] : Array(0..<armCount) }
}
