import BlindRecord
import TrialAnalysis
import TrialReport
import TrialStatistics

/// The parts that go trial by trial: guesses, effects, and who is left out.
extension SeriesReport {
  static func blinding(_ result: SeriesResult) -> SeriesPage.Section? {
    guard let guesses = result.guesses, guesses.trials > 0 else { return nil }
    func row(_ name: String, _ index: PooledGuesses.Index?) -> [SeriesPage.Cell] {
      [
        .text(name), .number(index?.index), .number(index?.lower), .number(index?.upper),
        .count(index?.trials ?? 0),
      ]
    }
    return SeriesPage.Section(
      id: "blinding", title: "The blind",
      parts: [
        .table(
          caption: "Guesses of \(counted(guesses.trials, "trial")), errors over trials",
          header: ["Index", "Value", "Lower", "Upper", "Trials"],
          rows: [
            row("Bang's index under \(result.key.arm)", guesses.bangActive),
            row("Bang's index under \(result.key.reference)", guesses.bangReference),
            row("James's index", guesses.james),
          ]),
        .table(
          caption: "Right guesses among those that name an arm", header: ["Quantity", "Value"],
          rows: [
            [.text("Share of right ones"), .share(guesses.table.correctRate)],
            [.text("Share of always naming the commoner arm"), .share(guesses.table.baseRate)],
          ]),
      ])
  }

  static func trials(_ result: SeriesResult) -> SeriesPage.Section {
    let shown = result.lines.prefix(mostListed)
    var parts: [SeriesPage.Part] = [
      .table(
        caption: "Each trial by itself, and in the light of the others",
        header: ["Trial", "Effect", "SE", "Together", "Lower", "Upper", "Ratings"],
        rows: shown.map { line in
          [
            .text(line.name), .number(line.effect), .number(line.se),
            .number(line.shrunken?.mean), .number(line.shrunken?.lower),
            .number(line.shrunken?.upper), .count(line.ratings.reduce(0, +)),
          ]
        })
    ]
    if result.lines.count > shown.count {
      parts.append(
        .note(
          "The first \(shown.count) of \(result.lines.count) trials are listed; all of them are in "
            + "the JSON."))
    }
    return SeriesPage.Section(id: "each", title: "Trial by trial", parts: parts)
  }

  static func leftOut(_ result: SeriesResult) -> SeriesPage.Section? {
    guard !result.leftOut.isEmpty else { return nil }
    let shown = result.leftOut.prefix(mostListed)
    var parts: [SeriesPage.Part] = [
      .table(
        caption: "Left out, by which rule, and what was found",
        header: ["Trial", "Rule", "Found"],
        rows: shown.map { [.text($0.name), .text($0.rule.rawValue), .text($0.reason)] })
    ]
    if result.leftOut.count > shown.count {
      parts.append(
        .note("The first \(shown.count) of \(result.leftOut.count); all of them are in the JSON."))
    }
    return SeriesPage.Section(id: "left-out", title: "What is left out", parts: parts)
  }
}
