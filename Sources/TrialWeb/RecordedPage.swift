import BlindRecord
import LocalWeb

/// What was just recorded, read back from the journal.
struct RecordedPage {
  let pages: TrialPages
  let view: TrialView
  let fields: [String: String]

  /// The entry that an address names, where there is one.
  static func index(_ fields: [String: String], _ view: TrialView) -> Int? {
    fields["entry"].flatMap { Int($0) }.flatMap { view.entries.indices.contains($0) ? $0 : nil }
  }

  /// The page.
  var response: WebResponse {
    guard let index = RecordedPage.index(fields, view) else { return pages.missing }
    let entry = view.entries[index]
    guard let words = words(entry) else { return pages.missing }
    return pages.page(
      "Recorded",
      """
      <div class="said" role="status"><strong>recorded</strong>\(words), entry \(index), at \
      \(entry.moment.localTime) on \(entry.moment.day.description).</div>\(onward(entry))

      """)
  }

  private func words(_ entry: JournalEntry) -> String? {
    switch entry.event {
    case .checkIn(let checkIn):
      let day = view.rows.first { $0.occasion.slot == checkIn.slot }?.occasion.day
      let late = day.map { entry.day.ordinal - $0.ordinal } ?? 0
      return "Slot \(checkIn.slot)" + (late > 0 ? ", \(TrialPages.days(late)) late" : "")
    case .correction(let correction): return "“\(correction.item)” of slot \(correction.slot)"
    case .deviation(let deviation):
      let what = EventPages.words[deviation.kind] ?? deviation.kind.rawValue
      return "“\(what)”" + (deviation.slot.map { " of slot \($0)" } ?? "")
    case .adverseEvent(let event): return "“\(event.term)”"
    default: return nil
    }
  }

  /// Where it goes on: after a departure of a slot that is still open, to its check-in.
  private func onward(_ entry: JournalEntry) -> Markup {
    if case .deviation(let deviation) = entry.event, let slot = deviation.slot,
      let row = view.row(String(slot)), view.refusal(of: row) == nil
    {
      return """
        <p><a class="button main" href="/check-in?slot=\(slot)">On to the check-in</a></p>

        """
    }
    if case .correction(let correction) = entry.event {
      return
        "<p><a class=\"button\" href=\"/slot?slot=\(correction.slot)\">Back to the slot</a></p>\n"
    }
    return "<p><a class=\"button\" href=\"/\">Back to today</a></p>\n"
  }
}
