import BlindRecord
import LocalWeb

/// The daily form as it was sent: answers that can be recorded, and what is wrong with the others.
struct AnswerReading: Sendable {
  /// The answers by item.
  private(set) var answers: [String: Answer] = [:]
  /// What is wrong, by item, as a sentence.
  private(set) var faults: [String: String] = [:]

  /// The names of an item's fields.
  static func field(_ item: Item) -> String { "answer-\(item.name)" }
  static func skip(_ item: Item) -> String { "skip-\(item.name)" }
  static func reason(_ item: Item) -> String { "reason-\(item.name)" }
  static func hours(_ item: Item) -> String { "hours-\(item.name)" }
  static func minutes(_ item: Item) -> String { "minutes-\(item.name)" }
  static func option(_ place: Int, of item: Item) -> String { "option-\(place + 1)-\(item.name)" }

  /// Every field that an item may have.
  static func names(of item: Item) -> [String] {
    var names = [field(item), skip(item), reason(item)]
    if item.face == .duration { names += [hours(item), minutes(item)] }
    if case .choices(let options, _) = item.kind {
      names += options.indices.map { option($0, of: item) }
    }
    return names
  }

  /// Reads all items of a form.
  init(_ fields: [String: String], items: [Item]) {
    for item in items where item.isAsked { read(item, fields) }
  }

  private mutating func read(_ item: Item, _ fields: [String: String]) {
    let typed = AnswerReading.typed(item, fields)
    let isSkipped = fields[AnswerReading.skip(item)] == "yes"
    if isSkipped {
      // Also beside an answer: a button that was pressed cannot be cleared, and to skip is the later wish.
      let reason = AnswerReading.text(fields[AnswerReading.reason(item)])
      guard reason.unicodeScalars.count <= Item.longestText else {
        faults[item.name] = "The reason has more than \(Item.longestText) characters."
        return
      }
      answers[item.name] = .skipped(reason: reason.isEmpty ? nil : reason)
    } else if typed.isEmpty {
      // Nothing to say is an answer to an open question, as in the terminal.
      if case .text = item.kind {
        answers[item.name] = .skipped(reason: nil)
      } else {
        faults[item.name] = "It is not answered. Answer it, or skip it."
      }
    } else {
      do { answers[item.name] = try item.answer(byHand: typed) } catch {
        // Beside the item, so its name is not said again.
        faults[item.name] =
          "Found \(AnswerReading.shown(typed, item, fields)), expected \(error.expected)."
      }
    }
  }

  /// What was typed or chosen for an item, as it would be typed in the terminal.
  static func typed(_ item: Item, _ fields: [String: String]) -> String {
    if case .choices(let options, _) = item.kind {
      return options.indices.filter { fields[option($0, of: item)] == "yes" }
        .map { options[$0] }.joined(separator: "; ")
    }
    if item.face == .duration {
      let (hours, minutes) = (text(fields[hours(item)]), text(fields[minutes(item)]))
      if hours.isEmpty, minutes.isEmpty { return "" }
      return "\(hours.isEmpty ? "0" : hours):" + (minutes.utf8.count == 1 ? "0" : "")
        + (minutes.isEmpty ? "00" : minutes)
    }
    return text(fields[field(item)])
  }

  /// What was typed, as the person typed it.
  private static func shown(_ typed: String, _ item: Item, _ fields: [String: String]) -> String {
    guard item.face == .duration else { return "“\(typed.prefix(40))”" }
    return [(hours(item), "hours"), (minutes(item), "minutes")].compactMap { name, unit in
      let typed = text(fields[name])
      return typed.isEmpty ? nil : "“\(typed.prefix(20))” \(unit)"
    }.joined(separator: " and ")
  }

  /// A text of a form, with line feeds alone between its lines and no blanks around it.
  static func text(_ typed: String?) -> String {
    let lines = (typed ?? "").replacing("\r\n", with: "\n")
    let start = lines.drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
