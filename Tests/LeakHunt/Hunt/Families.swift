/// The families of scores of the leak hunt (Documentation/Design/blind.md).
package struct Families: Sendable {
  private let set: SightingSet
  private let features: Features
  private let questions: Int

  /// Prepares the scores of a set.
  package init(_ set: SightingSet) {
    self.set = set
    features = Features(set)
    questions = set.questions.count
  }

  /// All families.
  package var all: [ExchangeTest.Family] {
    [
      numbers, numbersBySlot, neighbours, bits, wholeBits, pairsOfNumbers, pairsOfBits, prediction,
    ]
  }

  /// Each number alone, over all slots, about "which arm?".
  package var numbers: ExchangeTest.Family {
    family("each number, all slots", set.numberNames.count, { set.numberNames[$0] }) {
      number, question, matrix in
      dot(features.ranks[number], features.targets[question], matrix)
    }
  }

  /// Each number at each slot alone.
  package var numbersBySlot: ExchangeTest.Family {
    let slots = features.slots
    return family(
      "each number, each slot", set.numberNames.count * slots,
      { "\(set.numberNames[$0 / slots]), slot \($0 % slots + 1)" }
    ) { score, question, matrix in
      let (rows, slot) = (features.raw[score / slots], score % slots)
      let seen = Features.ranked(rows.map { $0[slot] })
      for (row, value) in seen.enumerated() {
        for column in seen.indices {
          matrix[row * seen.count + column] = value * features.targets[question][column][slot]
        }
      }
    }
  }

  /// Each number of a slot, about the slot before it and the slot after it.
  package var neighbours: ExchangeTest.Family {
    family(
      "each number, the slot before and after", set.numberNames.count * 2,
      { "\(set.numberNames[$0 / 2]), slot \($0 % 2 == 0 ? "before" : "after")" }
    ) { score, question, matrix in
      let ranks = features.ranks[score / 2].map { score % 2 == 0 ? $0.dropFirst() : $0.dropLast() }
      let targets = features.targets[question].map {
        score % 2 == 0 ? $0.dropLast() : $0.dropFirst()
      }
      dot(ranks.map(Array.init), targets.map(Array.init), matrix)
    }
  }

  /// Each bit of the bytes of a slot, about "which arm?".
  package var bits: ExchangeTest.Family {
    family("each bit of a slot's files", features.bits.count, bitName) { bit, question, matrix in
      let (seen, masks) = (features.bits[bit], features.masks[question])
      for (row, slots) in seen.enumerated() {
        for (column, mask) in masks.enumerated() {
          matrix[row * masks.count + column] = Float((slots & mask).nonzeroBitCount)
        }
      }
    }
  }

  /// Each bit of the trial's own files, about each slot.
  package var wholeBits: ExchangeTest.Family {
    let slots = features.slots
    return family(
      "each bit of the trial's files, each slot", features.wholeBits.count * slots,
      { "bit \($0 / slots), slot \($0 % slots + 1)" }
    ) { score, question, matrix in
      let (seen, slot) = (features.wholeBits[score / slots], score % slots)
      for (row, isSet) in seen.enumerated() {
        for column in seen.indices {
          matrix[row * seen.count + column] =
            isSet ? features.targets[question][column][slot] : 0
        }
      }
    }
  }

  /// Each number of two slots: how near they are, about "the same arm?".
  package var pairsOfNumbers: ExchangeTest.Family {
    let pairs = (0..<features.slots).flatMap { first in
      (first + 1..<max(first + 1, features.slots)).map { (first, $0) }
    }
    let same = set.trials.map { trial in
      pairs.map { trial.arms[$0.0] == trial.arms[$0.1] ? Float(1) : 0 }
    }
    return ExchangeTest.Family(
      name: "each number of two slots, the same arm?", trials: features.trials,
      count: set.numberNames.count, label: { [names = set.numberNames] in names[$0] },
      fill: { [ranks = features.ranks] number, matrix in
        let near = ranks[number].map { ranks in pairs.map { abs(ranks[$0.0] - ranks[$0.1]) } }
        Families.dot(near, same, matrix)
      })
  }

  /// Each bit of two slots: whether it is equal, about "the same arm?"; finds a key stream used twice.
  package var pairsOfBits: ExchangeTest.Family {
    let arms = (0..<set.armCount).map { arm in
      set.trials.map { trial in
        trial.arms.indices.reduce(UInt32(0)) { trial.arms[$1] == arm ? $0 | 1 << UInt32($1) : $0 }
      }
    }
    return ExchangeTest.Family(
      name: "each bit of two slots, the same arm?", trials: features.trials,
      count: features.bits.count, label: bitName,
      fill: { [bits = features.bits] bit, matrix in
        let count = bits[bit].count
        for (row, slots) in bits[bit].enumerated() {
          for column in 0..<count {
            var equal = 0
            for arm in arms {
              let set = (slots & arm[column]).nonzeroBitCount
              let clear = (~slots & arm[column]).nonzeroBitCount
              equal += set * (set - 1) + clear * (clear - 1)
            }
            matrix[row * count + column] = Float(equal)
          }
        }
      })
  }

  /// Boosted trees over all numbers, learnt on one half of the trials and scored on the other: which arm,
  /// and which arm when those of the slots before are known.
  package var prediction: ExchangeTest.Family {
    let predictions = (0..<questions).flatMap { question in
      [false, true].map { ArmPrediction(set, features, question: question, knowsEarlier: $0) }
    }
    return ExchangeTest.Family(
      name: "trees over all numbers", trials: predictions.first?.heldOut.count ?? 0,
      count: predictions.count, label: { predictions[$0].name },
      fill: { predictions[$0].fill($1) })
  }

  private var bitName: @Sendable (Int) -> String {
    { [set] in "\(set.byteName($0 / 8)), bit \($0 % 8)" }
  }

  /// A family whose scores are asked for each question.
  private func family(
    _ name: String, _ count: Int, _ label: @escaping @Sendable (Int) -> String,
    fill: @escaping @Sendable (Int, Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> ExchangeTest.Family {
    ExchangeTest.Family(
      name: name, trials: features.trials, count: count * questions,
      label: { [questions, set] score in
        label(score / questions)
          + (questions > 1 ? ", arm \(set.questions[score % questions])?" : "")
      },
      fill: { [questions] score, matrix in fill(score / questions, score % questions, matrix) })
  }

  private func dot(
    _ rows: [[Float]], _ columns: [[Float]], _ matrix: UnsafeMutableBufferPointer<Float>
  ) {
    Families.dot(rows, columns, matrix)
  }

  /// Every row times every column.
  private static func dot(
    _ rows: [[Float]], _ columns: [[Float]], _ matrix: UnsafeMutableBufferPointer<Float>
  ) {
    for (row, seen) in rows.enumerated() {
      seen.withUnsafeBufferPointer { seen in
        for (column, target) in columns.enumerated() {
          matrix[row * columns.count + column] = target.withUnsafeBufferPointer { target in
            var sums = SIMD4<Float>()
            var place = 0
            while place + 4 <= seen.count {
              for lane in 0..<4 { sums[lane] += seen[place + lane] * target[place + lane] }
              place += 4
            }
            var sum = sums.sum()
            while place < seen.count {
              sum += seen[place] * target[place]
              place += 1
            }
            return sum
          }
        }
      }
    }
  }
}
