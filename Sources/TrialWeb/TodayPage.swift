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
    let due = view.rows.first { $0.occasion.day == view.today }
    if let pausedOn = view.pausedOn {
      // The day on which the pause began can still be rated.
      let open = due.flatMap { view.refusal(of: $0) == nil ? today($0) : nil }
      return """
        \(open)<p>Paused since \(pausedOn.description).</p>\
        <p><a class="button" href="/pause">Go on</a></p>

        """
    }
    if let due { return today(due) }
    return """
      <p>No slot is due today.</p>\(upcoming)
      """
  }

  private func today(_ row: SlotRecord) -> Markup {
    let occasion = row.occasion
    guard row.status == .open else {
      return """
        <div class="said"><strong>recorded</strong>\(pages.name(occasion)), \
        \(view.takenWords(of: row)). <a href="/slot?slot=\(occasion.slot)">Look at it</a></div>\
        \(upcoming)
        """
    }
    // A code on the screen could be typed without a look at the kit, so who scans is not told it.
    let shown = view.isPackedAlone ? view.container(of: row) : row.takenKit.text
    let dose: Markup =
      if row.hasNoDose {
        "<p>\(pages.name(occasion)). Recorded as not taken; the ratings are asked all the same.</p>"
      } else if row.isOnlyToBeRated {
        """
        <p>\(pages.name(occasion)). The record says that \(view.takenKit(of: row)) was taken: take nothing more, \
        only rate the day.</p>
        """
      } else if row.isBegun {
        "<p>\(pages.name(occasion)). \(TrialPages.begun), only rate the day.</p>"
      } else if let usedUp = pages.usedUp(row, view) {
        usedUp
      } else {
        """
        <p>\(pages.name(occasion)). Take the kit</p><p class="kit">\(shown)</p>
        """
      }
    return """
      \(dose)\
      <p><a class="button main" href="/check-in?slot=\(occasion.slot)">Check in</a></p>

      """
  }

  private var upcoming: Markup {
    guard let next = view.next else {
      guard view.open.isEmpty else { return "<p>No slot is still to come.</p>" }
      return """
        <p>No slot is left. What comes next is the lock, after which nothing is added: stop the program that \
        gives these pages (control-C), then</p>\
        <p><code class="line">selfblind lock \(pages.folder)</code></p>

        """
    }
    let days = next.occasion.day.ordinal - view.today.ordinal
    let kit: Markup =
      if case .take(let code) = view.kits.task(for: next), !view.isPackedAlone {
        ", kit \(code.text)"
      } else {
        ""
      }
    return """
      <p>Next: slot \(next.occasion.slot)\(kit), on \
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
      let kit =
        switch view.kits.task(for: row) {
        case .take: view.kit(of: row)
        case .rate: "only to be rated"
        case .find: "its kit is gone"
        }
      return """
        <li><a href="/check-in?slot=\(row.occasion.slot)">Slot \(row.occasion.slot) of \
        \(row.occasion.day.description)</a>, \(kit), until \
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
