import TrialAnalysis

extension ReportContent {
  /// Looks during the trial; nothing where the plan has no rule for stopping.
  static func monitoring(_ result: TrialResult) -> Section? {
    guard let monitoring = result.monitoring else { return nil }
    var blocks: [Block] = []
    if let slots = monitoring.stoppedAfter, let last = monitoring.looks.last {
      blocks.append(
        .paragraph(
          "The trial was stopped by the monitor: after \(slots) of \(result.slots.count) slots the "
            + "key's holder passed on that it may stop (\(last.day)), by the rule that was sealed.")
      )
    }
    if monitoring.stoppedAfter == nil, let last = monitoring.looks.last, last.mayStop,
      last.slots < result.slots.count
    {
      blocks.append(
        .paragraph(
          "After \(last.slots) of \(result.slots.count) slots the key's holder passed on that the trial "
            + "may stop (\(last.day)), and it went on. What was enough then is enough at the end: an "
            + "effect that was rejected once stays rejected."))
    }
    guard !monitoring.looks.isEmpty else {
      blocks.append(
        .paragraph(
          "The sealed plan allowed looks after every block; the journal has none. So the answer is "
            + "that of the plan's own test, as if there had been no rule."))
      return Section(id: "monitoring", title: "Was it looked at early?", blocks: blocks)
    }
    let interval = PlainAnswer.interval(monitoring.interval)
    blocks += [
      .paragraph(
        "Because it was looked at, the answer uses a p-value and an interval that are valid "
          + "whenever one stops: p = \(ShownNumber.p(monitoring.anytimeP)), one over the largest "
          + "evidence after any block, and the confidence sequence (\(interval)), the effects that were "
          + "rejected after no block. The p-values and intervals of the randomization test stand below; "
          + "they suppose that nobody looked."),
      .table(
        Table(
          caption: "Looks by the key's holder",
          header: ["Slots", "Day", "Passed on", "By the locked record"],
          rows: monitoring.looks.map { look in
            [
              .count(look.slots), .text("\(look.day)"), .text(word(look.mayStop)),
              .text(word(look.saysNow)),
            ]
          })),
    ]
    if monitoring.looks.contains(where: { $0.mayStop != $0.saysNow }) {
      blocks.append(
        .note(
          "By the locked record a look would have said another word. Answers were corrected or recorded "
            + "since it, or another word was passed on than the rule gave; the record cannot tell which."
        ))
    }
    if let estimate = result.primary.contrasts.first?.test?.estimate,
      isOutside(estimate, monitoring)
    {
      blocks.append(
        .note(
          "The difference of the means lies outside of this interval: some blocks speak for another "
            + "effect than the others, so that no constant one fits them all well."))
    }
    blocks.append(
      .table(
        Table(
          caption: "Evidence against no difference",
          header: ["After block", "Evidence (1 at the start)"],
          rows: monitoring.evidence.prefix(monitoring.blocks).enumerated().map {
            [.count($0.offset + 1), .number($0.element)]
          }
        )))
    return Section(id: "monitoring", title: "Was it looked at early?", blocks: blocks)
  }

  private static func isOutside(_ estimate: Double, _ monitoring: MonitoringResult) -> Bool {
    let interval = monitoring.interval
    return estimate < interval.lower ?? -.infinity || estimate > interval.upper ?? .infinity
  }

  private static func word(_ mayStop: Bool) -> String { mayStop ? "may stop" : "continue" }
}
