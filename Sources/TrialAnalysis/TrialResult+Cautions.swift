import BlindRecord

extension TrialResult {
  /// The slots that the trial did not come to: it was stopped, or locked, before their day.
  public var notReached: Int { slots.count { !$0.isReached } }

  /// That the trial was stopped early, in one sentence; `nil` where it ran to its end.
  public var stopInWords: String? {
    guard notReached > 0, case .sealed(let facts) = provenance else { return nil }
    let reached = "after \(slots.count - notReached) of \(slots.count) slots"
    let rest =
      notReached == 1 ? "the last one was not reached" : "the other \(notReached) were not reached"
    if monitoring?.stoppedAfter != nil {
      return
        "The trial was stopped early, \(reached), because the key's holder passed on that it may "
        + "stop; \(rest)."
    }
    let reason = facts.lockReason.isEmpty ? "" : ", with the reason “\(facts.lockReason)”"
    return "The trial was stopped early: the record was locked \(reached)\(reason); \(rest)."
  }

  /// What must be known beside the answer, so that nobody takes it for more than it is: one sentence each,
  /// the gravest doubts only.
  public var cautions: [String] {
    [stopInWords, tellingApart, wrongKits, manyMissing, unevenMissing].compactMap { $0 } + hangingOn
  }

  /// A blind that did not hold under any arm.
  private var tellingApart: String? {
    guard let guesses, guesses.isBroken else { return nil }
    let right = guesses.arms.reduce(0) { $0 + $1.right }
    let calls = guesses.arms.reduce(right) { $0 + $1.wrong }
    return
      "The arms could be told apart: \(right) of \(calls) guesses were right. Expectation may have "
      + "made some or all of a difference."
  }

  /// An audit that found wrong kits.
  private var wrongKits: String? {
    guard let audit = kits?.audit, audit.errors > 0 else { return nil }
    // With two arms a rate of e leaves 1 − 2e of the difference: less of it, and from a half on its opposite.
    let consequence =
      if audit.errors * 2 >= audit.examined {
        "As many as that may mean that the arms were exchanged: not even the direction is certain."
      } else if audit.attenuation == nil {
        "That makes an effect look smaller than it is, and may even turn it round."
      } else {
        "That makes an effect look smaller than it is."
      }
    return
      "\(audit.errors) of \(audit.examined) spares that were opened and told held another arm than they "
      + "were packed as, so kits may have too. \(consequence)"
  }

  /// Most of the slots that were reached have no rating.
  private var manyMissing: String? {
    let due = slots.count { $0.kept && $0.isReached }
    guard adherence.analysed * 2 < due else { return nil }
    return
      "Most slots have no rating: \(adherence.analysed) of \(due) are in the analysis. If the arm was "
      + "a reason for missing them, the answer is off."
  }

  /// One arm's slots have markedly fewer ratings than another's: a fifth of its slots, and three or more.
  private var unevenMissing: String? {
    let due = slots.filter { $0.kept && $0.isReached }
    let lines = arms.indices.map { arm in
      let own = due.filter { $0.arm == arm }
      return (name: arms[arm], missing: own.count { $0.value == nil }, due: own.count)
    }
    func share(_ line: (name: String, missing: Int, due: Int)) -> Double {
      line.due == 0 ? 0 : Double(line.missing) / Double(line.due)
    }
    guard let most = lines.max(by: { share($0) < share($1) }),
      let least = lines.min(by: { share($0) < share($1) }),
      share(most) - share(least) >= 0.2, most.missing - least.missing >= 3
    else { return nil }
    return
      "Ratings are missing unevenly: \(most.missing) of \(most.due) \(most.name) slots have none, and "
      + "\(least.missing) of \(least.due) \(least.name) slots. If the arm was a reason for missing them, the "
      + "answer is off."
  }

  /// Claims that do not outlive the slots in doubt.
  private var hangingOn: [String] {
    zip(primary.contrasts, answers).flatMap { contrast, answer -> [String] in
      guard answer.verdict.isClaim else { return [] }
      return sensitivity.compactMap { other -> String? in
        let same = other.contrasts.first { $0.arm == contrast.arm }
        let arm = primary.contrasts.count == 1 ? "" : " for \(contrast.name)"
        guard let planned = same?.test?.planned else {
          return "The answer\(arm) hangs on slots in doubt: \(other.set) nothing can be compared."
        }
        guard !planned.excludesZero else { return nil }
        return "The answer\(arm) hangs on slots in doubt: \(other.set) the interval holds zero "
          + "(p = \(ShownNumber.p(planned.p)))."
      }
    }
  }
}

extension SlotLine {
  /// Whether the trial came to the slot before it ended.
  public var isReached: Bool { status != .upcoming }
}
