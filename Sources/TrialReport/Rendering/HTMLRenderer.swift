import Mustache
import TrialAnalysis

/// Renders the contents as one self-contained HTML file: no script, no outside request.
///
/// Values enter the template already escaped, scalar by scalar, and the template takes them
/// unescaped: the library's own escaping looks at whole characters and lets a quotation mark pass
/// that is followed by a combining mark.
struct HTMLRenderer {
  /// The finished page.
  let page: String

  init(_ content: ReportContent) throws {
    let template = try MustacheTemplate(string: HTMLTemplate.page)
    page = HTMLRenderer.joined(template.render(HTMLRenderer.context(content)))
  }

  /// The answer and the parts alone, without the page around them.
  static func parts(_ content: ReportContent) throws -> String {
    joined(try MustacheTemplate(string: HTMLTemplate.parts).render(context(content)))
  }

  /// With spaces that no line is broken at, where a number stands with its sign.
  private static func joined(_ page: String) -> String {
    let pairs = [(" %", "\u{A0}%"), ("p = ", "p\u{A0}=\u{A0}"), ("p ≤ ", "p\u{A0}≤\u{A0}")]
      .map { (from: Array($0.0.utf8), to: Array($0.1.utf8)) }
    // By bytes and in one pass: to look for texts in half a megabyte takes as long as the test of a year.
    let bytes = Array(page.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 4_096)
    var place = 0
    while place < bytes.count {
      let found = pairs.first {
        $0.from[0] == bytes[place] && bytes[place...].starts(with: $0.from)
      }
      if let found {
        result += found.to
        place += found.from.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func context(_ content: ReportContent) -> [String: Any] {
    var links = TermLinks(content.terms)
    var context = head(content)
    if let answer = content.answer {
      context["answer"] = ["parts": [part(answer, about: nil, &links)]]
      context["answers"] = content.answers.map { part($0.answer, about: $0.name, &links) }
    }
    context["cautions"] = content.cautions.map { links.html($0) }
    if let said = content.prediction { context["prediction"] = escaped(said) }
    context["sections"] = content.sections.map { section -> [String: Any] in
      links.startPart()
      return [
        "id": escaped(section.id), "heading": escaped(section.title),
        "blocks": section.blocks.enumerated().map {
          block($0.element, name: "\(section.id)-\($0.offset)", &links)
        },
      ]
    }
    return context
  }

  private static func head(_ content: ReportContent) -> [String: Any] {
    [
      "kind": escaped(content.kind), "title": escaped(content.title),
      "subtitle": escaped(content.subtitle), "style": ReportStyle.sheet,
      "banners": content.banners.map(escaped), "footer": escaped(content.footer),
    ]
  }

  private static func part(
    _ answer: PlainAnswer, about: String?, _ links: inout TermLinks
  ) -> [String: Any] {
    var part: [String: Any] = [
      "headline": escaped(answer.headline), "sentence": links.html(answer.sentence),
      "rest": [answer.judgement, answer.certainty, answer.further].compactMap { $0 }
        .map { links.html($0) },
    ]
    if let about { part["about"] = escaped(about) }
    return part
  }

  private static func block(
    _ block: ReportContent.Block, name: String, _ links: inout TermLinks
  ) -> [String: Any] {
    switch block {
    case .paragraph(let text): ["paragraph": links.html(text)]
    case .note(let text): ["note": links.html(text)]
    case .list(let items): ["list": ["items": items.map { links.html($0) }]]
    case .verbatim(let text): ["verbatim": escaped(text)]
    case .table(let table): ["table": context(table, name: name, &links)]
    case .terms(let terms):
      [
        "terms": [
          "entries": terms.map {
            ["id": $0.id, "name": escaped($0.name), "meaning": escaped($0.meaning)]
          }
        ]
      ]
    case .figure(let figure):
      [
        "figure": [
          "id": escaped(figure.id), "name": escaped(figure.title), "wide": figure.wide,
          "narrow": figure.narrow, "legend": links.html(figure.caption),
        ]
      ]
    }
  }

  private static func context(
    _ table: ReportContent.Table, name: String, _ links: inout TermLinks
  ) -> [String: Any] {
    let isNumeric = table.numericColumns
    func style(_ text: String, _ column: Int) -> String {
      isNumeric[column] ? "n" : text.count <= 16 ? "s" : "t"
    }
    var linked = links
    func cell(_ cell: ReportContent.Cell, _ column: Int) -> [String: Any] {
      var shown = html(cell)
      if table.linksCells, case .text(let text) = cell { shown = linked.html(text) }
      return [
        "html": shown, "first": column == 0, "class": style(cell.shown, column),
        "label": escaped(table.header[column]),
      ]
    }
    var context: [String: Any] = [
      "id": escaped(name), "caption": linked.html(table.caption), "shape": shape(table),
    ]
    context["header"] = table.header.enumerated().map { column, name -> [String: Any] in
      let isLong = name.split(separator: " ").contains { $0.count > 13 }
      return [
        "html": linked.html(name),
        "class": (isNumeric[column] ? "h n" : "h") + (isLong ? " x" : ""),
      ]
    }
    context["rows"] = table.rows.map { row -> [String: Any] in
      ["cells": row.enumerated().map { cell($0.element, $0.offset) }]
    }
    links = linked
    return context
  }

  /// How a table is laid out: on a phone, one with many columns, or four
  /// with long texts, folds each row into a few lines.
  private static func shape(_ table: ReportContent.Table) -> String {
    let isWordy =
      table.header.count == 4
      && table.rows.contains { $0.contains { $0.shown.count > 40 } }
    guard table.header.count > 4 || isWordy else {
      return table.header.count == 2 ? "pair" : "grid"
    }
    let isShort = table.rows.allSatisfy { ($0.first?.shown.count ?? 0) <= 5 }
    return isShort ? "grid fold tight" : "grid fold"
  }

  /// A cell; a rounded number keeps its full value as machine-readable data.
  private static func html(_ cell: ReportContent.Cell) -> String {
    if case .number(let value?, let shown) = cell, value.isFinite {
      return "<data value=\"\(value)\">\(escaped(shown))</data>"
    }
    if case .link(let text, let target) = cell {
      return "<a href=\"#\(escaped(target))\">\(escaped(text))</a>"
    }
    return escaped(cell.shown)
  }
}
