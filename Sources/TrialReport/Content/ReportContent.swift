import BlindRecord
import TrialAnalysis

/// What the report says, before it becomes HTML or Markdown: both are rendered from this.
struct ReportContent {
  /// A part with a heading.
  struct Section {
    let id: String
    var title: String
    var blocks: [Block]
  }

  /// A piece of a part.
  enum Block {
    case paragraph(String)
    case note(String)
    case list([String])
    case table(Table)
    case figure(Figure)
    case verbatim(String)
    case terms([GlossaryTerm])
  }

  /// A table whose first column names the rows.
  struct Table {
    let caption: String
    let header: [String]
    let rows: [[Cell]]

    /// Which columns are set as numbers: not the first, and more numbers than texts.
    var numericColumns: [Bool] {
      header.indices.map { column in
        let cells = rows.filter { column < $0.count }.map { $0[column] }
        return column > 0 && cells.count(where: \.isNumber) * 2 > cells.count
      }
    }
  }

  /// A cell; numbers keep their full value beside the rounded text.
  enum Cell {
    case text(String)
    case number(Double?, shown: String)
    case count(String)
    case link(String, to: String)

    /// A number rounded for reading, or a dash.
    static func number(_ value: Double?, digits: Int = 3) -> Cell {
      .number(value, shown: value.map { ShownNumber.text($0, digits: digits) } ?? "–")
    }

    /// A p-value.
    static func p(_ value: Double) -> Cell { .number(value, shown: ShownNumber.p(value)) }

    /// A share as percent.
    static func share(_ value: Double?) -> Cell {
      .number(value, shown: value.map(ShownNumber.percent) ?? "–")
    }

    /// A probability as percent, never rounded to certainty.
    static func chance(_ value: Double) -> Cell {
      .number(value, shown: ShownNumber.chance(value))
    }

    /// A whole number.
    static func count(_ value: Int) -> Cell { .count(String(value)) }

    /// Whether the cell is set as a number.
    var isNumber: Bool {
      switch self {
      case .text, .link: false
      case .number, .count: true
      }
    }

    /// The text as read.
    var shown: String {
      switch self {
      case .text(let text), .link(let text, _): text
      case .number(_, let shown): shown
      case .count(let digits): ShownNumber.count(digits)
      }
    }
  }

  /// What kind of document it is.
  let kind: String
  /// The trial's title.
  let title: String
  /// The line below it.
  let subtitle: String
  /// Warnings that come before everything else.
  let banners: [String]
  /// The answer; `nil` in a document without one.
  let answer: PlainAnswer?
  /// The answers that the headline leaves out, each with what it is about.
  let answers: [(name: String, answer: PlainAnswer)]
  /// What must be known beside the answer: one sentence each.
  var cautions: [String] = []
  /// What the participant expected before the opening, and what came of it.
  let prediction: String?
  /// The parts, in order.
  let sections: [Section]
  /// The line at the end.
  let footer: String
  /// The words that are explained where they occur.
  var terms = Glossary.terms

  init(_ result: TrialResult) {
    kind = "SelfBlind report"
    footer = "Every number is in report.json with full precision. Made by SelfBlind."
    title = result.title
    subtitle = ReportContent.subtitle(result)
    banners = ReportContent.banners(result)
    let answer = result.answer
    self.answer = answer
    let isSaid = result.primary.contrasts.count == 1 ? 1 : 0
    let answers = result.answers.dropFirst(isSaid).map {
      (name: ReportContent.name($0, result), answer: $0)
    }
    self.answers = answers
    cautions = result.cautions
    prediction = ReportContent.prediction(result)
    var sections = [
      ReportContent.evidence(result), ReportContent.monitoring(result),
      ReportContent.numbers(result), ReportContent.naive(result),
      ReportContent.carryOver(result), ReportContent.priors(result),
      ReportContent.blocks(result), ReportContent.guesses(result),
      ReportContent.record(result), ReportContent.kits(result), ReportContent.events(result),
      ReportContent.doubts(result), ReportContent.sealing(result), ReportContent.limits(result),
      ReportContent.method(result),
    ].compactMap { $0 }
    let ends = [
      Section(id: "top", title: "Title", blocks: []),
      Section(id: "answer", title: "The answer", blocks: []),
    ]
    sections.append(ReportContent.checklist(result, parts: ends + sections))
    let said =
      [answer.headline, answer.sentence, answer.judgement, answer.certainty, answer.further]
      .compactMap { $0 } + answers.flatMap { [$0.answer.sentence, $0.answer.judgement] }
      + cautions
    if let glossary = ReportContent.glossary(sections, beside: said) { sections.append(glossary) }
    self.sections = sections
  }

  /// A document without a result: a protocol.
  init(
    kind: String, title: String, subtitle: String, banners: [String], sections: [Section],
    footer: String
  ) {
    self.kind = kind
    self.title = title
    self.subtitle = subtitle
    self.banners = banners
    self.footer = footer
    answer = nil
    answers = []
    prediction = nil
    self.sections =
      sections + [ReportContent.glossary(sections, beside: [])].compactMap { $0 }
  }

  /// A document with an answer about many persons, and words of its own.
  init(
    kind: String, title: String, subtitle: String, banners: [String], answer: PlainAnswer,
    sections: [Section], footer: String, terms: [GlossaryTerm]
  ) {
    self.kind = kind
    self.title = title
    self.subtitle = subtitle
    self.banners = banners
    self.footer = footer
    self.answer = answer
    self.terms = terms
    answers = []
    prediction = nil
    let said = [answer.sentence, answer.judgement, answer.certainty, answer.further]
    let glossary = ReportContent.glossary(
      sections, beside: said.compactMap { $0 }, terms: terms)
    self.sections = sections + [glossary].compactMap { $0 }
  }

  /// The answer to a question that was not planned, as a part of another page.
  ///
  /// - Parameter answers: those below the headline, each with what it is about.
  init(
    _ answer: PlainAnswer, answers: [(name: String, answer: PlainAnswer)], sections: [Section]
  ) {
    kind = ""
    title = ""
    subtitle = ""
    banners = []
    footer = ""
    self.answer = answer
    self.answers = answers
    prediction = nil
    let said = ([answer] + answers.map(\.answer)).flatMap {
      [$0.sentence, $0.judgement] + [$0.certainty].compactMap { $0 }
    }
    self.sections =
      sections + [ReportContent.glossary(sections, beside: said)].compactMap { $0 }
  }

  /// What an answer among several is about.
  private static func name(_ answer: PlainAnswer, _ result: TrialResult) -> String {
    let arm = answer.arm.map { "\($0) against \(result.arms[0])" } ?? ""
    if result.alsoTested.isEmpty { return arm }
    return result.arms.count == 2
      ? "Also planned: \(answer.outcome)" : "\(answer.outcome): \(arm)"
  }

  private static func subtitle(_ result: TrialResult) -> String {
    let others = result.arms.dropFirst().joined(separator: " and ")
    let scheme = "\(others) against \(result.arms[0]) · \(result.slots.count) slots"
    switch result.provenance {
    case .declared: return "An open data set · \(scheme)"
    case .sealed(let facts):
      return "A self-blinded trial of one person · \(scheme) · sealed \(day(facts.sealedAt)), "
        + "locked \(day(facts.lockedAt)) · \(result.primary.inFull)"
    }
  }

  private static func banners(_ result: TrialResult) -> [String] {
    switch result.provenance {
    case .declared(let file):
      return [
        "Nothing of this was sealed by this program. The file \(file) came with the arms in it: "
          + "whether the schedule was drawn, hidden and kept as declared, and whether the analysis "
          + "was chosen beforehand, cannot be seen from here."
      ]
    case .sealed(let facts):
      return facts.simulated
        ? ["The participant is simulated. These are made-up ratings, not findings."] : []
    }
  }

  /// The day of an instant in UTC, as `2 March 2026`.
  static func day(_ utc: String) -> String {
    guard let day = CalendarDay(utc.prefix(10)) else { return utc }
    let (year, month, number) = day.components
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(number) \(months[month - 1]) \(year)"
  }
}
