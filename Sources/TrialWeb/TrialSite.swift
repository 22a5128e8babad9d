package import BlindRecord
import LabelPhotograph
package import LocalWeb
package import TrialJournal

/// The participant's pages: today, check-in, guess, what went differently, corrections, status, emergency.
///
/// It knows a `Manifest` and a `Journal` and can name no allocation. Nothing of a form is kept before its
/// entry is on the disk; every form has a token of its own, and the journal takes each token once, so a form
/// that is sent again is answered with the entry that it has.
package struct TrialSite: Sendable {
  let manifest: Manifest
  let pages: TrialPages
  private let scribe: Scribe
  private let clocks: VisitorClocks
  let reader = PhotographReader()

  /// The most bytes of a form without a photograph: 50 long texts and their reasons, each byte as three.
  static let mostBytes = 2_500_000

  /// Seconds that may lie between the ratings and the guess of one form that began before midnight.
  private static let longestForm = 3_600

  /// Seconds that a form may be on its way without having waited.
  private static let longestWay = 60

  /// How the site's pages look, for the server.
  package static func frame(for manifest: Manifest) -> PageFrame {
    PageFrame(
      name: manifest.title, cookieName: "selfblind-\(manifest.trial)",
      style: PageStyle.sheet + TrialStyle.sheet, files: SiteFiles.all,
      head: SiteFiles.head(of: manifest))
  }

  /// The site of a journal.
  ///
  /// - Parameters:
  ///   - clock: the clock of somebody in a zone, in the trial's own for `nil`; no clock for a zone that the
  ///     system does not know.
  package init(
    _ journal: Journal, clock: @escaping @Sendable (String?) -> WallClock?
  ) {
    manifest = journal.manifest
    scribe = Scribe(journal)
    clocks = VisitorClocks(clock)
    pages = TrialPages(
      manifest: manifest, frame: TrialSite.frame(for: manifest), folder: journal.folder)
  }

  /// Answers one request.
  package func respond(to request: WebRequest) async -> WebResponse {
    do {
      switch request.method {
      case .get: return try await show(request)
      case .post: return try await take(request)
      }
    } catch {
      return pages.refused(error, at: request.path)
    }
  }

  // MARK: Pages

  private func show(_ request: WebRequest) async throws -> WebResponse {
    let view = try await view(for: request.visitor)
    let fields = request.fields
    switch request.path {
    case "/": return TodayPage(pages: pages, view: view).response
    case "/check-in": return try checkIn(request, view)
    case "/offline": return OfflinePage(pages: pages, view: view, seal: try seal(request)).response
    case "/event":
      return EventPages(pages: pages, view: view, seal: try seal(request)).event
    case "/deviation":
      return EventPages(
        pages: pages, view: view, seal: try seal(request), fields: fields
      ).deviation
    case "/pause": return EventPages(pages: pages, view: view, seal: try seal(request)).pause
    case "/status": return StatusPage(pages: pages, view: view).response
    case "/slot":
      guard let row = view.row(fields["slot"]) else { return pages.missing }
      return SlotPage(pages: pages, view: view, row: row).response
    case "/correct": return try correction(request, view)
    case "/emergency":
      return EmergencyPage(
        pages: pages, view: view, entry: RecordedPage.index(fields, view)
      ).response
    case "/recorded": return RecordedPage(pages: pages, view: view, fields: fields).response
    case "/zone":
      return ZonePage(
        pages: pages, view: view, visitor: request.visitor, offered: fields["zone"]
      ).response()
    default: return pages.missing
    }
  }

  /// The trial as a visitor sees it now.
  func view(for visitor: Visitor) async throws -> TrialView {
    let entries = try await scribe.entries()
    return TrialView(manifest, entries, now: try clocks.clock(of: visitor).now)
  }

  /// What a new form carries.
  func seal(_ request: WebRequest) throws -> FormSeal {
    FormSeal(visitor: request.visitor, trial: manifest.trial, once: try OnceToken.make())
  }

  /// What a form carries that comes back: it is the same form still.
  func sealAgain(_ request: WebRequest) throws -> FormSeal {
    FormSeal(
      visitor: request.visitor, trial: manifest.trial, once: try token(of: request).text)
  }

  // MARK: Forms

  private func take(_ request: WebRequest) async throws -> WebResponse {
    // Only the form with a photograph may come without all of it: it records nothing.
    guard request.leftOut == 0 || request.path == TrialSite.photographPath else {
      throw FormatError("form", found: "too large a file in it", expected: "none")
    }
    // What a device kept for another trial, which was served under this address before.
    if let trial = request.fields[FormSeal.trial], trial != manifest.trial {
      throw FormatError(
        "form", found: "one of another trial", expected: "a form of “\(manifest.title)”")
    }
    switch request.path {
    case "/check-in": return try await ratings(request)
    case TrialSite.photographPath: return try await photograph(request)
    case "/guess": return try await guess(request)
    case "/event": return try await event(request)
    case "/deviation": return try await deviation(request)
    case "/pause": return try await pause(.paused, request)
    case "/resume": return try await pause(.resumed, request)
    case "/correct": return try await correct(request)
    case "/zone": return try await zone(request)
    default: return pages.missing
    }
  }

  /// The token of a form that was sent.
  ///
  /// - Throws: `FormatError` where there is none: that form was made elsewhere.
  func token(of request: WebRequest) throws(FormatError) -> FormToken {
    guard let token = request.fields[FormSeal.name].flatMap(FormToken.init) else {
      throw FormatError("form", found: "no token of its own", expected: "a form of these pages")
    }
    return token
  }

  /// Records what a form says, and shows its entry.
  ///
  /// - Parameter event: what the form says, asked only where it was not recorded before.
  func record(
    _ request: WebRequest, at page: String = "/recorded", remark: Deviation? = nil,
    _ event: @escaping @Sendable (EntryRules) throws -> JournalEntry.Event
  ) async throws -> WebResponse {
    let clock = try clocks.clock(of: request.visitor)
    let done = try await scribe.record(
      FormEntry(
        token: try token(of: request), clock: clock, kept: try kept(request, now: clock.now),
        remark: remark, event: event))
    return .redirect(to: "\(page)?entry=\(done.index)")
  }

  /// Seconds for which a form waited on its device; nothing where it was sent at once.
  ///
  /// A guess that comes after midnight belongs to the day of its ratings: it waited since then. A form is
  /// always some seconds on its way; that is said only where they lie around a midnight.
  private func kept(_ request: WebRequest, now: Moment) throws -> Int? {
    let waited = try waiting(request)
    let seconds = waited == 0 ? 0 : byTheWall(waited, before: now)
    func day(_ seconds: Int) -> CalendarDay {
      Moment(seconds: now.seconds - seconds, zone: now.zone, offset: now.offset).day
    }
    let filled = now.seconds - waited
    if let begun = request.fields[GuessPage.begun].flatMap({ Int($0) }),
      (filled - TrialSite.longestForm..<filled).contains(begun)
    {
      let sinceRatings = byTheWall(now.seconds - begun, before: now)
      if day(sinceRatings) != day(seconds) { return sinceRatings }
    }
    return waited <= TrialSite.longestWay && day(seconds) == now.day ? nil : seconds
  }

  /// The seconds of waiting as the device says them; checked here, since what is counted with them must fit.
  private func waiting(_ request: WebRequest) throws -> Int {
    guard let text = request.fields["kept"], !text.isEmpty else { return 0 }
    guard let seconds = Int(text), seconds >= 0 else {
      throw FormatError("form", found: "“\(text.prefix(20))”", expected: "seconds of waiting")
    }
    guard seconds <= JournalEntry.longestKept else {
      throw JournalError.keptTooLong(seconds: seconds)
    }
    return seconds
  }

  /// Seconds as the clock on the wall counts them, which a summer time between then and now makes an hour
  /// more or less: the day of an entry is that of its wall.
  private func byTheWall(_ seconds: Int, before now: Moment) -> Int {
    guard let then = WallClock.moment(seconds: now.seconds - seconds, zone: now.zone) else {
      return seconds
    }
    return max(1, seconds + now.offset - then.offset)
  }

  private func zone(_ request: WebRequest) async throws -> WebResponse {
    let name = AnswerReading.text(request.fields["zone"])
    guard clocks.set(name, for: request.visitor) else {
      let view = try await view(for: request.visitor)
      return ZonePage(pages: pages, view: view, visitor: request.visitor).response(unknown: name)
    }
    return .redirect(to: "/")
  }
}
