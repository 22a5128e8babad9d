import BlindRecord
import GroupStudy
import TrialAnalysis

/// What the report of a study says, before it becomes HTML or Markdown.
struct StudyContent {
  let result: StudyResult

  init(_ result: StudyResult) { self.result = result }

  var active: String { result.arms[1] }
  var reference: String { result.arms[0] }

  /// The document.
  var content: ReportContent {
    let primary = StudyWords(result: result, outcome: result.outcomes[0])
    return ReportContent(
      kind: "SelfBlind study", title: result.title, subtitle: subtitle, banners: banners,
      answer: primary.answer,
      sections: [overview] + [guesses].compactMap { $0 } + parts + [rows, limits, method],
      footer: "Every number is in the JSON with full precision. Made by SelfBlind.",
      terms: Glossary.study)
  }

  private var subtitle: String {
    "\(active) against \(reference) · \(counted(result.persons, "person")), "
      + "\(counted(result.rows, "row")) · \(counted(result.outcomes.count, "outcome"))"
  }

  private var banners: [String] {
    [
      "Nothing of this was sealed by this program. The file \(result.file) came with the arms in it: "
        + "how they were drawn and hidden, and whether the plan was written before the table was "
        + "looked at, cannot be seen from here."
    ]
  }

  /// All outcomes beside each other.
  private var overview: ReportContent.Section {
    var blocks: [ReportContent.Block] = [
      .paragraph(
        "Two models for each outcome. The first asks how rows of \(active) differ from rows of "
          + "\(reference) of the same people. The second asks the same among rows about which the "
          + "same was guessed. What the first shows and the second does not goes with the guess.")
    ]
    if let figure = StudyOverviewFigure(result).figure { blocks.append(.figure(figure)) }
    blocks.append(.table(armTable))
    if !result.guesses.isEmpty { blocks.append(.table(guessTable)) }
    if result.outcomes.contains(where: { $0.holm != nil }) {
      blocks.append(
        .note(
          "Holm's value allows for all "
            + "\(result.outcomes.count { $0.holm != nil }) outcomes of the plan. Only the first outcome "
            + "is the primary one."))
    }
    let refused = result.outcomes.compactMap { outcome in
      outcome.withoutGuess.refusal.map { "\(outcome.name): \($0)." }
    }
    if !refused.isEmpty { blocks.append(.list(refused)) }
    return ReportContent.Section(
      id: "overview", title: "What the capsule did, and what the guess did", blocks: blocks)
  }

  private var armTable: ReportContent.Table {
    let hasHolm = result.outcomes.contains { $0.holm != nil }
    return ReportContent.Table(
      caption: "Without the guess: \(active) minus \(reference)",
      header: ["Outcome", "Rows", "Difference", "p"] + (hasHolm ? ["Holm"] : []),
      rows: result.outcomes.map { outcome in
        let effect = outcome.withoutGuess.effect
        return [
          .text(StudyContent.named(outcome)), .count(outcome.rows), StudyContent.effect(effect),
          StudyContent.p(effect?.p),
        ] + (hasHolm ? [StudyContent.p(outcome.holm)] : [])
      })
  }

  private var guessTable: ReportContent.Table {
    ReportContent.Table(
      caption: "With the guess: \(active) minus \(reference), and guessed \(active) minus guessed "
        + reference,
      header: ["Outcome", "Rows", "The capsule", "p", "The guess"],
      rows: result.outcomes.map { outcome in
        let (effect, guess) = (outcome.withGuess?.effect, outcome.withGuess?.guess)
        return [
          .text(outcome.name), .count(outcome.rowsWithGuess), StudyContent.effect(effect),
          StudyContent.p(effect?.p), StudyContent.effect(guess),
        ]
      })
  }

  /// The outcome with its unit.
  private static func named(_ outcome: StudyOutcome) -> String {
    outcome.name + (outcome.unit.map { " (\($0))" } ?? "")
  }

  /// An estimate with its interval, or a dash.
  static func effect(_ contrast: StudyContrast?) -> ReportContent.Cell {
    .number(
      contrast?.estimate,
      shown: contrast.map { "\(StudyWords.number($0.estimate)) (\(StudyWords.range($0)))" } ?? "–")
  }

  /// A p-value, or a dash.
  static func p(_ value: Double?) -> ReportContent.Cell {
    guard let value else { return .number(nil) }
    return value < 1e-6 ? .number(value, shown: "≤ 0.000001") : .p(value)
  }

  /// The rows that take part, and those that do not.
  private var rows: ReportContent.Section {
    var blocks: [ReportContent.Block] = [
      .table(
        ReportContent.Table(
          caption: "Rows that are analysed and rows that are left out, by outcome",
          header: [
            "Outcome", "Set", "Analysed", "People", "with one row", "Without outcome",
            "Without arm", "Without covariate", "With a guess",
          ],
          rows: result.outcomes.map { outcome in
            [
              .text(outcome.name), .text(outcome.set), .count(outcome.rows),
              .count(outcome.persons), .count(outcome.single), .count(outcome.withoutOutcome),
              .count(outcome.withoutArm), .count(outcome.withoutCovariate),
              .count(outcome.rowsWithGuess),
            ]
          }))
    ]
    let once = result.outcomes.filter { $0.withoutGuess.model?.method == "ordinary" }
    if !once.isEmpty {
      blocks.append(
        .note(
          "Each person has one row of \(once.map(\.name).joined(separator: ", ")), so that what people "
            + "differ by cannot be told from noise: ordinary least squares took the place of the mixed "
            + "model."))
    }
    return ReportContent.Section(id: "rows", title: "Which rows", blocks: blocks)
  }

  private var limits: ReportContent.Section {
    ReportContent.Section(
      id: "limits", title: "What this cannot show",
      blocks: [
        .paragraph(result.caveat),
        .list(limitsOfMethod),
      ])
  }

  /// With fewer people intervals from draws are said to be too narrow; statistics.md has by how much.
  private static let few = 50

  private var limitsOfMethod: [String] {
    var limits = [
      "The guess is not randomized. That two rows have the same guess does not make them alike in "
        + "anything else.",
      "The models take what people differ by, and noise, for normal, and missing rows for as good "
        + "as any others. The sealed trial of one person has a test that needs neither.",
      "An average over people is no statement about one of them.",
    ]
    if result.persons < StudyContent.few, !result.guesses.isEmpty {
      limits.append(
        "With \(counted(result.persons, "person")), intervals from people drawn anew are too narrow: "
          + "they miss more often than they say.")
    }
    return limits
  }
}
