import TrialAnalysis

extension ReportContent {
  /// Effects that outlast their slot; nothing where the plan does not look for them.
  static func carryOver(_ result: TrialResult) -> Section? {
    let contrasts = result.primary.contrasts.filter { $0.carryOver != nil }
    guard !contrasts.isEmpty else { return nil }
    var blocks: [Block] = []
    for contrast in contrasts {
      guard let carryOver = contrast.carryOver else { continue }
      if result.primary.contrasts.count > 1 {
        blocks.append(.paragraph("\(contrast.name) against \(contrast.reference):"))
      }
      if let lag = carryOver.lag {
        blocks.append(.paragraph(inWords(lag, contrast, result)))
      }
      if let note = carryOver.note { blocks.append(.note(sentence(note))) }
      if carryOver.lag != nil || carryOver.lagBayes != nil {
        blocks.append(.table(lagTable(carryOver, contrast, result)))
      }
      if let figure = CarryOverFigure(result, contrast)?.figure {
        blocks.append(.figure(figure))
        blocks.append(.table(dropTable(carryOver, result)))
      }
    }
    return Section(
      id: "carry-over", title: "Does the effect outlast its slot?", blocks: blocks)
  }

  private static func inWords(
    _ lag: CarryOverResult.Lag, _ contrast: Contrast, _ result: TrialResult
  ) -> String {
    let (arm, reference) = (contrast.name, contrast.reference)
    let size = ShownNumber.text(lag.coefficient)
    let isSeen = lag.p <= 1 - result.level
    let found =
      isSeen
      ? "Ratings differ in slots after \(arm) and slots after \(reference)"
      : "The ratings do not show that slots after \(arm) differ from slots after \(reference)"
    let meaning =
      isSeen
      ? "The estimate of the plan mixes both effects; the one beside it here is that of the slot's "
        + "own arm."
      : "A carry-over too small to be seen is not excluded."
    return "\(found): \(arm) in the slot before adds \(size) (two-sided p = "
      + "\(ShownNumber.p(lag.p)), exact if no arm has any effect at all). \(meaning)"
  }

  private static func lagTable(
    _ carryOver: CarryOverResult, _ contrast: Contrast, _ result: TrialResult
  ) -> Table {
    let level = ShownNumber.percent(result.level)
    var rows: [[Cell]] = []
    if let lag = carryOver.lag {
      rows += [
        [.text("Added by \(contrast.name) in the slot before"), .number(lag.coefficient)],
        [.text("Effect of \(contrast.name) in the slot itself, beside it"), .number(lag.effect)],
        [.text("Two-sided p of the slot before"), .p(lag.p)],
        [.text("Slots in the fit"), .count(lag.slots)],
        [.text("Degrees of freedom that the fit leaves"), .count(lag.degrees)],
      ]
    }
    if let bayes = carryOver.lagBayes {
      rows += [
        [.text("Bayesian model with the slot before: what it adds, mean"), .number(bayes.mean)],
        [.text("\(level) interval, lower"), .number(bayes.lower)],
        [.text("\(level) interval, upper"), .number(bayes.upper)],
      ]
    }
    return Table(
      caption: "The arm of the slot before, beside the slot's own",
      header: ["Quantity", "Value"], rows: rows)
  }

  private static func dropTable(_ carryOver: CarryOverResult, _ result: TrialResult) -> Table {
    let name = carryOver.rows.lazy.compactMap { $0.test?.planned.name }.first ?? "Two-sided p"
    return Table(
      caption: "The effect without the first slots after each change of arm",
      header: ["Slots left out", "Ratings", "Estimate", "Lower", "Upper", name],
      rows: carryOver.rows.map { row in
        let planned = row.test?.planned
        return [
          .text("\(row.dropped)"), .count(row.ratings), .number(row.test?.estimate),
          .number(planned?.interval.lower), .number(planned?.interval.upper),
          planned.map { .p($0.p) } ?? .text("–"),
        ]
      })
  }
}
