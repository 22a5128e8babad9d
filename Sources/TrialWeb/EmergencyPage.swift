import BlindRecord
import LocalWeb

/// Whom to call, when to stop, and how one kit is opened; the same at any time and for any kit.
struct EmergencyPage {
  let pages: TrialPages
  let view: TrialView
  /// The entry that the address says was just recorded.
  var entry: Int?

  /// The serious event among the entries that it is; any other entry says nothing here.
  private var recorded: Int? {
    guard let entry, case .adverseEvent(let event) = view.entries[entry].event, event.serious else {
      return nil
    }
    return entry
  }

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
      \(said)<p class="call">\(contact)</p>\
      <h2>Stop when</h2><ul>\(rules)</ul>\
      <p>Stopping is always allowed. Take nothing more; what is missing is recorded as missing.</p>\
      <h2>What did I take?</h2><p>Whoever holds the key can open one slot. The reason is written down \
      first, and the others stay sealed:</p>\(slots)\
      <p><code class="line">selfblind break-code \(pages.folder) --slot N --reason "…"</code></p>\
      <p>Where this computer cannot be reached, the printed emergency sheet opens a single slot.</p>\
      <h2>To end the trial</h2><p>Stop the program that gives these pages (control-C), then:</p>\
      <p><code class="line">selfblind lock \(pages.folder) --reason "…"</code></p>\
      <p class="deeds"><a class="button plain" href="/event">Record what happened</a> \
      <a class="button plain" href="/pause">Pause the trial</a></p>

      """)
  }

  /// The latest slots, which whoever is asked will ask about.
  private var slots: Markup? {
    let latest = view.rows.filter { $0.occasion.day <= view.today }.suffix(3).reversed()
    guard !latest.isEmpty else { return nil }
    let lines = latest.map { row -> Markup in
      let others = row.mistakenKits.filter { $0 != row.takenKit }
      let mistaken = others.map { kit -> Markup in "; also kit \(kit.text)\(way(to: kit, row))" }
      let taken: Markup =
        if row.hasNoDose {
          "nothing, says the record"
        } else if row.hasUnknownKit {
          "something, and no entry says which kit: its own or another\(withdrawn(row))"
        } else {
          "\(kit(of: row))\(way(to: row.takenKit, row))"
        }
      return """
        <li>slot \(row.occasion.slot), \(row.occasion.day.description), \(taken)\(mistaken)</li>
        """
    }
    return "<ul>\(lines)</ul>"
  }

  /// Kits that notes named which were withdrawn, as they were taken at other slots.
  private func withdrawn(_ row: SlotRecord) -> [Markup] {
    row.dose.withdrawn.map(\.text).sorted().map { "; not kit \($0), which a withdrawn note named" }
  }

  /// The kit of a slot; one that was taken by mistake by its code, which was read on it.
  private func kit(of row: SlotRecord) -> Markup {
    row.mistakenKits.contains(row.takenKit)
      ? "kit \(row.takenKit.text)" : "\(view.kit(of: row))"
  }

  /// Which slot to open for a kit that was taken by mistake: not the one of the day.
  ///
  /// A spare may have been given on somebody's word, so its slot tells only what the right one holds.
  private func way(to kit: KitCode, _ row: SlotRecord) -> Markup? {
    guard row.mistakenKits.contains(kit) else {
      return view.kits.spare(kit, standingFor: row.occasion.slot).map {
        "; spare \($0) stands for its kit, and holds the same if it is the right one"
      }
    }
    let telling = view.kits.slot(tellingOf: kit)
    return switch view.kits.meaning(of: kit) {
    case .slot(let other): ", which is slot \(other)’s: <strong>open slot \(other)</strong>"
    case .spare(let number):
      telling.map {
        """
        , which is spare \(number): <strong>open slot \($0)</strong>, which holds the same if that is the \
        right spare
        """
      }
        ?? ", which is spare \(number): no slot tells what it held"
    case .label, .foreign: ", which is no kit of this trial"
    }
  }

  /// The contact, with each telephone number in it as a link.
  private var contact: [Markup] {
    let text = view.manifest.safety.emergencyContact
    var parts: [Markup] = []
    var rest = text.startIndex
    for match in text.matches(of: #/\+?[0-9][0-9 ()\/.\-]*[0-9]/#) {
      let digits = match.output.filter { $0.isNumber || $0 == "+" }
      guard digits.count >= 6 || EmergencyPage.shortNumbers.contains(String(match.output)) else {
        continue
      }
      parts += [
        "\(String(text[rest..<match.range.lowerBound]))",
        "<a href=\"tel:\(digits)\">\(String(match.output))</a>",
      ]
      rest = match.range.upperBound
    }
    return parts + ["\(String(text[rest...]))"]
  }

  /// Numbers of three digits that are called in an emergency; others may be that of a room.
  private static let shortNumbers = ["000", "110", "111", "112", "911", "999"]
}
