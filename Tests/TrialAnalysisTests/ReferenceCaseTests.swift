import Foundation
import Testing
import TrialTestSupport

/// Every case of the reference results, from its bytes as CSV and YAML to the JSON of `analyze`.
struct ReferenceCaseTests {
  /// The oracle's answers by case and statistic.
  struct Answers: Decodable {
    struct Fraction: Decodable {
      let numerator: Int
      let denominator: Int
      var value: Double { Double(numerator) / Double(denominator) }
    }
    struct Counts: Decodable {
      let total, ge, le, absGe, eq, undefinedCountedAsExtreme: String
    }
    struct Ends: Decodable {
      let lower: Fraction?
      let upper: Fraction?
    }
    struct Intervals: Decodable {
      let equalTailed: Ends
      let absolute: Ends
    }
    struct Statistic: Decodable {
      let observed: Fraction
      let pAtTau: [String: Counts]
      let ci: [String: Intervals]
    }
    struct Case: Decodable {
      let diffMeans: Statistic?
      let blockFE: Statistic?
    }
    let expected: [String: Case]
  }

  @Test func allCasesAgreeWithTheOracle() throws {
    guard let folder = SharedFiles.url("reference/statistics") else { return }
    let cases = try RandomizationCase.all(in: folder)
    let answers = try JSONDecoder().decode(
      Answers.self,
      from: Data(contentsOf: folder.appending(path: "expected/randomization_oracle.json")))
    #expect(cases.count == 28)
    for oneCase in cases {
      let expected = try #require(answers.expected[oneCase.id])
      if let statistic = expected.diffMeans {
        try check(oneCase, "mean-difference", statistic)
      }
      if let statistic = expected.blockFE { try check(oneCase, "block-adjusted", statistic) }
    }
  }

  private func check(
    _ oneCase: RandomizationCase, _ statistic: String, _ expected: Answers.Statistic
  ) throws {
    for level in ["0.95", "0.90", "0.80"] {
      let summary = try SummaryReader(
        csv: oneCase.csv, design: oneCase.design(statistic: statistic, level: level))
      let name = Comment(rawValue: "\(oneCase.id), \(statistic), \(level)")
      let counts = try #require(expected.pAtTau["0"])
      let total = try #require(Double(counts.total))
      func share(_ count: String) -> Double? { Double(count).map { $0 / total } }
      #expect(summary.text("method") == "exact", name)
      #expect(summary.text("referenceSet.count") == counts.total, name)
      #expect(
        summary.text("referenceSet.undefined") == counts.undefinedCountedAsExtreme, name)
      #expect(agree(summary.number("estimate"), expected.observed.value), name)
      #expect(agree(summary.number("p.greater"), share(counts.ge)), name)
      #expect(agree(summary.number("p.less"), share(counts.le)), name)
      #expect(agree(summary.number("p.absolute"), share(counts.absGe)), name)
      let intervals = try #require(expected.ci[level])
      for (path, ends) in [
        ("interval", intervals.equalTailed), ("intervalAbsolute", intervals.absolute),
      ] {
        #expect(agree(summary.number("\(path).lower"), ends.lower?.value), name)
        #expect(agree(summary.number("\(path).upper"), ends.upper?.value), name)
        #expect(summary.isNull("\(path).lower") == (ends.lower == nil), name)
        #expect(summary.isNull("\(path).upper") == (ends.upper == nil), name)
      }
    }
  }

  @Test func theBayesianEffectAgreesWithTheGrid() throws {
    guard let folder = SharedFiles.url("reference/statistics") else { return }
    let file = folder.appending(path: "expected/bayes_ar1_grid.json")
    let grid = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let expected = try #require(grid["expected"] as? [String: [String: [String: Any]]])
    var compared = 0
    for (name, models) in expected.sorted(by: { $0.key < $1.key }) {
      let series = folder.appending(path: "inputs/series_\(name).csv")
      guard let model = models["flatEffect_uniformPhi"],
        let text = try? String(contentsOf: series, encoding: .utf8)
      else { continue }
      let summary = try SummaryReader(
        csv: RandomizationCase.csv(ofSeries: text),
        design: RandomizationCase.coinDesign(
          slots: text.split(whereSeparator: \.isNewline).count - 1))
      for (path, key) in [
        ("mean", "mean"), ("sd", "sd"), ("lower", "q025"), ("upper", "q975"),
        ("probabilityPositive", "pGreater0"),
      ] {
        let value = try #require((model[key] as? String).flatMap(Double.init))
        let found = try #require(summary.number("bayes.\(path)"))
        #expect(abs(found - value) < 1e-8, "\(name), \(path)")
        compared += 1
      }
    }
    #expect(compared >= 20)
  }
}
