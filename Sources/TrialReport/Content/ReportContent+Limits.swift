import TrialAnalysis

/// What the sealing of a trial cannot prevent, and what others have seen of it.
extension ReportContent {
  static func limits(_ facts: SealFacts) -> [String] {
    var limits: [String] = []
    switch facts.custody {
    case "self":
      limits.append(
        "Custody: self. The participant held the passphrase. That stops accidents and other "
          + "people; it does not stop the participant from looking.")
    case "helper":
      limits.append(
        "Custody: helper. The key was held by another person. "
          + (facts.secondKey == "page"
            ? "That alone would stop the participant."
            : "That stops the participant; it does not stop the two from acting together."))
    case "envelope":
      limits.append(
        "Custody: envelope. The key was printed once and sealed in paper. That stops impulse; it does "
          + "not stop somebody who opens the envelope, or who read the page before it was closed.")
    case "threshold":
      limits.append(
        "Custody: threshold. The key was held by several persons, of whom a stated number open it "
          + "together. "
          + (facts.secondKey == "page"
            ? "That alone would stop the participant and one careless helper."
            : "That stops the participant and one careless helper; it does not stop that many from "
              + "acting together."))
    case "timelock":
      limits.append(
        "Custody: timelock. The key lay under a puzzle that takes a computer a stated time. That "
          + "stops impulse; it does not stop somebody who starts early or has a faster machine.")
    default: limits.append("Custody: \(facts.custody).")
    }
    if let second = secondLimit(facts) { limits.append(second) }
    if facts.mixing == "none" {
      limits.append(
        (facts.isUnseen ? "Not witnessed: re-drawing" : "Re-drawing before the seal")
          + " is not excluded. No public value was mixed into the draw, so "
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
    limits += seen(facts)
    limits.append(
      (facts.isUnseen
        ? "Without a witness who saw a checkpoint early, a whole journal could have been written "
          + "anew. " : "")
        + "Taste, smell, weight and effects of the capsules are outside of what a program "
        + "can hide.")
    return limits
  }

  /// The second key, in words.
  static func secondKey(_ facts: SealFacts) -> String {
    switch facts.secondKey {
    case "none": "none"
    case "clinician": "a clinician's"
    case "page": "printed on a page"
    default: facts.secondKey
    }
  }

  /// What a second key takes away from the custody; nothing to say where there is none.
  private static func secondLimit(_ facts: SealFacts) -> String? {
    switch facts.secondKey {
    case "page" where facts.custody == "self":
      "A second key was printed on a page. It opens everything by itself, for whoever has the page."
    case "page":
      "A second key, which opens everything by itself, was written to the participant's own computer "
        + "to be printed and given away. Until that was done unread, this is no better than custody "
        + "self, and nothing shows that it was."
    case "clinician":
      "A clinician held a second key, which opens everything by itself: what is said of the custody "
        + "holds of them too."
    default: nil
    }
  }

  /// What others have seen, one sentence for each.
  private static func seen(_ facts: SealFacts) -> [String] {
    var seen = facts.anchors.map { anchor in
      let place = "An authority put its time on the \(anchor.part), \(anchor.at)"
      switch (anchor.part, anchor.isEarly) {
      case ("seal", true):
        return place + ", before the first check-in. If it is honest, schedule and plan were not "
          + "exchanged afterwards."
      case ("seal", false):
        return place + ", after the first check-in: until then they could have been made anew."
      case (_, true):
        return place + ", before the opening. If it is honest, no rating was changed afterwards."
      case (_, false):
        return place + ", after the opening: until then the record could have been made anew."
      }
    }
    if !facts.returnedCheckpoints.isEmpty {
      let sizes = facts.returnedCheckpoints.map(String.init).joined(separator: ", ")
      seen.append(
        "Checkpoint lines were given back, over these numbers of entries: \(sizes). The journal "
          + "extends them; that is worth as much as the copy that somebody else can show.")
    }
    return seen
  }

  /// A row for each time of an authority.
  static func anchorRows(_ facts: SealFacts) -> [[Cell]] {
    facts.anchors.map { anchor in
      [
        .text("Time on the \(anchor.part) (UTC), authority, SHA-256 of its root"),
        .text("\(anchor.at), \(anchor.authority), \(anchor.root)"),
      ]
    }
  }
}
