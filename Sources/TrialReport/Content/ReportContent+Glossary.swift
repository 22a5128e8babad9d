import TrialAnalysis

extension ReportContent {
  /// The terms of art that the document uses; `nil` where it uses none.
  static func glossary(
    _ sections: [Section], beside texts: [String], terms known: [GlossaryTerm] = Glossary.terms
  ) -> Section? {
    let links = TermLinks(known)
    var used: Set<Int> = []
    for text in texts + sections.flatMap({ $0.blocks.flatMap(\.texts) }) {
      used.formUnion(links.places(in: text))
    }
    let terms = known.enumerated().filter { used.contains($0.offset) }.map(\.element)
    guard !terms.isEmpty else { return nil }
    return Section(id: "glossary", title: "What the words mean", blocks: [.terms(terms)])
  }

  /// For whom the answer holds.
  static func limits(_ result: TrialResult) -> Section {
    let taken =
      if case .sealed = result.provenance { "with these capsules" } else {
        "with what was taken then"
      }
    return Section(
      id: "limits", title: "For whom this holds",
      blocks: [
        .paragraph(
          "The answer is about one person, in these weeks, \(taken). It says nothing about "
            + "other people, other doses, or longer use. It is no medical advice, and no finding here is "
            + "a reason to start or stop a medicine without a clinician.")
      ])
  }
}

extension ReportContent.Block {
  /// The running text in which terms are linked; cells of long tables are none.
  var texts: [String] {
    switch self {
    case .paragraph(let text), .note(let text): [text]
    case .list(let items): items
    case .figure(let figure): [figure.title, figure.caption]
    case .table(let table):
      [table.caption] + table.header
        + (table.linksCells ? table.plainCells : [])
    case .verbatim, .terms: []
    }
  }
}

extension ReportContent.Table {
  /// Whether terms are linked in the cells too: in narrow tables and short ones, not in that of all slots.
  var linksCells: Bool { header.count <= 3 || rows.count <= 12 }

  /// The cells in which terms may be linked.
  var plainCells: [String] {
    rows.flatMap { row in
      row.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
  }
}
