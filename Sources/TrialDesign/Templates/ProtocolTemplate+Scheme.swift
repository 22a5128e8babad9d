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
      # Two blocks, seven days of each arm in each, in any order. A kit of the arm without a pill is an
      # empty container: you see that it is empty when you open it, and not before.
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
      let letters = initials(answers.arms)
      let patterns = ["ArAr", "ArrA", "rAAr"].map { pattern in
        yamlQuoted(
          pattern.map { $0.lowercased() == "a" ? letters.active : letters.reference }.joined())
      }
      return "weekly: {weeks: 4, activeWeeks: 2, patterns: [\(patterns.joined(separator: ", "))]}"
    }
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
