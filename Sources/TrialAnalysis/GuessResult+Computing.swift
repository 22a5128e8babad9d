import TrialDesign
import TrialStatistics

#if false
extension GuessResult {
  /// The indices of the guesses; `nil` where none was given.
  init?(_ slots: [SlotLine], _ input: AnalysisInput) throws {
    let asked = slots.filter { $0.guess != .none }
    guard !asked.isEmpty else { return nil }
    let table = GuessTable(
      probabilities: asked.map(\.guess.stated), isActive: asked.map { $0.arm == 1 })
    let counts = [
      (table.rightReference, table.wrongReference, table.unknownReference, table.bangReference),
      (table.rightActive, table.wrongActive, table.unknownActive, table.bangActive),
    ]
    arms = zip(input.arms, counts).map { name, counts in
      ArmGuesses(
        arm: name, right: counts.0, wrong: counts.1, unknown: counts.2,
        bang: counts.3.map { Index(index: $0.index, se: $0.se) })
    }
    james = table.james.map { Index(index: $0.index, se: $0.se) }
    logScore = table.logScore
    brier = table.brier
    answered = asked.count
    let right = arms.reduce(0) { $0 + $1.right }
    let calls = arms.map { $0.right + $0.wrong }
    let called = calls.reduce(0, +)
    rightShare = called > 0 ? Double(right) / Double(called) : nil
    baseRate = called > 0 ? Double(calls.max() ?? 0) / Double(called) : nil
    bestGuesser = input.automaton.expectedCorrectGuesses / Double(slots.count)
    calibration = CalibrationGroup.groups(asked)
  }
}

#endif
extension SlotLine.Guess {
  /// The stated probability; `nil` for "don't know" and where there is none.
  var stated: Double? {
    if case .probability(let probability) = self { probability } else { nil }
  }
}

extension CalibrationGroup {
  /// Five groups of equal width; empty ones are left out.
  static func groups(_ slots: [SlotLine]) -> [CalibrationGroup] {
    let fifths = (0..<5).map { group in
      let inside = slots.filter { slot in
        slot.guess.stated.map { min(4, Int($0 * 5)) == group } ?? false
      }
      return CalibrationGroup(
        lower: Double(group) / 5, upper: Double(group + 1) / 5,
        reference: inside.count { $0.arm == 0 }, active: inside.count { $0.arm == 1 })
    }
    return fifths.filter { $0.reference + $0.active > 0 }
  }
}
