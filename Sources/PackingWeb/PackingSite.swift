package import BlindRecord
import LabelPhotograph
package import LocalWeb
package import TrialKits

/// The packer's pages: fill, clear, shuffle, sort, finish, and the sheets of labels.
///
/// A face of one `PackingSession`: every answer is on the disk before it is shown, so a closed browser, a
/// second one and a program that was killed all go on with the next page. What a page shows follows from
/// the step, from how many kits are done and from the last answer; none of them, and no refusal, names an
/// arm but that which is being filled.
package struct PackingSite: Sendable {
  private let session: PackingSession
  private let record: @Sendable (PackedKits) throws -> Void
  private let notices = NoticeBoard()
  private let reader = PhotographReader()
  private let pages: PackingPages

  /// How the site's pages look, for the server.
  package static let frame = PageFrame(name: "Packing", cookieName: "selfblind-packing")

  /// The site of a session.
  ///
  /// - Parameter record: writes the record's entry when all is packed; what it throws is shown, and
  ///   packing can be finished again.
  package init(
    _ session: PackingSession, record: @escaping @Sendable (PackedKits) throws -> Void
  ) {
    self.session = session
    self.record = record
    pages = PackingPages(job: session.job, frame: PackingSite.frame)
  }

  /// Answers one request.
  package func respond(to request: WebRequest) async -> WebResponse {
    switch (request.method, request.path) {
    case (.get, "/"): return home(for: request.visitor)
    case (.get, "/labels"):
      return .page(
        pages.frame.labelsPage(
          "\(session.job.labels.count) labels for \(session.job.kits) kits.",
          hasLast: session.codeOfTheLastKit != nil))
    case (.get, "/labels/sheet"):
      return SheetWish.sheet(request, pages.frame) {
        try PackingJob.printingOrder(of: session.job.labels)
      }
    case (.get, "/labels/last"):
      let last = session.codeOfTheLastKit.map { [$0] } ?? []
      return SheetWish.sheet(request, pages.frame) { last }
    case (.get, "/labels/calibration"): return SheetWish.calibration(request, pages.frame)
    case (.post, let path): return await change(path, request)
    default: return .page(pages.frame.missing, status: .notFound)
    }
  }

  // MARK: Pages

  private func home(for visitor: Visitor) -> WebResponse {
    let notice = notices.notice(for: visitor)
    guard !notices.isFinished else { return .page(pages.finished(notice)) }
    return .page(
      pages.step(
        session.step, session.progress, notice, visitor: visitor, moves: session.moves,
        canReprint: session.codeOfTheLastKit != nil))
  }

  // MARK: Changes

  /// Does what a form asks, notes the answer for its visitor, and goes back to the page of the step.
  ///
  /// A form says which step its page was of, so a page that was left open changes nothing later.
  private func change(_ path: String, _ request: WebRequest) async -> WebResponse {
    guard ["/scan", "/photograph", "/undo", "/next", "/lost", "/finish"].contains(path) else {
      return .page(pages.frame.missing, status: .notFound)
    }
    guard !notices.isFinished else { return .redirect(to: "/") }
    let notice: Notice?
    if request.fields["step"] != PackingPages.name(of: session.step) {
      notice = .oldPage
    } else {
      do { notice = try await deed(path, request) } catch { notice = Notice(error) }
    }
    notices.put(notice, for: request.visitor)
    return .redirect(to: "/")
  }

  private func deed(_ path: String, _ request: WebRequest) async throws -> Notice? {
    switch path {
    case "/scan":
      guard let code = request.fields["code"], !code.isEmpty else { return .nothingTyped }
      return Notice(try session.scan(code))
    case "/photograph":
      guard let file = request.file, !file.isEmpty else { return .noPhotograph }
      let code = try await reader.code(in: file, leftOut: request.leftOut)
      // Reading takes a while, and others may have gone on meanwhile.
      guard request.fields["step"] == PackingPages.name(of: session.step) else { return .oldPage }
      return Notice(try session.scan(code))
    case "/undo":
      guard let scan = request.fields["scan"].flatMap({ Int($0) }) else { return .noScan }
      try session.undo(scan)
      return .takenBack(scan, of: "kit")
    case "/next":
      guard request.fields["sure"] == "yes" else { return .notSure }
      try session.goOn()
      return nil
    case "/lost":
      guard request.fields["sure"] == "yes" else { return .notSure }
      return Notice(moves: try session.giveUpOpenKits())
    default:
      try session.finish(record)
      notices.finish()
      return nil
    }
  }
}
