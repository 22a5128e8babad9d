import BlindRecord
import LocalWeb

/// The forms for what was not planned: an adverse event, a departure from the protocol, a pause.
struct EventPages {
  let pages: TrialPages
  let view: TrialView
  let seal: FormSeal
  /// What was sent before, when a form comes back, or what a link fills in.
  var fields: [String: String] = [:]
  /// Why it comes back.
  var error: (any Error)?

  private var status: WebResponse.Status { error.map { TrialPages.status(of: $0) } ?? .ok }

  /// Says to the script that this is a form which came back.
  private var back: Markup { error == nil ? "" : " data-back" }

  private func said(at path: String) -> Markup? { error.map { TrialPages.said(of: $0, at: path) } }

  /// What there is instead of a form that can only fail.
  private func locked(_ title: String) -> WebResponse {
    pages.page(
      title,
      """
      <p>The record is locked; nothing is added any more. In danger: \
      <a href="/emergency">Emergency</a></p>

      """)
  }

  /// An unwanted medical occurrence.
  var event: WebResponse {
    if view.isLocked, error == nil { return locked("Side effect") }
    let severities: [(AdverseEvent.Severity, String)] = [
      (.mild, "mild: noticed, easily tolerated"),
      (.moderate, "moderate: in the way of usual things"),
      (.severe, "severe: usual things are impossible"),
    ]
    let isSerious: Markup = fields["serious"] == "yes" ? " checked" : ""
    let isOpen: Markup =
      ["action", "outcome"].allSatisfy { fields[$0, default: ""].isEmpty } ? "" : " open"
    return pages.page(
      "Side effect",
      """
      \(said(at: "/event"))<p>Anything unwanted, whether or not it comes from what you took. In danger: \
      <a href="/emergency">Emergency</a></p><form method="post" action="/event" data-kept="entry"\(back)>\(seal.markup)\
      \(words("term", "What is it?", isNeeded: true))\
      \(EventPages.radios("severity", "How strong?", severities.map { ($0.rawValue, $1) }, chosen: fields["severity"]))\
      <fieldset><legend>Serious?</legend><label for="serious"><input type="checkbox" id="serious" \
      name="serious" value="yes"\(isSerious)>Danger to life, hospital, lasting harm; or you call it so</label></fieldset>\
      <label for="onset">Since when?</label><input type="date" id="onset" name="onset" \
      value="\(fields["onset"] ?? view.today.description)" max="\(view.today.description)">\
      <details\(isOpen)><summary>What was done, and how it ended</summary>\
      \(words("action", "What was done about it?"))\(words("outcome", "How did it end?"))</details>\
      <button class="main">Record</button></form>

      """, status: status)
  }

  /// Something that did not go by the protocol.
  var deviation: WebResponse {
    if view.isLocked, error == nil { return locked("Something went differently") }
    let kinds = Deviation.Kind.allCases.filter { ![.paused, .resumed, .spareKit].contains($0) }
    let radios = EventPages.radios(
      "kind", "What was it?", kinds.map { ($0.rawValue, EventPages.words[$0] ?? $0.rawValue) },
      chosen: fields["kind"])
    // Most of it is of today's dose; who means none in particular says so.
    let due = view.rows.first { $0.occasion.day == view.today }
    let chosen = fields["slot"] ?? due.map { "\($0.occasion.slot)" }
    let slots = view.rows.filter { $0.occasion.day <= view.today }.suffix(60).reversed()
      .map { row -> Markup in
        let isChosen: Markup = chosen == "\(row.occasion.slot)" ? " selected" : ""
        return """
          <option value="\(row.occasion.slot)"\(isChosen)>slot \(row.occasion.slot), \
          \(row.occasion.day.description)</option>
          """
      }
    return pages.page(
      "Something went differently",
      """
      \(said(at: "/deviation"))<form method="post" action="/deviation" data-kept="entry"\(back)>\(seal.markup)\(radios)\
      <label for="slot">Of which slot?</label><select id="slot" name="slot">\
      <option value="">none in particular</option>\(slots)</select>\
      <label for="kit">Code of the kit: the other one that was taken, or a spare that is lost or broken</label>\
      <input id="kit" name="kit" autocomplete="off" autocapitalize="characters" spellcheck="false" \
      maxlength="20" value="\(fields["kit"] ?? "")">\(words("reason", "What happened?", isNeeded: true))\
      <button class="main">Record</button></form>\
      <p><a href="/pause">\(view.pausedOn == nil ? "Pause the trial" : "End the pause")</a></p>

      """, status: status)
  }

  /// The beginning or the end of a pause.
  var pause: WebResponse {
    if view.isLocked, error == nil { return locked("Pause") }
    guard let pausedOn = view.pausedOn else {
      return pages.page(
        "Pause",
        """
        \(said(at: "/pause"))<p>While it is paused nothing is taken and nothing asked. The days pass by: what each slot holds is \
        drawn for its day, so slots of a pause are missing and are not made up for. The record says so.</p>\
        <form method="post" action="/pause" data-kept="entry"\(back)>\(seal.markup)\(words("reason", "Why?", isNeeded: true))\
        <button class="main">Pause from now on</button></form>

        """, status: status)
    }
    return pages.page(
      "Go on",
      """
      \(said(at: "/resume"))<p>Paused since \(pausedOn.description). Go on with the kit of the day, never with one that was left \
      over.</p><form method="post" action="/resume" data-kept="entry"\(back)>\(seal.markup)\
      \(words("reason", "Why now?", isNeeded: true))<button class="main">Go on from now on</button></form>

      """, status: status)
  }

  /// What a kind of departure means, in words.
  static let words: [Deviation.Kind: String] = [
    .missedDose: "not taken", .lateDose: "taken late", .partialDose: "only a part was taken",
    .wrongKit: "another kit was taken by mistake", .lostKit: "the kit is lost",
    .brokenKit: "the kit is broken or spoiled", .spareKit: "a spare took its place",
    .coMedication: "another medicine or substance",
    .blindBroken: "I learned, or strongly suspect, what it was",
    .clockCorrected: "the clock was wrong before and is right now", .paused: "paused",
    .resumed: "went on", .other: "something else: illness, travel, a bad night",
  ]

  private func words(_ name: String, _ question: String, isNeeded: Bool = false) -> Markup {
    let needed: Markup = isNeeded ? " required" : ""
    return """
      <label for="\(name)">\(question)</label><textarea id="\(name)" name="\(name)" rows="2" \
      maxlength="\(Item.longestText)"\(needed)>\(fields[name] ?? "")</textarea>
      """
  }

  static func radios(
    _ name: String, _ legend: String, _ options: [(value: String, words: String)],
    chosen: String? = nil
  ) -> Markup {
    let lines = options.map { option -> Markup in
      let isChosen: Markup = option.value == chosen ? " checked" : ""
      return """
        <label for="\(name)-\(option.value)"><input type="radio" id="\(name)-\(option.value)" \
        name="\(name)" value="\(option.value)" required\(isChosen)><span>\(option.words)</span></label>
        """
    }
    return "<fieldset><legend>\(legend)</legend>\(lines)</fieldset>\n"
  }
}
