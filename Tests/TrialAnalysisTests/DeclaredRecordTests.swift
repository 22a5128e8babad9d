import BlindRecord
import Foundation
import Testing
import TrialAnalysis
import TrialDesign

/// An open data set is read strictly; every refusal is one sentence with file and line.
struct DeclaredRecordTests {
  static let design = """
    arms: [placebo, active]
    scheme:
      pairs: {count: 2}
    analysis:
      statistic: mean-difference
      whitening: none
      level: 0.5

    """

  private func record(_ csv: String, outcome: String? = nil) throws -> DeclaredRecord {
    try DeclaredRecord(
      csv: Array(csv.utf8), csvName: "ratings.csv",
      design: OpenDesign(bytes: Array(Self.design.utf8), file: "design.yaml"), outcome: outcome)
  }

  static let head = "slot,arm,mood\n"
  static let good = "1,placebo,5\n2,active,6\n3,active,7\n4,placebo,3\n"

  /// A table whose rows begin with the given text.
  private static func table(_ rows: String) -> String { head + rows }

  /// The good table with another first row.
  private static func first(_ row: String) -> String { head + row + good.dropFirst(12) }

  /// A table, and what its refusal says after the file's name.
  private static let refused: [(csv: String, message: String)] = [
    ("", "1: found nothing, expected a header line"),
    ("\u{FEFF}", "1: found nothing, expected a header line"),
    ("slot,mood\n1,5\n", "1: found the columns slot, mood, expected a column arm"),
    (
      "slot,arm\n1,active\n",
      "1: found no outcome, expected a column with numbers beside slot and arm"
    ),
    (
      "slot,arm,mood,mood\n",
      "1: found the column \"mood\" twice, expected one name for each column"
    ),
    ("slot,arm,,mood\n", "1: found a column without a name, expected one name for each column"),
    (
      "slot,arm,\"mo\nod\u{202E}\u{7F}\"\n",
      "1: found the column \"mo·od··\" with an invisible character, "
        + "expected names of visible characters on one line"
    ),
    (table("1,placebo\n"), "2: found 2 cells, expected 3, as in the header"),
    (table("1,placebo,5\n1,active,6\n"), "3: found slot 1, expected slot 2"),
    (table("1,placebo,5\n3,active,6\n"), "3: found slot 3, expected slot 2"),
    (table("one,placebo,5\n"), "2: found \"one\" as slot, expected 1"),
    (table("-1,placebo,5\n"), "2: found \"-1\" as slot, expected 1"),
    (table(""), "1: found 0 slots, expected 4, as the design has"),
    (
      table("1,placebo,5\n2,active,6\n3,active,7\n"),
      "4: found 3 slots, expected 4, as the design has"
    ),
    (table(good + "5,active,1\n"), "6: found slot 5, expected 4 slots, as the design has"),
    (first("1,Placebo,5\n"), "2: found the arm \"Placebo\", expected placebo or active"),
    (
      first("1,placebo,NA\n"),
      "2: found \"NA\" as mood, expected a number, or nothing where it is missing"
    ),
    (
      first("1,placebo,inf\n"),
      "2: found \"inf\" as mood, expected a number, or nothing where it is missing"
    ),
    (
      first("1,placebo,\"1,5\"\n"),
      "2: found \"1,5\" as mood, expected a number, or nothing where it is missing"
    ),
    (table("1,placebo,\"5\n"), "2: found a quote that is never closed, expected its end"),
    (
      table("1,placebo,5\"\n"),
      "2: found a quote inside a cell, expected the whole cell in quotes, its own quotes doubled"
    ),
    (
      table("1,placebo,\"5\"5\n"),
      "2: found text after a closing quote, expected a comma or the line's end"
    ),
    (
      "slot,arm,guess,mood\n1,placebo,1.5,5\n2,active,,6\n3,active,,7\n4,placebo,,3\n",
      "2: found \"1.5\" as guess, expected a probability from 0 to 1, dk, or nothing"
    ),
    (
      table("1,placebo,5\n2,placebo,6\n3,active,7\n4,active,3\n"),
      "3: found slot 2 under \"placebo\", expected an assignment that the scheme pairs can give"
    ),
  ]

  @Test(arguments: refused.indices)
  func refusals(index: Int) {
    let (csv, message) = Self.refused[index]
    let fault = #expect(throws: RecordFault.self) { try record(csv) }
    #expect(fault?.message == "ratings.csv:\(message)")
  }

  @Test func bytesThatAreNotTextAreRefused() throws {
    let fault = #expect(throws: RecordFault.self) {
      try DeclaredRecord(
        csv: Array(Self.head.utf8) + [0x31, 0x2C, 0xFF, 0x2C, 0x35, 0x0A], csvName: "ratings.csv",
        design: OpenDesign(bytes: Array(Self.design.utf8), file: "design.yaml"), outcome: nil)
    }
    #expect(
      fault?.message
        == "ratings.csv:2: found bytes that are not UTF-8 text, expected a text file in UTF-8")
  }

  /// Its squares would be infinite, and a report cannot show that.
  @Test func aNumberOutOfAllProportionIsRefused() {
    let fault = #expect(throws: RecordFault.self) {
      try record(Self.head + "1,placebo,1e190\n" + Self.good.dropFirst(12))
    }
    #expect(
      fault?.message
        == "ratings.csv:2: found \"1e190\" as mood, expected a number, or nothing where it is missing"
    )
    #expect(fault?.hint == "numbers from 1e-50 to 1e50 in size are taken; choose another unit")
  }

  @Test func anUnknownOutcomeIsRefused() {
    let fault = #expect(throws: RecordFault.self) {
      try record(Self.head + Self.good, outcome: "slot")
    }
    #expect(fault?.message == "ratings.csv:1: found no outcome \"slot\", expected one of mood")
  }

  @Test func noRatingUnderAnArmIsRefused() throws {
    let declared = try record(
      Self.head + "1,placebo,5\n2,active,\n3,active,\n4,placebo,3\n")
    let fault = #expect(throws: RecordFault.self) { try TrialResult(declared) }
    #expect(
      fault?.message
        == "ratings.csv:1: found mood: the arm active has no rating: there is nothing to compare, "
        + "expected numbers of \"mood\" under both arms")
  }

  @Test func aLongOrControlCharacterIsNotRepeatedInFull() {
    let long = String(repeating: "x", count: 200) + "\u{1B}[31m"
    let fault = #expect(throws: RecordFault.self) {
      try record(Self.head + "1,\(long),5\n" + Self.good.dropFirst(12))
    }
    #expect(fault?.message.utf8.count ?? 999 < 120)
    #expect(fault?.message.contains("\u{1B}") == false)
  }

  @Test(arguments: [
    head + good, "\u{FEFF}" + head + good,
    (head + good).split(separator: "\n").joined(separator: "\r\n"),
    "arm, slot ,mood\nplacebo,1,5.0\n active,2,6\nactive,3,\"7\"\n\"placebo\",4,3e0\n\n",
  ])
  func formsOfTheSameTable(csv: String) throws {
    let summary = try SummaryReader(TrialResult(record(csv)))
    #expect(summary.number("estimate") == 2.5)
    #expect(summary.text("outcome") == "mood")
    #expect(summary.isNull("blinding"))
  }

  @Test func theFirstOutcomeColumnIsTheDefault() throws {
    let csv = "slot,arm,mood,sleep\n1,placebo,5,1\n2,active,6,2\n3,active,7,3\n4,placebo,3,4\n"
    #expect(try SummaryReader(csv: csv, design: Self.design).text("outcome") == "mood")
    let other = try SummaryReader(csv: csv, design: Self.design, outcome: "sleep")
    #expect(other.text("outcome") == "sleep")
    #expect(other.number("estimate") == 0)
  }

  private func result(_ csv: String, _ design: String) throws -> TrialResult {
    try TrialResult(
      DeclaredRecord(
        csv: Array(csv.utf8), csvName: "ratings.csv",
        design: OpenDesign(bytes: Array(design.utf8), file: "design.yaml"), outcome: nil))
  }

  private static func pairs(_ count: Int, plan: String) -> String {
    "arms: [placebo, active]\nscheme:\n  pairs: {count: \(count)}\nanalysis: {\(plan)}\n"
  }

  /// Every pair differs by 1: t is infinite, and an answer all the same.
  @Test func anInfiniteStatisticIsReported() throws {
    let design = Self.pairs(6, plan: "statistic: studentised, level: 0.95")
    let rows = [3, 4, 5, 6, 2, 3, 8, 9, 5, 6, 7, 8].enumerated().map {
      "\($0.offset + 1),\($0.offset.isMultiple(of: 2) ? "placebo" : "active"),\($0.element)\n"
    }
    let result = try result(Self.head + rows.joined(), design)
    let json = String(decoding: try JSONEncoder().encode(AnalysisSummary(result)), as: UTF8.self)
    #expect(json.contains("\"statisticIsInfinite\":true") && json.contains("\"statistic\":null"))
    let test = try #require(result.primary.contrasts[0].test)
    #expect(test.isInfinite && test.p.doubled == 2 / 64.0)
    #expect(test.distribution.allSatisfy { $0.lower.isFinite && $0.upper.isFinite })
    #expect(
      result.primary.note?.contains("so the studentised statistic is infinite") == true)
  }

  /// Ratings that no 18 digits hold together are rounded, and the answer says to what.
  @Test func roundingIsSaid() throws {
    let design = Self.pairs(6, plan: "statistic: mean-difference, whitening: none, level: 0.9")
    let short =
      "1,placebo,0.1\n2,active,1000.1\n3,active,0.4\n4,placebo,0.2\n5,placebo,0.4\n"
      + "6,active,0.1\n7,active,0.2\n8,placebo,0.1\n9,placebo,0.3\n10,active,0.2\n11,active,"
    let exact = try result(Self.head + short + "0.12345679\n12,placebo,0.1\n", design)
    let long = try result(Self.head + short + "0.1234567890123456\n12,placebo,0.1\n", design)
    let (plain, rounded) = (exact.primary.contrasts[0].test, long.primary.contrasts[0].test)
    #expect(plain?.roundingUnit == nil && rounded?.roundingUnit == 1e-8)
    #expect(rounded?.p == plain?.p)
    #expect(long.primary.note?.contains("were rounded to multiples of 1e-08") == true)
  }

  /// Only differences are held by floating point there, and every part of the answer keeps them.
  @Test func largeRatingsWithSmallDifferencesAgreeInEveryPart() throws {
    let design = Self.pairs(3, plan: "statistic: mean-difference, whitening: none, level: 0.7")
    func rows(_ beginning: String) -> String {
      [4, 6, 8, 5, 6, 9].enumerated().map {
        "\($0.offset + 1),\([1, 2, 5].contains($0.offset) ? "active" : "placebo"),\(beginning)\($0.element)\n"
      }.joined()
    }
    let large = try result(Self.head + rows("900000000000000000"), design).primary.contrasts[0]
    let small = try result(Self.head + rows(""), design).primary.contrasts[0]
    #expect(large.test?.estimate == small.test?.estimate)
    // Sums of other numbers round otherwise.
    func isNear(_ one: Double?, _ other: Double?) -> Bool {
      guard let one, let other else { return one == nil && other == nil }
      return abs(one - other) < 1e-12 * max(1, abs(other))
    }
    #expect(isNear(large.meanDifference, small.meanDifference))
    #expect(large.bayes?.mean.isFinite == true)
    #expect(abs((large.bayes?.mean ?? .nan) - (small.bayes?.mean ?? .nan)) < 1e-9)
    #expect(large.effectSizes.count == small.effectSizes.count)
    for (one, other) in zip(large.effectSizes, small.effectSizes) {
      #expect(isNear(one.value, other.value), "\(other.name)")
    }
  }

  @Test func anOutcomeIsTestedOnce() throws {
    let design = Self.pairs(3, plan: "alsoTested: [mood]")
    #expect {
      try result(
        Self.head + "1,placebo,1\n2,active,2\n3,active,3\n4,placebo,1\n5,placebo,1\n6,active,4\n",
        design)
    } throws: {
      "\(($0 as? RecordFault)?.message ?? "\($0)")".contains("as the outcome and in alsoTested")
    }
  }

  @Test func aSchemeOfOneAssignmentIsRefusedInTheDesign() {
    #expect {
      _ = try OpenDesign(
        bytes: Array("arms: [p, a]\nscheme:\n  listed: {assignments: [PAPA]}\n".utf8),
        file: "design.yaml")
    } throws: { error in
      (error as? ProtocolFaults)?.faults.map(\.message).first
        == "design.yaml:3:3: found a scheme with one assignment, expected at least two: nothing was "
        + "randomized, so nothing can be tested"
    }
  }

  /// The arm alternates at every rated slot.
  @Test func aPosteriorWithoutStandardDeviationSaysSo() throws {
    let rows = [74, 4, 65, 14, 9, 84, 30].enumerated().map {
      "\($0.offset + 1),\($0.offset.isMultiple(of: 2) ? "placebo" : "active"),\($0.element)\n"
    }
    let result = try result(
      Self.head + rows.joined(),
      "arms: [placebo, active]\nscheme:\n  coin: {slots: 7, fewest: 2}\n")
    #expect(result.primary.contrasts[0].bayes?.sd == nil)
    #expect(result.primary.note?.contains("the posterior has no standard deviation") == true)
    let json = String(decoding: try JSONEncoder().encode(AnalysisSummary(result)), as: UTF8.self)
    #expect(json.contains("\"sd\":null"))
  }

  /// One arm without ratings leaves the contrast of the others.
  @Test func oneContrastIsAnalysedWithoutTheOther() throws {
    let result = try result(
      "slot,arm,mood\n1,p,1\n2,a,2\n3,n,\n4,n,\n5,p,2\n6,a,4\n7,a,3\n8,n,\n9,p,1\n",
      "arms: [p, a, n]\nscheme:\n  blocks: {each: [1, 1, 1], repeat: 3}\n")
    #expect(result.primary.contrasts[0].test != nil && result.primary.contrasts[1].test == nil)
    #expect(
      result.primary.contrasts[1].note?.contains("the arm n has no rating") == true)
  }
}
