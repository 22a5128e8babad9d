import BlindRecord
import TrialAnalysis

extension ReportContent {
  /// The guesses and what they mean.
  static func guesses(_ result: TrialResult) -> Section {
    var section = Section(id: "guesses", title: "Did the blind hold?", blocks: [])
    let leftOut = result.guessesLeftOut
    guard let guesses = result.guesses else {
      section.blocks = [
        .paragraph(
          (leftOut.isEmpty ? "No guesses were recorded" : "No guess was made blind")
            + ", so whether the arms could be told apart is not known.")
      ]
      if !leftOut.isEmpty { section.blocks.append(.note(leftOutGuesses(leftOut))) }
      return section
    }
    section.blocks.append(.paragraph(GuessMeaning(guesses).text))
    if !leftOut.isEmpty { section.blocks.append(.note(leftOutGuesses(leftOut))) }
    if let figure = GuessFigure(result)?.figure { section.blocks.append(.figure(figure)) }
    section.blocks.append(.table(guessTable(guesses)))
    section.blocks.append(.table(scoreTable(guesses, leftOut: leftOut.count)))
    if let table = reasonTable(result) { section.blocks.append(.table(table)) }
    section.blocks += curves(guesses, result)
    return section
  }

  /// The effect at other rates of right guesses, or why there is no such curve.
  private static func curves(_ guesses: GuessResult, _ result: TrialResult) -> [Block] {
    var blocks: [Block] = []
    for (place, curve) in guesses.curves.enumerated() {
      guard let values = curve.values else {
        blocks.append(
          .note(
            "How the difference would look at another rate of right guesses is not computed: "
              + "\(curve.refusal ?? "")."))
        continue
      }
      if let figure = GuessCurveFigure(result, curve, place: place)?.figure {
        blocks.append(.figure(figure))
      }
      blocks.append(
        .table(
          Table(
            caption: "The plain difference, \(curve.arm) minus \(result.arms[0]), and the guesses",
            header: ["Quantity", "Value"],
            rows: [
              [
                .text("Among the slots with a call, as observed"),
                .number(values.observedDifference),
              ],
              [
                .text("If guesses had been right as often as a coin"),
                .number(values.blindDifference),
              ],
              [.text("Among slots with the same guess"), .number(values.withinGuess)],
              [.text("Ratings with \"don't know\", left out"), .count(values.undecided)],
            ])))
    }
    for curve in guesses.curves {
      if let model = curve.model { blocks.append(.table(modelTable(model, curve, result))) }
    }
    if guesses.curves.contains(where: { $0.values != nil || $0.model != nil }) {
      blocks.append(.note(GuessCurveResult.caveat))
    }
    return blocks
  }

  /// The Bayesian effect with the stated probability beside it.
  private static func modelTable(
    _ model: GuessCurveResult.Model, _ curve: GuessCurveResult, _ result: TrialResult
  ) -> Table {
    func row(_ name: String, _ effect: GuessCurveResult.Effect) -> [Cell] {
      [.text(name), .number(effect.mean), .number(effect.lower), .number(effect.upper)]
    }
    var rows = [
      row("Effect of \(curve.arm)", model.effect),
      row("the same with the guess beside it", model.adjusted),
    ]
    if let belief = model.ofBelief { rows.append(row("What believing in it adds", belief)) }
    return Table(
      caption:
        "Bayesian model over the \(model.slots) slots with a rating and a guess: exploratory",
      header: ["Quantity", "Mean", "Lower", "Upper"], rows: rows)
  }

  private static func leftOutGuesses(_ slots: [Int]) -> String {
    let list = slots.map(String.init).joined(separator: ", ")
    return slots.count == 1
      ? "1 guess is left out (slot \(list)): it was written down after a code break had made the arm "
        + "certain."
      : "\(slots.count) guesses are left out (slots \(list)): they were written down after a code "
        + "break had made the arm certain."
  }

  private static func guessTable(_ guesses: GuessResult) -> Table {
    Table(
      caption: "Guesses by arm; Bang's index is 0 for guessing, 1 for knowing",
      header: ["Arm", "Right", "Wrong", "Don't know", "Bang's index", "95 % lower", "95 % upper"],
      rows: guesses.arms.map { arm in
        [
          .text(arm.arm), .count(arm.right), .count(arm.wrong), .count(arm.unknown),
          .number(arm.bang?.index), .number(arm.bangLower), .number(arm.bangUpper),
        ]
      })
  }

  private static func scoreTable(_ guesses: GuessResult, leftOut: Int) -> Table {
    let without: [[Cell]] =
      leftOut == 0
      ? [] : [[.text("Guesses left out, written after a code break"), .count(leftOut)]]
    return Table(
      caption: leftOut == 0 ? "Scores over all guesses" : "Scores over all guesses made blind",
      header: ["Quantity", "Value"],
      rows: without + [
        [.text("Slots with an answer"), .count(guesses.answered)],
        [.text("Right calls"), .share(guesses.rightShare)],
        [.text("Always naming the commoner arm"), .share(guesses.baseRate)],
        [
          .text("The best guesser who knows the scheme and all earlier arms"),
          .share(guesses.bestGuesser),
        ],
      ] + fitRows(guesses) + ranged("Simple index (0: no leak, 1: all known)", guesses.simple)
        + ranged("Kappa of guess and truth (0: chance, 1: all known)", guesses.kappa) + [
          [.text("James's index (1: nobody could tell)"), .number(guesses.james?.index)],
          [.text("its standard error"), .number(guesses.james?.se)],
          [.text("Mean log score (chance: −0.693)"), .number(guesses.logScore)],
          [.text("Brier score (chance: 0.25)"), .number(guesses.brier)],
        ])
  }

  /// How well the guesses would fit another schedule, against each arm.
  private static func fitRows(_ guesses: GuessResult) -> [[Cell]] {
    let others = guesses.arms.filter { $0.permutationP != nil }
    return others.map { arm in
      let name = others.count == 1 ? "" : " for \(arm.arm)"
      return [
        .text("Share of possible schedules that the guesses would fit as well\(name), p"),
        arm.permutationP.map { .p($0) } ?? .text("–"),
      ]
    }
  }

  private static func ranged(_ name: String, _ index: GuessResult.Ranged?) -> [[Cell]] {
    [
      [.text(name), .number(index?.index)],
      [.text("its 95 % interval, lower"), .number(index?.lower)],
      [.text("its 95 % interval, upper"), .number(index?.upper)],
    ]
  }

  /// Planned against actual, slot by slot.
  static func record(_ result: TrialResult) -> Section {
    let adherence = result.adherence
    var parts = [
      "\(adherence.analysed) of \(adherence.scheduled) scheduled slots are in the primary analysis"
    ]
    func add(_ count: Int, _ text: String) {
      if count > 0 { parts.append("\(count) \(text)") }
    }
    add(adherence.late, "recorded after the due day")
    add(adherence.missing, "without a check-in")
    add(result.notReached, "not reached before the trial ended")
    add(adherence.unanswered, "checked in without a number for the outcome")
    add(adherence.dropped, "left out by the design (washout)")
    add(adherence.wrongKit, "with another kit than scheduled")
    add(adherence.codeBroken, "with a broken code")
    add(adherence.corrections, adherence.corrections == 1 ? "correction" : "corrections")
    var blocks: [Block] = [.paragraph(parts.joined(separator: "; ") + ".")]
    if let stop = result.stopInWords { blocks.append(.paragraph(stop)) }
    blocks += [
      .figure(FlowFigure(result).figure), .figure(AdherenceFigure(result).figure),
      .table(slotTable(result)),
    ]
    blocks += skipped(result)
    return Section(id: "record", title: "Planned against actual", blocks: blocks)
  }

  private static func slotTable(_ result: TrialResult) -> Table {
    let arms = result.arms
    let hasDays = result.slots.contains { $0.day != nil }
    let hasGuesses = result.slots.contains { $0.guess != .none }
    let hasRemarks = result.slots.contains { !remarks($0, arms).isEmpty }
    let rows = result.slots.map { slot -> [Cell] in
      var row: [Cell] = [.count(slot.slot)]
      if hasDays { row.append(.text(slot.day?.description ?? "–")) }
      row.append(.text(arms[slot.arm]))
      if hasDays { row.append(.text(status(slot, arms))) }
      row.append(.number(slot.value))
      if hasGuesses { row.append(guess(slot.guess)) }
      if hasRemarks { row.append(.text(remarks(slot, arms))) }
      return row
    }
    let header =
      ["Slot"] + (hasDays ? ["Day"] : []) + ["Arm"] + (hasDays ? ["Record"] : [])
      + [result.primary.name]
      + (hasGuesses ? ["Guess: \(arms.count == 2 ? arms[1] : "not " + arms[0])"] : [])
      + (hasRemarks ? ["Remarks"] : [])
    return Table(caption: "Every slot of the schedule", header: header, rows: rows)
  }

  private static func status(_ slot: SlotLine, _ arms: [String]) -> String {
    switch slot.status {
    case .recorded: "on the day"
    case .recordedLate: slot.delay == 1 ? "1 day late" : "\(slot.delay) days late"
    case .open: "open"
    case .upcoming: "not reached"
    case .missing, nil: "missing"
    }
  }

  private static func guess(_ guess: SlotLine.Guess) -> Cell {
    switch guess {
    case .none: .text("–")
    case .unknown: .text("don't know")
    case .probability(let share): .share(share)
    }
  }

  private static func remarks(_ slot: SlotLine, _ arms: [String]) -> String {
    var remarks: [String] = []
    if !slot.kept { remarks.append("washout, not in the endpoint") }
    if slot.codeBroken { remarks.append("code broken") }
    if let opened = slot.revealedBy { remarks.append("certain once slot \(opened) was opened") }
    if slot.guess != slot.blindGuess { remarks.append("guess not counted") }
    if slot.otherKit == SlotLine.unknownKit {
      remarks.append("a kit that no entry names")
    } else if let other = slot.otherKit {
      let held = slot.otherArm.map { "held \(arms[$0])" } ?? "not of this trial"
      remarks.append("kit \(other) (\(held)) instead of \(slot.kit ?? "–")")
    }
    if slot.corrections > 0 { remarks.append("corrected") }
    if slot.isAnalysed, slot.ratedKnowing { remarks.append("rated with the arm known") }
    remarks += slot.deviations.map(\.words)
    return remarks.joined(separator: ", ")
  }
}
