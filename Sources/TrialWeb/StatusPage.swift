import BlindRecord
import LocalWeb

/// How the record stands: the calendar, what is missing, how much is left.
///
/// Never anything by arm.
struct StatusPage {
  let pages: TrialPages
  let view: TrialView

  /// The page.
  var response: WebResponse {
    pages.page("Status", "\(sums)\(calendar)\(missing)\(events)")
  }

  private var sums: Markup {
    let done = view.count(.recorded) + view.count(.recordedLate)
    let late: Markup? =
      view.count(.recordedLate) == 0 ? nil : ", \(view.count(.recordedLate)) of them late"
    let over = done + view.count(.missing)
    let left = view.rows.count - over
    let paused: Markup? = view.pausedOn.map { day in
      "<p>Paused since \(day.description). <a href=\"/pause\">Go on</a></p>"
    }
    let state: Markup? = view.isLocked ? "<p>The record is locked.</p>" : paused
    return """
      \(state)<p><label for="done">\(done) of \(view.rows.count) slots recorded\(late)</label>\
      <progress id="done" max="\(view.rows.count)" value="\(done)"></progress></p>\
      <dl class="sums">\(sum("in a row", view.streak))\(sum("missing", view.count(.missing)))\
      \(sum("left", left))\(sum("days left", daysLeft))</dl>

      """
  }

  /// A number under its word, which no line break tears apart.
  private func sum(_ word: String, _ number: Int) -> Markup {
    "<div><dt>\(word)</dt><dd>\(number)</dd></div>"
  }

  private var daysLeft: Int {
    guard let last = view.rows.last?.occasion.day else { return 0 }
    return max(0, last.ordinal - view.today.ordinal + 1)
  }

  /// One row a week, Monday first.
  private var calendar: Markup {
    guard let first = view.rows.first?.occasion.day, let last = view.rows.last?.occasion.day else {
      return ""
    }
    let rows = Dictionary(view.rows.map { ($0.occasion.day, $0) }, uniquingKeysWith: { a, _ in a })
    var weeks: [Markup] = []
    var monday = first.advanced(by: 1 - first.weekday)
    while monday <= last {
      let days = (0..<7).map { cell(rows[monday.advanced(by: $0)]) }
      let (year, month, day) = monday.components
      weeks.append(
        """
        <tr><th scope="row"><span class="aside">\(year)-</span>\(padded(month, 2))-\(padded(day, 2))</th>\
        \(days)</tr>

        """)
      monday = monday.advanced(by: 7)
    }
    let names = [
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ].map { name -> Markup in
      """
      <th scope="col"><abbr title="\(name)">\(String(name.prefix(2)))</abbr></th>
      """
    }
    return """
      <table class="calendar"><caption>Slots by week: ● recorded, ◐ late, ○ open, · to come, × missing, ‖ paused\
      </caption><thead><tr><th scope="col">week of</th>\(names)</tr></thead><tbody>\(weeks)</tbody></table>

      """
  }

  private func cell(_ row: SlotRecord?) -> Markup {
    guard let row else { return "<td></td>" }
    let isPaused = view.isPaused(row)
    let mark =
      switch row.status {
      case .missing where isPaused: "‖"
      case .recorded: "●"
      case .recordedLate: "◐"
      case .open: "○"
      case .upcoming: "·"
      case .missing: "×"
      }
    let today: Markup = row.occasion.day == view.today ? " class=\"today\"" : ""
    return """
      <td\(today)><a href="/slot?slot=\(row.occasion.slot)"><span aria-hidden="true">\(mark)</span>\
      <span class="aside">slot \(row.occasion.slot), \(isPaused ? "paused" : SlotPage.words(row))</span></a></td>
      """
  }

  private var missing: Markup? {
    let gaps = view.rows.filter { $0.status == .missing }
    guard !gaps.isEmpty else { return nil }
    let lines = gaps.map { row -> Markup in
      let said =
        (view.isPaused(row) ? ["the trial was paused"] : [])
        + row.deviations.map { EventPages.words[$0.kind] ?? $0.kind.rawValue }
      let why = said.isEmpty ? "nothing is said of it" : said.joined(separator: ", ")
      return """
        <li><a href="/slot?slot=\(row.occasion.slot)">Slot \(row.occasion.slot)</a>, \
        \(row.occasion.day.description): \(why)</li>
        """
    }
    return "<h2>Missing</h2><ul>\(lines)</ul>\n"
  }

  private var events: Markup? {
    let lines = view.entries.compactMap { entry -> Markup? in
      switch entry.event {
      case .adverseEvent(let event):
        let serious: Markup? = event.serious ? ", serious" : nil
        return """
          <li>\(event.onset.description): \(event.term) (\(event.severity.rawValue)\(serious))</li>
          """
      case .deviation(let deviation) where deviation.slot == nil:
        return """
          <li>\(entry.moment.day.description): \
          \(EventPages.words[deviation.kind] ?? deviation.kind.rawValue): \(deviation.reason)</li>
          """
      default: return nil
      }
    }
    guard !lines.isEmpty else { return nil }
    return "<h2>What happened</h2><ul>\(lines)</ul>\n"
  }
}
