import BlindRecord
import Foundation
import Testing
import TrialAnalysis
import TrialDesign
import TrialTestSupport

@testable import TrialReport

/// Checklist, glossary, links and the protocol's document.
struct ReportPartTests {
  /// Every number of CENT 2015: 25 items, 44 with their parts.
  static let items = [
    "1a", "1b", "2a.1", "2a.2", "2b", "3a", "3b", "4a", "4b", "4c", "5", "6a.1", "6a.2", "6b", "7a",
    "7b", "8a", "8b", "8c", "9", "10", "11a", "11b", "12a", "12b", "12c", "13a.1", "13a.2", "13b",
    "14a", "14b", "15", "16", "17a.1", "17a.2", "17b", "18", "19", "20", "21", "22", "23", "24",
    "25",
  ]

  private func rows(_ content: ReportContent) throws -> [[ReportContent.Cell]] {
    let section = try #require(content.sections.first { $0.id == "checklist" })
    for case .table(let table) in section.blocks { return table.rows }
    return []
  }

  @Test func oneWrongSpareIsOne() {
    #expect(ReportContent.wrong(1, of: 1) == "1 of 1 held another arm than it was packed as")
    #expect(ReportContent.wrong(0, of: 4) == "0 of 4 held another arm than they were packed as")
    #expect(ReportContent.wrong(2, of: 4) == "2 of 4 held another arm than they were packed as")
  }

  @Test func everyItemIsAnsweredOrSaidToBeMissing() throws {
    for result in [try MadeTrial.eventful().result(), try ReportTests.declared()] {
      let content = ReportContent(result)
      let rows = try rows(content)
      #expect(rows.map { $0[0].shown } == Self.items)
      let parts = Set(content.sections.map(\.id) + ["top", "answer"])
      for row in rows {
        switch row[2] {
        case .link(_, let target): #expect(parts.contains(target), "\(row[0].shown)")
        case let cell:
          let text = cell.shown
          let isPlain =
            text.hasPrefix("not provided: ") || text.hasPrefix("does not apply: ")
            || text.contains("protocol.yaml")
          #expect(isPlain, "\(row[0].shown): \(text)")
          #expect(!text.contains("this report has no such part"), "\(row[0].shown)")
        }
      }
    }
  }

  @Test func everyLinkOfThePageLeadsSomewhere() throws {
    for result in [try MadeTrial.eventful().result(), try ReportTests.declared()] {
      let html = try Report(result).html
      let ids = Set(html.matches(of: #/ id="([^"]*)"/#).map(\.1))
      let targets = html.matches(of: #/ href="#([^"]*)"/#).map(\.1)
      #expect(targets.count > 40)
      for target in targets { #expect(ids.contains(target), "\(target)") }
    }
  }

  @Test func termsAreFoundAtWordsAndOnceInAPart() {
    var links = TermLinks(Glossary.terms)
    let html = links.html("The arm & its arms; alarm, arm's, Arm. p-values <of> blocks")
    #expect(
      html
        == "The <a class=\"term\" href=\"#term-arm\">arm</a> &amp; its arms; alarm, arm&#39;s, Arm. "
        + "<a class=\"term\" href=\"#term-p-value\">p-values</a> &lt;of&gt; "
        + "<a class=\"term\" href=\"#term-block\">blocks</a>")
    #expect(links.html("an arm") == "an arm")
    links.startPart()
    #expect(links.html("an arm").contains("<a"))
    #expect(
      links.html("Größe, slöt, 3 slots").contains(
        "3 <a class=\"term\" href=\"#term-slot\">slots</a>"))
  }

  @Test func theLongestTermWins() {
    var links = TermLinks(Glossary.terms)
    #expect(links.html("standard deviations").contains("#term-standard-deviation"))
    #expect(!links.html("deviations of the protocol").contains("standard"))
  }

  @Test func everyTermHasAnIdOfItsOwnAndAShortMeaning() {
    #expect(Set(Glossary.terms.map(\.id)).count == Glossary.terms.count)
    let forms = Glossary.terms.flatMap { $0.forms.map { $0.lowercased() } }
    #expect(Set(forms).count == forms.count)
    for term in Glossary.terms { #expect(term.meaning.count < 260, "\(term.name)") }
  }

  @Test func theGlossaryHoldsWhatTheReportUses() throws {
    let content = ReportContent(try MadeTrial.eventful().result())
    let section = try #require(content.sections.last)
    guard case .terms(let terms)? = section.blocks.first else {
      Issue.record("no glossary")
      return
    }
    let names = Set(terms.map(\.name))
    for name in [
      "p-value", "interval", "Bang's index", "posterior", "threshold of relevance", "t-test",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(!names.contains("whitening"), "the plan of this trial has none")
  }

  @Test func aProtocolNamesEveryPartAndNoArmOfASlot() throws {
    let design = try ExampleProtocols.read(ExampleProtocols.blocks)
    let document = try ProtocolDocument(design)
    for text in [
      "A trial made for tests", "7 blocks of 4 slots",
      "Stop when anything feels wrong.", "A friend, +49 30 000000", "How was your mood today?",
      "A difference of 1 or more would matter.", "SPENT 2019, item by item", "279 936",
    ] {
      let shown = text.replacingOccurrences(of: " 936", with: "\u{202F}936")
      #expect(document.markdown.contains(shown), "\(text)")
    }
    #expect(document.html.contains("SelfBlind protocol"))
    let days = design.days.map(\.description)
    for line in document.markdown.split(separator: "\n") where days.contains(where: line.contains) {
      for arm in ExampleProtocols.canaryArms { #expect(!line.contains(arm)) }
    }
  }

  @Test func aProtocolSaysOfTheClinicianWhatWasAsked() throws {
    let text = String(decoding: ExampleProtocols.blocks, as: UTF8.self)
      .replacing("clinicianAsked: not-needed", with: "clinicianAsked: yes")
    let document = try ProtocolDocument(ExampleProtocols.read(Array(text.utf8)))
    #expect(document.markdown.contains("A clinician was asked. What is taken"))
    #expect(document.markdown.contains("| 1 | A title that says what it is | Title |"))
    #expect(document.markdown.contains("another one, or none, is recorded as a deviation"))
  }

  @Test func theChecklistOfAnOpenDataSetSpeaksOfNoSeal() throws {
    let rows = try rows(ReportContent(ReportTests.declared()))
    for row in rows {
      #expect(!row[2].shown.contains("seal"), "\(row[0].shown): \(row[2].shown)")
      #expect(!row[2].shown.contains("folder"), "\(row[0].shown): \(row[2].shown)")
    }
    let shown = Dictionary(uniqueKeysWithValues: rows.map { ($0[0].shown, $0[2].shown) })
    #expect(shown["12c"]?.hasSuffix("the test allows for nothing beside the arms") == true)
    #expect(shown["13b"]?.hasSuffix("the file holds no reasons") == true)
  }

  @Test func cellsOfCSVAreQuotedWhereTheyMustBe() {
    var table = CSVText(["a", "b,c"])
    table.add(["say \"x\"", "two\nlines"])
    table.add(["", "=1+1"])
    #expect(table.text == "a,\"b,c\"\n\"say \"\"x\"\"\",\"two\nlines\"\n,=1+1\n")
  }
}
