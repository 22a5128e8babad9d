import BlindRecord
import OpenSSLCrypto

/// A page for a printer: one HTML file without anything from elsewhere, clean on A4 and on Letter.
///
/// What is secret stands only in the file; nothing of it is shown on the screen.
struct PrintedPage {
  let title: String
  private var parts: [Part] = []

  /// A part of the page; a secret stays apart as bytes, because a text cannot be overwritten.
  private enum Part {
    case markup(String)
    case secret([UInt8])
  }

  init(title: String) { self.title = title }

  /// A text as HTML shows it.
  static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// Adds markup.
  mutating func add(_ markup: String) { parts.append(.markup(markup + "\n")) }

  /// Adds a secret of letters, digits and hyphens, framed; ``finish()`` overwrites this copy.
  mutating func secret(_ bytes: consuming [UInt8]) {
    parts.append(.markup("<pre class=\"key\">"))
    parts.append(.secret(bytes))
    parts.append(.markup("</pre>\n"))
  }

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
    @page { margin: 15mm; }
    body { font: 11pt/1.4 "DejaVu Sans", Verdana, sans-serif; color: #000; background: #fff;
      max-width: 178mm; margin: 0 auto; }
    h1 { font-size: 16pt; margin: 0 0 4mm; } h2 { font-size: 12pt; margin: 5mm 0 2mm; }
    p, ol { margin: 0 0 3mm; } ol { padding-left: 7mm; } li { margin-bottom: 1mm; }
    pre { font: 9pt/1.35 "DejaVu Sans Mono", Menlo, Consolas, monospace; margin: 0 0 3mm;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    .key { font-size: 13pt; line-height: 1.7; border: 1.5pt solid #000; padding: 4mm;
      text-align: center; }
    .fold { border-top: 1pt dashed #000; margin: 8mm 0; padding-top: 1mm; font-size: 8pt; }
    .sign { border-bottom: 1pt solid #000; height: 12mm; margin-bottom: 1mm; }
    .small { font-size: 9pt; }
    .slots { columns: 2; column-gap: 8mm; }
    .slot { break-inside: avoid; margin: 0 0 3mm; }
    .slot b { font-size: 9pt; }
    .slot pre { font-size: 6pt; line-height: 1.3; margin: 0; white-space: pre; }
    </style></head><body>
    <h1>\(PrintedPage.escape(title))</h1>

    """
  }
}
