import Foundation
import TrialAnalysis
import TrialDesign
import TrialReport

/// What `plan` prints, as text and as JSON.
struct PlanText {
  let design: TrialProtocol
  let trial: PlannedTrial
  let model: OutcomeModel
  let diagnosis: Diagnosis
  let comparison: DesignComparison?
  /// Whether designs were to be compared, and an interruption came before.
  let comparisonIsMissing: Bool
  let worth: ValueOfInformation?

  /// The lines of the text.
  var lines: [String] {
    var lines = [
      design.title,
      "\(trial.slotCount) slots over \(trial.dayCount) days, scheme \(design.scheme.name)", "",
      "assumed:",
    ]
    lines += model.words.map { "  " + $0 }
    lines += ["", simulated]
    lines += figures.map { name, figure, meaning in
      "  " + padded(name, 18) + padded(figure, 18) + meaning
    }
    lines += notes.map { "note: " + $0 }
    if let monitoring = diagnosis.monitoring {
      lines += [
        "", "with a look after every block, and a stop as soon as it may:",
        "  power \(share(monitoring.power)), size \(share(monitoring.size)), "
          + "\(mean(monitoring.days)) days on average instead of \(monitoring.fixedDays)",
      ]
    }
    if comparisonIsMissing {
      lines += ["", "interrupted before designs were compared: no comparison, no picture"]
    }
    if let comparison { lines += [""] + self.lines(of: comparison) }
    if let worth { lines += ["", "is it worth it?"] + worth.words.map { "  " + $0 } }
    return lines
  }

  private var simulated: String {
    "\(diagnosis.simulations) simulated trials, seed \(diagnosis.seed)"
      + (diagnosis.isInterrupted
        ? " (interrupted: \(diagnosis.requested) were asked for)" : "")
      + (diagnosis.draws.map {
        ", each tested by \($0) draws from the scheme, as its own test takes long (--exact)"
      } ?? "") + "; ± is the standard error of the simulation"
  }

  /// Name, figure and meaning of every diagnosand.
  private var figures: [(String, String, String)] {
    let effect = ShownNumber.text(model.effect)
    let isBiased = model.expectancy != 0 && model.recognized > 0
    return [
      (
        "power", share(diagnosis.power),
        "the report claims a difference when the effect is \(effect)"
      ),
      (
        "size", share(diagnosis.size),
        "… when there is no effect"
          + (isBiased
            ? ", because of what is believed"
            : "; at most \(ShownNumber.percent(1 - design.plan.level)) is wanted")
      ),
      ("cannot tell", share(diagnosis.cannotTell), "the report says that it cannot tell"),
      (
        "no difference", share(diagnosis.noDifference),
        design.plan.relevance == nil
          ? "never said: the protocol names no relevance"
          : "the report says that there is none that would matter"
      ),
      ("interval width", mean(diagnosis.width), "of the \(design.plan.level) interval, on average"),
      ("bias", mean(diagnosis.bias), "estimate minus effect, on average"),
      ("coverage", share(diagnosis.coverage), "the interval holds the effect"),
      ("type S", share(diagnosis.typeS), "a claimed difference has the wrong side"),
      ("type M", mean(diagnosis.typeM), "times as large as the effect are claimed estimates"),
    ]
  }

  private var notes: [String] {
    var notes = model.cautions
    if !design.plan.alsoTested.isEmpty {
      notes.append(
        "the further outcomes of the plan are not simulated; allowing for them costs some power")
    }
    if design.arms.count > 2 {
      notes.append(
        "the p-values of several arms are adjusted by Holm's rule here; the report's own adjustment "
          + "rejects at least as often")
    }
    if diagnosis.analysed < diagnosis.simulations, diagnosis.analysed > 0 {
      notes.append(
        "\(diagnosis.simulations - diagnosis.analysed) of \(diagnosis.simulations) simulated trials "
          + "could not be analysed, too many slots being missing; width, bias and coverage are of the "
          + "others")
    }
    if diagnosis.width.value == nil, diagnosis.bias.value == nil {
      notes.append("not one of the simulated trials could be analysed: see `selfblind check`")
    } else if diagnosis.power.value ?? 1 < 0.5 {
      notes.append(
        "more likely than not this trial would miss the effect; --compare looks for one that would "
          + "not")
    }
    return notes
  }

  private func lines(of comparison: DesignComparison) -> [String] {
    let widths = [26, 13, 15, 7, 15, 12]
    func row(_ cells: [String]) -> String {
      var line = ""
      for (cell, width) in zip(cells, widths) { line += padded(cell, width) }
      while line.last == " " { line.removeLast() }
      return line
    }
    var lines = [
      "the shortest design of each kind with a power of "
        + "\(ShownNumber.percent(comparison.target.power)), at most \(comparison.target.longest) days"
        + (comparison.isInterrupted ? " (interrupted: kinds are missing)" : ""),
      row(["  design"] + PlanningPicture.columns),
    ]
    for (place, line) in comparison.lines.enumerated() {
      lines.append(
        row(["\(TerminalPlot.letter(place)) \(line.name)"] + PlanningPicture.cells(line)))
    }
    lines.append(
      "each design: \(comparison.target.simulations) simulated trials"
        + (comparison.draws.map { ", each tested by \($0) draws from its scheme" }
          ?? ", each with the exact test") + "; in the picture * stands where two meet")
    lines += [""] + TerminalPlot(comparison).lines + [""]
    return lines + PlanningPicture.advice(comparison)
  }

  private func share(_ figure: Diagnosand) -> String { PlanningPicture.shown(figure) }

  private func mean(_ figure: Diagnosand) -> String {
    guard let value = figure.value else { return "–" }
    return ShownNumber.text(value)
      + (figure.error.map { " ± " + ShownNumber.text($0, digits: 2) } ?? "")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// One object with everything.
  func json() throws -> String {
    struct Whole: Encodable {
      let title: String
      let slots, days: Int
      let scheme: String
      let bestGuesser: Double
      let diagnosis: DiagnosisSummary
      let comparison: DesignComparison?
      let value: ValueOfInformation?
      let notes: [String]
    }
    let whole = Whole(
      title: design.title, slots: trial.slotCount, days: trial.dayCount,
      scheme: design.scheme.name, bestGuesser: trial.bestGuesserShare,
      diagnosis: DiagnosisSummary(diagnosis, model: model), comparison: comparison, value: worth,
      notes: notes)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(whole), as: UTF8.self)
  }
}
