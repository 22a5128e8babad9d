import BlindRecord
import LocalWeb

/// What is due now, and which kit to take for it.
struct TodayPage {
  let pages: TrialPages
  let view: TrialView

  /// The page.
  var response: WebResponse { pages.page("Today", "\(state)\(others)\(clock)") }

  private var state: Markup {
    if view.isLocked { return "<p>The record is locked; nothing is added any more.</p>" }
    if view.isUnpacked {
      return """
        <p>The kits are not packed yet. Pack them first: <code>selfblind pack</code></p>

        """
    }
    if let pausedOn = view.pausedOn {
      return """
        <p>Paused since \(pausedOn.description).</p>\
        <p><a class="button" href="/pause">Go on</a></p>

        """
    }
    if let due = view.rows.first(where: { $0.occasion.day == view.today }) { return today(due) }
    return """
      <p>No slot is due today.</p>\(upcoming)
      """
  }

  private func today(_ row: SlotRecord) -> Markup {
    let occasion = row.occasion
    guard row.status == .open else {
      return """
        <div class="said"><strong>recorded</strong>\(pages.name(occasion)), kit \
        \(row.takenKit.text). <a href="/slot?slot=\(occasion.slot)">Look at it</a></div>\
        \(upcoming)
        """
    }
    return """
      <p>\(pages.name(occasion)). Take the kit</p><p class="kit">\(view.isPackedAlone ? view.container(of: row) : row.takenKit.text)</p>\
      <p><a class="button main" href="/check-in?slot=\(occasion.slot)">Check in</a></p>

      """
  }

  private var upcoming: Markup {
    guard let next = view.next else { return "<p>No slot is left.</p>" }
    let days = next.occasion.day.ordinal - view.today.ordinal
    return """
      <p>Next: slot \(next.occasion.slot), kit \(next.takenKit.text), on \
      \(next.occasion.day.description), in \(TrialPages.days(days)).</p>

      """
  }

  /// Slots of earlier days that can still be recorded.
  private var others: Markup? {
    guard !view.isLocked, !view.isUnpacked else { return nil }
    let late = view.open.filter {
      $0.occasion.day != view.today && view.refusal(of: $0) == nil
    }
    guard !late.isEmpty else { return nil }
    let lines = late.map { row -> Markup in
      let last = row.occasion.day.advanced(by: view.manifest.schedule.entryWindow)
      return """
        <li><a href="/check-in?slot=\(row.occasion.slot)">Slot \(row.occasion.slot) of \
        \(row.occasion.day.description)</a>, kit \(row.takenKit.text), until \
        \(last.description)</li>
        """
    }
    return "<h2>Still open</h2><ul class=\"roomy\">\(lines)</ul>\n"
  }

  private var clock: Markup {
    """
    <p class="hint" data-zone="\(view.now.zone)" data-offset="\(view.now.offset)">It is \(view.now.localTime) on \(view.today.description) in \(view.now.zone). \
    <a href="/zone">I am elsewhere</a></p>

    """
  }
}
