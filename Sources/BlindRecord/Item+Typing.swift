extension Item {
  /// What an answer must be, in words: `a number from 0 to 10`.
  public var expectation: String {
    switch kind {
    case .number(let lower, let upper, let decimals, _):
      switch face {
      case .time: return "a time of day as HH:MM"
      case .duration:
        return "hours and minutes as H:MM, from \(ClockText.text(lower.units)) to "
          + ClockText.text(upper.units)
      case .scale(let labels):
        let words = labels.enumerated().map { "\(lower.units + $0.offset) \($0.element)" }
        return "one of " + words.joined(separator: ", ")
      case .slider, .task, nil:
        let kind =
          decimals == 0
          ? "a whole number" : "a number with at most \(counted(decimals, "decimal"))"
        return "\(kind) from \(lower) to \(upper)"
      }
    case .choice(let options): return "one of " + options.joined(separator: ", ")
    case .choices(let options, let most):
      let count = most < options.count ? "1 to \(most)" : "one or more"
      return "\(count) of " + options.joined(separator: ", ")
    case .text: return "a text of at most \(Item.longestText) characters"
    }
  }

  /// What stands in a column of the answers, in words: a time and a duration are minutes there.
  package var columnMeaning: String {
    guard case .number(let lower, let upper, _, _) = kind else {
      if case .choices = kind { return "\(expectation), divided by semicolons" }
      return expectation
    }
    switch face {
    case .time:
      let next = upper.units < ClockText.day ? "" : "; from \(ClockText.day) on of the next day"
      return "minutes after midnight, \(lower) to \(upper)\(next)"
    case .duration: return "minutes, \(lower) to \(upper)"
    case .slider(let low, let high): return "\(expectation), \(low) to \(high)"
    case .scale, .task, nil: return expectation
    }
  }

  /// Reads an answer as a person types it: with a decimal comma too, and a choice also by its number in the list
  /// or in other case; several choices divided by commas where no option has one.
  ///
  /// - Throws: `FormatError` naming the item when the text does not fit.
  package func answer(byHand typed: String) throws(FormatError) -> Answer {
    switch kind {
    case .number: return try answer(typed.replacing(",", with: "."))
    case .choice(let options): return try answer(Item.option(typed, of: options))
    case .choices(let options, _):
      let hasCommas = options.contains { $0.contains(",") }
      let words = typed.split { $0 == ";" || $0 == "," && !hasCommas }
      return try answer(
        words.map { Item.option(trimmed(String($0)), of: options) }.joined(separator: ";"))
    case .text: return try answer(typed)
    }
  }

  /// The option that a typed text means; the text itself where it means none.
  private static func option(_ typed: String, of options: [String]) -> String {
    if options.contains(typed) { return typed }
    let alike = options.filter { $0.lowercased() == typed.lowercased() }
    if alike.count == 1 { return alike[0] }
    guard let number = Int(typed), options.indices.contains(number &- 1) else { return typed }
    return options[number - 1]
  }

  /// Reads a typed answer.
  ///
  /// A time and a duration are typed as `HH:MM`; several choices are divided by semicolons.
  ///
  /// - Throws: `FormatError` naming the item when the text does not fit.
  public func answer(_ typed: String) throws(FormatError) -> Answer {
    let refusal = FormatError(
      "answer to \"\(name)\"", found: "\"\(typed.prefix(40))\"", expected: expectation)
    guard let answer = read(typed), accepts(answer) else { throw refusal }
    return answer
  }

  private func read(_ typed: String) -> Answer? {
    switch kind {
    case .number(let lower, _, _, _): number(typed, from: lower).map { .number($0) }
    case .choice: .choice(typed)
    case .choices(let options, _): choices(typed, of: options).map { .choices($0) }
    case .text: .text(typed)
    }
  }

  private func number(_ typed: String, from lower: DecimalNumber) -> DecimalNumber? {
    switch face {
    case .duration: ClockText.minutes(typed, below: 100).map { DecimalNumber(units: $0) }
    case .time:
      // The first such time from the lower bound on: after midnight it is the next day's.
      ClockText.minutes(typed, below: 24).map { minutes in
        let shift = (minutes - lower.units) % ClockText.day
        return DecimalNumber(units: lower.units + (shift + ClockText.day) % ClockText.day)
      }
    case .scale, .slider, .task, nil: DecimalNumber(typed)
    }
  }

  /// The listed texts that were typed, in the order of the list.
  private func choices(_ typed: String, of options: [String]) -> [String]? {
    let words = typed.split(separator: ";").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard Set(words).count == words.count, words.allSatisfy(options.contains) else { return nil }
    return options.filter(words.contains)
  }

  /// An answer as a person reads it: a time as `23:15`, a scale with its word.
  public func words(for answer: Answer?) -> String {
    switch answer {
    case .number(let number):
      guard case .number(let lower, _, _, let unit) = kind else { return "\(number)" }
      switch face {
      case .time: return ClockText.text(number.units % ClockText.day, digits: 2)
      case .duration: return ClockText.text(number.units)
      case .scale(let labels):
        let place = number.units - lower.units
        return labels.indices.contains(place) ? "\(number) \(labels[place])" : "\(number)"
      case .slider, .task, nil: return "\(number)" + (unit.map { " \($0)" } ?? "")
      }
    case .choice(let text), .text(let text): return text
    case .choices(let texts): return texts.joined(separator: "; ")
    case .skipped(let reason): return reason.map { "skipped: \($0)" } ?? "skipped"
    case nil: return "–"
    }
  }
}

/// Minutes as people write them.
package enum ClockText {
  /// Minutes of a day.
  package static let day = 1_440

  /// Reads `H:MM` or `HH:MM`, with hours below a number.
  package static func minutes(_ typed: String, below hours: Int) -> Int? {
    let parts = typed.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < hours, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// Writes `7:05`.
  package static func text(_ minutes: Int, digits: Int = 1) -> String {
    "\(padded(minutes / 60, digits)):\(padded(minutes % 60, 2))"
  }
}
