import TrialAnalysis

extension ReportContent {
  /// Looks during the trial; nothing where the plan has no rule for stopping.
  static func monitoring(_ result: TrialResult) -> Section? {
    guard let monitoring = result.monitoring else { return nil }
    let title = "Was it looked at early?"
    guard !monitoring.looks.isEmpty else {
      let words =
        "The sealed plan allowed looks after every block; the journal has none. So the answer is "
        + "that of the plan's own test, as if there had been no rule."
      return Section(id: "monitoring", title: title, blocks: [.paragraph(words)])
    }
    var blocks: [Block] = ending(monitoring, of: result.slots.count).map { [.paragraph($0)] } ?? []
    blocks += [.paragraph(answer(monitoring)), .table(looks(monitoring))]
    blocks += notes(monitoring, result).map { .note($0) }
    blocks.append(.table(evidence(monitoring)))
    return Section(id: "monitoring", title: title, blocks: blocks)
  }

  /// How the trial ended where a look said that it may stop.
  private static func ending(_ monitoring: MonitoringResult, of slots: Int) -> String? {
    guard let last = monitoring.looks.last, last.mayStop, last.slots < slots else { return nil }
    if let stopped = monitoring.stoppedAfter {
      return
        "The trial was stopped by the monitor: after \(stopped) of \(slots) slots the key's holder "
        + "passed on that it may stop (\(last.day)), by the rule that was sealed."
    }
    return
      "After \(last.slots) of \(slots) slots the key's holder passed on that the trial may stop "
      + "(\(last.day)), and it went on. What was enough then is enough at the end: an effect that was "
      + "rejected once stays rejected."
  }

  private static func answer(_ monitoring: MonitoringResult) -> String {
    "Because it was looked at, the answer uses a p-value and an interval that are valid whenever one "
      + "stops: p = \(ShownNumber.p(monitoring.anytimeP)), one over the largest evidence after any "
      + "block, and the confidence sequence (\(PlainAnswer.interval(monitoring.interval))), the effects "
      + "that were rejected after no block. The p-values and intervals of the randomization test stand "
      + "below; they suppose that nobody looked."
  }

  private static func looks(_ monitoring: MonitoringResult) -> Table {
    func word(_ mayStop: Bool) -> String { mayStop ? "may stop" : "continue" }
    return Table(
      caption: "Looks by the key's holder",
      header: ["Slots", "Day", "Passed on", "By the locked record"],
      rows: monitoring.looks.map { look in
        [
          .count(look.slots), .text("\(look.day)"), .text(word(look.mayStop)),
          .text(word(look.saysNow)),
        ]
      })
  }

  /// What does not fit together.
  private static func notes(_ monitoring: MonitoringResult, _ result: TrialResult) -> [String] {
    var notes: [String] = []
    if monitoring.looks.contains(where: { $0.mayStop != $0.saysNow }) {
      notes.append(
        "By the locked record a look would have said another word. Answers were corrected or recorded "
          + "since it, or another word was passed on than the rule gave; the record cannot tell which."
      )
    }
    let interval = monitoring.interval
    if let estimate = result.primary.contrasts.first?.test?.estimate,
      estimate < interval.lower ?? -.infinity || estimate > interval.upper ?? .infinity
    {
      notes.append(
        "The difference of the means lies outside of this interval: some blocks speak for another "
          + "effect than the others, so that no constant one fits them all well.")
    }
    return notes
  }

  private static func evidence(_ monitoring: MonitoringResult) -> Table {
    Table(
      caption: "Evidence against no difference",
      header: ["After block", "Evidence (1 at the start)"],
      rows: monitoring.evidence.prefix(monitoring.blocks).enumerated().map {
        [.count($0.offset + 1), .number($0.element)]
      })
  }
}
