import BlindRecord
import LabelPhotograph
import LocalWeb
import TrialKits

/// The pages of a matching test: fill the cups, sort them, name the odd one in each round.
///
/// A face of one `MatchingTest`, as `PackingSite` is of a session; whether an answer was right is said after
/// the last one only.
struct MatchingSite: Sendable {
  let test: MatchingTest
  /// Gives them in an order for one printing.
  let cups: @Sendable () throws -> [KitCode]
  /// Writes the test's notes into the record: that it was begun, and its result.
  let record: @Sendable (MatchingNote) throws -> Void
  let notices: NoticeBoard
  let reader: PhotographReader
  let pages: MatchingPages
  /// The codes of the cups.
  let labels: [KitCode]

  /// Answers one request that is about the test; the result when it is over.
  func respond(to request: WebRequest) async -> (answer: WebResponse, result: MatchingNote.Result?)
  {
    switch (request.method, request.path) {
    case (.get, "/"):
      let page = pages.step(
        test.step, test.progress, notices.notice(for: request.visitor), visitor: request.visitor)
      return (.page(page), nil)
    case (.get, "/labels"):
      return (
        .page(pages.frame.labelsPage("\(labels.count) labels for the cups of the test.")), nil
      )
    case (.get, "/labels/sheet"): return (SheetWish.sheet(request, pages.frame, cups), nil)
    case (.get, "/labels/calibration"):
      return (SheetWish.calibration(request, pages.frame), nil)
    case (.post, let path)
    where ["/scan", "/photograph", "/undo", "/next", "/odd", "/result"].contains(path):
      return (.redirect(to: "/"), await change(path, request))
    default: return (.page(pages.frame.missing, status: .notFound), nil)
    }
  }

  private func change(_ path: String, _ request: WebRequest) async -> MatchingNote.Result? {
    guard request.fields["step"] == MatchingPages.name(of: test.step) else {
      notices.put(.oldPage, for: request.visitor)
      return nil
    }
    do {
      if path == "/result" {
        let noticed = MatchingTest.cues.indices.filter { request.fields["cue-\($0)"] == "yes" }
        let note = try test.result(cues: noticed.map { MatchingTest.cues[$0] })
        try record(note)
        test.close()
        notices.put(nil, for: request.visitor)
        return note.result
      }
      notices.put(try await deed(path, request), for: request.visitor)
    } catch {
      notices.put(Notice(error), for: request.visitor)
    }
    return nil
  }

  private func deed(_ path: String, _ request: WebRequest) async throws -> Notice? {
    switch path {
    case "/scan":
      guard let code = request.fields["code"], !code.isEmpty else { return .nothingTyped }
      return Notice(try test.scan(code, announce: record))
    case "/photograph":
      guard let file = request.file, !file.isEmpty else { return .noPhotograph }
      let code = try await reader.code(in: file, leftOut: request.leftOut)
      // Reading takes a while, and others may have gone on meanwhile.
      guard request.fields["step"] == MatchingPages.name(of: test.step) else { return .oldPage }
      return Notice(try test.scan(code, announce: record))
    case "/undo":
      guard let scan = request.fields["scan"].flatMap({ Int($0) }) else { return .noScan }
      try test.undo(scan)
      return .takenBack(scan, of: "cup")
    case "/next":
      guard request.fields["sure"] == "yes" else { return .notSure }
      try test.goOn()
    default:
      guard let cup = request.fields["cup"].flatMap(Int.init), (1...3).contains(cup) else {
        return .noCup
      }
      try test.answer(cup)
    }
    return nil
  }
}
