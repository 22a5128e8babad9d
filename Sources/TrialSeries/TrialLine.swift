import BlindRecord
import TrialAnalysis

/// One trial as a line: its design, and its values slot by slot.
struct TrialLine {
  private static let keys = [
    "id", "design", "arms", "outcomes", "guesses", "outcome", "units",
  ]

  let id: String
  let values: DeclaredValues
  /// The units of the outcomes, where they are known.
  let units: [String: String]
  let node: JSONNode

  /// - Throws: `LineFault` for what is missing or of another kind; the values are checked later, against
  ///   the design.
  init(_ node: JSONNode) throws(LineFault) {
    let fields = try LineFields(node, "the line", known: TrialLine.keys)
    self.node = node
    id = try fields.required("id", fields.text("id"), expected: "a text that names the trial")
    var arms: [String] = []
    let names = try fields.required(
      "arms", fields["arms"]?.list, expected: "a list with the arm of each slot")
    for (slot, name) in names.enumerated() {
      guard let text = name.text else {
        throw LineFault("arms[\(slot + 1)]", name, expected: "the name of an arm")
      }
      arms.append(text)
    }
    guard let given = fields["outcomes"], case .object(let entries) = given.kind,
      !entries.isEmpty
    else {
      throw LineFault(
        "outcomes", fields["outcomes"],
        expected: "an object with a list of numbers for each outcome")
    }
    var outcomes: [(name: String, cells: [String?])] = []
    for (name, value) in entries {
      guard let list = value.list else {
        throw LineFault("outcomes.\(name)", value, expected: "a list of numbers")
      }
      var cells: [String?] = []
      cells.reserveCapacity(list.count)
      for (slot, cell) in list.enumerated() {
        guard cell.isNull || cell.digits != nil else {
          throw LineFault(
            "outcomes.\(name)[\(slot + 1)]", cell,
            expected: "a number, or null where it is missing")
        }
        cells.append(cell.digits)
      }
      outcomes.append((name, cells))
    }
    values = DeclaredValues(
      arms: arms, outcomes: outcomes, guesses: try TrialLine.guesses(fields["guesses"]),
      outcome: try fields.text("outcome"))
    units = try TrialLine.units(fields["units"])
  }

  private static func guesses(_ node: JSONNode?) throws(LineFault) -> [String?]? {
    guard let node else { return nil }
    guard let list = node.list else {
      throw LineFault("guesses", node, expected: "a list with a guess or null for each slot")
    }
    var guesses: [String?] = []
    for (slot, guess) in list.enumerated() {
      guard guess.isNull || guess.digits != nil || guess.text == "dk" else {
        throw LineFault(
          "guesses[\(slot + 1)]", guess, expected: "a probability from 0 to 1, \"dk\", or null")
      }
      guesses.append(guess.digits ?? guess.text)
    }
    return guesses
  }

  private static func units(_ node: JSONNode?) throws(LineFault) -> [String: String] {
    guard let node else { return [:] }
    guard case .object(let entries) = node.kind else {
      throw LineFault("units", node, expected: "an object with a text for each outcome")
    }
    var units: [String: String] = [:]
    for (name, value) in entries {
      guard let unit = value.text, (1...60).contains(unit.count),
        !unit.unicodeScalars.contains(where: isInvisible)
      else { throw LineFault("units.\(name)", value, expected: "a text of 1 to 60 characters") }
      units[name] = unit
    }
    return units
  }
}
