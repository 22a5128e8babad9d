/// The part of a template that draws: its comment and its scheme.
extension ProtocolTemplate {
  /// The comment and lines of the scheme.
  func design(_ answers: ProtocolAnswers) -> String {
    """
    \(schemeComment)
    scheme:
      \(scheme(answers))

    """
  }

  private var schemeComment: String {
    switch self {
    case .caffeine, .packedAlone: "# Two blocks, seven days of each arm in each, in any order."
    case .openArm:
      """
      # Two blocks, seven days of each arm in each, in any order. A kit of the arm without a pill holds a
      # dummy that weighs and rattles like a capsule: you see it when you open it, and not before.
      """
    case .supplement:
      """
      # Six times a period of five days of each arm, in any order. What builds up or fades over days
      # needs periods: the first two days of each leave the comparison, not the record.
      """
    case .medicine:
      """
      # Never change a prescribed medicine without the clinician who prescribed it. Ask how fast it
      # starts and stops to act, and whether stopping it abruptly is safe; choose length and drop so.
      # Six times a week of each arm, in any order; the first three days of each week leave the
      # comparison, not the record.
      """
    case .light: "# Fourteen evenings of each arm, in any order."
    case .citizenScience:
      """
      # Four weeks, capsules on four weekdays. Two weeks follow one of the patterns, the others have
      # only the reference; every choice of weeks and patterns is equally likely. A pattern has the
      # first letter of an arm for each capsule day (Szigeti et al. 2021, eLife 10:e62878).
      """
    case .halfHalf:
      """
      # Four weeks, capsules on four weekdays, as in the half-half group of the citizen-science study
      # (Szigeti et al. 2021, eLife 10:e62878): weeks of patterns and weeks of the reference take turns.
      # The patterns are envelopes out of a bowl that holds one of them twice, and none goes back. With
      # `activeWeeks: 4` and without `alternating` it is the group with capsules in all four weeks.
      """
    case .blank: "# Others: pairs, complete, alternation, periods, phases, coin, weekly, listed."
    }
  }

  private func scheme(_ answers: ProtocolAnswers) -> String {
    switch self {
    case .caffeine, .openArm, .packedAlone, .blank: return blocks(answers)
    case .supplement: return "periods: {\(sets(answers)): 6, length: 5, drop: 2}"
    case .medicine: return "periods: {\(sets(answers)): 6, length: 7, drop: 3}"
    case .light:
      return answers.arms.count > 2
        ? "complete: {counts: \(answers.arms.map { _ in 14 })}"
        : "complete: {slots: 28, active: 14}"
    case .citizenScience:
      return "weekly: {weeks: 4, activeWeeks: 2, patterns: "
        + "\(patterns(["ArAr", "ArrA", "rAAr"], answers))}"
    case .halfHalf:
      return """
        weekly:
            weeks: 4
            activeWeeks: 2
            patterns: \(patterns(["ArAr", "ArAr", "ArrA", "rAAr"], answers))
            alternating: true           # active and reference weeks take turns
            replacement: false          # the patterns are drawn from a bowl and not put back
        """
    }
  }

  /// Patterns with the first letters of the arms: A stands for the active one, r for the reference.
  private func patterns(_ patterns: [String], _ answers: ProtocolAnswers) -> String {
    let letters = initials(answers.arms)
    let spelled = patterns.map { pattern in
      yamlQuoted(pattern.map { $0 == "A" ? letters.active : letters.reference }.joined())
    }
    return "[\(spelled.joined(separator: ", "))]"
  }

  /// Two blocks with seven slots of each arm.
  private func blocks(_ answers: ProtocolAnswers) -> String {
    answers.arms.count > 2
      ? "blocks: {each: \(answers.arms.map { _ in 7 }), repeat: 2}"
      : "blocks: {sizes: [14, 14], active: [7, 7]}"
  }

  /// What sets of periods are called.
  private func sets(_ answers: ProtocolAnswers) -> String {
    answers.arms.count > 2 ? "sets" : "pairs"
  }

  /// The first letters of the arms: the reference small, the other one capital.
  private func initials(_ arms: [String]) -> (reference: String, active: String) {
    let letters = arms.map { String($0.drop(while: \.isWhitespace).prefix(1)) }
    return (
      letters.first.map { $0.lowercased() } ?? "r", letters.dropFirst().first?.uppercased() ?? "A"
    )
  }
}
