import BlindRecord
import TrialDesign

/// One line of the plan: what was fixed beforehand, in words.
public struct PlanLine: Hashable, Sendable, Codable {
  /// What the line is about.
  public let name: String
  /// What was fixed.
  public let text: String
}

extension AnalysisInput {
  /// What the statistic allows for beside the plain difference of the means; `nil` for nothing.
  var adjustmentInWords: String? {
    var parts: [String] = []
    switch plan.statistic {
    case .meanDifference, .studentised: break
    case .blockAdjusted: parts.append("differences between blocks")
    case .rankSum, .signedRank: parts.append("extreme ratings, by ranks")
    }
    return joined(parts + allowances)
  }

  /// The same without what the statistic itself allows for.
  var adjustmentsAlone: String? { joined(allowances) }

  private var allowances: [String] {
    var parts: [String] = []
    for adjustment in plan.adjustments { parts.append(adjustment.allowance) }
    switch plan.whitening {
    case .estimated: parts.append("noise that carries from one slot to the next")
    case .fixed(let phi) where phi != 0:
      parts.append("noise that carries from one slot to the next")
    case .none, .fixed: break
    }
    return parts
  }

  private func joined(_ parts: [String]) -> String? {
    guard let last = parts.last else { return nil }
    let first = parts.dropLast().joined(separator: ", for ")
    return first.isEmpty ? last : first + " and for " + last
  }

  /// The statistic, in a sentence without its full stop.
  var statisticInWords: String {
    let by = isStudentisedByBlocks ? " between blocks" : ""
    let within = scheme.blocks.count > 1 ? " within blocks" : ""
    let what =
      switch plan.statistic {
      case .meanDifference: "the difference in means"
      case .blockAdjusted: "the difference in means, adjusted for blocks"
      case .studentised: "the difference in means over its estimated standard error\(by)"
      case .rankSum: "the sum of the ranks of the ratings\(within)"
      case .signedRank: "the signed ranks of the differences within pairs"
      }
    var before: [String] = []
    if !plan.adjustments.isEmpty {
      before.append("taking out " + plan.adjustments.map(\.column).joined(separator: " and "))
    }
    switch plan.whitening {
    case .none: break
    case .estimated:
      before.append("whitening with an autocorrelation estimated without the arms")
    case .fixed(let phi): before.append("whitening with an autocorrelation of \(phi)")
    }
    return before.isEmpty ? what : what + ", after " + before.joined(separator: " and ")
  }

  /// The whole plan, line by line.
  ///
  /// - Parameter outcomes: the outcomes of the plan, the primary one first.
  func planLines(_ outcomes: [String]) -> [PlanLine] {
    var lines = [PlanLine(name: "Primary outcome", text: outcomes.first ?? "–")]
    func add(_ name: String, _ text: String?) {
      if let text { lines.append(PlanLine(name: name, text: text)) }
    }
    add(
      "Tested together with it",
      outcomes.count > 1 ? outcomes.dropFirst().joined(separator: "; ") : nil)
    add("Arms", "\(arms.dropFirst().joined(separator: ", ")) against \(arms[0])")
    add("Statistic", statisticInWords)
    add("Sides and p-value", plan.sides.words + (plan.midP ? ", ties counted half (mid-p)" : ""))
    let comparisons = outcomes.count * (arms.count - 1)
    add(
      "Several comparisons",
      comparisons > 1
        ? "an effect is claimed by the p-value that allows for all \(comparisons): by max-T, the largest of "
          + "them over the same schedules, where that can be computed, and by Holm's rule otherwise"
        : nil)
    add("Level of the intervals", ShownNumber.percent(plan.level))
    add(
      "Smallest difference that matters",
      plan.relevance.map { ShownNumber.text($0.value) } ?? "none named")
    add("Carry-over", plan.carryOver?.words)
    add(
      "Looks",
      plan.monitoring.map {
        "after every block from block \($0.from) on, for noise of about "
          + ShownNumber.text($0.sd.value)
      })
    add("Priors of the Bayesian model", plan.priors.words)
    return lines
  }
}

extension AnalysisPlan.Adjustment {
  /// As in "after allowing for a trend over the days".
  fileprivate var allowance: String {
    switch self {
    case .trend: "a trend over the days"
    case .weekday: "the days of the week"
    case .previous: "the rating of the slot before"
    }
  }

  /// As in "after taking out a straight line over the days".
  fileprivate var column: String {
    switch self {
    case .trend: "a straight line over the days"
    case .weekday: "a level for each day of the week"
    case .previous: "the rating of the slot before"
    }
  }
}

extension AnalysisPlan.Sides {
  fileprivate var words: String {
    switch self {
    case .doubled: "two-sided, twice the smaller side; equal-tailed interval"
    case .absolute: "two-sided, by the absolute statistic, with the interval of that test"
    case .greater: "one-sided, for higher ratings; the interval has no upper bound"
    case .less: "one-sided, for lower ratings; the interval has no lower bound"
    }
  }
}

extension AnalysisPlan.CarryOver {
  fileprivate var words: String {
    var parts: [String] = []
    if lag { parts.append("the arm of the slot before beside the slot's own") }
    if dropUpTo > 0 {
      parts.append("a table without the first 0 to \(dropUpTo) slots after a change of arm")
    }
    return parts.isEmpty ? "not looked at" : parts.joined(separator: "; ")
  }
}

extension AnalysisPlan.Priors {
  fileprivate var words: String {
    let effect =
      effectSD.map { "normal around 0 with a standard deviation of \(ShownNumber.text($0.value))" }
      ?? "flat"
    let phi =
      switch autocorrelation {
      case .uniform: "flat between −1 and 1"
      case .reference: "the reference prior, 1 / √(1 − φ²)"
      }
    return "of the effect \(effect); of the autocorrelation \(phi)"
  }
}
