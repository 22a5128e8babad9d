import BlindRecord
import TrialAnalysis

/// One cell for each slot: how it was recorded.
struct AdherenceFigure {
  /// What a cell shows.
  enum Cell: String, CaseIterable {
    case onTheDay = "on the day"
    case late = "late"
    case missing = "no rating"
    case notReached = "not reached"
    case wrongKit = "another kit"
    case codeBroken = "code broken"

    /// The class of the cell.
    var style: String {
      switch self {
      case .onTheDay: "cell done"
      case .late: "cell late"
      case .missing, .notReached: "cell gone"
      case .wrongKit, .codeBroken: "cell alarm"
      }
    }

    /// A sign, so that colour is never alone.
    var sign: String {
      switch self {
      case .onTheDay: ""
      case .late: "+"
      case .missing: "×"
      case .notReached: "–"
      case .wrongKit: "K"
      case .codeBroken: "!"
      }
    }
  }

  private let cells: [Cell]
  private let isDeclared: Bool

  init(_ result: TrialResult) {
    if case .declared = result.provenance { isDeclared = true } else { isDeclared = false }
    cells = result.slots.map { slot in
      if slot.codeBroken { return .codeBroken }
      if slot.otherKit != nil { return .wrongKit }
      if slot.value == nil { return slot.isReached ? .missing : .notReached }
      return slot.status == .recordedLate ? .late : .onTheDay
    }
  }

  var figure: Figure {
    let shown = Cell.allCases.map { cell in (cell, cells.count { $0 == cell }) }
    let said = shown.filter { $0.1 > 0 }.map { "\(name($0.0)): \($0.1)" }
    return Figure(
      id: "adherence", title: "How the record was kept",
      description: "\(cells.count) slots. " + said.joined(separator: ", ") + ".",
      caption: "One cell for each slot, in order: " + said.joined(separator: ", ") + ".",
      draw: draw)
  }

  private func name(_ cell: Cell) -> String {
    cell == .onTheDay && isDeclared ? "rated" : cell.rawValue
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let perRow = width > 500 ? 28 : 14
    let size = (width - 4) / Double(perRow)
    let rows = (cells.count + perRow - 1) / perRow
    var canvas = SVGCanvas(width: width, height: Double(rows) * size + 10)
    for (place, cell) in cells.enumerated() {
      let x = 2 + Double(place % perRow) * size
      let y = 2 + Double(place / perRow) * size
      draw(cell, &canvas, x, y, size)
    }
    var x = 2.0
    var y = Double(rows) * size + 12
    for cell in Cell.allCases where cells.contains(cell) {
      let reach = 40 + Double(name(cell).count) * 7.2
      if x + reach > width {
        x = 2
        y += 24
      }
      draw(cell, &canvas, x, y, 18)
      canvas.text(name(cell), x + 23, y + 13.5, "label")
      x += reach
    }
    canvas.height = y + 24
    return canvas
  }

  private func draw(
    _ cell: Cell, _ canvas: inout SVGCanvas, _ x: Double, _ y: Double, _ size: Double
  ) {
    canvas.rect(x + 1.5, y + 1.5, size - 3, size - 3, cell.style, radius: 3)
    canvas.text(cell.sign, x + size / 2, y + size / 2 + 4.5, "sign", anchor: .middle)
  }
}
