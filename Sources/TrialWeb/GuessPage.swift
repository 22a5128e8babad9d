import BlindRecord
import LocalWeb

/// The guess, asked on a page of its own once all ratings are there.
///
/// The ratings travel in the page: nothing is kept of an unfinished form, so nothing is lost with the
/// program, and ratings and guess become one entry.
struct GuessPage {
  let pages: TrialPages
  let items: [Item]
  let prompt: String
  let seal: FormSeal
  let fields: [String: String]
  /// When the ratings came, in seconds since 1970.
  let begun: Int
  var fault: String?

  /// The name of the field that says when the ratings came.
  static let begun = "begun"
  static let percent = "guess"
  static let exact = "guess-exact"
  static let reason = "guess-reason"

  /// The page.
  var response: WebResponse {
    let said: Markup? = fault.map {
      "<p class=\"said refused\" role=\"alert\" id=\"guess-fault\">\($0)</p>"
    }
    return pages.page(
      "Your guess",
      """
      \(said)\(form("\(seal.markup)\(carried)", back: " data-back"))

      """, status: fault == nil ? .ok : .unprocessable)
  }

  /// The form alone, for a script that puts the ratings into it.
  var bare: Markup { form("") }

  /// - Parameter back: says to the script that this form keeps its token: it is that of its ratings.
  private func form(_ hidden: Markup, back: Markup = "") -> Markup {
    let described: Markup = fault == nil ? "" : " aria-describedby=\"guess-fault\""
    // What was typed is seen when the form comes back.
    let isOpen: Markup = (fields[GuessPage.exact] ?? "").isEmpty ? "" : " open"
    return """
      <form method="post" action="/guess" novalidate data-kept="entry"\(back)>\(hidden)\
      <fieldset class="scale"\(described)><legend>\(prompt)</legend>\
      <p class="hint">in percent: 0 is surely not, 100 is surely</p><div>\(steps)</div>\
      \(choice("dk", "Don’t know", "wide"))</fieldset>\
      <details\(isOpen)><summary>A number between</summary><label for="exact">0 to 100</label>\
      <input id="exact" name="\(GuessPage.exact)" inputmode="numeric" autocomplete="off" maxlength="4" \
      value="\(fields[GuessPage.exact] ?? "")"></details>\
      <label for="why">What makes you think so?</label><textarea id="why" name="\(GuessPage.reason)" \
      rows="2" maxlength="\(Item.longestText)">\(fields[GuessPage.reason] ?? "")</textarea>\
      <button class="main">Record</button></form>
      """
  }

  private var steps: [Markup] {
    stride(from: 0, through: 100, by: 10).map { choice("\($0)", "\($0)", "") }
  }

  private func choice(_ value: String, _ words: String, _ style: String) -> Markup {
    let isChosen: Markup = fields[GuessPage.percent] == value ? " checked" : ""
    return """
      <label for="guess-\(value)" class="\(style)"><input type="radio" id="guess-\(value)" \
      name="\(GuessPage.percent)" value="\(value)"\(isChosen)><span>\(words)</span></label>
      """
  }

  /// The ratings, and what goes with them.
  private var carried: [Markup] {
    let names =
      ["slot", "kept", CheckInPage.kit, CheckInPage.noteIsWrong]
      + (fields["slot"].flatMap { Int($0) }.map { [CheckInPage.shown($0)] } ?? [])
      + items.filter(\.isAsked).flatMap { AnswerReading.names(of: $0) }
    let carried = names.compactMap { name -> Markup? in
      guard let value = fields[name], !value.isEmpty else { return nil }
      return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
    return carried + ["<input type=\"hidden\" name=\"\(GuessPage.begun)\" value=\"\(begun)\">"]
  }

  /// Reads the guess.
  ///
  /// - Throws: `FormatError` where there is none, or none that can be.
  static func read(_ fields: [String: String]) throws(FormatError) -> TreatmentGuess {
    let typed = AnswerReading.text(fields[exact])
    let chosen = fields[percent] ?? ""
    // Who typed a number opened a part of the page for it, after whatever button was pressed.
    let text = typed.isEmpty ? chosen : typed
    guard !text.isEmpty else {
      throw FormatError("guess", found: "none", expected: "a percentage, or don’t know")
    }
    let reason = AnswerReading.text(fields[reason])
    guard reason.unicodeScalars.count <= Item.longestText,
      text == "dk" || text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let guess = TreatmentGuess(percent: text == "dk" ? nil : Int(text) ?? -1, reason: reason)
    else {
      throw FormatError(
        "guess", found: "“\(text.prefix(10))”", expected: "0 to 100, or don’t know")
    }
    return guess
  }
}
