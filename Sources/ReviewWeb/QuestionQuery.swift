import BlindRecord
import TrialAnalysis
import TrialDesign

/// A question as the query of an address, so that a link asks it again.
///
///     outcome=sleep&wrong-kit=out&part=second&statistic=rank-sum&whitening=none&trend=in&washout=2
///     from=2026-03-09&to=2026-03-22
///
/// What is empty or not there is as in the plan. Numbers of slots and days are both good after `from` and
/// `to`.
enum QuestionQuery {
  private static let others: Set = [
    "outcome", "part", "from", "to", "statistic", "whitening", "washout",
  ]

  /// Reads a query.
  ///
  /// - Parameter days: the day of each slot.
  /// - Throws: `FormatError` for the first value that is none.
  static func question(
    _ fields: [String: String], days: [CalendarDay]
  ) throws(FormatError) -> ReviewQuestion {
    let given = fields.filter { !$0.value.isEmpty }
    let adjustments = AnalysisPlan.Adjustment.allCases.map(\.rawValue)
    let filters = ReviewQuestion.Filter.allCases.map(\.rawValue)
    for name in given.keys.sorted()
    where !others.contains(name) && !(adjustments + filters).contains(name) {
      throw FormatError(
        "question", found: shown(name), expected: "one of the names in the form")
    }
    var question = ReviewQuestion(outcome: given["outcome"], part: try part(given, days))
    for filter in ReviewQuestion.Filter.allCases {
      if try choice(given, filter.rawValue, ["out": true]) == true {
        question.without.insert(filter)
      }
    }
    if let text = given["statistic"] {
      guard let statistic = AnalysisPlan.Statistic(rawValue: text) else {
        throw FormatError(
          "statistic", found: shown(text),
          expected: AnalysisPlan.Statistic.allCases.map(\.rawValue).joined(separator: ", "))
      }
      question.statistic = statistic
    }
    question.whitening = try whitening(given["whitening"])
    for adjustment in AnalysisPlan.Adjustment.allCases {
      question.adjustments[adjustment] = try choice(
        given, adjustment.rawValue, ["in": true, "out": false])
    }
    if let text = given["washout"] {
      guard let washout = number(text) else {
        throw FormatError("washout", found: shown(text), expected: "a number of slots")
      }
      question.washout = washout
    }
    return question
  }

  /// The query of a question, always the same for the same one; empty for the plan.
  static func text(_ question: ReviewQuestion) -> String {
    var pairs: [(String, String)] = []
    if let outcome = question.outcome { pairs.append(("outcome", outcome)) }
    switch question.part {
    case .all: break
    case .firstHalf: pairs.append(("part", "first"))
    case .secondHalf: pairs.append(("part", "second"))
    case .slots(let range):
      pairs += [("from", String(range.lowerBound)), ("to", String(range.upperBound))]
    }
    for filter in ReviewQuestion.Filter.allCases where question.without.contains(filter) {
      pairs.append((filter.rawValue, "out"))
    }
    if let statistic = question.statistic { pairs.append(("statistic", statistic.rawValue)) }
    switch question.whitening {
    case nil: break
    case .none?: pairs.append(("whitening", "none"))
    case .estimated?: pairs.append(("whitening", "estimated"))
    case .fixed(let phi)?: pairs.append(("whitening", "\(phi)"))
    }
    for adjustment in AnalysisPlan.Adjustment.allCases {
      guard let isIn = question.adjustments[adjustment] else { continue }
      pairs.append((adjustment.rawValue, isIn ? "in" : "out"))
    }
    if let washout = question.washout { pairs.append(("washout", String(washout))) }
    return pairs.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
  }

  private static func part(
    _ given: [String: String], _ days: [CalendarDay]
  ) throws(FormatError) -> ReviewQuestion.Part {
    let half = try choice(given, "part", ["first": true, "second": false])
    guard given["from"] != nil || given["to"] != nil else {
      return half.map { $0 ? .firstHalf : .secondHalf } ?? .all
    }
    guard half == nil else {
      throw FormatError(
        "part", found: "a half beside a first or last slot", expected: "one of the two")
    }
    let first = try given["from"].map { text throws(FormatError) in try slot(text, "from", days) }
    let last = try given["to"].map { text throws(FormatError) in try slot(text, "to", days) }
    // A first day between two slots is the next one, a last day the one before.
    let (from, to) = (first?.upperBound ?? 1, last?.lowerBound ?? days.count)
    guard from <= to else {
      throw FormatError("to", found: shown(given["to"] ?? ""), expected: "no less than from")
    }
    return .slots(from...to)
  }

  /// The slot of a number or a day; for a day between two slots both of them.
  private static func slot(
    _ text: String, _ name: String, _ days: [CalendarDay]
  ) throws(FormatError) -> ClosedRange<Int> {
    if let number = number(text), (1...days.count).contains(number) { return number...number }
    if let day = CalendarDay(text), let first = days.first, let last = days.last,
      (first...last).contains(day)
    {
      let upper = (days.firstIndex { $0 >= day } ?? 0) + 1
      let lower = (days.lastIndex { $0 <= day } ?? 0) + 1
      return lower...upper
    }
    throw FormatError(
      name, found: shown(text),
      expected: "a slot from 1 to \(days.count), or a day of the trial such as "
        + "\(days.first?.description ?? "2026-03-02")")
  }

  private static func whitening(
    _ text: String?
  ) throws(FormatError) -> AnalysisPlan.Whitening? {
    switch text {
    case nil: return nil
    case "none"?: return AnalysisPlan.Whitening.none
    case "estimated"?: return .estimated
    case let text?:
      guard text.utf8.count <= 8, let phi = Double(text), phi > -1, phi < 1 else {
        throw FormatError(
          "whitening", found: shown(text),
          expected: "none, estimated, or a number between -1 and 1")
      }
      return .fixed(phi)
    }
  }

  private static func choice(
    _ given: [String: String], _ name: String, _ values: [String: Bool]
  ) throws(FormatError) -> Bool? {
    guard let text = given[name] else { return nil }
    guard let value = values[text] else {
      throw FormatError(
        name, found: shown(text), expected: values.keys.sorted().joined(separator: " or "))
    }
    return value
  }

  /// A number of at most four digits.
  private static func number(_ text: String) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// Another's text, quoted and shortened.
  private static func shown(_ text: String) -> String {
    let signs = text.unicodeScalars.prefix(40).map {
      $0.properties.generalCategory == .control ? "·" : String($0)
    }
    return "\"\(signs.joined())\""
  }

  /// Letters, digits, `-`, `.` and `_` as they are, every other byte as `%XX`.
  private static func encoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
        result.append(Character(Unicode.Scalar(byte)))
      default:
        result += "%"
        result.append(hex[Int(byte >> 4)])
        result.append(hex[Int(byte & 15)])
      }
    }
    return result
  }
}
