import TrialDesign
import TrialStatistics

extension GuessResult {
  /// The indices of the guesses that were made blind; `nil` where there is none.
  init?(_ slots: [SlotLine], _ input: AnalysisInput) throws {
    let asked = slots.filter { $0.blindGuess != .none && input.hasPill[$0.arm] }
    guard !asked.isEmpty else { return nil }
    let table = try GuessTable(asked)
    arms = try input.arms.indices.filter { input.hasPill[$0] }.map { arm in
      try ArmGuesses(
        arm: input.arms[arm], isReference: arm == 0, GuessTable(asked.filter { $0.arm == arm }))
    }
    james = table.james.map { Index(index: $0.index, se: $0.se) }
    simple = try table.simpleIndex.map { Ranged($0.index, try $0.interval()) }
    kappa = try table.kappa.map { Ranged($0.kappa, try $0.interval()) }
    permutationP = nil
    logScore = table.logScore.flatMap { $0.isFinite ? $0 : nil }
    brier = table.brier
    answered = asked.count
    rightShare = table.correctRate
    baseRate = table.baseRate
    bestGuesser = input.automaton.bestGuesserShare(hasPill: input.hasPill)
    calibration = CalibrationGroup.groups(asked)
    curves = input.arms.indices.dropFirst().filter { input.hasPill[$0] }.map { arm in
      GuessCurveResult(
        arm: input.arms[arm], reference: input.arms[0],
        asked.filter { $0.isAnalysed && ($0.arm == 0 || $0.arm == arm) }.map(GuessedRating.init))
    }
  }
}

extension GuessResult.Ranged {
  fileprivate init(_ index: Double, _ ends: (lower: Double, upper: Double)) {
    self.index = index
    lower = ends.lower
    upper = ends.upper
  }
}

extension GuessTable {
  /// The guesses of slots as "reference or not" against what was true.
  fileprivate init(_ slots: [SlotLine]) throws {
    try self.init(
      guesses: slots.map {
        TreatmentGuessPair(probabilityActive: $0.guess.stated, isActive: $0.arm != 0)
      })
  }
}

extension GuessedRating {
  /// The rating of an analysed slot with its guess.
  fileprivate init(_ slot: SlotLine) {
    let stated = slot.guess.stated ?? 0.5
    self.init(
      value: slot.value ?? .nan, isActive: slot.arm != 0,
      guessedActive: stated == 0.5 ? nil : stated > 0.5)
  }
}

extension GuessResult.ArmGuesses {
  /// The counts of one arm, from a table of its slots alone.
  fileprivate init(arm: String, isReference: Bool, _ table: GuessTable) {
    self.arm = arm
    let row = isReference ? table.reference : table.active
    right = isReference ? row.reference : row.active
    wrong = isReference ? row.active : row.reference
    unknown = row.dontKnow
    let bang = isReference ? table.bangReference : table.bangActive
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
        reference: inside.count { $0.arm == 0 }, active: inside.count { $0.arm != 0 })
    }
    return fifths.filter { $0.reference + $0.active > 0 }
  }
}
