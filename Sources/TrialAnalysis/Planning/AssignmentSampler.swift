import BigInt
import TrialDesign
import TrialStatistics

/// Draws simulated assignments from a scheme: the same law as the seal's, in floating point.
///
/// A slot's arm has the share of completions that begin with it, to 53 bits. A true schedule is drawn in
/// whole numbers, from other bits.
struct AssignmentSampler: Sendable {
  private let automaton: SlotAutomaton
  /// For each slot and state, the chance of an arm or of one before it.
  private let chances: [[[Double]]]

  init(_ automaton: SlotAutomaton) {
    self.automaton = automaton
    chances = automaton.layers.enumerated().map { slot, layer in
      layer.enumerated().map { state, row in
        var sum: BigUInt = 0
        return row.map { next in
          if next >= 0 { sum += automaton.completions[slot + 1][Int(next)] }
          return SlotAutomaton.share(sum, of: automaton.completions[slot][state])
        }
      }
    }
  }

  func draw(_ generator: inout CounterGenerator) -> [Int] {
    var state = 0
    return automaton.layers.indices.map { slot in
      let place = generator.uniform()
      let row = automaton.layers[slot][state]
      let cumulative = chances[slot][state]
      // The last arm that is allowed, where rounding leaves its chance a little below 1.
      let last = row.lastIndex { $0 >= 0 } ?? 0
      let arm = row.indices.first { row[$0] >= 0 && place < cumulative[$0] } ?? last
      state = Int(row[arm])
      return arm
    }
  }
}
