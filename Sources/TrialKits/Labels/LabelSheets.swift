package import BlindRecord

/// Sheets of labels as one HTML file that a browser prints at exact size.
///
/// Each label is a QR code with its quiet zone and, beside it, the same code to be typed where nothing
/// can be scanned. A label says nothing else: no slot, no day, no arm, no number. The order is the one
/// given; a caller gives it at random.
package struct LabelSheets: Sendable {
  /// The code of one label.
  package struct Label: Hashable, Sendable {
    /// What the QR code holds.
    package let scanned: String
    /// What is printed beside it, in groups that are easy to type; `nil` for a code alone.
    package let typed: String?

    /// Makes a label.
    package init(scanned: String, typed: String?) {
      self.scanned = scanned
      self.typed = typed
    }

    /// The label of a kit: its code, and in letters as four and three, which is how it is typed.
    package init(_ code: KitCode, withText: Bool) {
      scanned = code.text
      typed = withText ? "\(code.text.prefix(4)) \(code.text.dropFirst(4))" : nil
    }
  }

  /// A correction of where a printer prints, in tenths of a millimetre.
  package struct Shift: Hashable, Sendable {
    /// The most by which a print can be moved, in tenths of a millimetre.
    static let limit = 50
    /// To the right.
    package let right: Int
    /// Downwards.
    package let down: Int

    /// No correction.
    package static let none = Shift(0, 0)

    private init(_ right: Int, _ down: Int) {
      self.right = right
      self.down = down
    }

    /// A correction of up to 5 mm in each direction.
    ///
    /// - Throws: `LabelError.shiftTooFar`.
    package init(right: Int, down: Int) throws(LabelError) {
      for tenths in [right, down] where abs(tenths) > Shift.limit {
        throw .shiftTooFar(tenths: tenths)
      }
      self.init(right, down)
    }
  }

  private let format: LabelFormat
  private let shift: Shift
  /// The HTML of the pages, in order.
  package let pages: [String]

  /// Lays out labels, sheet after sheet, in the order given.
  ///
  /// - Parameter skipping: places of the first sheet that are used up already, from the left upper
  ///   corner along the rows.
  /// - Throws: `LabelError.notEncodable`.
  package init(
    _ labels: [Label], on format: LabelFormat, shift: Shift = .none, skipping: Int = 0
  ) throws(LabelError) {
    self.format = format
    self.shift = shift
    var pages: [String] = []
    var page = ""
    for (index, label) in labels.enumerated() {
      let place = (index + max(0, skipping)) % format.count
      page += LabelSheets.box(
        format, place, LabelSheets.content(try QRMatrix(label.scanned), label.typed))
      if place == format.count - 1 || index == labels.count - 1 {
        pages.append(page)
        page = ""
      }
    }
    self.pages = pages
  }

  /// A page to be printed on plain paper and held against a sheet of labels in front of a window.
  package static func calibration(of format: LabelFormat, shift: Shift = .none) -> String {
    var page = ""
    for place in 0..<format.count {
      page += box(format, place, "", "outline")
    }
    page += """
      <div class="note"><p><b>\(format.summary)</b></p>
      <p>1. Print at 100 % (actual size), without margins or headers of the browser. \
      The line below is 100 mm long; if yours is not, the scale is wrong.</p>
      <div class="ruler"></div>
      <p>2. Lay this page over a sheet of labels, against a window. Where the outlines lie too far to \
      the left or too high, note by how many millimetres, and give that as the shift.</p></div>

      """
    return document([page], on: format, shift: shift, title: "Calibration page for \(format.name)")
  }

  /// The file, ready to be printed.
  package var html: String {
    LabelSheets.document(pages, on: format, shift: shift, title: "Labels, \(format.name)")
  }

  /// One label's box at its place; where that is stands in the style.
  private static func box(
    _ format: LabelFormat, _ place: Int, _ content: String, _ more: String = ""
  ) -> String {
    let style = (format.isCut ? " cut" : "") + (more.isEmpty ? "" : " \(more)")
    return "<div class=\"label c\(place % format.columns) r\(place / format.columns)\(style)\">"
      + "\(content)</div>\n"
  }

  /// The QR code and, beside it, the typed code, a group to a line.
  private static func content(_ matrix: QRMatrix, _ typed: String?) -> String {
    guard let typed else { return matrix.svg }
    let groups = typed.split(separator: " ").map { "<span>\($0)</span>" }.joined()
    return matrix.svg + "<code>\(groups)</code>"
  }

  private static func millimetres(_ micrometres: Int) -> String {
    LabelFormat.decimal(micrometres, 1_000) + "mm"
  }

  private static func document(
    _ pages: [String], on format: LabelFormat, shift: Shift, title: String
  ) -> String {
    let sheets = pages.map { "<section class=\"sheet\">\n\($0)</section>\n" }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
      <title>\(title)</title>
      <style>\(style(of: format, shift: shift))</style></head><body>
      \(sheets)</body></html>

      """
  }

  /// The style sheet between `<style>` and `</style>`; the code is as large as the label allows, up to
  /// 24 mm, and the type as large as leaves room for a group of four beside it.
  package static func style(of format: LabelFormat, shift: Shift) -> String {
    let side = min(format.height, 24_000, format.width * 6 / 10)
    let type = min(3_600, (format.width - side) * 10 / 32, format.height * 22 / 100)
    let columns = (0..<format.columns).map {
      ".c\($0) { left: \(millimetres(format.corner(of: $0).x + shift.right * 100)); }"
    }
    let rows = (0..<format.rows).map {
      ".r\($0) { top: "
        + "\(millimetres(format.corner(of: $0 * format.columns).y + shift.down * 100)); }"
    }
    let places = (columns + rows).joined(separator: "\n")
    return """

      @page { size: \(millimetres(format.paper.width)) \(millimetres(format.paper.height)); \
      margin: 0; }
      html, body { margin: 0; padding: 0; background: #fff; color: #000; }
      .sheet { position: relative; width: \(millimetres(format.paper.width)); \
      height: \(millimetres(format.paper.height)); overflow: hidden; break-after: page; }
      .sheet:last-of-type { break-after: auto; }
      .label { position: absolute; box-sizing: border-box; width: \(millimetres(format.width)); \
      height: \(millimetres(format.height)); display: flex; align-items: center; overflow: hidden; }
      .label svg { width: \(millimetres(side)); height: \(millimetres(side)); flex: none; }
      .label code { font: \(millimetres(type))/1.15 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
      .label span { display: block; }
      .cut { outline: 0.1mm dashed #777; }
      .outline { outline: 0.2mm solid #000; border-radius: 1mm; }
      .note { position: absolute; left: 40mm; right: 40mm; top: 90mm; padding: 5mm; \
      border: 0.3mm solid #000; background: #fff; \
      font: 11pt/1.4 "DejaVu Sans", Verdana, sans-serif; }
      .ruler { width: 100mm; height: 4mm; margin: 3mm auto; box-sizing: border-box; \
      border: solid #000; border-width: 0 0.3mm 0.3mm; }
      \(places)

      """
  }
}
