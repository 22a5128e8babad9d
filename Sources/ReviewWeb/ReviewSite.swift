import BlindRecord
package import LocalWeb
import TrialAnalysis
package import TrialArchive
import TrialReport

/// The report and the questions that are asked next, as pages: reading only, nothing is written.
///
/// It takes a verified trial and nothing else, so a trial whose seal is closed cannot be served.
package struct ReviewSite: Sendable {
  private let review: Review
  private let log: QuestionLog
  private let report: String
  private let pages: ReviewPages

  /// How the pages look, for the server.
  package static let frame = PageFrame(
    name: "Review", cookieName: "selfblind-review", style: ReviewPages.style)

  /// The site of a trial.
  ///
  /// - Throws: what the analysis and the rendering throw.
  package init(_ trial: VerifiedTrial) throws {
    let review = try Review(trial.unblinding, planned: trial.result())
    self.review = review
    log = QuestionLog(review)
    report = try Report(review.planned).html
    pages = ReviewPages(
      review: review, transcript: trial.verification.transcript, frame: ReviewSite.frame)
  }

  /// Answers one request.
  package func respond(to request: WebRequest) async -> WebResponse {
    guard request.method == .get else {
      return refusal("Nothing is sent here: a question is an address.", .methodNotAllowed)
    }
    switch request.path {
    case "/":
      return .page(pages.home(await log.asked, count: await log.count))
    case "/ask": return await ask(request)
    case "/report": return .document(report, style: ReviewSite.sheet(of: report))
    default: return refusal("There is no such page.", .notFound)
    }
  }

  private func ask(_ request: WebRequest) async -> WebResponse {
    do {
      let wish = try QuestionQuery.question(request.fields, days: review.days)
      let question = try review.normalized(wish)
      guard !question.isThePlan else { return .redirect(to: "/") }
      try review.requireEffect(of: question)
      // One question has one address, so that it is counted and shared as one.
      let query = QuestionQuery.text(question)
      guard try FormBody(query: query).fields == request.fields else {
        return .redirect(to: "/ask?\(query)")
      }
      let asked = try await log.answer(question)
      return .page(try pages.answer(asked.answer, number: asked.number, count: asked.count))
    } catch let fault as any Refusal {
      return refusal(PlainAnswer.capital(fault.message), .badRequest)
    } catch {
      return refusal("The answer could not be written down.", .serverError)
    }
  }

  private func refusal(_ sentence: String, _ status: WebResponse.Status) -> WebResponse {
    .page(
      pages.frame.page(
        title: "Not answered",
        "<p>\(sentence)</p><p><a class=\"button\" href=\"/\">Back to the questions</a></p>"),
      status: status)
  }

  /// The style sheet as it stands in the page of the report.
  static func sheet(of page: String) -> String {
    guard let start = page.firstRange(of: "<style>"),
      let end = page[start.upperBound...].firstRange(of: "</style>")
    else { return "" }
    return String(page[start.upperBound..<end.lowerBound])
  }
}
