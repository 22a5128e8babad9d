import BlindRecord
import TrialDesign
import TrialStatistics

extension GuessResult {
  /// The indices of the guesses that were made blind; `nil` where there is none.
  ///
  /// - Parameter bestGuesser: what is known of the scheme already, where many trials share it; the curves
  ///   and the model beside them are left out then.
  init?(_ slots: [SlotLine], _ input: AnalysisInput, bestGuesser known: Double? = nil) throws {
    let isAsked = slots.map { $0.blindGuess != .none && input.hasPill[$0.arm] }
    let asked = zip(slots, isAsked).filter(\.1).map(\.0)
    guard !asked.isEmpty else { return nil }
    let all = try TrialStatistics.ArmGuesses(
      asked.map { TrialStatistics.ArmGuesses.Guess(probability: $0.guess.stated, arm: $0.arm) },
      arms: input.arms.count)
    let table = all.table
    let guesses = zip(slots, isAsked).map { $1 ? $0.guess.asked : SlotGuess.notAsked }
    let pills = input.arms.indices.filter { input.hasPill[$0] }
    arms = pills.map { arm in
      GuessResult.ArmGuesses(
        arm: input.arms[arm], all.rows[arm], p: input.guessP(guesses, arm: arm))
    }
    // All right, or all "don't know": a standard error of 0 would claim to know.
    james = table.james.map { Index(index: $0.index, se: $0.se > 1e-6 ? $0.se : nil) }
    simple = try table.simpleIndex.map { Ranged($0.index, try $0.interval()) }
    kappa = try table.kappa.map { Ranged($0.kappa, try $0.interval()) }
    let others = arms.filter { $0.permutationP != nil }
    permutationP = others.count == 1 ? others[0].permutationP : nil
    let scores = table.scores
    logScore = table.logScore.flatMap { $0.isFinite ? $0 : nil }
    brier = table.brier
    logScoreOfBaseRate = scores?.logScoreOfBaseRate
    brierOfBaseRate = scores?.brierOfBaseRate
    answered = asked.count
    rightShare = table.correctRate
    baseRate = table.baseRate
    bestGuesser = known ?? input.automaton.bestGuesserShare(hasPill: input.hasPill)
    calibration = CalibrationGroup.groups(asked)
    curves =
      known != nil
      ? [] : pills.filter { $0 > 0 }.compactMap { input.guessSensitivity(slots, guesses, arm: $0) }
  }
}

extension AnalysisInput {
  /// The share of the assignments that the guesses would fit at least as well; `nil` for the
  /// reference arm, and where one of the arms has no guess.
  fileprivate func guessP(_ guesses: [SlotGuess], arm: Int) -> Double? {
    guard arm > 0, hasPill[0] else { return nil }
    let (reference, observed, kept) = comparing(arm)
    // A guess is asked in every slot, also in one that the design drops from the endpoint.
    return try? GuessTest(
      guesses: guesses, observed: observed, kept: arms.count == 2 ? nil : kept,
      reference: reference
    ).pGreater
  }

  /// The effect of one arm with the guesses taken into account; `nil` where there is no rating.
  fileprivate func guessSensitivity(
    _ slots: [SlotLine], _ guesses: [SlotGuess], arm: Int
  ) -> GuessCurveResult? {
    guard hasPill[0] else { return nil }
    let sensitivity = try? GuessSensitivity(
      outcome: slots.map { $0.isAnalysed && ($0.arm == 0 || $0.arm == arm) ? $0.value : nil },
      active: slots.map { $0.arm == arm ? 1 : 0 }, guesses: guesses,
      day: days.map { $0.map { Double($0.ordinal) } }, level: plan.level)
    return sensitivity.map { GuessCurveResult(arm: arms[arm], reference: arms[0], $0) }
  }
}

extension GuessResult.Ranged {
  fileprivate init(_ index: Double, _ ends: (lower: Double, upper: Double)?) {
    self.index = index
    lower = ends?.lower
    upper = ends?.upper
  }
}

extension GuessResult.ArmGuesses {
  fileprivate init(arm: String, _ row: TrialStatistics.ArmGuesses.Row, p: Double?) {
    self.arm = arm
    right = row.right
    wrong = row.wrong
    unknown = row.dontKnow
    bang = row.bang.map { GuessResult.Index(index: $0.index, se: $0.se) }
    let interval = row.bang?.interval()
    bangLower = interval?.lower
    bangUpper = interval?.upper
    permutationP = p
  }
}

extension SlotLine.Guess {
  /// The stated probability; `nil` for "don't know" and where there is none.
  var stated: Double? {
    if case .probability(let probability) = self { probability } else { nil }
  }

  /// The same for the statistics.
  fileprivate var asked: SlotGuess {
    switch self {
    case .none: .notAsked
    case .unknown: .dontKnow
    case .probability(let probability): .probability(probability)
    }
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
