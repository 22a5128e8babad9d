import TrialAnalysis

extension ReportContent {
  /// How it was blinded and sealed, and what that cannot prevent.
  static func sealing(_ result: TrialResult) -> Section {
    var section = Section(
      id: "seal", title: "How it was blinded, and what that cannot prevent", blocks: [])
    guard case .sealed(let facts) = result.provenance else {
      section.title = "What this report cannot vouch for"
      section.blocks = [
        .paragraph(
          "The data set was analysed as declared. This program did not draw the schedule, did not "
            + "hide it, did not record the ratings and did not fix the analysis beforehand. The "
            + "p-value is right if, and only if, the schedule was drawn by the declared scheme.")
      ]
      return section
    }
    section.blocks = [
      .paragraph(
        "The schedule was drawn by the program, committed to and sealed on \(day(facts.sealedAt)) "
          + "before the first rating, together with the analysis. Ratings were written to an "
          + "append-only journal of \(facts.entries) entries and locked on \(day(facts.lockedAt)) "
          + "(\"\(facts.lockReason)\") before the seal was opened."),
      .list(limits(facts, wasAudited: result.kits?.audit != nil)),
      .table(
        Table(
          caption: "For a stranger who checks", header: ["What", "Value"],
          rows: [
            [.text("Trial"), .text(facts.trial)],
            [.text("Sealed (UTC)"), .text(facts.sealedAt)],
            [.text("Locked (UTC)"), .text(facts.lockedAt)],
            [.text("Opened (UTC), bound by no commitment"), .text(facts.openedAt ?? "–")],
            [.text("Custody of the key"), .text(facts.custody)],
            [.text("Second key"), .text(secondKey(facts))],
            [.text("Public value mixed into the draw"), .text(facts.mixing)],
            [.text("Sealings given up before this one"), .count(facts.abandonedSealings)],
            [.text("SHA-256 of the protocol"), .text(facts.protocolDigest)],
            [.text("Root of the committed schedule"), .text(facts.planRoot)],
          ] + anchorRows(facts))),
      .verbatim(facts.checkpoint),
    ]
    return section
  }

  private static func planCaption(_ result: TrialResult) -> String {
    let what =
      if case .sealed = result.provenance { "The plan, sealed with the schedule" } else {
        "The plan, as declared"
      }
    return what + "; everything else in this report is exploratory"
  }

  /// The method in short, with its sources.
  static func method(_ result: TrialResult) -> Section {
    var paragraphs: [Block] = [
      .table(
        Table(
          caption: planCaption(result), header: ["Part", "Fixed as"],
          rows: result.plan.map { [.text($0.name), .text($0.text)] })),
      .paragraph(
        "The statistic is \(result.statistic). It was computed for the schedule that was drawn and "
          + "for the others that the same scheme could have drawn. The scheme: \(result.scheme). "
          + (result.arms.count > 2
            ? "Two arms are compared at a time, over the schedules that leave every other arm where it was. "
            : "")
          + "If the arms make no difference, each of these was equally likely to meet the same ratings. So "
          + "the share of schedules with a difference at least as large is an exact p-value, whatever the "
          + "trend, the autocorrelation or the shape of the ratings [1, 2]. "
          + "The analysis conditions on which slots are missing. The interval holds every constant "
          + "effect that the same test does not reject [3]; the Hodges-Lehmann value is the effect at "
          + "which neither direction is the likelier [4]. A p-value from draws counts the observed schedule too [5]."
      ),
    ]
    if result.estimatesAutocorrelation {
      // Measured: Documentation/Design/statistics.md, "Calibration".
      paragraphs.append(
        .paragraph(
          "The autocorrelation was estimated from the ratings without the arms. The p-value is exact "
            + "all the same; the interval is nearly so: over all schedules of small sets, an "
            + "interval of 95 % held the true effect 92 to 97 times in 100."))
    }
    if result.primary.contrasts.contains(where: { $0.bayes != nil }) {
      paragraphs.append(
        .paragraph(
          "The Bayesian model has an intercept, the effect, the columns that the plan takes out, and "
            + "stationary AR(1) noise, with the priors of the plan; it is integrated numerically, "
            + "without sampling."))
    }
    paragraphs.append(
      .paragraph(
        "Guesses are counted as calls above and below one half. Bang's index is right minus wrong "
          + "over all, for each arm [6]; James's index weighs the \"don't know\" [7]. The best "
          + "guesser knows the scheme and all earlier arms [8]. The structure of this report "
          + "follows CENT 2015 [9]."))
    paragraphs.append(.list(references.enumerated().map { "[\($0.offset + 1)] \($0.element)" }))
    return Section(id: "method", title: "Method in short", blocks: paragraphs)
  }

  private static let references = [
    "Fisher RA. The Design of Experiments. Oliver and Boyd, 1935.",
    "Edgington ES, Onghena P. Randomization Tests, 4th ed. Chapman and Hall/CRC, 2007.",
    "Rosenbaum PR. Observational Studies, 2nd ed. Springer, 2002.",
    "Hodges JL, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat "
      + "1963;34:598-611.",
    "Phipson B, Smyth GK. Permutation p-values should never be zero. Stat Appl Genet Mol Biol "
      + "2010;9:39.",
    "Bang H, Ni L, Davis CE. Assessment of blinding in clinical trials. Control Clin Trials "
      + "2004;25:143-156.",
    "James KE, Bloch DA, Lee KK, Kraemer HC, Fuller RK. An index for assessing blindness in a "
      + "multi-centre clinical trial. Stat Med 1996;15:1421-1434.",
    "Blackwell D, Hodges JL. Design for the control of selection bias. Ann Math Stat "
      + "1957;28:449-460.",
    "Vohra S, Shamseer L, Sampson M, et al. CONSORT extension for reporting N-of-1 trials (CENT) "
      + "2015 statement. BMJ 2015;350:h1738.",
  ]
}
