import TrialAnalysis

/// A drawing that grows element by element and ends as inline SVG.
///
/// Colours are classes of the page's style sheet, so that one drawing serves light, dark and print.
struct SVGCanvas {
  /// Where a text is anchored.
  enum Anchor: String {
    case start, middle, end
  }

  /// The width in units of one CSS pixel at natural size.
  let width: Double
  /// The height, which may grow while drawing.
  var height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A straight line.
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    elements.append(
      "<line class=\"\(style)\" x1=\"\(f(x1))\" y1=\"\(f(y1))\" x2=\"\(f(x2))\" y2=\"\(f(y2))\"/>")
  }

  /// A rectangle with optional rounded corners.
  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    radius: Double = 0
  ) {
    let corner = radius > 0 ? " rx=\"\(f(radius))\"" : ""
    elements.append(
      "<rect class=\"\(style)\" x=\"\(f(x))\" y=\"\(f(y))\" width=\"\(f(max(0, width)))\" "
        + "height=\"\(f(max(0, height)))\"\(corner)/>")
  }

  /// A circle.
  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String) {
    elements.append(
      "<circle class=\"\(style)\" cx=\"\(f(x))\" cy=\"\(f(y))\" r=\"\(f(radius))\"/>")
  }

  /// A closed or open chain of straight lines.
  mutating func path(_ points: [(Double, Double)], closed: Bool, _ style: String) {
    let steps = points.enumerated().map {
      "\($0.offset == 0 ? "M" : "L")\(f($0.element.0)) \(f($0.element.1))"
    }
    elements.append(
      "<path class=\"\(style)\" d=\"\(steps.joined())\(closed ? "Z" : "")\"/>")
  }

  /// A text; the characters are escaped here.
  mutating func text(
    _ content: String, _ x: Double, _ y: Double, _ style: String, anchor: Anchor = .start
  ) {
    elements.append(
      "<text class=\"\(style)\" x=\"\(f(x))\" y=\"\(f(y))\" text-anchor=\"\(anchor.rawValue)\">"
        + "\(escaped(content))</text>")
  }

  /// Which of the looks an arm has: the reference its own, from the sixth arm on the last again.
  static func look(_ arm: Int) -> Int { min(arm, 5) }

  /// The mark of an arm: an open circle for the reference, then a filled diamond, an open triangle,
  /// a filled square, an open square, a filled triangle on its tip.
  mutating func mark(arm: Int, _ x: Double, _ y: Double, _ radius: Double, _ more: String = "") {
    let look = SVGCanvas.look(arm)
    let style = "mark arm\(look)\(more.isEmpty ? "" : " \(more)")"
    let reach = radius * 1.25
    let side = radius * 0.95
    switch look {
    case 0: circle(x, y, radius, style)
    case 1:
      path([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], closed: true, style)
    case 2:
      path([(x, y - reach), (x + reach, y + side), (x - reach, y + side)], closed: true, style)
    case 3, 4:
      path(
        [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)],
        closed: true, style)
    default:
      path([(x, y + reach), (x + reach, y - side), (x - reach, y - side)], closed: true, style)
    }
  }

  /// A small cross.
  mutating func cross(_ x: Double, _ y: Double, _ radius: Double, _ style: String) {
    line(x - radius, y - radius, x + radius, y + radius, style)
    line(x - radius, y + radius, x + radius, y - radius, style)
  }

  /// The finished element, with its text alternative.
  func svg(id: String, title: String, description: String) -> String {
    "<svg viewBox=\"0 0 \(f(width)) \(f(height))\" width=\"\(f(width))\" height=\"\(f(height))\" "
      + "role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">"
      + "<title id=\"\(id)-t\">\(escaped(title))</title>"
      + "<desc id=\"\(id)-d\">\(escaped(description))</desc>\n"
      + elements.joined(separator: "\n") + "\n</svg>"
  }

  private func f(_ value: Double) -> String {
    ShownNumber.fixed(value, decimals: 2, trim: true).replacing("−", with: "-")
  }
}

/// Text as it may stand in HTML, in elements and in quoted attributes.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The text in at most so many characters.
func shortened(_ text: String, to length: Int) -> String {
  text.count <= length ? text : text.prefix(max(1, length - 1)) + "…"
}
