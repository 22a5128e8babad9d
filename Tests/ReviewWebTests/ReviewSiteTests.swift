import BlindRecord
import Foundation
import LocalWeb
import OpenSSLCrypto
import ReviewWeb
import Testing
import TrialArchive
import TrialReport
import TrialTestSupport

/// The pages over a finished trial, without a server.
@Suite struct ReviewSiteTests {
  /// A site, its trial, and somebody who asks.
  final class Bench {
    let sample: SampleTrial
    let site: ReviewSite
    let visitor = Visitor(number: "1", formToken: "t1")

    init(_ sample: SampleTrial? = nil) throws {
      self.sample = try sample ?? .eventful()
      site = try ReviewSite(self.sample.folder.verifiedTrial())
    }

    /// As the server asks: the query taken apart.
    func get(_ address: String) async throws -> WebResponse {
      let parts = address.split(separator: "?", maxSplits: 1)
      let fields = try FormBody(query: parts.count == 2 ? String(parts[1]) : "").fields
      return await site.respond(
        to: WebRequest(.get, String(parts[0]), fields: fields, visitor: visitor))
    }

    func page(_ address: String) async throws -> String {
      let answer = try await get(address)
      #expect(answer.status == .ok, "\(address)")
      return String(decoding: answer.body, as: UTF8.self)
    }

    /// The digest of every file.
    func digests() throws -> [String: [UInt8]] {
      var found: [String: [UInt8]] = [:]
      for name in try sample.folder.files() {
        found[name] = sha256(try sample.folder.read(name) ?? [])
      }
      return found
    }
  }

  @Test func theFirstPageHasTheAnswerAndTheQuestions() async throws {
    let bench = try Bench()
    let home = try await bench.page("/")
    #expect(home.contains("<h1>A trial made for tests</h1>"))
    #expect(home.contains("The planned answer"))
    #expect(home.contains("href=\"/ask?deviation=out\""))
    #expect(home.contains("href=\"/ask?after-code-break=out\""))
    #expect(home.contains("href=\"/ask?part=second\""))
    #expect(home.contains("href=\"/ask?outcome=sleep\""))
    #expect(!home.contains("href=\"/ask?late=out\""))
    #expect(home.contains("verified: "))
    #expect(!home.contains("Asked so far"))
    #expect(!home.contains("<script") && !home.contains("style=\""))
  }

  @Test func everySuggestionIsAnsweredAndCounted() async throws {
    let bench = try Bench()
    let before = try bench.digests()
    let addresses = try await bench.page("/").matches(of: #/<li><a href="([^"]+)"/#)
      .map { String($0.1).replacing("&amp;", with: "&") }
    #expect(addresses.count >= 6)
    for (place, address) in addresses.enumerated() {
      let page = try await bench.page(address)
      #expect(
        page.contains("<strong>Exploratory</strong>, question \(place + 1) of \(place + 1) "),
        "\(address)")
      #expect(page.contains("nobody fixed this question"), "\(address)")
      if place > 0 {
        #expect(page.contains("\(place + 1) questions were asked since the program was started"))
      }
      // Every link within the page leads somewhere in it.
      for link in page.matches(of: #/href="#([^"]+)"/#) {
        #expect(page.contains("id=\"\(link.1)\""), "\(address): #\(link.1)")
      }
    }
    // Once more is no further question.
    let again = try await bench.page(addresses[0])
    #expect(again.contains("question 1 of \(addresses.count) "))
    // Nor is one that would leave nothing out.
    #expect(try await bench.get("/ask?late=out").status == .badRequest)
    #expect(try await bench.page("/").contains("Asked so far: \(addresses.count)"))
    #expect(try bench.digests() == before)
  }

  @Test func aQuestionHasOneAddress() async throws {
    let bench = try Bench()
    let form = try await bench.get(
      "/ask?outcome=&part=second&from=&to=&statistic=&whitening=&trend=&weekday=&previous=")
    #expect(form.status == .seeOther)
    #expect(form.location == "/ask?part=second")
    #expect(try await bench.get("/ask").location == "/")
    #expect(try await bench.get("/ask?outcome=mood").location == "/")
    #expect(try await bench.get("/ask?from=1&to=6").location == "/")
    #expect(try await bench.get("/ask?from=2026-03-03&to=4").location == "/ask?from=2&to=4")
    #expect(!(try await bench.page("/")).contains("Asked so far"))
  }

  @Test func badQuestionsAreRefusedInOneSentence() async throws {
    let bench = try Bench()
    for (address, sentence) in [
      (
        "/ask?from=9",
        "From: found &quot;9&quot;, expected a slot from 1 to 6, or a day of the "
          + "trial such as 2026-03-02."
      ),
      ("/ask?outcome=%3Cb%3E", "Outcome: found &quot;&lt;b&gt;&quot;, expected mood, sleep."),
      (
        "/ask?statistic=block",
        "Statistic: found &quot;block&quot;, expected mean-difference, "
          + "block-adjusted, studentised, rank-sum, signed-rank."
      ),
    ] {
      let answer = try await bench.get(address)
      #expect(answer.status == .badRequest)
      let page = String(decoding: answer.body, as: UTF8.self)
      #expect(page.contains("<p>\(sentence)</p>"), "\(page)")
    }
    #expect(try await bench.get("/nowhere").status == .notFound)
    let sent = await bench.site.respond(to: WebRequest(.post, "/ask", visitor: bench.visitor))
    #expect(sent.status == .methodNotAllowed)
    #expect(!(try await bench.page("/")).contains("Asked so far"))
  }

  @Test func theReportIsTheFolders() async throws {
    let bench = try Bench()
    let answer = try await bench.get("/report")
    #expect(answer.body == (try bench.sample.folder.read("report.html")))
    let page = String(decoding: answer.body, as: UTF8.self)
    let style = try #require(page.firstMatch(of: #/<style>([\s\S]*?)<\/style>/#)).1
    let digest = Data(sha256(Array(style.utf8))).base64EncodedString()
    #expect(answer.styleDigest == "sha256-\(digest)")
  }

  @Test func onlyAVerifiedAndOpenedTrialIsServed() throws {
    let blind = try SampleTrial()
    #expect(throws: VerifiedTrial.Fault.notUnblinded) { try blind.folder.verifiedTrial() }
    let changed = try SampleTrial()
    try changed.finish()
    _ = try changed.folder.verifiedTrial()
    try changed.folder.write(Array("other".utf8), to: "report.md", replacing: true)
    #expect(throws: VerifiedTrial.Fault.doesNotVerify(check: "files")) {
      try changed.folder.verifiedTrial()
    }
  }

  @Test func armsOfThreeAreToldApart() async throws {
    let sample = try SampleTrial(ExampleProtocols.threeArms)
    try sample.finish()
    let bench = try Bench(sample)
    let page = try await bench.page("/ask?part=first")
    for arm in ["quokkadrine", "xylofonium"] {
      #expect(page.contains("\(arm) against zanzibarine"), "\(arm)")
    }
    #expect(page.contains("with 2 comparisons in all"))
  }
}
