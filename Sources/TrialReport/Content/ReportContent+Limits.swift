import TrialAnalysis

/// What the sealing of a trial cannot prevent.
extension ReportContent {
  static func limits(_ facts: SealFacts, wasAudited: Bool) -> [String] {
    [custodyLimit(facts), secondLimit(facts), drawLimit(facts), sealingsLimit(facts)]
      .compactMap { $0 } + clockLimits(facts, wasAudited) + seen(facts) + [
        (facts.isUnseen
          ? "Without a witness who saw a checkpoint early, a whole journal could have been written "
            + "anew. " : "")
          + "Taste, smell, weight and effects of the capsules are outside of what a program "
          + "can hide."
      ]
  }

  /// Whom the custody of the key stops.
  private static func custodyLimit(_ facts: SealFacts) -> String {
    let isOnPage = facts.secondKey == "page"
    return switch facts.custody {
    case "self":
      "Custody: self. The participant held the passphrase. That stops accidents and other "
        + "people; it does not stop the participant from looking."
    case "helper":
      "Custody: helper. The key was held by another person. "
        + (isOnPage
          ? "That alone would stop the participant."
          : "That stops the participant; it does not stop the two from acting together.")
    case "envelope":
      "Custody: envelope. The key was printed once and sealed in paper. That stops impulse; it does "
        + "not stop somebody who opens the envelope, or who read the page before it was closed."
    case "threshold":
      "Custody: threshold. The key was held by several persons, of whom a stated number open it "
        + "together. "
        + (isOnPage
          ? "That alone would stop the participant and one careless helper."
          : "That stops the participant and one careless helper; it does not stop that many from "
            + "acting together.")
    case "timelock":
      "Custody: timelock. The key lay under a puzzle that takes a computer a stated time. That "
        + "stops impulse; it does not stop somebody who starts early or has a faster machine."
    default: "Custody: \(facts.custody)."
    }
  }

  /// Whether the draw could have been made again.
  private static func drawLimit(_ facts: SealFacts) -> String {
    switch facts.mixing {
    case "none":
      (facts.isUnseen ? "Not witnessed: re-drawing" : "Re-drawing before the seal")
        + " is not excluded. No public value was mixed into the draw, so "
        + "several schedules could have been sealed and one kept."
    case "string":
      "A witness's word was mixed into the draw. Re-drawing is excluded if the witness confirms that "
        + "they chose it after they had seen the commitment; verification prints both."
    case "beacon":
      "A pulse of a public beacon was mixed into the draw. Re-drawing is excluded if somebody "
        + "confirms that they saw the commitment before the pulse; verification prints both."
    default: "The draw was mixed with a public value: \(facts.mixing)."
    }
  }

  private static func sealingsLimit(_ facts: SealFacts) -> String {
    switch facts.abandonedSealings {
    case 0: "No sealing was given up before this one, as far as this folder shows."
    case 1: "One sealing was begun and given up before this one."
    default: "\(facts.abandonedSealings) sealings were begun and given up before this one."
    }
  }

  /// What the times are worth, and what no commitment binds.
  private static func clockLimits(_ facts: SealFacts, _ wasAudited: Bool) -> [String] {
    [
      facts.entriesWithSetClock == 0
        ? "All times come from the computer's clock, which its owner can set."
        : "\(facts.entriesWithSetClock) of \(facts.entries) entries have a time that was set by "
          + "hand: the record says when they claim to have been written, not when they were.",
      wasAudited
        ? "No commitment binds the prediction, the time of the opening and what was found in the spares. "
          + "They stand as the files of the opening and of the audit have them, and could have been changed "
          + "since."
        : "No commitment binds the prediction and the time of the opening. They stand as the file of the "
          + "opening has them, and could have been changed since.",
    ]
  }
}
