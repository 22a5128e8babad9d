package import BlindRecord
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
    /// Writes the result of packing into the record.
    let recordKits: @Sendable (PackedKits) throws -> Void
    /// Writes a note of the matching test into the record.
    package let recordTest: @Sendable (MatchingNote) throws -> Void

    /// The steps.
    package init(
      open: @escaping @Sendable () throws -> PackingSession,
      recordKits: @escaping @Sendable (PackedKits) throws -> Void,
      recordTest: @escaping @Sendable (MatchingNote) throws -> Void
    ) {
      self.open = open
      self.recordKits = recordKits
      self.recordTest = recordTest
    }
  }

  private enum Stage {
    case testing(MatchingSite)
    case told(Markup, isPassed: Bool)
    case packing(PackingSite)
  }

  private let steps: Steps
  private var stage: Stage

  /// Begins with a matching test of a job, whose announcement is in the record already.
  package init(_ test: MatchingTest, of job: PackingJob, steps: Steps) {
    self.steps = steps
    stage = .testing(
      MatchingSite(
        test: test, count: job.cups.count, cups: { try PackingJob.printingOrder(of: job.cups) },
        record: steps.recordTest, notices: NoticeBoard(),
        reader: PhotographReader(),
        pages: MatchingPages(frame: PackingSite.frame, arms: test.arms, rule: test.rule)))
  }

  /// Begins with the kits.
  ///
  /// - Throws: what opening the session throws.
  package init(steps: Steps) throws {
    self.steps = steps
    stage = .packing(PackingSite(try steps.open(), record: steps.recordKits))
  }

  /// Answers one request.
  package func respond(to request: WebRequest) async -> WebResponse {
    switch stage {
    case .packing(let site): return await site.respond(to: request)
    case .testing(let site):
      let (answer, result) = await site.respond(to: request)
      if let result {
        stage = .told(
          site.pages.result(result), isPassed: result.right <= site.pages.rule.mostRight)
        return .page(site.pages.result(result))
      }
      return answer
    case .told(let page, let isPassed):
      guard isPassed, request.method == .get, request.path == "/" else { return .page(page) }
      do {
        let site = PackingSite(try steps.open(), record: steps.recordKits)
        stage = .packing(site)
        return await site.respond(to: request)
      } catch {
        return .page(PackingSite.frame.refusal(Notice(error)), status: .conflict)
      }
    }
  }
}
