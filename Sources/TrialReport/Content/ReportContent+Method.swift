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
          + "before the first slot, together with the analysis. Ratings were written to an "
          + "append-only journal of \(facts.entries) entries and locked on \(day(facts.lockedAt)) "
          + "(\"\(facts.lockReason)\") before the seal was opened."),
      .list(limits(facts)),
      .table(
        Table(
          caption: "For a stranger who checks", header: ["What", "Value"],
          rows: [
            [.text("Trial"), .text(facts.trial)],
            [.text("Sealed (UTC)"), .text(facts.sealedAt)],
            [.text("Locked (UTC)"), .text(facts.lockedAt)],
            [.text("Opened (UTC), bound by no commitment"), .text(facts.openedAt ?? "–")],
            [.text("Custody of the key"), .text(facts.custody)],
            [.text("Public value mixed into the draw"), .text(facts.mixing)],
            [.text("Sealings given up before this one"), .count(facts.abandonedSealings)],
            [.text("SHA-256 of the protocol"), .text(facts.protocolDigest)],
            [.text("Root of the committed schedule"), .text(facts.planRoot)],
          ])),
      .verbatim(facts.checkpoint),
    ]
    return section
  }

  private static func limits(_ facts: SealFacts) -> [String] {
    var limits: [String] = []
    switch facts.custody {
    case "self":
      limits.append(
        "Custody: self. The participant held the passphrase. That stops accidents and other "
          + "people; it does not stop the participant from looking.")
    case "helper":
      limits.append(
        "Custody: helper. The key was held by another person. That stops the participant; it does "
          + "not stop the two from acting together.")
    case "envelope":
      limits.append(
        "Custody: envelope. The key was printed once and sealed in paper. That stops impulse; it does "
          + "not stop somebody who opens the envelope, or who read the page before it was closed.")
    case "threshold":
      limits.append(
        "Custody: threshold. The key was held by several persons, of whom a stated number open it "
          + "together. That stops the participant and one careless helper; it does not stop that many "
          + "from acting together.")
    case "timelock":
      limits.append(
        "Custody: timelock. The key lay under a puzzle that takes a computer a stated time. That "
          + "stops impulse; it does not stop somebody who starts early or has a faster machine.")
    default: limits.append("Custody: \(facts.custody).")
    }
    if facts.mixing == "none" {
      limits.append(
        "Not witnessed: re-drawing is not excluded. No public value was mixed into the draw, so "
          + "several schedules could have been sealed and one kept.")
    } else if facts.mixing == "string" {
      limits.append(
        "A witness's word was mixed into the draw. Re-drawing is excluded if the witness confirms that "
          + "they chose it after they had seen the commitment; verification prints both.")
    } else if facts.mixing == "beacon" {
      limits.append(
        "A pulse of a public beacon was mixed into the draw. Re-drawing is excluded if somebody "
          + "confirms that they saw the commitment before the pulse; verification prints both.")
    } else {
      limits.append("The draw was mixed with a public value: \(facts.mixing).")
    }
    limits.append(
      facts.abandonedSealings == 0
        ? "No sealing was given up before this one, as far as this folder shows."
        : facts.abandonedSealings == 1
          ? "One sealing was begun and given up before this one."
          : "\(facts.abandonedSealings) sealings were begun and given up before this one.")
    limits.append(
      facts.entriesWithSetClock == 0
        ? "All times come from the computer's clock, which its owner can set."
        : "\(facts.entriesWithSetClock) of \(facts.entries) entries have a time that was set by "
          + "hand: the record says when they claim to have been written, not when they were.")
    limits.append(
      "No commitment binds the prediction and the time of the opening. They stand as the file of the "
        + "opening has them, and could have been changed since.")
    limits.append(
      "Without a witness who saw a checkpoint early, a whole journal could have been written "
        + "anew. Taste, smell, weight and effects of the capsules are outside of what a program "
        + "can hide.")
    return limits
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
          + "for the other schedules that the same scheme could have drawn: \(result.scheme). If "
          + "the arms make no difference, each of these was equally likely to meet the same "
          + "ratings, so the share of schedules with a difference at least as large is an exact "
          + "p-value, whatever the trend, the autocorrelation or the shape of the ratings [1, 2]. "
          + "The analysis conditions on which slots are missing. The interval holds every constant "
          + "effect that the same test does not reject [3]; the Hodges-Lehmann value is its middle "
          + "[4]. A p-value from draws counts the observed schedule too [5]."),
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
