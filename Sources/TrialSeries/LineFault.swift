import BlindRecord
import TrialDesign

/// Why a line cannot be answered: what the error line says.
struct LineFault: Error, Equatable {
  /// The place, what was found, and what was expected.
  let message: String
  /// What to do about it.
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// A value that is not what its key must have.
  init(_ place: String, _ node: JSONNode?, expected: String, hint: String? = nil) {
    self.init("\(place): found \(node?.summary ?? "nothing"), expected \(expected)", hint: hint)
  }

  /// What any error says.
  init(_ error: any Error) {
    switch error {
    case let fault as LineFault: self = fault
    case let fault as JSONText.Fault:
      self.init("column \(fault.column): found \(fault.found), expected \(fault.expected)")
    case let refusal as any Refusal: self.init(refusal.message, hint: refusal.hint)
    default: self.init("\(error)")
    }
  }
}

/// Reads the parts of a line strictly.
struct LineFields {
  private let node: JSONNode
  private let what: String

  /// - Throws: `LineFault` for another value than an object, and for keys that are not known.
  init(_ node: JSONNode, _ what: String, known: [String]) throws(LineFault) {
    guard case .object(let entries) = node.kind else {
      throw LineFault(what, node, expected: "an object with \(known.joined(separator: ", "))")
    }
    for entry in entries where !known.contains(entry.key) {
      throw LineFault(
        "\(what): found the unknown key \(quoted(entry.key)), expected one of "
          + known.joined(separator: ", "))
    }
    self.node = node
    self.what = what
  }

  subscript(key: String) -> JSONNode? {
    guard let value = node[key], !value.isNull else { return nil }
    return value
  }

  /// A text on one line.
  func text(_ key: String, limit: Int = 200) throws(LineFault) -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.text, !text.isEmpty, text.unicodeScalars.count <= limit,
      !text.unicodeScalars.contains(where: isInvisible)
    else {
      throw LineFault(
        key, value, expected: "a text of 1 to \(limit) characters without control characters")
    }
    return text
  }

  /// A number.
  func number(_ key: String) throws(LineFault) -> Double? {
    guard let value = self[key] else { return nil }
    guard let number = value.number, number.isFinite else {
      throw LineFault(key, value, expected: "a number")
    }
    return number
  }

  /// A whole number within a range.
  func whole(_ key: String, in range: ClosedRange<Int>) throws(LineFault) -> Int? {
    guard let value = self[key] else { return nil }
    guard let number = value.whole, range.contains(number) else {
      throw LineFault(
        key, value,
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// What must be there.
  func required<Value>(_ key: String, _ value: Value?, expected: String) throws(LineFault) -> Value
  {
    guard let value else { throw LineFault(key, nil, expected: expected) }
    return value
  }
}
