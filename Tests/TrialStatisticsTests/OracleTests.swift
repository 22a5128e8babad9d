import Foundation
import Testing
import TrialStatistics
import TrialTestSupport

@Suite("Reference answers of the randomization test")
struct OracleTests {
  @Test("every case, both statistics, all levels")
  func oracle() throws {
    guard
      let folder = SharedFiles.url("reference/statistics"),
      let expected = SharedFiles.url("reference/statistics/expected/randomization_oracle.json")
    else {
      print("skipped: ../shared is not here")
      return
    }
    let cases = try RandomizationCase.all(in: folder)
    let answers = try JSONDecoder().decode(OracleAnswers.self, from: Data(contentsOf: expected))
    #expect(cases.count == 28)
    for one in cases {
      let set = one.set
      for (name, answer) in answers.expected[one.id] ?? [:] {
        let kind: StatisticKind =
          name == "blockFE" ? .blockAdjusted(blocks: one.blocks) : .meanDifference
        for (level, limits) in answer.ci {
          let test = try RandomizationTest(
            outcome: ExactOutcome(values: one.outcome), observed: one.assignment, kept: one.kept,
            reference: set, statistic: kind, whitening: .none, level: Double(level) ?? 0)
          let result = try test.result()
          let place = "\(one.id) \(name) \(level)"
          check(result, answer, limits, set, place)
        }
      }
    }
  }

  private func check(
    _ result: RandomizationResult, _ answer: OracleAnswer, _ limits: OracleAnswer.Intervals,
    _ set: ReferenceSet, _ place: String
  ) {
    guard let counts = answer.pAtTau["0"] else {
      Issue.record("\(place): no counts")
      return
    }
    #expect(result.method == .exact, "\(place)")
    #expect(set.exactCount.map { String($0) } == counts.total, "\(place)")
    #expect(close(result.estimate, answer.observed.value), "\(place)")
    #expect(close(result.pGreater, counts.share(counts.ge)), "\(place)")
    #expect(close(result.pLess, counts.share(counts.le)), "\(place)")
    #expect(close(result.pAbsolute, counts.share(counts.absGe)), "\(place)")
    #expect(
      close(result.midGreater, counts.share(counts.ge) - counts.share(counts.eq) / 2), "\(place)")
    #expect(
      result.undefinedCount.map { String($0) } == counts.undefinedCountedAsExtreme, "\(place)")
    compare(result.interval, limits.equalTailed, place)
    compare(result.intervalAbsolute, limits.absolute, place + " absolute")
    let whole = result.distribution.reduce(0) { $0 + $1.probability } + result.undefinedShare
    #expect(abs(whole - 1) < 1e-12, "\(place)")
  }

  private func compare(_ found: Interval, _ expected: OracleAnswer.Limits, _ place: String) {
    #expect(near(found.lower, expected.lower?.value), "\(place) lower")
    #expect(near(found.upper, expected.upper?.value), "\(place) upper")
  }

  private func close(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) <= 1e-15 * abs(expected)
  }

  private func near(_ found: Double?, _ expected: Double?) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) <= 1e-12
  }
}
