import TrialAnalysis

/// The second half of the checklist: the analysis, the flow, the results, and what they mean.
extension ReportContent {
  /// The items about comparing, and about what went otherwise than planned.
  static func statistics(
    _ result: TrialResult, _ isSealed: Bool
  ) -> [(String, String, ChecklistPlace)] {
    let allowance =
      result.adjustment.map { "the test allows for \($0)" }
      ?? "the test allows for nothing beside the arms"
    let looksForCarryOver = result.primary.contrasts.contains { $0.carryOver != nil }
    return [
      ("12a", "How the outcomes were compared", .part("method", "statistic, p-value, interval")),
      (
        "12b", "Further analyses, or how trials were pooled",
        .part("numbers", "sensitivity and exploratory analyses; one trial, so nothing is pooled")
      ),
      (
        "12c", "Carry-over, time trends, and days that resemble each other",
        looksForCarryOver
          ? .part("carry-over", "carry-over, as far as it could be fitted; \(allowance)")
          : .part("doubts", "the plan does not look for carry-over; \(allowance)")
      ),
      (
        "13a.1", "Periods completed, and changes with reasons",
        .part("record", "the flow, slot by slot")
      ),
      ("13a.2", "In a series: how many people", .notApplicable("one person")),
      (
        "13b", "Losses and exclusions with reasons",
        .part(
          "record",
          "slots without a rating; "
            + (isSealed
              ? "reasons as far as they were written down" : "the file holds no reasons"))
      ),
      (
        "14a", "When it began and ended",
        result.slots.contains { $0.day != nil }
          ? .part("record", "the day of every slot") : .missing("the file holds no days")
      ),
      (
        "14b", "Why it ended, periods stopped early",
        !isSealed
          ? .missing("not in the file")
          : result.notReached > 0
            ? .part("record", "stopped early, with the reason given for the lock")
            : .part("seal", "the reason given for the lock")
      ),
    ]
  }

  /// The items about what was found.
  static func results(_ result: TrialResult, _ isSealed: Bool) -> [(String, String, ChecklistPlace)]
  {
    [
      (
        "15", "The person at the start",
        .missing(
          isSealed
            ? "no description of the person is part of a trial's folder"
            : "the file holds no description of the person")
      ),
      (
        "16", "How many slots were analysed, for each arm",
        result.primary.count == 0
          ? .missing("no slot has a rating of the outcome") : .part("record", "the flow")
      ),
      (
        "17a.1", "Each outcome: results by period, effect and precision",
        result.primary.contrasts.contains { $0.test != nil }
          ? .part("numbers", "the effect and its interval; by period in the table of blocks")
          : .missing("nothing could be compared")
      ),
      ("17a.2", "In a series: the pooled effect", .notApplicable("one person")),
      (
        "17b", "For yes-or-no outcomes absolute and relative effects",
        .notApplicable("the outcome is a number")
      ),
      ("18", "Other analyses, planned and exploratory apart", .part("numbers", "marked as such")),
      (
        "19", "Harms under each arm",
        isSealed ? .part("events", "adverse events") : .missing("the file holds no events")
      ),
      (
        "20", "Limits and sources of bias",
        .part("doubts", isSealed ? "and what the seal cannot prevent" : "as far as the file shows")
      ),
      (
        "21", "For whom else it may hold",
        .part("limits", "for this person, in these weeks; nothing follows for others")
      ),
      (
        "22", "What it means",
        .part(
          "answer",
          result.relevance == nil
            ? "no threshold of relevance was named" : "against the threshold of relevance")
      ),
      (
        "23", "Registration",
        .missing(
          isSealed
            ? "the seal shows when the plan was fixed; no registry was used"
            : "the file says nothing about it")
      ),
      (
        "24", "Where the protocol can be read",
        isSealed
          ? .file("protocol.yaml in the folder; `selfblind protocol` prints it")
          : .missing("there is none")
      ),
      ("25", "Funding", .missing("not recorded")),
    ]
  }
}
