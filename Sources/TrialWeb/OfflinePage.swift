import BlindRecord
import LocalWeb

/// The daily form for when the server is not there: kept on the device, for any slot of the coming weeks.
///
/// It is the same form; which slot it is for is chosen by its day. What is filled in waits on the device.
struct OfflinePage {
  /// Slots for which a device can be without a connection.
  static let reach = 21

  let pages: TrialPages
  let view: TrialView
  let seal: FormSeal

  /// The code, where it is not to be read on the container.
  private func kit(of row: SlotRecord) -> Markup? {
    switch view.kits.task(for: row) {
    case .take(let code): view.isPackedAlone ? nil : ", kit \(code.text)"
    case .rate: ", only to be rated"
    case .find: ", its kit is gone"
    }
  }

  /// The page.
  var response: WebResponse {
    let slots = view.rows.filter { $0.status == .open || $0.status == .upcoming }
      .prefix(OfflinePage.reach)
    guard !slots.isEmpty, !view.isLocked, !view.isUnpacked else {
      return pages.page("No connection", "<p>There is nothing to record.</p>")
    }
    let options = slots.map { row -> Markup in
      """
      <option value="\(row.occasion.slot)" data-day="\(row.occasion.day.description)">slot \
      \(row.occasion.slot), \(row.occasion.day.description)\(kit(of: row))</option>
      """
    }
    let form = CheckInPage(
      pages: pages, view: view, row: slots[slots.startIndex], seal: seal)
    let shown = slots.map { row -> Markup in
      let kit = CheckInPage.shown(row.hasNoDose ? nil : row.takenKit)
      return """
        <input type="hidden" name="\(CheckInPage.shown(row.occasion.slot))" value="\(kit)">
        """
    }
    let label: Markup =
      view.isPackedAlone ? "The code on the kit that you took" : "If it was another kit: its code"
    let code: Markup = """
      <label for="kit">\(label)</label><input id="kit" name="kit" \
      autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20">
      """
    return pages.page(
      "No connection",
      """
      <p>What you record now is kept on this device and sent when the connection is back, once.</p>\
      <form method="post" action="/check-in" novalidate data-kept="\(form.kind)">\(seal.markup)\
      <label for="slot">Which slot?</label><select id="slot" name="slot" data-days>\(options)</select>\
      \(view.isPackedAlone ? [] : shown)\(code)\(form.items)<button class="main">\(form.next)</button></form>\(form.waitingGuess)

      """)
  }
}
