import BlindRecord
import LocalWeb
import TrialJournal

/// The pages, as functions of what they show; they know no journal and no file.
///
/// Nothing here can name an arm, and no page shows a mean, a difference or an answer of two slots side by
/// side with what was taken.
struct TrialPages: Sendable {
  let manifest: Manifest
  let frame: PageFrame
  /// The trial's folder, for the commands that a page names.
  let folder: String

  /// A page with the way to the others below it.
  func page(_ title: String, _ content: Markup, status: WebResponse.Status = .ok) -> WebResponse {
    .page(frame.page(title: title, "\(content)\(TrialPages.ways)"), status: status)
  }

  private static let ways: Markup = """
    <nav aria-label="Pages"><ul class="ways"><li><a href="/">Today</a></li>\
    <li><a href="/status">Status</a></li><li><a href="/event">Side effect</a></li>\
    <li><a href="/deviation">Something went differently</a></li>\
    <li><a href="/emergency">Emergency</a></li></ul></nav>

    """

  /// Why something was refused, and that nothing was recorded by it.
  func refused(_ error: any Error, at path: String) -> WebResponse {
    page(
      "Not recorded",
      """
      \(TrialPages.said(of: error, at: path))<p><a class="button" href="/">Back to today</a></p>

      """, status: TrialPages.status(of: error))
  }

  /// Why something was refused, to stand above the form that comes back.
  static func said(of error: any Error, at path: String) -> Markup {
    let refusal = error as? any Refusal
    let words: Markup =
      (error as? JournalError).flatMap { TrialPages.words(of: $0) }
      ?? "\(refusal?.sentences ?? "The program failed: \(error).")"
    // Whom to call must not depend on whether an entry could be written.
    let help: Markup? =
      path == "/event" ? "<p>If it is urgent: <a href=\"/emergency\">Emergency</a></p>" : nil
    return """
      <div class="said refused" role="alert"><strong>nothing was recorded</strong>\(words)</div>\(help)
      """
  }

  static func status(of error: any Error) -> WebResponse.Status {
    guard let refusal = error as? any Refusal, !refusal.isFaultOfTheSystem else {
      return .serverError
    }
    return refusal is JournalError ? .conflict : .unprocessable
  }

  /// No such page.
  var missing: WebResponse {
    page(
      "No such page", "<p><a class=\"button\" href=\"/\">Back to today</a></p>", status: .notFound)
  }

  /// A slot as it is called, at the beginning of a sentence: its number of how many.
  func name(_ occasion: Occasion) -> String {
    "Slot \(occasion.slot) of \(manifest.schedule.occasions.count)"
  }

  /// What is said where the record has a dose as swallowed, and not its kit.
  static let begun = "The record says that a dose was taken already: take nothing more"

  /// What is said where a slot's kit was swallowed at another one, or is lost; `nil` where it is there.
  ///
  /// A note may be wrong, and then the kit is there; what a check-in says was swallowed is not.
  func usedUp(_ row: SlotRecord, _ view: TrialView) -> Markup? {
    guard case .find(let taker) = view.kits.task(for: row) else { return nil }
    let slot = row.occasion.slot
    let code = view.hidesCode(of: row) ? "" : " \(row.takenKit.text)"
    let fate: Markup = taker.map { "was taken for slot \($0)" } ?? "is lost or broken"
    let doubt: Markup? =
      taker == nil || view.isOnlyNoted(row.takenKit, besides: row)
      ? " If that is wrong, take it, and say so at the check-in." : nil
    return """
      <p>\(name(row.occasion)). Its kit\(code) \(fate), says the record.\(doubt) \
      If there is nothing to take: this finds a spare,</p><p><code class="line">selfblind replace \
      \(folder) --slot \(slot) --kit lost --reason "…"</code></p><p>or \
      <a href="/deviation?slot=\(slot)&amp;kind=missed-dose">record it as not taken</a>.</p>
      """
  }

  /// Days in words.
  static func days(_ count: Int) -> String { "\(count) \(count == 1 ? "day" : "days")" }
}

/// What a form of these pages carries unseen.
struct FormSeal: Sendable {
  /// The name of the field that tells one form from every other.
  static let name = "once"
  /// The name of the field with the trial's identity.
  static let trial = "trial"

  let visitor: Visitor
  /// The trial: one device may keep forms of several that were served under one address.
  let trial: String
  /// Tells this form from every other.
  let once: String

  /// The hidden fields.
  var markup: Markup {
    """
    \(visitor.hiddenField)<input type="hidden" name="\(FormSeal.trial)" value="\(trial)">\
    <input type="hidden" name="\(FormSeal.name)" value="\(once)">
    """
  }
}
