import BlindRecord
import LocalWeb

/// Whom to call, when to stop, and how one kit is opened; the same at any time and for any kit.
struct EmergencyPage {
  let pages: TrialPages
  let view: TrialView
  /// The serious event that was just recorded.
  var recorded: Int?

  /// The page.
  var response: WebResponse {
    let safety = view.manifest.safety
    let said: Markup? = recorded.map {
      "<p class=\"said\" role=\"status\">It is recorded, entry \($0).</p>"
    }
    let rules = safety.stoppingRules.map { rule -> Markup in "<li>\(rule)</li>" }
    return pages.page(
      "Emergency",
      """
      \(said)<p class="call">\(safety.emergencyContact)</p>\
      <h2>Stop when</h2><ul>\(rules)</ul>\
      <p>Stopping is always allowed. Take nothing more; what is missing is recorded as missing.</p>\
      <h2>What did I take?</h2><p>Whoever holds the key can open one slot. The reason is written down \
      first, and the others stay sealed:</p>\(slots)\
      <p><code class="line">selfblind break-code \(pages.folder) --slot N --reason "…"</code></p>\
      <p>Where this computer cannot be reached, the printed emergency sheet opens a single slot.</p>\
      <h2>To end the trial</h2>\
      <p><code class="line">selfblind lock \(pages.folder) --reason "…"</code></p>\
      <p><a class="button plain" href="/event">Record what happened</a> \
      <a class="button plain" href="/pause">Pause the trial</a></p>

      """)
  }

  /// The latest slots, which whoever is asked will ask about.
  private var slots: Markup? {
    let latest = view.rows.filter { $0.occasion.day <= view.today }.suffix(3).reversed()
    guard !latest.isEmpty else { return nil }
    let lines = latest.map { row -> Markup in
      """
      <li>slot \(row.occasion.slot), \(row.occasion.day.description), kit \
      \(row.takenKit.text)</li>
      """
    }
    return "<ul>\(lines)</ul>"
  }
}
