import BlindRecord
import TrialAnalysis

/// What stands beside the answer: the usual t-test, and what could mislead.
extension ReportContent {
  /// What a t-test of the days would have said, and why it is not used.
  static func naive(_ result: TrialResult) -> Section? {
    let outcomes = [result.primary] + result.alsoTested
    let rows = outcomes.flatMap { outcome in
      outcome.contrasts.compactMap { contrast in
        contrast.naive.map { row($0, contrast, outcome, outcomes.count) }
      }
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      id: "naive", title: "What a simple t-test would have said",
      blocks: [
        .paragraph(
          "Most reports of self-experiments put all days of one arm in one heap, all days of the other "
            + "in another, and compare the heaps by a t-test. The table shows what that would have said "
            + "here."),
        .table(
          Table(
            caption: "Welch's t-test of the ratings, not used",
            header: [
              "Comparison", "Difference", "Lower", "Upper", "p of the t-test", "p of the plan",
              "Neighbours' correlation",
            ], rows: rows)),
        .paragraph(whyNot(result)),
      ])
  }

  private static func row(
    _ naive: NaiveComparison, _ contrast: Contrast, _ outcome: OutcomeResult, _ outcomes: Int
  ) -> [Cell] {
    let arm = outcome.contrasts.count == 1 ? "" : contrast.name
    let name = outcomes == 1 ? "" : outcome.name
    let both = [name, arm].filter { !$0.isEmpty }.joined(separator: ", ")
    return [
      .text(both.isEmpty ? outcome.name : both), .number(naive.difference),
      .number(naive.lower), .number(naive.upper), .p(naive.p),
      contrast.test.map { .p($0.planned.p) } ?? .text("–"), .number(naive.neighbours),
    ]
  }

  private static func whyNot(_ result: TrialResult) -> String {
    let drawn =
      result.blocksAreDesigned
      ? " It does not know that the arms were balanced within \(result.blockWord.plural)." : ""
    return
      "It is not used, for \(result.blocksAreDesigned ? "four" : "three") reasons. It takes every day for a person of its own, but a bad night "
      + "makes the next day bad too: the last column shows how far neighbouring days agree once the "
      + "arms' means are taken off, and 0 is what it takes for granted. It takes the ratings for draws "
      + "from a normal distribution.\(drawn) And it ignores the one thing that is certain here, namely "
      + "how the schedule was drawn. The two p-values may lie close together; that is luck, and only one "
      + "of them is right without luck."
  }

  /// What could mislead, and what was seen of it.
  static func doubts(_ result: TrialResult) -> Section {
    var rows: [[Cell]] = []
    func add(_ what: String, _ seen: String) { rows.append([.text(what), .text(seen)]) }
    let comparisons = result.answers.count
    add(
      "Several questions at once",
      comparisons == 1
        ? "One comparison was planned. Every other number is exploratory or a sensitivity analysis."
        : "\(comparisons) comparisons were planned; their p-values allow for all of them.")
    if !result.exploratory.isEmpty {
      add(
        "Exploratory items",
        "\(result.exploratory.count) further "
          + (result.exploratory.count == 1 ? "item was" : "items were")
          + " compared and not corrected for their number.")
    }
    add("Days that resemble each other", autocorrelation(result))
    add(
      "Effects that outlast their slot",
      result.primary.contrasts.contains { $0.carryOver != nil }
        ? "Looked for as planned: see \"Does the effect outlast its slot?\"."
        : "The plan does not look for carry-over.")
    if let stop = result.stopInWords { add("Stopped early", stop) }
    let reached = result.slots.count - result.notReached
    let lost = reached - result.adherence.analysed
    add(
      "Slots without a rating",
      lost == 0
        ? "None: every slot\(result.notReached == 0 ? "" : " that was reached") is in the primary analysis."
        : "\(lost) of \(reached) slots \(lost == 1 ? "is" : "are") not in the primary analysis. If the arm "
          + "was the reason for missing \(lost == 1 ? "it" : "them"), the estimate is off; the p-value is "
          + "about the others.")
    add(
      "Guessing the arms", result.guesses.map { GuessMeaning($0).text } ?? "No guesses were made.")
    if case .sealed = result.provenance {
      add("Packing", packingDoubt(result.kits))
    }
    return Section(
      id: "doubts", title: "What could mislead, and what was seen of it",
      blocks: [
        .table(
          Table(caption: "Doubts, one by one", header: ["Doubt", "What was seen"], rows: rows))
      ])
  }

  /// Who packed, whether that could be checked, and what the checks found.
  private static func packingDoubt(_ kits: KitsResult?) -> String {
    guard let kits else {
      return
        "The record does not show who filled the kits, nor how it was checked that they look, weigh "
        + "and taste alike."
    }
    let who =
      switch kits.packer {
      case "participant":
        "The participant packed alone, and could have learned the arms while packing."
      case "pharmacy": "A pharmacy filled the kits."
      default: "Somebody else filled the kits."
      }
    var sentences = [
      who,
      matchingDoubt(
        kits.matching, planned: kits.plannedMatching, isPacked: kits.packedAt != nil),
    ]
    if let audit = kits.audit {
      sentences.append(
        "Of \(counted(audit.examined, "spare")) that \(audit.examined == 1 ? "was" : "were") opened and "
          + "told, \(audit.errors) held another arm than "
          + (audit.errors == 1 ? "it was packed as." : "they were packed as."))
      if let out = leftOut(audit) { sentences.append(out) }
      if let shut = leftShut(kits) { sentences.append(shut) }
    }
    return sentences.joined(separator: " ")
  }

  private static func autocorrelation(_ result: TrialResult) -> String {
    var parts: [String] = []
    if let phi = result.primary.test?.autocorrelation {
      parts.append(
        "An autocorrelation of \(ShownNumber.text(phi)) was taken out of the ratings before the test"
      )
    }
    if let bayes = result.primary.bayes {
      parts.append(
        "the Bayesian model finds \(ShownNumber.text(bayes.autocorrelation)) from one day to the next"
      )
    }
    guard !parts.isEmpty else { return "Not estimated." }
    return sentence(parts.joined(separator: "; "))
      + " The randomization test is right whatever it is."
  }
}
