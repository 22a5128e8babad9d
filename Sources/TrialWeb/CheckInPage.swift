import BlindRecord
import LocalWeb

/// The daily form: which kit, then every item; the guess comes on a page of its own, after it.
struct CheckInPage {
  let pages: TrialPages
  let view: TrialView
  let row: SlotRecord
  let seal: FormSeal
  /// What was sent before, when the form comes back.
  var fields: [String: String] = [:]
  /// What is wrong with it, by item; the kit's under `kit`.
  var faults: [String: String] = [:]
  /// Why the journal refused it; what was typed is not lost with it.
  var error: (any Error)?
  /// Whether the kit's code was just read in a photograph.
  var isRead = false

  /// The name of the field of the kit's code, and of what is wrong with it.
  static let kit = "kit"
  /// The name of the field of the label's photograph.
  static let photograph = "photograph"
  /// The name of the hidden field that says which kit a slot's form showed; another one must not be recorded.
  static func shown(_ slot: Int) -> String { "shown-\(slot)" }
  /// What stands in that field.
  static func shown(_ kit: KitCode?) -> String { kit?.text ?? "none" }
  /// The name of the tick that the note which says that this kit was taken elsewhere is wrong.
  static let noteIsWrong = "note-wrong"

  /// The page.
  var response: WebResponse {
    pages.page(
      faults.isEmpty && error == nil ? "Check in" : "Not recorded yet",
      """
      \(refusal)\(summary)\(read)\(late)<form method="post" action="/check-in" novalidate data-kept="\(kind)"\(back)>\(usual)\(seal.markup)\
      <input type="hidden" name="slot" value="\(row.occasion.slot)">\(kept)\(guess)\(kit)\(items)\
      <button class="main">\(next)</button></form>\(waitingGuess)

      """,
      status: error.map { TrialPages.status(of: $0) } ?? (faults.isEmpty ? .ok : .unprocessable))
  }

  private var refusal: Markup? { error.map { TrialPages.said(of: $0, at: "/check-in") } }

  /// A guess that was made already comes back when its ratings are mended: the first one is worth the most.
  private var guess: [Markup] {
    [GuessPage.percent, GuessPage.exact, GuessPage.reason].compactMap { name in
      fields[name].map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
    }
  }

  /// What the script does with the form: keep it as an entry, or go on to the guess.
  var kind: String { view.manifest.guessPrompt == nil ? "entry" : "ratings" }

  /// The guess for a device without a connection: inert until the script shows it, after all ratings.
  var waitingGuess: Markup? {
    view.manifest.guessPrompt.map { prompt in
      let guess = GuessPage(
        pages: pages, items: view.manifest.items, prompt: prompt, seal: seal, fields: [:], begun: 0)
      return "<template id=\"guess\">\(guess.bare)</template>"
    }
  }

  /// How long a form waited that came back from a device.
  private var kept: Markup? {
    fields["kept"].map { "<input type=\"hidden\" name=\"kept\" value=\"\($0)\">" }
  }

  /// Says to the script that this is a form which came back.
  private var back: Markup { fields.isEmpty ? "" : " data-back" }

  var next: String { view.manifest.guessPrompt == nil ? "Record" : "Go on" }

  private var summary: Markup? {
    guard !faults.isEmpty else { return nil }
    var lines: [Markup] =
      faults[CheckInPage.kit].map { ["<li><a href=\"#kit\">\($0)</a></li>"] } ?? []
    for (place, item) in view.manifest.items.enumerated() {
      guard let fault = faults[item.name] else { continue }
      lines.append("<li><a href=\"#item-\(place)-box\">\(item.name): \(fault)</a></li>")
    }
    return """
      <div class="said refused" role="alert"><strong>not recorded yet</strong><ul>\(lines)</ul></div>

      """
  }

  /// What the return key presses, also that of a keyboard scanner in the field of the code: the first button of a
  /// form, which would be the photograph's.
  private var usual: Markup? {
    view.isPackedAlone
      ? "<button class=\"aside\" tabindex=\"-1\" aria-hidden=\"true\">\(next)</button>" : nil
  }

  private var late: Markup? {
    let days = view.today.ordinal - row.occasion.day.ordinal
    guard days > 0 else { return nil }
    return """
      <p class="hint">This is for \(row.occasion.day.description); the entry will say that it was made \
      \(TrialPages.days(days)) late.</p>

      """
  }

  var items: [Markup] {
    var asked: String?
    return view.manifest.items.enumerated().compactMap { place, item -> Markup? in
      guard item.isAsked else { return nil }
      defer { asked = item.recall }
      return ItemField(
        item: item, place: place, fields: fields, fault: faults[item.name],
        recall: item.recall == asked ? nil : item.recall
      ).markup
    }
  }
}
