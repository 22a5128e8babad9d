/// One line of the journal: what happened, and when it was written down.
public struct JournalEntry: Hashable, Sendable {
  /// What an entry can say.
  public enum Event: Hashable, Sendable {
    /// The first entry: the SHA-256 of the stored bytes of `manifest.json`, in hex.
    case opened(manifestDigest: String)
    /// The answers at one occasion.
    case checkIn(CheckIn)
    /// A later answer.
    case correction(Correction)
    /// A departure from the protocol.
    case deviation(Deviation)
    /// An unwanted medical occurrence.
    case adverseEvent(AdverseEvent)
    /// The announcement that one slot's envelope is about to be opened, and why.
    case codeBreak(slot: Int, reason: String)
    /// The kit list was handed to whoever packs, or they confirmed it.
    case kitList(KitListNote)
    /// A matching test was begun, or its answers.
    case matching(MatchingNote)
    /// Which kit code belongs to which slot, after packing alone.
    case packed(PackedKits)
    /// A key of the seal was seen to open a decoy.
    case rehearsal(KeyHolder)
    /// The key's holder looked at the first so many slots, and whether the trial may stop.
    case look(slots: Int, mayStop: Bool)
    /// The last entry: nothing is added after it.
    case locked(reason: String)
  }

  /// The position in the journal, from 0.
  public let index: Int
  /// When the entry was written.
  public let moment: Moment
  /// Whether the clock was set by hand when it was written.
  public let clockIsSet: Bool
  /// The form that it was sent with, where it came from a page; no other entry has the same.
  public let form: FormToken?
  /// Seconds for which the form waited on the device that it was filled in on; `nil` where it did not.
  public let kept: Int?
  /// What it says.
  public let event: Event

  /// Makes an entry.
  public init(
    index: Int, moment: Moment, clockIsSet: Bool, form: FormToken? = nil, kept: Int? = nil,
    event: Event
  ) {
    self.index = index
    self.moment = moment
    self.clockIsSet = clockIsSet
    self.form = form
    self.kept = kept
    self.event = event
  }

  /// The longest that a form may wait: 14 days, in seconds.
  package static let longestKept = 14 * 86_400

  /// The day on which it was filled in; that of the writing, unless it waited.
  public var day: CalendarDay {
    Moment(seconds: moment.seconds - (kept ?? 0), zone: moment.zone, offset: moment.offset).day
  }
}

extension JournalEntry: Codable {
  private enum CodingKeys: String, CodingKey { case index, at, clock, event, body, form, kept }

  /// The body of the entries that are only a text or a slot and a reason.
  private struct Note: Codable {
    var digest: String?
    var slot: Int?
    var reason: String?
    var key: KeyHolder?
    var slots: Int?
    var verdict: Verdict?
  }

  /// All that a look says.
  private enum Verdict: String, Codable {
    case `continue`
    case mayStop = "may stop"
  }

  /// Reads `{"at": moment, "body": …, "clock": "system"|"set", "event": kind, "index": n}`, and `form`
  /// and `kept` where they are there.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func body<Body: Decodable>(_ type: Body.Type) throws -> Body {
      try fields.decode(type, forKey: .body)
    }
    func present<Value>(_ value: Value?, _ name: String) throws -> Value {
      guard let value else {
        throw FormatError("journal entry", found: "no \(name)", expected: "a \(name)")
      }
      return value
    }
    let event: Event
    switch try fields.decode(String.self, forKey: .event) {
    case "opened": event = .opened(manifestDigest: try present(body(Note.self).digest, "digest"))
    case "check-in": event = .checkIn(try body(CheckIn.self))
    case "correction": event = .correction(try body(Correction.self))
    case "deviation": event = .deviation(try body(Deviation.self))
    case "adverse-event": event = .adverseEvent(try body(AdverseEvent.self))
    case "code-break":
      let note = try body(Note.self)
      event = .codeBreak(
        slot: try present(note.slot, "slot"), reason: try present(note.reason, "reason"))
    case "kit-list": event = .kitList(try body(KitListNote.self))
    case "matching": event = .matching(try body(MatchingNote.self))
    case "packed": event = .packed(try body(PackedKits.self))
    case "rehearsal": event = .rehearsal(try present(body(Note.self).key, "key"))
    case "look":
      let note = try body(Note.self)
      event = .look(
        slots: try present(note.slots, "slots"),
        mayStop: try present(note.verdict, "verdict") == .mayStop)
    case "locked": event = .locked(reason: try present(body(Note.self).reason, "reason"))
    case let other:
      throw FormatError(
        "journal entry", found: "the kind \"\(other.prefix(40))\"",
        expected: "a kind this version knows")
    }
    let clock = try fields.decode(String.self, forKey: .clock)
    guard clock == "set" || clock == "system" else {
      throw FormatError(
        "journal entry", found: "the clock \"\(clock.prefix(40))\"", expected: "system or set")
    }
    let kept = try fields.decodeIfPresent(Int.self, forKey: .kept)
    guard (1...JournalEntry.longestKept).contains(kept ?? 1) else {
      throw FormatError(
        "journal entry", found: "\(kept ?? 0) seconds of waiting",
        expected: "1 to \(JournalEntry.longestKept)")
    }
    self.init(
      index: try fields.decode(Int.self, forKey: .index),
      moment: try fields.decode(Moment.self, forKey: .at), clockIsSet: clock == "set",
      form: try fields.decodeIfPresent(FormToken.self, forKey: .form),
      kept: kept, event: event)
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(index, forKey: .index)
    try fields.encode(moment, forKey: .at)
    try fields.encode(clockIsSet ? "set" : "system", forKey: .clock)
    try fields.encodeIfPresent(form, forKey: .form)
    try fields.encodeIfPresent(kept, forKey: .kept)
    switch event {
    case .opened(let digest):
      try fields.encode("opened", forKey: .event)
      try fields.encode(Note(digest: digest), forKey: .body)
    case .checkIn(let body):
      try fields.encode("check-in", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .correction(let body):
      try fields.encode("correction", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .deviation(let body):
      try fields.encode("deviation", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .adverseEvent(let body):
      try fields.encode("adverse-event", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .codeBreak(let slot, let reason):
      try fields.encode("code-break", forKey: .event)
      try fields.encode(Note(slot: slot, reason: reason), forKey: .body)
    case .kitList(let body):
      try fields.encode("kit-list", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .matching(let body):
      try fields.encode("matching", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .packed(let body):
      try fields.encode("packed", forKey: .event)
      try fields.encode(body, forKey: .body)
    case .rehearsal(let holder):
      try fields.encode("rehearsal", forKey: .event)
      try fields.encode(Note(key: holder), forKey: .body)
    case .look(let slots, let mayStop):
      try fields.encode("look", forKey: .event)
      try fields.encode(
        Note(slots: slots, verdict: mayStop ? .mayStop : .continue), forKey: .body)
    case .locked(let reason):
      try fields.encode("locked", forKey: .event)
      try fields.encode(Note(reason: reason), forKey: .body)
    }
  }
}

extension JournalEntry.Event {
  /// Whether it says that the clock was wrong before and is right now.
  package var correctsTheClock: Bool {
    if case .deviation(let deviation) = self { deviation.kind == .clockCorrected } else { false }
  }
}
