/// What the participant expected before the seal was opened, in one fixed form of words.
///
/// `focus higher under caffeine by 1.5, 70 % sure`, or `no difference in focus, 60 % sure`; amount and
/// certainty may be left out, and of no difference the outcome. Any other text is kept as it is and not
/// compared with the result.
public struct Prediction: Hashable, Sendable {
  /// Whether ratings were expected to be higher under the arm; `nil` for no difference.
  public let isHigher: Bool?
  /// The arm that was named; `nil` for no difference.
  public let arm: String?
  /// The outcome.
  public let outcome: String
  /// By how much, in the outcome's unit, as it was written.
  public let amount: String?
  /// How sure, in percent.
  public let percent: Int?

  /// Makes a prediction of a difference, or with no arm of none.
  public init(
    outcome: String, arm: String?, isHigher: Bool = true, amount: String? = nil,
    percent: Int? = nil
  ) {
    self.outcome = outcome
    self.arm = arm
    self.isHigher = arm == nil ? nil : isHigher
    self.amount = arm == nil ? nil : amount
    self.percent = percent
  }

  /// The fixed form of words.
  public var text: String {
    var text: String
    if let arm, let isHigher {
      text = "\(outcome) \(isHigher ? "higher" : "lower") under \(arm)"
      if let amount { text += " by \(amount)" }
    } else {
      text = "no difference in \(outcome)"
    }
    return text + (percent.map { ", \($0) % sure" } ?? "")
  }

  /// Reads the fixed form about one of several outcomes, the first that fits; `nil` for any other text.
  ///
  /// - Parameters:
  ///   - outcomes: those of the plan, the primary one first.
  ///   - arms: the arms that may be named.
  public init?(_ text: String, outcomes: [String], arms: [String]) {
    let read = outcomes.lazy.compactMap { Prediction(text, outcome: $0, arms: arms) }.first
    guard let read else { return nil }
    self = read
  }

  /// Reads the fixed form; `nil` for any other text.
  ///
  /// - Parameter arms: the arms that may be named.
  public init?(_ text: String, outcome: String, arms: [String]) {
    // As people write: a capital letter at the start, a stop at the end, blanks where they like.
    var rest = Substring(text)
    while let last = rest.last, last.isWhitespace || last == "." { rest.removeLast() }
    var percent: Int?
    if let found = rest.firstMatch(of: #/, *([0-9]{1,3}) *% sure$/#.ignoresCase()) {
      guard let number = Int(found.1), number <= 100 else { return nil }
      percent = number
      rest = rest[..<found.range.lowerBound]
    }
    let begins = { (start: String) in
      rest.prefix(start.count).lowercased() == start.lowercased()
    }
    if begins("no difference"),
      rest.count == 13 || rest.dropFirst(13).lowercased() == " in \(outcome)".lowercased()
    {
      self.init(outcome: outcome, arm: nil, percent: percent)
      return
    }
    // The longest name first, so that one that begins with another is not cut.
    for arm in arms.sorted(by: { $0.count > $1.count }) {
      for isHigher in [true, false] {
        let start = "\(outcome) \(isHigher ? "higher" : "lower") under \(arm)"
        guard begins(start) else { continue }
        let after = rest.dropFirst(start.count)
        guard !after.isEmpty else {
          self.init(outcome: outcome, arm: arm, isHigher: isHigher, percent: percent)
          return
        }
        guard after.hasPrefix(" by "), let number = ExactDecimal(String(after.dropFirst(4))),
          number.value >= 0
        else { continue }
        self.init(
          outcome: outcome, arm: arm, isHigher: isHigher, amount: String(after.dropFirst(4)),
          percent: percent)
        return
      }
    }
    return nil
  }
}

extension Prediction {
  /// The prediction beside what was found, in one sentence; `nil` where they cannot be compared.
  func compared(with contrast: Contrast) -> String? {
    guard let test = contrast.test else { return nil }
    let nothing = "the interval has no bounds, so nothing speaks against it."
    let bounds = test.planned.interval
    let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
    let isUnbounded = bounds.lower == nil && bounds.upper == nil
    let interval = PlainAnswer.interval(test.planned)
    guard let arm, let isHigher else {
      if isUnbounded { return "No difference was expected; \(nothing)" }
      if lower == 0, upper == 0 { return "No difference was expected, and none was seen." }
      return test.planned.excludesZero
        ? "No difference was expected; the \(interval) excludes zero."
        : "No difference was expected; the \(interval) holds zero."
    }
    // Ratings that are all the same point nowhere, and their interval has no width.
    if lower == 0, upper == 0 {
      let what = amount == nil ? "A direction" : "A difference"
      return "\(what) was expected, and no difference was seen."
    }
    // Of two arms the reference may be named: higher there is lower under the other.
    let isUp = (arm == contrast.reference) != isHigher
    let side = isUp == (test.estimate > 0) && test.estimate != 0
    let found = "the estimate points \(side ? "the same way" : "another way")"
    guard let amount, let size = ExactDecimal(amount)?.value else {
      return "A direction was expected; \(found)."
    }
    let expected = isUp ? size : -size
    let start = "A difference of \(ShownNumber.text(expected)) was expected; \(found), and "
    if isUnbounded { return start + nothing }
    let holds = lower <= expected && expected <= upper
    return start + "the \(interval) " + (holds ? "holds it." : "does not hold it.")
  }
}
