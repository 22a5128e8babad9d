import TrialAnalysis

/// Renders the contents as Markdown: the same words and numbers, figures as their descriptions.
struct MarkdownRenderer {
  /// The finished text.
  let text: String

  init(_ content: ReportContent) {
    var lines = ["# \(MarkdownRenderer.plain(content.title))", ""]
    lines += [MarkdownRenderer.plain(content.subtitle), ""]
    for banner in content.banners { lines += ["> \(MarkdownRenderer.plain(banner))", ""] }
    if let answer = content.answer {
      lines += ["**\(MarkdownRenderer.plain(answer.headline))**", ""]
      for text in [answer.sentence, answer.judgement, answer.certainty, answer.further] {
        if let text { lines += [MarkdownRenderer.plain(text), ""] }
      }
    }
    for (name, answer) in content.answers {
      lines += ["**\(MarkdownRenderer.plain(name)): \(MarkdownRenderer.plain(answer.headline))** "]
      lines[lines.count - 1] +=
        [answer.sentence, answer.judgement, answer.certainty, answer.further].compactMap { $0 }
        .map(MarkdownRenderer.plain).joined(separator: " ")
      lines.append("")
    }
    for caution in content.cautions { lines += [MarkdownRenderer.plain(caution), ""] }
    if let said = content.prediction { lines += [MarkdownRenderer.plain(said), ""] }
    for section in content.sections {
      lines += ["## \(MarkdownRenderer.plain(section.title))", ""]
      for block in section.blocks { lines += MarkdownRenderer.lines(block) + [""] }
    }
    while lines.last == "" { lines.removeLast() }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ block: ReportContent.Block) -> [String] {
    switch block {
    case .paragraph(let text): return [plain(text)]
    case .note(let text): return ["> \(plain(text))"]
    case .list(let items): return items.map { "- \(plain($0))" }
    case .verbatim(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .reversed().drop { $0.isEmpty }.reversed().map { "    \($0)" }
    case .figure(let figure):
      return ["*Figure: \(plain(figure.title)).* \(plain(figure.description))"]
    case .table(let table): return lines(table)
    case .terms(let terms):
      return terms.map { "- **\(plain($0.name))**: \(plain($0.meaning))" }
    }
  }

  private static func lines(_ table: ReportContent.Table) -> [String] {
    return [
      "**\(plain(table.caption))**", "", row(table.header.map(plain)),
      row(table.numericColumns.map { $0 ? "--:" : ":--" }),
    ] + table.rows.map { row($0.map { plain($0.shown) }) }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.isEmpty ? " " : $0 }.joined(separator: " | ") + " |"
  }

  /// Text that means nothing to a Markdown reader but itself, on one line.
  static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": result += " "
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "|", "[", "]", "#":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
