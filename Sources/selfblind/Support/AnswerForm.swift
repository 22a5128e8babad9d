import BlindRecord

/// The daily form: answers as typed on the command line, or asked in the terminal.
///
/// The form and its order are the manifest's and never depend on the slot.
struct AnswerForm {
  let manifest: Manifest
  private(set) var answers: [String: Answer] = [:]
  private(set) var guess: TreatmentGuess?

  init(of manifest: Manifest) { self.manifest = manifest }

  /// The answers, and the scores that follow from them.
  ///
  /// An open question that nobody answered is skipped, as on the page.
  var complete: [String: Answer] {
    let open = manifest.items.filter { $0.isAsked && $0.kind == .text }
    let skipped = open.map { ($0.name, Answer.skipped(reason: nil)) }
    return manifest.items.completed(answers.merging(skipped) { given, _ in given })
  }

  /// Takes `name=value` for each answer; `guess=` takes 0 to 100 or `dk`.
  mutating func take(_ typed: [String], guessReason: String) throws {
    for text in typed {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw CommandRefusal(
          "the answer \"\(text.prefix(40))\" has no \"=\"", hint: "write it like mood=6")
      }
      let name = String(parts[0])
      if name == "guess" {
        guard manifest.guessPrompt != nil else {
          throw CommandRefusal("this trial asks for no guess")
        }
        guard guess == nil else { throw CommandRefusal("the guess is given twice") }
        guess = try AnswerForm.guess(String(parts[1]), reason: guessReason)
      } else {
        let (item, typed) = (try self.item(name), String(parts[1]))
        // Nothing to say is a skip of an open question, as on the page.
        try put(
          item.kind == .text && typed.isEmpty ? .skipped(reason: nil) : item.answer(byHand: typed),
          for: name)
      }
    }
  }

  /// Takes items that are deliberately not answered.
  mutating func skip(_ names: [String], reason: String?) throws {
    for name in names { try put(.skipped(reason: reason), for: item(name).name) }
  }

  /// Asks for everything that is not answered yet; an empty line skips an item, `skip: WHY` with a reason.
  mutating func askForTheRest() throws {
    var recall: String?
    for item in manifest.items where item.isAsked && answers[item.name] == nil {
      if let asked = item.recall, asked != recall { try Output.show(asked) }
      recall = item.recall
      let question = "\(item.prompt) (\(AnswerForm.hint(item)); empty = skip, or skip: why)"
      answers[item.name] = try Terminal.ask(question) { typed in
        if typed.isEmpty { return .skipped(reason: nil) }
        guard typed.hasPrefix("skip:") else { return try item.answer(byHand: typed) }
        let reason = trimmed(String(typed.dropFirst("skip:".count)))
        return .skipped(reason: reason.isEmpty ? nil : reason)
      }
    }
    if let prompt = manifest.guessPrompt, guess == nil {
      let asked = try Terminal.ask("\(prompt) (0 to 100, or dk = don't know)") {
        try AnswerForm.guess($0, reason: "")
      }
      guard asked.percent != nil else { return guess = asked }
      let reason = try Terminal.ask("What makes you think so? (empty = nothing in particular)")
      guess = TreatmentGuess(percent: asked.percent, reason: reason)
    }
  }

  /// How an item is answered at its question, with its unit.
  private static func hint(_ item: Item) -> String {
    func numbered(_ options: [String]) -> String {
      options.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: ", ")
    }
    switch item.kind {
    case .choice(let options): return "one of " + numbered(options)
    case .choices(let options, let most):
      let count = most < options.count ? "1 to \(most)" : "one or more"
      return "\(count) of \(numbered(options)); divided by semicolons"
    case .text: return item.expectation
    case .number(_, _, _, let unit):
      switch item.face {
      case .slider(let low, let high): return "\(item.expectation), \(low) to \(high)"
      case .task: return "done on the page, `selfblind serve`; its score, \(item.expectation)"
      case .time, .duration, .scale: return item.expectation
      case nil: return item.expectation + (unit.map { ", in \($0)" } ?? "")
      }
    }
  }

  /// Refuses a form with gaps: what is not answered must be skipped by name, but for open questions.
  func checkComplete() throws {
    let open = manifest.items.filter { $0.isAsked && $0.kind != .text }.map(\.name)
      .filter { answers[$0] == nil }
    guard open.isEmpty else {
      throw CommandRefusal(
        "not answered: \(open.joined(separator: ", "))",
        hint: "answer it like \(open[0])=…, or leave it out with --skip \(open[0])")
    }
    guard manifest.guessPrompt == nil || guess != nil else {
      throw CommandRefusal(
        "not answered: guess", hint: "guess=60 for 60 percent, guess=dk for \"don't know\"")
    }
  }

  private mutating func put(_ answer: Answer, for name: String) throws {
    guard answers.updateValue(answer, forKey: name) == nil else {
      throw CommandRefusal("the item \"\(name)\" is answered twice")
    }
  }

  private func item(_ name: String) throws -> Item {
    guard let item = manifest.item(name) else {
      throw CommandRefusal(
        "the form has no item \"\(name.prefix(40))\"",
        hint: "its items: " + manifest.items.map(\.name).joined(separator: ", "))
    }
    guard item.score == nil else {
      throw CommandRefusal(
        "the score \"\(item.name)\" follows from other answers",
        hint: "answer its items: " + (item.score?.items.joined(separator: ", ") ?? ""))
    }
    return item
  }

  private static func guess(_ typed: String, reason: String) throws -> TreatmentGuess {
    let digits = typed.hasSuffix("%") ? String(typed.dropLast()) : typed
    let percent = Int(digits)
    guard typed == "dk" || percent != nil,
      let guess = TreatmentGuess(percent: percent, reason: reason)
    else {
      throw FormatError(
        "guess", found: "\"\(typed.prefix(40))\"", expected: "0 to 100, or dk for don't know")
    }
    return guess
  }
}
