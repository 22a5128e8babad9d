import BigInt
package import TrialDesign

/// L4: somebody who knows the scheme and all earlier arms guesses each slot as well as can be
/// [Blackwell and Hodges 1957]; drawn schedules must not be guessed better than the scheme's own bound.
package struct BestGuesser: Sendable {
  /// Right guesses of a slot, and what is expected; the error is one standard error.
  package let share: Double
  package let bound: Double
  package let error: Double

  /// How far the share is above the bound, in standard errors.
  package var z: Double { error > 0 ? (share - bound) / error : 0 }

  /// Guesses all schedules.
  package init(_ schedules: [[Int]], of automaton: SlotAutomaton) {
    let slots = Double(automaton.slotCount)
    bound = automaton.expectedCorrectGuesses / slots
    let rights = schedules.map { BestGuesser.right($0, automaton) / slots }
    let mean = rights.reduce(0, +) / Double(max(1, rights.count))
    let squares = rights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    share = mean
    error = (squares / Double(max(1, rights.count - 1)) / Double(max(1, rights.count))).squareRoot()
  }

  /// Right guesses of one schedule; among arms that are equally likely each counts its share.
  private static func right(_ schedule: [Int], _ automaton: SlotAutomaton) -> Double {
    var state = 0
    var right = 0.0
    for (slot, arm) in schedule.enumerated() {
      let ways = (0..<automaton.armCount).map { arm in
        automaton.next(slot: slot, state: state, arm: arm).map {
          automaton.completions[slot + 1][$0]
        } ?? 0
      }
      let most = ways.max() ?? 0
      if ways[arm] == most { right += 1 / Double(ways.count { $0 == most }) }
      guard let next = automaton.next(slot: slot, state: state, arm: arm) else { return right }
      state = next
    }
    return right
  }
}
