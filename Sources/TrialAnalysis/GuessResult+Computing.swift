import TrialDesign
import TrialStatistics

extension GuessResult {
  /// The indices of the guesses that were made blind; `nil` where there is none.
  init?(_ slots: [SlotLine], _ input: AnalysisInput) throws {
    let asked = slots.filter { $0.blindGuess != .none }
    guard !asked.isEmpty else { return nil }
    let table = try GuessTable(
      guesses: asked.map {
        TreatmentGuessPair(probabilityActive: $0.guess.stated, isActive: $0.arm == 1)
      })
    let (reference, active) = (table.reference, table.active)
    arms = [
      ArmGuesses(
        arm: input.arms[0], right: reference.reference, wrong: reference.active,
        unknown: reference.dontKnow, bang: table.bangReference),
      ArmGuesses(
        arm: input.arms[1], right: active.active, wrong: active.reference,
        unknown: active.dontKnow, bang: table.bangActive),
    ]
    james = table.james.map { Index(index: $0.index, se: $0.se) }
    logScore = table.logScore.flatMap { $0.isFinite ? $0 : nil }
    brier = table.brier
    answered = asked.count
    rightShare = table.correctRate
    baseRate = table.baseRate
    bestGuesser = input.automaton.expectedCorrectGuesses / Double(slots.count)
    calibration = CalibrationGroup.groups(asked)
  }
}

extension GuessResult.ArmGuesses {
  init(arm: String, right: Int, wrong: Int, unknown: Int, bang: BangIndex?) {
    self.arm = arm
    self.right = right
    self.wrong = wrong
    self.unknown = unknown
    self.bang = bang.map { GuessResult.Index(index: $0.index, se: $0.se) }
    let interval = bang?.interval()
    bangLower = interval?.lower
    bangUpper = interval?.upper
  }
}

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
