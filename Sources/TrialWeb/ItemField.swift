import BlindRecord
import LocalWeb

/// One item of the daily form: its question, its answers, and the way to skip it.
struct ItemField {
  let item: Item
  /// The number of the item in the form, for names that are good in a page.
  let place: Int
  /// What was sent before, when a form comes back.
  var fields: [String: String] = [:]
  /// What was wrong with it.
  var fault: String?
  /// The time that is asked about, where it is to be said here.
  var recall: String?

  /// The most answers of a scale that is shown as one button for each.
  static let mostButtons = 11

  private var id: String { "item-\(place)" }
  private var name: String { AnswerReading.field(item) }
  private var sent: String { fields[name] ?? "" }

  /// The item.
  var markup: Markup {
    let asked: Markup? = recall.map { "<p class=\"recall\">\($0)</p>" }
    return """
      <div class="item" id="\(id)-box">\(asked)\(control)\(skip)</div>

      """
  }

  private var said: Markup? {
    fault.map { "<p class=\"fault\" id=\"\(id)-fault\"><b>\(item.name):</b> \($0)</p>" }
  }

  private var control: Markup {
    switch item.kind {
    case .number(let lower, let upper, let decimals, let unit):
      switch item.face {
      case .scale(let labels):
        let answers = labels.enumerated().map { place, label in
          ("\(lower.units + place)", label)
        }
        return buttons(answers, in: "options")
      case .slider(let low, let high): return slider(lower, upper, low, high, unit)
      case .time: return time
      case .duration: return duration
      case .task(let task): return self.task(task)
      case nil:
        guard let values = ItemField.steps(lower, upper, decimals) else { return number(unit) }
        return buttons(values.map { ($0, $0) }, in: "scale", unit: unit)
      }
    case .choice(let options): return buttons(options.map { ($0, $0) }, in: "options")
    case .choices(let options, let most): return boxes(options, most: most)
    case .text: return text
    }
  }

  /// The whole numbers of a short scale; `nil` for any other.
  static func steps(
    _ lower: DecimalNumber, _ upper: DecimalNumber, _ decimals: Int
  ) -> [String]? {
    guard decimals == 0, lower.decimals == 0, upper.decimals == 0,
      upper.units - lower.units < mostButtons
    else { return nil }
    return (lower.units...upper.units).map(String.init)
  }

  /// What a screen reader says with the field: its hint and what is wrong with it.
  private func described(hint: Bool = false) -> Markup {
    let invalid: Markup = fault == nil ? "" : " aria-invalid=\"true\""
    switch (hint, fault != nil) {
    case (false, false): return ""
    case (true, false): return " aria-describedby=\"\(id)-hint\""
    case (false, true): return "\(invalid) aria-describedby=\"\(id)-fault\""
    case (true, true): return "\(invalid) aria-describedby=\"\(id)-hint \(id)-fault\""
    }
  }

  private var text: Markup {
    """
    <label for="\(id)">\(item.prompt)</label>\(said)<textarea id="\(id)" name="\(name)" rows="2" \
    maxlength="\(Item.longestText)"\(described())>\(sent)</textarea>
    """
  }

  private func number(_ unit: String?) -> Markup {
    let hint = item.expectation + (unit.map { ", in \($0)" } ?? "")
    return """
      <label for="\(id)">\(item.prompt)</label>\(said)<p class="hint" id="\(id)-hint">\(hint)</p>\
      <input id="\(id)" name="\(name)" inputmode="decimal" autocomplete="off" maxlength="20" \
      value="\(sent)"\(described(hint: true))>
      """
  }

  /// A number that is typed; the page's script makes a line of it, with nothing set before it is touched.
  private func slider(
    _ lower: DecimalNumber, _ upper: DecimalNumber, _ low: String, _ high: String, _ unit: String?
  ) -> Markup {
    let measure = unit.map { " \($0)" } ?? ""
    return """
      <label for="\(id)">\(item.prompt)</label>\(said)<p class="hint ends" id="\(id)-hint">\
      <span>\(lower.description)\(measure): \(low)</span> <span>\(upper.description)\(measure): \(high)\
      </span></p><input id="\(id)" name="\(name)" inputmode="numeric" autocomplete="off" maxlength="20" \
      value="\(sent)" data-slider data-low="\(lower.description)" data-high="\(upper.description)"\
      \(described(hint: true))>
      """
  }

  private var time: Markup {
    """
    <label for="\(id)">\(item.prompt)</label>\(said)<input type="time" id="\(id)" name="\(name)" \
    value="\(sent)"\(described())>
    """
  }

  private var duration: Markup {
    let parts = [
      (AnswerReading.hours(item), "hours", "h"), (AnswerReading.minutes(item), "minutes", "m"),
    ].map { name, words, end -> Markup in
      """
      <span><label for="\(id)-\(end)">\(words)</label><input id="\(id)-\(end)" name="\(name)" \
      inputmode="numeric" autocomplete="off" maxlength="2" value="\(fields[name] ?? "")"></span>
      """
    }
    return """
      <fieldset\(described(hint: true))><legend>\(item.prompt)</legend>\(said)\
      <p class="hint" id="\(id)-hint">\(item.expectation)</p><div class="pair">\(parts)</div></fieldset>
      """
  }

  /// The task is the script's; without one it can only be skipped.
  private func task(_ task: ItemFace.Task) -> Markup {
    """
    <fieldset class="task" data-task="\(task.rawValue)" data-seconds="\(task.seconds)"\(described())><legend>\(item.prompt)</legend>\(said)\
    <noscript><p class="hint">This task needs the page’s script. Skip it here.</p></noscript>\
    <input type="hidden" name="\(name)" value="\(sent)"></fieldset>
    """
  }

  /// One button for each answer; none is chosen beforehand.
  private func buttons(
    _ answers: [(value: String, words: String)], in style: String, unit: String? = nil
  ) -> Markup {
    let choices = answers.enumerated().map { place, answer -> Markup in
      let isChosen: Markup = answer.value == sent && !sent.isEmpty ? " checked" : ""
      return """
        <label for="\(id)-\(place)"><input type="radio" id="\(id)-\(place)" name="\(name)" \
        value="\(answer.value)"\(isChosen)><span>\(answer.words)</span></label>
        """
    }
    let measure: Markup? = unit.map { " <span class=\"hint\">(\($0))</span>" }
    return """
      <fieldset class="\(style)"\(described())><legend>\(item.prompt)\(measure)</legend>\(said)\
      <div>\(choices)</div></fieldset>
      """
  }

  /// Any of a list.
  private func boxes(_ options: [String], most: Int) -> Markup {
    let choices = options.enumerated().map { place, option -> Markup in
      let name = AnswerReading.option(place, of: item)
      let isChosen: Markup = fields[name] == "yes" ? " checked" : ""
      return """
        <label for="\(id)-\(place)"><input type="checkbox" id="\(id)-\(place)" name="\(name)" \
        value="yes"\(isChosen)><span>\(option)</span></label>
        """
    }
    let limit = most < options.count ? "at most \(most)" : "any number"
    return """
      <fieldset class="options"\(described(hint: true))><legend>\(item.prompt)</legend>\(said)\
      <p class="hint" id="\(id)-hint">\(limit)</p><div>\(choices)</div></fieldset>
      """
  }

  private var skip: Markup {
    let isSkipped: Markup = fields[AnswerReading.skip(item)] == "yes" ? " checked" : ""
    return """
      <div class="skip"><label for="\(id)-skip"><input type="checkbox" id="\(id)-skip" \
      name="\(AnswerReading.skip(item))" value="yes"\(isSkipped)>Skip \
      <span class="aside">“\(item.name)”</span></label>\
      <div class="why"><label for="\(id)-reason">Why, if you like</label>\
      <input id="\(id)-reason" name="\(AnswerReading.reason(item))" autocomplete="off" \
      maxlength="\(Item.longestText)" value="\(fields[AnswerReading.reason(item)] ?? "")"></div></div>
      """
  }
}
