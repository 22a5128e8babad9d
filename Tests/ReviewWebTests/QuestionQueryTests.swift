import BlindRecord
import LocalWeb
import Testing
import TrialAnalysis

@testable import ReviewWeb

/// A question as an address, there and back.
@Suite struct QuestionQueryTests {
  static let days = (0..<28).compactMap { CalendarDay("2026-03-02")?.advanced(by: 2 * $0) }

  private func read(_ query: String) throws -> ReviewQuestion {
    try QuestionQuery.question(FormBody(query: query).fields, days: Self.days)
  }

  @Test(arguments: [
    "", "outcome=sleep", "part=first", "part=second", "from=3&to=9", "wrong-kit=out&late=out",
    "deviation=out&arm-known=out&after-code-break=out", "statistic=rank-sum", "whitening=none",
    "whitening=estimated", "whitening=0.25", "trend=in&weekday=out&previous=in", "washout=0",
    "outcome=a%20%26%20b&part=first&late=out&statistic=mean-difference&whitening=none&trend=out&washout=3",
  ])
  func thereAndBack(_ query: String) throws {
    #expect(QuestionQuery.text(try read(query)) == query)
  }

  @Test func daysAndOpenEnds() throws {
    #expect(try read("from=2026-03-02&to=2026-03-06").part == .slots(1...3))
    // There is no slot on the third of March: the next one, and the one before.
    #expect(try read("from=2026-03-03").part == .slots(2...28))
    #expect(try read("to=2026-03-03").part == .slots(1...1))
    #expect(try read("from=&to=&part=&outcome=").isThePlan)
  }

  @Test(arguments: [
    ("colour=red", "question: found \"colour\", expected one of the names in the form"),
    ("part=third", "part: found \"third\", expected first or second"),
    (
      "part=first&from=2", "part: found a half beside a first or last slot, expected one of the two"
    ),
    ("late=yes", "late: found \"yes\", expected out"),
    (
      "from=0",
      "from: found \"0\", expected a slot from 1 to 28, or a day of the trial such as 2026-03-02"
    ),
    (
      "to=2026-02-30",
      "to: found \"2026-02-30\", expected a slot from 1 to 28, or a day of the trial such as 2026-03-02"
    ),
    ("from=9&to=3", "to: found \"3\", expected no less than from"),
    (
      "statistic=t",
      "statistic: found \"t\", expected mean-difference, block-adjusted, studentised, rank-sum, signed-rank"
    ),
    (
      "whitening=1",
      "whitening: found \"1\", expected none, estimated, or a number between -1 and 1"
    ),
    (
      "whitening=nan",
      "whitening: found \"nan\", expected none, estimated, or a number between -1 and 1"
    ),
    ("trend=maybe", "trend: found \"maybe\", expected in or out"),
    ("washout=-1", "washout: found \"-1\", expected a number of slots"),
    ("washout=99999", "washout: found \"99999\", expected a number of slots"),
    ("washout=%0A1", "washout: found \"·1\", expected a number of slots"),
  ])
  func badValuesAreOneSentence(_ query: String, _ sentence: String) throws {
    let fault = #expect(throws: FormatError.self) { try read(query) }
    #expect(fault?.message == sentence)
  }
}
