import BlindRecord
import Foundation
import Testing
import TrialAnalysis
import TrialDesign
import TrialTestSupport

@testable import TrialReport

/// The report as files: the same bytes each time, self-contained, safe, true to the numbers.
struct ReportTests {
  /// Text that a careless template would run, close a tag with, or break a table with.
  static let hostile = """
    </title></pre><script>alert("1")</script> & 'x' "\u{301}onload=y | `a` *b* _c_ <!-- {{title}}
    """

  static func declared() throws -> TrialResult {
    let csv =
      "slot,arm,mood,guess\n1,placebo,5,dk\n2,active,6.5,0.8\n3,active,7,0.5\n4,placebo,,0.3\n"
    let design = try OpenDesign(
      arms: [Arm(name: "placebo"), Arm(name: "active")],
      scheme: .pairs(RandomizedPairs(count: 2)),
      plan: AnalysisPlan(
        outcome: "", statistic: .meanDifference, whitening: .none, level: 0.5))
    return try TrialResult(
      DeclaredRecord(csv: Array(csv.utf8), csvName: "ratings.csv", design: design, outcome: nil))
  }

  static func hostileTrial() throws -> TrialResult {
    var trial = try MadeTrial.eventful()
    trial.prediction = hostile
    trial.add(.deviation(Deviation(slot: 2, kind: .other, reason: hostile)), on: trial.day(2))
    trial.add(
      .adverseEvent(
        AdverseEvent(
          term: hostile, onset: trial.day(2), severity: .severe, serious: true, action: hostile,
          outcome: hostile)), on: trial.day(2))
    trial.add(.codeBreak(slot: 3, reason: hostile), on: trial.day(6))
    return try trial.result()
  }

  @Test func theSameRecordGivesTheSameBytes() throws {
    let (one, two) = (
      try Report(MadeTrial.eventful().result()), try Report(MadeTrial.eventful().result())
    )
    #expect(one.html == two.html)
    #expect(one.markdown == two.markdown)
    #expect(one.json == two.json)
  }

  @Test func thePageStandsAlone() throws {
    for result in [try MadeTrial.eventful().result(), try Self.declared()] {
      let html = try Report(result).html.lowercased()
      for word in [
        "<script", "http:", "https:", "//", "url(", "@import", "<link", "<img", " on", "src=",
      ] {
        let found = html.ranges(of: word).filter { range in
          word != " on" || html[range.upperBound...].prefixMatch(of: #/[a-z]+="/#) != nil
        }
        #expect(found.isEmpty, "\(word)")
      }
      #expect(html.contains("default-src 'none'"))
    }
  }

  @Test func everyFigureHasItsTextAndItsCaption() throws {
    let html = try Report(MadeTrial.eventful().result()).html
    let figures = html.ranges(of: "<figure ").count
    #expect(figures == 11)
    #expect(html.ranges(of: "<figcaption>").count == figures)
    #expect(html.ranges(of: "<svg ").count == figures * 2)
    #expect(html.ranges(of: "<title id=").count == figures * 2)
    #expect(html.ranges(of: "<desc id=").count == figures * 2)
    #expect(html.ranges(of: "role=\"img\"").count == figures * 2)
    #expect(!html.contains("<title id=\"\""))
    let ids = html.matches(of: #/ id="([^"]*)"/#).map(\.1)
    #expect(Set(ids).count == ids.count, "an id occurs twice")
  }

  @Test func tagsAreBalanced() throws {
    for result in [try Self.hostileTrial(), try Self.declared()] {
      let html = try Report(result).html
      var open: [Substring] = []
      for tag in html.matches(of: #/<(\/?)([a-z][a-z0-9]*)([^>]*)>/#) {
        if ["meta"].contains(tag.2) || tag.3.hasSuffix("/") { continue }
        if tag.1.isEmpty {
          open.append(tag.2)
        } else {
          #expect(open.popLast() == tag.2)
        }
      }
      #expect(open.isEmpty)
    }
  }

  @Test func hostileTextStaysText() throws {
    let report = try Report(Self.hostileTrial())
    #expect(!report.html.contains("<script"))
    #expect(!report.html.contains("<!--"))
    #expect(report.html.ranges(of: "</title>").count == 1 + 22)
    #expect(report.html.contains("&lt;script&gt;alert(&quot;1&quot;)"))
    #expect(report.html.contains("{{title}}"), "a template of the template is not filled in")
    let scalars = Array(report.html.unicodeScalars)
    let mark = try #require(scalars.firstIndex(of: "\u{301}"))
    #expect(scalars[mark - 1] == ";", "a quotation mark before a combining mark is escaped too")
    #expect(!report.markdown.contains("<script"))
    let lines = report.markdown.split(separator: "\n").filter { $0.contains("alert") }
    #expect(lines.count == 4)
    let rows = lines.filter { !$0.hasPrefix("Expected") }
    #expect(rows.count == 3)
    for row in rows {
      #expect(row.hasPrefix("| ") && row.hasSuffix(" |"))
      #expect(row.contains("\\`a\\` \\*b\\* \\_c\\_"))
    }
  }

  /// Each rounded number carries its full value, and that value stands in the JSON.
  @Test func everyNumberOfThePageIsInTheJSON() throws {
    for result in [try MadeTrial.eventful().result(), try Self.declared()] {
      let report = try Report(result)
      let line = #/(?m)^\s*(?:"[^"]*" : )?(-?[0-9][0-9.eE+-]*),?$/#
      let known = Set(report.json.matches(of: line).compactMap { Double($0.1) })
      let shown = report.html.matches(of: #/<data value="([^"]*)">([^<]*)</#)
      #expect(shown.count > 30)
      for match in shown {
        let value = try #require(Double(match.1))
        #expect(known.contains(value), "\(match.1)")
        if match.2.contains("than") { continue }
        let share = match.2.hasSuffix("\u{A0}%") ? 100.0 : 1
        let text = match.2.replacing("−", with: "-").replacing("\u{A0}%", with: "")
        let read = try #require(Double(text))
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        let half = 0.5 / tenTo(decimals)
        #expect(abs(read - value * share) <= half * (1 + 1e-9), "\(match.1) as \(match.2)")
      }
    }
  }

  private func tenTo(_ power: Int) -> Double { (0..<power).reduce(1) { ten, _ in ten * 10 } }

  @Test func theJSONHasTheAnalysisOfTheCommandLine() throws {
    let result = try Self.declared()
    let data = Data(try Report(result).json.utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let primary = try #require(object["primary"] as? [String: Any])
    let analysis = try #require(primary["analysis"] as? NSDictionary)
    let summary = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(AnalysisSummary(result)))
    #expect(analysis == summary as? NSDictionary)
    #expect(object["format"] as? String == "selfblind/report/v1")
    #expect(object["declaredFile"] as? String == "ratings.csv")
    #expect(object["seal"] == nil)
  }

  @Test func anOpenDataSetSaysThatNothingWasSealed() throws {
    let report = try Report(Self.declared())
    for text in [report.html, report.markdown] {
      let start = try #require(text.range(of: "Nothing of this was sealed by this program."))
      let answer = try #require(text.range(of: "On average, mood was"))
      #expect(start.lowerBound < answer.lowerBound)
      #expect(!text.contains("Custody"))
    }
  }

  @Test func theSealsLimitsAreSaid() throws {
    var trial = try MadeTrial.eventful()
    trial.simulated = true
    let text = try Report(trial.result()).markdown
    #expect(text.contains("> The participant is simulated. These are made-up ratings"))
    #expect(text.contains("- Custody: self. The participant held the passphrase."))
    #expect(text.contains("- Not witnessed: re-drawing is not excluded."))
    #expect(text.contains("- 1 of 11 entries have a time that was set by hand"))
    trial.mixing = "beacon 2/123456"
    trial.custody = "helper"
    let other = try Report(trial.result()).markdown
    #expect(!other.contains("re-drawing is not excluded"))
    #expect(other.contains("- Custody: helper. The key was held by another person."))
    #expect(other.contains("beacon 2/123456"))
    for (custody, mixing, said) in [
      (
        "envelope", "string",
        ["Custody: envelope. The key was printed once", "A witness's word was"]
      ),
      (
        "threshold", "beacon",
        ["Custody: threshold. The key was held", "A pulse of a public beacon"]
      ),
      ("timelock", "none", ["Custody: timelock. The key lay under", "re-drawing is not excluded"]),
    ] {
      (trial.custody, trial.mixing) = (custody, mixing)
      let text = try Report(trial.result()).markdown
      for part in said { #expect(text.contains(part)) }
    }
  }
}
