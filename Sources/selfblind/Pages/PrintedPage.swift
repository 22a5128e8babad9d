import BlindRecord
import OpenSSLCrypto

/// A page for a printer: one HTML file without anything from elsewhere, clean on A4 and on Letter.
///
/// What is secret stands only in the file; nothing of it is shown on the screen.
struct PrintedPage {
  let title: String
  /// What stands at the foot of each sheet, beside its number: which trial it is of.
  let foot: String
  private var parts: [Part] = []

  /// A part of the page; a secret stays apart as bytes, because a text cannot be overwritten.
  private enum Part {
    case markup(String)
    case secret([UInt8])
  }

  init(title: String, foot: String) {
    self.title = title
    self.foot = foot
  }

  /// A text as HTML shows it.
  static func escape(_ text: String) -> String {
    // By scalars, so that no combining mark hides a sign.
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// A text as a string of a style sheet: nothing in it ends the string or the sheet.
  static func quoted(_ text: String) -> String {
    let content = text.unicodeScalars.map { scalar in
      let isPlain = !scalar.isASCII || scalar == " " || scalar.properties.isAlphabetic
      return isPlain ? String(scalar) : "\\\(String(scalar.value, radix: 16)) "
    }
    return "\"\(content.joined())\""
  }

  /// Adds markup.
  mutating func add(_ markup: String) { parts.append(.markup(markup + "\n")) }

  /// Adds a secret of letters, digits and hyphens, framed; ``finish()`` overwrites this copy.
  mutating func secret(_ bytes: consuming [UInt8]) {
    parts.append(.markup("<pre class=\"key\">"))
    parts.append(.secret(bytes))
    parts.append(.markup("</pre>\n"))
  }

  /// Adds a heading, which stays with what follows it.
  mutating func heading(_ text: String) { add("<h2>\(PrintedPage.escape(text))</h2>") }

  /// Adds a paragraph of plain text.
  mutating func paragraph(_ text: String, _ style: String = "") {
    add("<p\(style.isEmpty ? "" : " class=\"\(style)\"")>\(PrintedPage.escape(text))</p>")
  }

  /// Adds numbered steps of plain text.
  mutating func steps(_ texts: [String]) {
    add("<ol>" + texts.map { "<li>\(PrintedPage.escape($0))</li>" }.joined() + "</ol>")
  }

  /// Adds lines to be typed or run.
  mutating func code(_ text: String, _ style: String = "") {
    add("<pre\(style.isEmpty ? "" : " class=\"\(style)\"")>\(PrintedPage.escape(text))</pre>")
  }

  /// Adds a table of plain texts whose head is repeated on every sheet.
  mutating func table(_ header: [String], rows: [[String]]) {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(PrintedPage.escape($0))</\(tag)>" }.joined() + "</tr>"
    }
    add("<table><thead>\(row(header, "th"))</thead><tbody>")
    for cells in rows { add(row(cells, "td")) }
    add("</tbody></table>")
  }

  /// The file's bytes, which the caller wipes where a secret is among them; the page is empty then.
  mutating func finish() -> [UInt8] {
    var count = 0
    for part in parts {
      switch part {
      case .markup(let text): count += text.utf8.count
      case .secret(let bytes): count += bytes.count
      }
    }
    var bytes = Array(head.utf8)
    // With room from the start, so that no copy is left where the array grew.
    bytes.reserveCapacity(bytes.count + count + PrintedPage.tail.utf8.count)
    for place in parts.indices {
      switch parts[place] {
      case .markup(let text): bytes += text.utf8
      case .secret(var secret):
        parts[place] = .markup("")
        bytes += secret
        wipe(&secret)
      }
    }
    parts = []
    bytes += PrintedPage.tail.utf8
    return bytes
  }

  private static let tail = "</body></html>\n"

  private var head: String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
    <title>\(PrintedPage.escape(title))</title>
    <style>
    @page { margin: 15mm; font: 8pt "DejaVu Sans", Verdana, sans-serif;
      @bottom-left { content: \(PrintedPage.quoted(foot)); width: 75%; }
      @bottom-right { content: "sheet " counter(page) " of " counter(pages); } }
    body { font: 11pt/1.4 "DejaVu Sans", Verdana, sans-serif; color: #000; background: #fff;
      max-width: 178mm; margin: 0 auto; }
    h1 { font-size: 16pt; margin: 0 0 4mm; } h2 { font-size: 12pt; margin: 5mm 0 2mm;
      break-after: avoid; }
    p, ol { margin: 0 0 3mm; } ol { padding-left: 7mm; } li { margin-bottom: 1mm; }
    pre { font: 9pt/1.35 "DejaVu Sans Mono", Menlo, Consolas, monospace; margin: 0 0 3mm;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    .key { font-size: 13pt; line-height: 1.7; border: 1.5pt solid #000; padding: 4mm;
      text-align: center; }
    .fold { border-top: 1pt dashed #000; margin: 8mm 0; padding-top: 1mm; font-size: 8pt; }
    .sign { border-bottom: 1pt solid #000; height: 12mm; margin-bottom: 1mm; }
    .small { font-size: 9pt; } .keep { break-after: avoid; }
    .alarm { border: 1.5pt solid #000; padding: 2mm 3mm; font-weight: bold; }
    table { border-collapse: collapse; width: 100%; margin: 0 0 4mm; font-size: 10pt; }
    th { text-align: left; border-bottom: 1.5pt solid #000; }
    th, td { padding: 0.7mm 2mm; } td { border-bottom: 0.5pt solid #888; }
    td:nth-child(3) { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    td:last-child { border-left: 0.5pt solid #888; width: 12mm; }
    thead { display: table-header-group; } tr { break-inside: avoid; }
    .slots { columns: 2; column-gap: 8mm; }
    .slot { break-inside: avoid; margin: 0 0 3mm; }
    .slot b { font-size: 9pt; }
    .slot pre { font-size: 6pt; line-height: 1.3; margin: 0; white-space: pre; }
    </style></head><body>
    <h1>\(PrintedPage.escape(title))</h1>

    """
  }
}
