extension PlainAnswer {
  /// The answer of a whole trial: its only comparison's, or one headline over the primary outcome's.
  ///
  /// - Parameter answers: one for each contrast of the primary outcome, in the order of the arms.
  static func whole(_ result: OutcomeResult, _ answers: [PlainAnswer]) -> PlainAnswer {
    guard answers.count > 1, let reference = result.arms.first?.arm else {
      return answers.first
        ?? PlainAnswer(
          verdict: .cannotTell, outcome: result.name, arm: nil, headline: "We cannot tell.",
          sentence: "The analysis of \(result.name) could not be computed.",
          judgement: "So these ratings cannot say whether there is a difference.")
    }
    let alike = answers[0].verdict
    let isOne =
      (alike == .cannotTell || alike == .noRelevantEffect)
      && answers.allSatisfy { $0.verdict == alike }
    let each = answers.count == 2 ? "either arm" : "any arm"
    let headline: String
    if isOne {
      headline =
        alike == .cannotTell
        ? "We cannot tell, for \(each)." : "No effect that would matter, under \(each)."
    } else {
      headline = "Against \(reference), \(clauses(answers).joined(separator: "; "))."
    }
    var sentence =
      "Each other arm was compared with \(reference), and the p-values allow for the number of "
      + "comparisons."
    if let global = result.global {
      sentence +=
        " The test of all \(global.arms) arms together, whether \(result.name) differs under any of them: "
        + "p = \(ShownNumber.p(global.p))."
    }
    return PlainAnswer(
      verdict: isOne ? alike : .several, outcome: result.name, arm: nil, headline: headline,
      sentence: sentence,
      judgement: "What the data allow is said for each arm.")
  }

  /// One clause for each kind of answer, the claims first, the arms with the same answer together.
  private static func clauses(_ answers: [PlainAnswer]) -> [String] {
    var order: [String] = []
    var arms: [String: [String]] = [:]
    let claims: [Verdict] = [.relevantEffect, .effect, .smallEffect]
    for answer in answers.filter({ claims.contains($0.verdict) })
      + answers.filter({ !claims.contains($0.verdict) })
    {
      let clause = answer.clause
      if arms[clause] == nil { order.append(clause) }
      arms[clause, default: []].append(answer.arm ?? "")
    }
    return order.map { clause in
      clause.replacing("{}", with: (arms[clause] ?? []).joined(separator: " and "))
    }
  }

  /// The answer as a part of a sentence, with {} for the arms.
  private var clause: String {
    let side = direction?.rawValue ?? ""
    let turned = opposesMeans ? " after the planned adjustment" : ""
    return switch verdict {
    case .relevantEffect: "ratings were \(side) under {}\(turned), by an amount that matters"
    case .effect: "ratings were \(side) under {}\(turned)"
    case .smallEffect: "ratings were slightly \(side) under {}\(turned), by less than matters"
    case .noRelevantEffect: "no effect of {} that would matter"
    case .cannotTell, .several: "under {} we cannot tell"
    case .notAfterComparisons: "under {} we cannot tell after allowing for the other comparisons"
    }
  }
}
