import BlindRecord
import LocalWeb

/// What is recorded of one slot: every answer with those that it replaced, and the way to correct it.
struct SlotPage {
  let pages: TrialPages
  let view: TrialView
  let row: SlotRecord

  /// The page.
  var response: WebResponse {
    let occasion = row.occasion
    return pages.page(
      "Slot \(occasion.slot)",
      """
      <p>\(occasion.day.description), \(kit): \(SlotPage.words(row)).</p>\(entry)\(answers)\(deviations)

      """)
  }

  /// The kit by its code, where that is not still to be scanned.
  private var kit: Markup {
    if row.hasNoDose || row.hasUnknownKit { return "\(view.takenWords(of: row))" }
    return view.hidesCode(of: row)
      ? "\(view.kit(of: row))" : "kit <b class=\"code\">\(row.takenKit.text)</b>"
  }

  /// A slot's status in words.
  static func words(_ row: SlotRecord) -> String {
    switch row.status {
    case .recorded: "recorded"
    case .recordedLate: "recorded \(TrialPages.days(row.delay)) late"
    case .open: "open"
    case .upcoming: "still to come"
    case .missing: "missing"
    }
  }

  private var entry: Markup? {
    let made = view.entries.first {
      if case .checkIn(let checkIn) = $0.event { checkIn.slot == row.occasion.slot } else { false }
    }
    if let made {
      return """
        <p class="hint">Entry \(made.index), at \(made.moment.localTime) on \
        \(made.moment.day.description) in \(made.moment.zone).</p>

        """
    }
    guard view.refusal(of: row) == nil else { return nil }
    return "<p><a class=\"button\" href=\"/check-in?slot=\(row.occasion.slot)\">Check in</a></p>\n"
  }

  private var answers: Markup? {
    guard row.isRecorded else { return nil }
    let lines = view.manifest.items.map { item -> Markup in
      let correct: Markup? =
        view.isLocked || !item.isAsked
        ? nil
        : """
         <a href="/correct?slot=\(row.occasion.slot)&amp;item=\(item.name)">Correct \
        <span class="aside">“\(item.name)”</span></a>
        """
      return """
        <dt>\(item.prompt)</dt><dd>\(history(of: item))<b>\(item.words(for: row.answers[item.name]))\
        </b>\(correct)</dd>
        """
    }
    let guess: Markup? = row.guess.map { guess in
      let percent = guess.percent.map { "\($0) %" } ?? "don’t know"
      let reason: Markup? = guess.reason.isEmpty ? nil : ": \(guess.reason)"
      return "<dt>\(view.manifest.guessPrompt ?? "")</dt><dd><b>\(percent)</b>\(reason)</dd>"
    }
    return "<dl>\(lines)\(guess)</dl>\n"
  }

  /// The answers that no longer count, each with the reason and the time of the next one.
  private func history(of item: Item) -> [Markup] {
    var lines: [Markup] = []
    var standing: Answer?
    for entry in view.entries {
      switch entry.event {
      case .checkIn(let checkIn) where checkIn.slot == row.occasion.slot:
        standing = checkIn.answers[item.name]
      case .correction(let correction)
      where correction.slot == row.occasion.slot && correction.item == item.name:
        lines.append(
          """
          <span class="old"><s>\(item.words(for: standing))</s> corrected on \
          \(entry.moment.day.description) at \(entry.moment.localTime): \(correction.reason)</span>
          """)
        standing = correction.answer
      default: break
      }
    }
    return lines
  }

  private var deviations: Markup? {
    guard !row.deviations.isEmpty else { return nil }
    let lines = row.deviations.map { deviation -> Markup in
      // The spare that stands for the slot's kit is scanned at the dose, as that would be.
      let isShown = deviation.kind != .spareKit || !view.hidesCode(of: row)
      let kit: Markup? = isShown ? deviation.kit.map { " (\($0.text))" } : nil
      return """
        <li>\(EventPages.words[deviation.kind] ?? deviation.kind.rawValue)\(kit): \(deviation.reason)</li>
        """
    }
    return "<h2>What went differently</h2><ul>\(lines)</ul>\n"
  }
}

/// The form that corrects one answer.
struct CorrectionPage {
  let pages: TrialPages
  let row: SlotRecord
  let item: Item
  let seal: FormSeal
  var fields: [String: String] = [:]
  var fault: String?
  /// Why the journal refused it.
  var error: (any Error)?

  /// The page.
  var response: WebResponse {
    let field = ItemField(
      item: item, place: 0, fields: fields, fault: fault, recall: item.recall
    ).markup
    let said = error.map { TrialPages.said(of: $0, at: "/correct") }
    // Says to the script that this is a form which came back.
    let back: Markup = error == nil && fault == nil ? "" : " data-back"
    let refusal = error.map { TrialPages.status(of: $0) }
    return pages.page(
      "Correct “\(item.name)”",
      """
      \(said)<p>Recorded of slot \(row.occasion.slot), \(row.occasion.day.description): \
      <b>\(item.words(for: row.answers[item.name]))</b>. It stays readable; the new answer counts.</p>\
      <form method="post" action="/correct" novalidate data-kept="entry"\(back)>\(seal.markup)\
      <input type="hidden" name="slot" value="\(row.occasion.slot)">\
      <input type="hidden" name="item" value="\(item.name)">\(field)\
      <label for="reason">Why is it corrected?</label><textarea id="reason" name="reason" rows="2" \
      maxlength="\(Item.longestText)" required>\(fields["reason"] ?? "")</textarea>\
      <button class="main">Record the correction</button></form>

      """, status: refusal ?? (fault == nil ? .ok : .unprocessable))
  }
}
