import Foundation
import Testing
import TrialAnalysis
import TrialDesign
import TrialTestSupport

/// Two published self-experiments, from their own tables, against recomputed and published values.
struct SelfExperimentTests {
  /// The rows of a table without quotes, by column name.
  private func rows(_ url: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let cells = lines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return cells.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(cells[0], row))
    }
  }

  private func json(_ url: URL) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
  }

  // MARK: Caffeine in shuffled envelopes, 2023

  @Test func caffeineEnvelopes() throws {
    guard let table = SharedFiles.url("data/caffeine-envelopes-2023.csv"),
      let answers = SharedFiles.url("reference/self-experiments/caffeine-envelopes-2023.json")
    else { return }
    let names = ["absorption", "mindfulness", "productivity", "creativity"]
    let csv =
      "slot,arm,guess,\(names.joined(separator: ","))\n"
      + (try rows(table)).filter { $0["experiment"] == "A" }.map { row in
        (["id", "substance", "prediction"] + names).map { row[$0] ?? "" }.joined(separator: ",")
      }.joined(separator: "\n")
    let design = """
      arms: [sugar, caffeine]
      scheme:
        complete: {slots: 50, active: 25}
      analysis:
        statistic: mean-difference
        whitening: none
        level: 0.95

      """
    let root = try json(answers)
    let expected = try #require(root["recomputed"] as? [String: Any])
    let outcomes = try #require(expected["outcomes"] as? [String: Any])
    for name in names {
      let summary = try SummaryReader(csv: csv, design: design, outcome: name)
      let outcome = try #require(outcomes[name] as? [String: Any])
      let difference = try #require(outcome["difference"] as? Double)
      #expect(agree(summary.number("estimate"), difference), "\(name)")
      #expect(summary.text("method") == "exact", "\(name)")
      #expect(summary.text("referenceSet.count") == "126410606437752", "\(name)")
      let p = try #require(outcome["permutation_p_two_sided_mc"] as? Double)
      let draws = try #require(outcome["permutation_draws"] as? Double)
      let exact = try #require(summary.number("p.absolute"))
      #expect(abs(exact - p) < 4 * (exact * (1 - exact) / draws).squareRoot(), "\(name)")
      #expect(agree(summary.number("blinding.logScore"), -0.5991670759554912), "\(name)")
      #expect(agree(summary.number("blinding.brier"), 0.20655), "\(name)")
      #expect(agree(summary.number("blinding.bang.caffeine.index"), 0.4), "\(name)")
      #expect(agree(summary.number("blinding.bang.sugar.index"), 0.36), "\(name)")
    }
  }

  // MARK: Paired blocks of three days, 2012

  /// The sums of six times the block's mean, so that means of two and three days stay exact.
  private func blockRows(
    _ days: [[String: String]], _ pairs: [[String: String]], _ outcome: String
  ) throws -> [String] {
    try pairs.flatMap { pair -> [String] in
      let order = try #require(pair["order"])
      return try ["first", "second"].enumerated().map { place, name in
        let start = try #require(pair["\(name)_block_start"])
        let end = try #require(pair["\(name)_block_end"])
        let texts = days.compactMap { day -> String? in
          guard let date = day["Date"], start <= date, date <= end else { return nil }
          let text = day[outcome] ?? ""
          return text.contains(where: \.isNumber) ? text : nil
        }
        let values = try texts.map { try #require(Decimal(string: $0)) }
        try #require(!values.isEmpty)
        let scaled = values.reduce(0, +) * Decimal(6 / values.count)
        let arm = Array(order)[place] == "A" ? "active" : "placebo"
        return "\(arm),\(scaled)"
      }
    }
  }

  @Test(arguments: [
    "MP", "Creativity", "Mnemosyne", "Total.Z", "Time.to.Z", "Time.in.Wake", "Awakenings",
    "Morning.Feel",
  ])
  func pairedBlocks(outcome: String) throws {
    guard let dayTable = SharedFiles.url("data/paired-blocks-2012-days.csv"),
      let pairTable = SharedFiles.url("data/paired-blocks-2012-pairs.csv"),
      let answers = SharedFiles.url("reference/self-experiments/paired-blocks-2012.json")
    else { return }
    let lines = try blockRows(rows(dayTable), rows(pairTable), outcome)
    let csv =
      "slot,arm,value\n"
      + lines.enumerated().map { "\($0.offset + 1),\($0.element)" }.joined(separator: "\n")
    let design = """
      arms: [placebo, active]
      scheme:
        pairs: {count: \(lines.count / 2)}
      analysis:
        statistic: mean-difference
        whitening: none
        level: 0.95

      """
    let root = try json(answers)
    let all = try #require(root["paired_randomisation_21"] as? [String: Any])
    let expected = try #require(all[outcome] as? [String: Any])
    let p = try #require(expected["exact_p_two_sided"] as? Double)
    let difference = try #require(expected["mean_difference"] as? Double)
    let summary = try SummaryReader(csv: csv, design: design)
    #expect(summary.text("referenceSet.count") == "2097152")
    #expect(summary.text("method") == "exact")
    #expect(summary.number("p.absolute") == p)
    #expect(agree(summary.number("estimate").map { $0 / 6 }, difference, relative: 1e-9))
  }
}
