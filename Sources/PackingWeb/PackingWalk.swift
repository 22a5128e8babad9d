package import BlindRecord
import LabelPhotograph
package import LocalWeb
package import TrialKits

/// Packing alone from end to end as pages: the matching test, where the protocol asks for one, then the kits.
///
/// The test and the session both hold the key's lock, so one ends before the other is opened.
package actor PackingWalk {
  /// What the walk needs of the outside.
  package struct Steps: Sendable {
    /// Opens the session of the kits.
    let open: @Sendable () throws -> PackingSession
    /// Opens the next matching test, after one that was not passed.
    let openTest: @Sendable () throws -> MatchingTest
    /// Writes the result of packing into the record.
    let recordKits: @Sendable (PackedKits) throws -> Void
    /// Writes a note of the matching test into the record.
    package let recordTest: @Sendable (MatchingNote) throws -> Void

    /// The steps.
    package init(
      open: @escaping @Sendable () throws -> PackingSession,
      openTest: @escaping @Sendable () throws -> MatchingTest,
      recordKits: @escaping @Sendable (PackedKits) throws -> Void,
      recordTest: @escaping @Sendable (MatchingNote) throws -> Void
    ) {
      self.open = open
      self.openTest = openTest
      self.recordKits = recordKits
      self.recordTest = recordTest
    }
  }

  private enum Stage {
    case testing(MatchingSite)
    case told(MatchingPages, MatchingNote.Result, cups: [KitCode])
    case packing(PackingSite)
  }

  private let steps: Steps
  private var stage: Stage

  /// Begins with a matching test of a job.
  package init(_ test: MatchingTest, of job: PackingJob, steps: Steps) {
    self.steps = steps
    stage = .testing(PackingWalk.site(of: test, cups: job.cups, steps))
  }

  /// Begins with the result of a matching test that was not passed: whether another one follows is asked there.
  package init(
    after result: MatchingNote.Result, by rule: Manifest.Packing.Matching, of job: PackingJob,
    steps: Steps
  ) {
    self.steps = steps
    let pages = MatchingPages(frame: PackingSite.frame, arms: job.matched, rule: rule)
    stage = .told(pages, result, cups: job.cups)
  }

  /// Begins with the kits.
  ///
  /// - Throws: what opening the session throws.
  package init(steps: Steps) throws {
    self.steps = steps
    stage = .packing(PackingSite(try steps.open(), record: steps.recordKits))
  }

  private static func site(
    of test: MatchingTest, cups: [KitCode], _ steps: Steps
  ) -> MatchingSite {
    MatchingSite(
      test: test, cups: { try PackingJob.printingOrder(of: cups) },
      record: steps.recordTest, notices: NoticeBoard(), reader: PhotographReader(),
      pages: MatchingPages(frame: PackingSite.frame, arms: test.arms, rule: test.rule),
      labels: cups)
  }

  /// Answers one request.
  package func respond(to request: WebRequest) async -> WebResponse {
    // A button that led on from a test, clicked twice: where it led is shown.
    let leadsOn = request.method == .post && ["/again", "/unmatched"].contains(request.path)
    switch stage {
    case .packing where leadsOn, .testing where leadsOn: return .redirect(to: "/")
    case .packing(let site): return await site.respond(to: request)
    case .testing(let site):
      let (answer, result) = await site.respond(to: request)
      if let result {
        stage = .told(site.pages, result, cups: site.labels)
        return .page(site.pages.result(result, visitor: request.visitor))
      }
      return answer
    case .told(let pages, let result, let cups):
      do { return try await goOn(from: pages, result, cups, request) } catch {
        return .page(PackingSite.frame.refusal(Notice(error)), status: .conflict)
      }
    }
  }

  /// Where it goes on after a test: to the kits, to another test, or nowhere yet.
  private func goOn(
    from pages: MatchingPages, _ result: MatchingNote.Result, _ cups: [KitCode],
    _ request: WebRequest
  ) async throws -> WebResponse {
    let isPassed = MatchingPages.isPassed(result, pages.rule)
    switch (request.method, request.path) {
    case (.get, "/") where isPassed:
      let site = PackingSite(try steps.open(), record: steps.recordKits)
      stage = .packing(site)
      return await site.respond(to: request)
    case (.post, "/unmatched") where !isPassed && request.fields["sure"] == "yes":
      stage = .packing(PackingSite(try steps.open(), record: steps.recordKits))
    case (.post, "/again") where !isPassed:
      stage = .testing(PackingWalk.site(of: try steps.openTest(), cups: cups, steps))
    default: return .page(pages.result(result, visitor: request.visitor))
    }
    return .redirect(to: "/")
  }
}
