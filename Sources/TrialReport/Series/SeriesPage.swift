import TrialAnalysis

/// A page about many trials, in the style of the report: what it says is handed over in parts.
package struct SeriesPage: Sendable {
  /// A part of the page.
  package enum Part: Sendable {
    case paragraph(String)
    case note(String)
    case list([String])
    case table(caption: String, header: [String], rows: [[Cell]])
    case forest(SeriesForest)
  }

  /// A cell of a table; a number keeps its full value beside the rounded text.
  package enum Cell: Sendable {
    case text(String)
    case number(Double?)
    case p(Double)
    case share(Double?)
    case count(Int)
  }

  /// A heading with what stands below it.
  package struct Section: Sendable {
    let id: String
    let title: String
    let parts: [Part]

    /// A section.
    package init(id: String, title: String, parts: [Part]) {
      self.id = id
      self.title = title
      self.parts = parts
    }
  }

  /// One self-contained file: inline style and drawings, no script, no outside request.
  package let html: String
  /// The same words and numbers.
  package let markdown: String

  /// Renders a page.
  ///
  /// - Parameter banners: warnings that come before everything else.
  package init(
    title: String, subtitle: String, banners: [String], sections: [Section], footer: String
  ) throws {
    let content = ReportContent(
      kind: "SelfBlind series", title: title, subtitle: subtitle, banners: banners,
      sections: sections.map { section in
        ReportContent.Section(
          id: section.id, title: section.title, blocks: section.parts.map(SeriesPage.block))
      }, footer: footer)
    html = try HTMLRenderer(content).page
    markdown = MarkdownRenderer(content).text
  }

  private static func block(_ part: Part) -> ReportContent.Block {
    switch part {
    case .paragraph(let text): .paragraph(text)
    case .note(let text): .note(text)
    case .list(let items): .list(items)
    case .table(let caption, let header, let rows):
      .table(
        ReportContent.Table(caption: caption, header: header, rows: rows.map { $0.map(cell) }))
    case .forest(let forest): .figure(forest.figure)
    }
  }

  private static func cell(_ cell: Cell) -> ReportContent.Cell {
    switch cell {
    case .text(let text): .text(text)
    case .number(let value): .number(value)
    case .p(let value): .p(value)
    case .share(let value): .share(value)
    case .count(let value): .count(value)
    }
  }
}
