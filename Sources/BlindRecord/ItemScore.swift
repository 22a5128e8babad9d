/// How one number follows from the answers to other items: the score of an instrument.
///
/// It is worked out when the answers are recorded, and recorded with them like any answer.
public struct ItemScore: Hashable, Sendable, Codable {
  /// What is done with the answers.
  public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
    /// Added up.
    case sum
    /// Added up and divided by their number, rounded half away from zero to the item's decimals.
    case mean
  }

  /// What is done with the answers.
  public let method: Method
  /// The items that it is made of, by name.
  public let items: [String]
  /// Those of them whose answers are turned round first: lowest plus highest minus the answer.
  public let reversed: [String]
  /// Where the instrument comes from, and by what right it may be used.
  public let source: String?

  /// Makes the rule.
  public init(
    method: Method, items: [String], reversed: [String] = [], source: String? = nil
  ) {
    self.method = method
    self.items = items
    self.reversed = reversed
    self.source = source
  }

  /// The reason of a score that cannot be given.
  package static let incomplete = "a part of it was skipped"

  /// The score, given the answers; skipped where a part of it was skipped.
  ///
  /// - Parameters:
  ///   - decimals: those of the score's own item.
  ///   - all: the items of the form.
  /// - Returns: `nil` where an item is not answered at all, is no number, or has more than six decimals.
  package func answer(from answers: [String: Answer], decimals: Int, of all: [Item]) -> Answer? {
    // In units of 10^-6: nine digits before the point and fifty items stay far below the largest integer.
    let scale = 6
    guard (0...scale).contains(decimals), (1...50).contains(items.count) else { return nil }
    var sum = 0
    var isSkipped = false
    for name in items {
      guard let item = all.first(where: { $0.name == name }),
        case .number(let lower, let upper, let places, _) = item.kind, places <= scale,
        lower.decimals <= scale, upper.decimals <= scale, let answer = answers[name]
      else { return nil }
      switch answer {
      case .number(let number):
        guard number.decimals <= scale else { return nil }
        let units = number.scaled(to: scale)
        sum +=
          reversed.contains(name)
          ? lower.scaled(to: scale) + upper.scaled(to: scale) - units : units
      case .skipped: isSkipped = true
      default: return nil
      }
    }
    if isSkipped { return .skipped(reason: ItemScore.incomplete) }
    let divisor = method == .mean ? items.count : 1
    var step = divisor
    for _ in decimals..<scale { step *= 10 }
    let magnitude = (abs(sum) + step / 2) / step
    return .number(DecimalNumber(units: sum < 0 ? -magnitude : magnitude, decimals: decimals))
  }
}

extension [Item] {
  /// The answers of a person, with what nobody is asked for: scores, and skips of what is imported later.
  package func completed(_ answers: [String: Answer]) -> [String: Answer] {
    var all = answers
    for item in self where item.imported != nil && all[item.name] == nil {
      all[item.name] = .skipped(reason: ItemImport.reason)
    }
    return scored(all)
  }

  /// The answers together with the scores that follow from them.
  package func scored(_ answers: [String: Answer]) -> [String: Answer] {
    var all = answers
    for item in self {
      guard let score = item.score, case .number(_, _, let decimals, _) = item.kind,
        let answer = score.answer(from: answers, decimals: decimals, of: self)
      else { continue }
      all[item.name] = answer
    }
    return all
  }
}
