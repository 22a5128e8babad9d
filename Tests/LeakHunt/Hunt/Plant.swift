import Foundation
import TrialTestSupport

/// A leak that is put into sightings on purpose, to show that the hunt finds it.
package enum Plant: String, CaseIterable, Sendable {
  /// A check-in with the second arm takes a tenth of a standard deviation longer.
  case slowCheckIn = "a check-in of one arm takes 0.1 SD longer"
  /// The page's answer takes longer.
  case slowPage = "the page for one arm takes 0.1 SD longer"
  /// Files of an arm took longer to be written. Their times move in ticks of the kernel's clock, 4 ms and more.
  case slowFile = "an envelope is written a tick later, one slot in eight"
  /// An envelope is a byte longer in one slot of eight.
  case longFile = "an envelope is one byte longer, one slot in eight"
  /// A page is a byte longer in one slot of eight.
  case longPage = "a page is one byte longer, one slot in eight"
  /// A bit of a sealed file is the arm in one slot of eight.
  case flagBit = "one bit of an envelope is the arm, one slot in eight"
  /// Envelopes of one arm are sealed with one key stream.
  case keyStream = "envelopes of one arm share four bytes of key stream"
  /// Labels were stuck on in the order of the manifest.
  case sheetOrder = "labels were printed in the manifest's order"
  /// The bag was not shuffled.
  case unshuffledBag = "the bag was not shuffled"
  /// A number tells the arm of the slot that follows.
  case nextArm = "the status takes 0.2 SD longer before a slot of one arm"
  /// Two numbers mean something only together.
  case together = "two durations tell the arm only together, one slot in four"
  /// A bit of the trial's own files is the arm of one slot.
  case wholeBit = "one bit of the tickets' file is the arm of slot 7"

  /// The family that looks for it.
  package func family(of families: Families) -> ExchangeTest.Family {
    switch self {
    case .slowCheckIn, .slowPage, .sheetOrder, .unshuffledBag: families.numbers
    case .slowFile, .longFile, .longPage: families.numbersBySlot
    case .flagBit: families.bits
    case .keyStream: families.pairsOfBits
    case .nextArm: families.neighbours
    case .together: families.prediction
    case .wholeBit: families.wholeBits
    }
  }

  /// The sightings with the leak.
  package func put(into set: SightingSet, seed: Int) -> SightingSet {
    var random = SplitMix(seed: seed)
    var set = set
    func number(_ name: String) -> Int {
      guard let place = set.numberNames.firstIndex(of: name) else {
        preconditionFailure("no number is called \(name)")
      }
      return place
    }
    switch self {
    case .slowCheckIn: Plant.shift(&set, number("checkin: duration"), by: 0.1, lag: 0)
    case .slowPage: Plant.shift(&set, number("page: duration of the answer"), by: 0.1, lag: 0)
    case .slowFile: Plant.flag(&set, number("slot file: time after the one before"), by: 4_000)
    case .nextArm: Plant.shift(&set, number("status: duration"), by: 0.2, lag: 1)
    case .longFile: Plant.flag(&set, number("slot file: size"))
    case .longPage: Plant.flag(&set, number("page: length of the answer"))
    case .sheetOrder: Plant.sort(&set, number("code on the kit: place among labels"))
    case .unshuffledBag: Plant.sort(&set, number("terminal: turn"))
    case .together:
      Plant.pair(
        &set, number("checkin: processor time"), number("status: processor time"), &random)
    case .flagBit:
      // Within the ciphertext, where every bit is a coin's fall.
      let place = (set.byteParts.first?.count ?? 0) / 2
      for trial in set.trials.indices {
        for slot in stride(from: 3, to: set.slots, by: 8) {
          let isArm = set.trials[trial].arms[slot] == 1
          set.trials[trial].bytes[slot][place] &= 0xFE
          set.trials[trial].bytes[slot][place] |= isArm ? 1 : 0
        }
      }
    case .keyStream:
      let place = (set.byteParts.first?.count ?? 0) / 2
      for trial in set.trials.indices {
        let streams = (0..<set.armCount).map { _ in (0..<4).map { _ in UInt8(random.below(256)) } }
        for slot in 0..<set.slots {
          let arm = set.trials[trial].arms[slot]
          set.trials[trial].bytes[slot].replaceSubrange(place..<place + 4, with: streams[arm])
        }
      }
    case .wholeBit:
      let place = (set.trials.first?.whole.count ?? 0) / 4
      for trial in set.trials.indices {
        set.trials[trial].whole[place] &= 0xFE
        set.trials[trial].whole[place] |= set.trials[trial].arms[6] == 1 ? 1 : 0
      }
    }
    return set
  }

  /// Makes a number larger where the slot, or the one `lag` later, has the second arm.
  ///
  /// In standard deviations of the middle, 1.4826 times the median distance from the median: what a few slow
  /// runs do to the usual one would make the shift larger and its finding easier.
  private static func shift(_ set: inout SightingSet, _ number: Int, by size: Float, lag: Int) {
    var distances: [Float] = []
    for trial in set.trials {
      let sorted = trial.numbers[number].sorted()
      distances += sorted.map { abs($0 - sorted[sorted.count / 2]) }
    }
    distances.sort()
    let spread = 1.4826 * distances[distances.count / 2]
    for trial in set.trials.indices {
      for slot in 0..<set.slots - lag where set.trials[trial].arms[slot + lag] == 1 {
        set.trials[trial].numbers[number][slot] += size * spread
      }
    }
  }

  /// Makes a number larger in one slot of eight, where it has the second arm.
  private static func flag(_ set: inout SightingSet, _ number: Int, by size: Float = 1) {
    for trial in set.trials.indices {
      for slot in stride(from: 3, to: set.slots, by: 8) where set.trials[trial].arms[slot] == 1 {
        set.trials[trial].numbers[number][slot] += size
      }
    }
  }

  /// Gives the smallest values to the first arm, and so on.
  private static func sort(_ set: inout SightingSet, _ number: Int) {
    for trial in set.trials.indices {
      let values = set.trials[trial].numbers[number].sorted()
      let slots = set.trials[trial].arms.enumerated().sorted {
        ($0.element, $0.offset) < ($1.element, $1.offset)
      }
      for (value, slot) in zip(values, slots) {
        set.trials[trial].numbers[number][slot.offset] = value
      }
    }
  }

  /// In one slot of four: both numbers are above the middle, or both below, where it has the second arm.
  private static func pair(
    _ set: inout SightingSet, _ one: Int, _ other: Int, _ random: inout SplitMix
  ) {
    for trial in set.trials.indices {
      let (first, second) = (set.trials[trial].numbers[one], set.trials[trial].numbers[other])
      let middles = (first.sorted()[set.slots / 2], second.sorted()[set.slots / 2])
      for slot in 0..<set.slots where random.below(4) == 0 {
        let isHigh = first[slot] >= middles.0
        let wanted = (set.trials[trial].arms[slot] == 1) == isHigh
        guard (second[slot] >= middles.1) != wanted else { continue }
        set.trials[trial].numbers[other][slot] = 2 * middles.1 - second[slot]
      }
    }
  }
}
