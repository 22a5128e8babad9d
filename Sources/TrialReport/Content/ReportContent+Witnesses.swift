import TrialAnalysis

/// The second key, and what others have seen of a trial.
extension ReportContent {
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
  static func secondLimit(_ facts: SealFacts) -> String? {
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
  static func seen(_ facts: SealFacts) -> [String] {
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
