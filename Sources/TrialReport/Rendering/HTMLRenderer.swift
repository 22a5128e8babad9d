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
    let template = try MustacheTemplate(string: HTMLRenderer.template)
    page = template.render(HTMLRenderer.context(content))
  }

  private static func context(_ content: ReportContent) -> [String: Any] {
    var context = head(content)
    if let said = content.prediction { context["prediction"] = escaped(said) }
    return context
  }

  private static func head(_ content: ReportContent) -> [String: Any] {
    [
      "title": escaped(content.title), "subtitle": escaped(content.subtitle),
      "style": ReportStyle.sheet, "banners": content.banners.map(escaped),
      "headline": escaped(content.answer.headline), "sentence": escaped(content.answer.sentence),
      "judgement": escaped(content.answer.judgement),
      "answers": content.answers.map { name, answer -> [String: Any] in
        [
          "about": escaped(name), "headline": escaped(answer.headline),
          "sentence": escaped(answer.sentence), "judgement": escaped(answer.judgement),
        ]
      },
      "sections": content.sections.map { section -> [String: Any] in
        [
          "id": escaped(section.id), "heading": escaped(section.title),
          "blocks": section.blocks.enumerated().map {
            block($0.element, name: "\(section.id)-\($0.offset)")
          },
        ]
      },
    ]
  }

  private static func block(_ block: ReportContent.Block, name: String) -> [String: Any] {
    switch block {
    case .paragraph(let text): ["paragraph": escaped(text)]
    case .note(let text): ["note": escaped(text)]
    case .list(let items): ["list": ["items": items.map(escaped)]]
    case .verbatim(let text): ["verbatim": escaped(text)]
    case .table(let table): ["table": context(table, name: name)]
    case .figure(let figure):
      [
        "figure": [
          "id": escaped(figure.id), "name": escaped(figure.title), "wide": figure.wide,
          "narrow": figure.narrow, "legend": escaped(figure.caption),
        ]
      ]
    }
  }

  private static func context(_ table: ReportContent.Table, name: String) -> [String: Any] {
    let isNumeric = table.numericColumns
    func style(_ text: String, _ column: Int) -> String {
      isNumeric[column] ? "n" : text.count <= 16 ? "s" : "t"
    }
    func cell(_ cell: ReportContent.Cell, _ column: Int) -> [String: Any] {
      [
        "html": html(cell), "first": column == 0, "class": style(cell.shown, column),
        "label": escaped(table.header[column]),
      ]
    }
    return [
      "id": escaped(name), "caption": escaped(table.caption),
      "shape": shape(table),
      "header": table.header.enumerated().map { column, name -> [String: Any] in
        let isLong = name.split(separator: " ").contains { $0.count > 13 }
        return [
          "html": escaped(name), "class": (isNumeric[column] ? "h n" : "h") + (isLong ? " x" : ""),
        ]
      },
      "rows": table.rows.map { row -> [String: Any] in
        ["cells": row.enumerated().map { cell($0.element, $0.offset) }]
      },
    ]
  }

  /// How a table is laid out: on a phone, one with many columns folds each row into a few lines.
  private static func shape(_ table: ReportContent.Table) -> String {
    guard table.header.count > 4 else { return table.header.count == 2 ? "pair" : "grid" }
    let isShort = table.rows.allSatisfy { ($0.first?.shown.count ?? 0) <= 5 }
    return isShort ? "grid fold tight" : "grid fold"
  }

  /// A cell; a rounded number keeps its full value as machine-readable data.
  private static func html(_ cell: ReportContent.Cell) -> String {
    if case .number(let value?, let shown) = cell, value.isFinite {
      return "<data value=\"\(value)\">\(escaped(shown))</data>"
    }
    return escaped(cell.shown)
  }

  private static let template = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="generator" content="SelfBlind">
    <title>{{{title}}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <main>
    <header>
    <p class="kind">SelfBlind report</p>
    <h1>{{{title}}}</h1>
    <p>{{{subtitle}}}</p>
    {{#banners}}
    <p class="banner" role="note">{{{.}}}</p>
    {{/banners}}
    </header>
    <section class="answer" aria-label="The answer">
    <p class="headline">{{{headline}}}</p>
    <p>{{{sentence}}}</p>
    <p class="judgement">{{{judgement}}}</p>
    {{#answers}}
    <div class="part">
    <h2>{{{about}}}</h2>
    <p><strong>{{{headline}}}</strong></p>
    <p>{{{sentence}}}</p>
    <p class="judgement">{{{judgement}}}</p>
    </div>
    {{/answers}}
    {{#prediction}}
    <p class="judgement">{{{.}}}</p>
    {{/prediction}}
    </section>
    {{#sections}}
    <section id="{{{id}}}" aria-labelledby="{{{id}}}-h">
    <h2 id="{{{id}}}-h">{{{heading}}}</h2>
    {{#blocks}}
    {{#paragraph}}
    <p>{{{.}}}</p>
    {{/paragraph}}
    {{#note}}
    <p class="note">{{{.}}}</p>
    {{/note}}
    {{#list}}
    <ul>
    {{#items}}
    <li>{{{.}}}</li>
    {{/items}}
    </ul>
    {{/list}}
    {{#verbatim}}
    <pre>{{{.}}}</pre>
    {{/verbatim}}
    {{#figure}}
    <figure id="fig-{{{id}}}">
    <h3>{{{name}}}</h3>
    <div class="wide">{{{wide}}}</div>
    <div class="narrow">{{{narrow}}}</div>
    <figcaption>{{{legend}}}</figcaption>
    </figure>
    {{/figure}}
    {{#table}}
    <p class="cap" id="{{{id}}}">{{{caption}}}</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="{{{id}}}">
    <table role="table" class="{{{shape}}}" aria-labelledby="{{{id}}}">
    <thead><tr role="row">{{#header}}<th role="columnheader" scope="col" class="{{{class}}}">{{{html}}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr role="row">{{#cells}}{{#first}}<th role="rowheader" scope="row" class="{{{class}}}" \
    data-label="{{{label}}}">{{{html}}}</th>{{/first}}{{^first}}<td role="cell" class="{{{class}}}" \
    data-label="{{{label}}}">{{{html}}}</td>{{/first}}{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/table}}
    {{/blocks}}
    </section>
    {{/sections}}
    <footer>
    <p>Every number is in report.json with full precision. Made by SelfBlind.</p>
    </footer>
    </main>
    </body>
    </html>

    """
}
