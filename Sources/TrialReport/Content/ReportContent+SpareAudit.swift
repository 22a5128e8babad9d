import TrialAnalysis

extension ReportContent {
  /// How many of the examined spares were wrong.
  static func wrong(_ errors: Int, of examined: Int) -> String {
    "\(errors) of \(examined) held another arm than \(errors == 1 ? "it was" : "they were") packed as"
  }

  /// How many of the opened spares are in no rate; `nil` where each could be told.
  static func leftOut(_ audit: PackingAudit) -> String? {
    guard audit.unclear > 0 else { return nil }
    return
      "\(audit.unclear) of \(audit.lines.count) spares that were opened cannot be told and "
      + "\(audit.unclear == 1 ? "is" : "are") not counted."
  }

  /// That some of the spares were left shut; `nil` where all were opened, or none.
  static func leftShut(_ kits: KitsResult) -> String? {
    guard kits.leftShut > 0 else { return nil }
    return "\(kits.leftShut) of \(kits.sparesLeft) spares that were left were not opened."
  }

  /// What the spares held that were opened after the unblinding, and what that means for the effect.
  static func audit(_ kits: KitsResult) -> [Block] {
    guard let audit = kits.audit else {
      return kits.sparesLeft > 0
        ? [
          .note("The spares were not opened, so how often a kit holds the wrong arm is not known.")
        ]
        : []
    }
    return openedSpares(audit, shut: leftShut(kits)) + errorRate(audit)
  }

  private static func openedSpares(_ audit: PackingAudit, shut: String?) -> [Block] {
    let table = Table(
      caption: "The spares, opened after the unblinding", header: ["Spare", "Packed as", "Held"],
      rows: audit.lines.map { line in
        [.text(String(line.spare)), .text(line.packed), .text(line.found ?? "cannot be told")]
      })
    let word =
      "The first look at a spare counts, and a later one that differs is refused. But the findings came after "
      + "the unblinding, and nothing outside the trial's folder holds them: that nobody looked at the answer "
      + "before, or audited twice, rests on the participant's word."
    return [.table(table), .note(word)]
      + (shut.map { shut in
        [
          .note(
            "\(shut) Whoever stops when it looks good finds too few errors: the numbers below count only if "
              + "that was not the reason.")
        ]
      } ?? [])
  }

  private static func errorRate(_ audit: PackingAudit) -> [Block] {
    guard let lower = audit.lower, let upper = audit.upper else {
      return leftOut(audit).map { [.paragraph($0)] } ?? []
    }
    var rate =
      "\(wrong(audit.errors, of: audit.examined)): an error rate between "
      + "\(ShownNumber.percent(lower)) and \(ShownNumber.percent(upper)) (exact 95 % interval). "
      + "The spares are a random sample of the kits of each arm."
    if let out = leftOut(audit) { rate += " \(out)" }
    if let pill = audit.upperWithPill, pill != upper {
      rate +=
        " For the kits with a pill alone the upper bound is \(ShownNumber.percent(pill)); what the effect "
        + "of a pill loses goes by it."
    }
    guard audit.attenuation != nil else {
      return [
        .paragraph(rate),
        .note(
          "At the upper bound nothing of the difference between the arms would be left in the kits, or it "
            + "might be turned round: the audit cannot say how much the effect could be diluted."),
      ]
    }
    let table = Table(
      caption: "The effect at the upper bound of the error rate",
      header: ["Arm", "Estimate", "Undiluted", "Lower", "Upper"],
      rows: audit.sensitivity.map { line in
        [
          .text(line.arm), .number(line.estimate), .number(line.corrected), .number(line.lower),
          .number(line.upper),
        ]
      })
    return [
      .paragraph(rate), .table(table),
      .note(
        "Errors made blind dilute an effect and never make one: the p-value stands, and the answer above "
          + "goes by the schedule. The undiluted numbers are what the arms with a pill would differ by, had "
          + "each of their kits held another of them that often, equally often each; that is arithmetic, and "
          + "may lie beyond what the scale of the question can show."),
    ]
  }
}
