import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Whitened contrasts")
struct WhiteningTests {
  /// The whitened statistic by its definition, with full matrices.
  private struct Dense {
    let rows: [Int]
    let projector: [[Double]]

    init(phi: Double, used: [Bool], blocks: [Range<Int>]) {
      let rows = used.indices.filter { used[$0] }
      self.rows = rows
      let inverse = Dense.inverse(
        rows.map { i in rows.map { j in pow(phi, Double(abs(i - j))) } })
      let columns = blocks.map { block in rows.map { block.contains($0) ? 1.0 : 0 } }
        .filter { $0.contains(1) }
      let weighted = columns.map { Dense.product(inverse, $0) }
      let middle = Dense.inverse(columns.map { a in weighted.map { b in Dense.dot(a, b) } })
      var result = inverse
      for i in rows.indices {
        for j in rows.indices {
          for a in columns.indices {
            for b in columns.indices {
              result[i][j] -= weighted[a][i] * middle[a][b] * weighted[b][j]
            }
          }
        }
      }
      projector = result
    }

    /// z'Py for an assignment and values.
    func form(_ arms: [Int], _ values: [Double]) -> Double {
      Dense.dot(rows.map { Double(arms[$0]) }, Dense.product(projector, values))
    }

    static func dot(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }

    static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
      matrix.map { dot($0, vector) }
    }

    static func inverse(_ matrix: [[Double]]) -> [[Double]] {
      let size = matrix.count
      var work = matrix.enumerated().map { row in
        row.element + (0..<size).map { $0 == row.offset ? 1.0 : 0 }
      }
      for column in 0..<size {
        let best = (column..<size).max { abs(work[$0][column]) < abs(work[$1][column]) } ?? column
        work.swapAt(column, best)
        let scale = work[column][column]
        work[column] = work[column].map { $0 / scale }
        for row in 0..<size where row != column {
          let factor = work[row][column]
          for k in work[row].indices { work[row][k] -= factor * work[column][k] }
        }
      }
      return work.map { Array($0[size...]) }
    }
  }

  private let sizes = [4, 4, 4]
  private let observed = [0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1]
  private let values: [Double?] = [3, 5, 4, nil, 7, 8, 6, 6, nil, 9, 6, 8]

  private var all: [[Int]] {
    (0..<4_096).map { number in (0..<12).map { (number >> $0) & 1 } }.filter { arms in
      ranges(sizes).allSatisfy { arms[$0].reduce(0, +) == 2 }
    }
  }

  @Test("p-values and limits by the definition", arguments: [-0.4, 0, 0.5, 0.9])
  func definition(phi: Double) throws {
    let used = values.map { $0 != nil }
    for blocks in [[0..<12], ranges(sizes)] {
      let kind: StatisticKind =
        blocks.count == 1 ? .meanDifference : .blockAdjusted(blocks: blocks)
      let result = try RandomizationTest(
        outcome: ExactOutcome(values: values), observed: observed, kept: nil,
        reference: ReferenceSet(layers: blockLayers(sizes: sizes, active: [2, 2, 2])),
        statistic: kind, whitening: .fixed(phi), level: 0.8
      ).result()
      let dense = Dense(phi: phi, used: used, blocks: blocks)
      let scale = dense.form(observed, dense.rows.map { Double(observed[$0]) })
      func share(_ effect: Double, _ extreme: (Double, Double) -> Bool) -> Double {
        let adjusted = dense.rows.map { (values[$0] ?? 0) - effect * Double(observed[$0]) }
        let here = dense.form(observed, adjusted)
        let count = all.filter { extreme(dense.form($0, adjusted), here) }.count
        return Double(count) / Double(all.count)
      }
      let greater = { (there: Double, here: Double) in there >= here - 1e-9 }
      let less = { (there: Double, here: Double) in there <= here + 1e-9 }
      let absolute = { (there: Double, here: Double) in abs(there) >= abs(here) - 1e-9 }
      #expect(result.method == .exact)
      #expect(result.autocorrelation == phi)
      let estimate = dense.form(observed, dense.rows.map { values[$0] ?? 0 }) / scale
      #expect(abs(result.estimate - estimate) < 1e-10)
      #expect(result.pGreater == share(0, greater))
      #expect(result.pLess == share(0, less))
      #expect(result.pAbsolute == share(0, absolute))
      let (lower, upper) = (
        try #require(result.interval.lower), try #require(result.interval.upper)
      )
      #expect(share(lower + 1e-6, greater) > 0.1 && share(lower - 1e-6, greater) <= 0.1)
      #expect(share(upper - 1e-6, less) > 0.1 && share(upper + 1e-6, less) <= 0.1)
      let low = try #require(result.intervalAbsolute.lower)
      let high = try #require(result.intervalAbsolute.upper)
      #expect(share(low + 1e-6, absolute) > 0.2 && share(low - 1e-6, absolute) <= 0.2)
      #expect(share(high - 1e-6, absolute) > 0.2 && share(high + 1e-6, absolute) <= 0.2)
      let middle = try #require(result.hodgesLehmann)
      #expect(share(middle + 1e-6, greater) >= share(middle + 1e-6, less) - 0.02)
      #expect(share(middle - 1e-6, greater) <= share(middle - 1e-6, less) + 0.02)
    }
  }

  @Test("an autocorrelation of 0 is the plain difference in means")
  func zero() throws {
    let set = ReferenceSet(layers: blockLayers(sizes: sizes, active: [2, 2, 2]))
    let outcome = ExactOutcome(units: [3, 5, 4, 2, 7, 8, 6, 6, 4, 9, 6, 8], decimals: 0)
    let results = try [Whitening.none, .fixed(0)].map {
      try RandomizationTest(
        outcome: outcome, observed: observed, kept: nil, reference: set,
        statistic: .meanDifference, whitening: $0, level: 0.9
      ).result()
    }
    #expect(results[0].pGreater == results[1].pGreater)
    #expect(results[0].pAbsolute == results[1].pAbsolute)
    #expect(abs(results[0].estimate - results[1].estimate) < 1e-12)
    for (plain, white) in [
      (results[0].interval, results[1].interval),
      (results[0].intervalAbsolute, results[1].intervalAbsolute),
    ] {
      #expect(abs((plain.lower ?? .nan) - (white.lower ?? .nan)) < 1e-10)
      #expect(abs((plain.upper ?? .nan) - (white.upper ?? .nan)) < 1e-10)
    }
  }

  @Test("halves and draws agree with the list")
  func routes() throws {
    let layers = blockLayers(sizes: [4, 4, 4, 2, 4], active: [2, 2, 2, 1, 2])
    let set = ReferenceSet(layers: layers)
    let observed = [0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1]
    var generator = SamplingGenerator(seed: 9)
    let outcome = try ExactOutcome(
      values: observed.map { arm in
        generator.next() % 9 == 0 ? nil : Double(arm) * 2 + 3 * generator.unit()
      })
    let test = try RandomizationTest(
      outcome: outcome, observed: observed, kept: nil, reference: set, statistic: .meanDifference,
      whitening: .estimated, level: 0.9)
    let contrast = try LinearContrast(adjusted: test)
    let listed = try test.result()
    let halves = test.result(MeetInTheMiddle(set, contrast))
    let draws = 20_000
    let drawn = test.result(
      contrast,
      LinearSample.drawn(draws, contrast, set, used: test.used, blocks: test.blocks)
    ) { _, _ in .exact }
    #expect(halves.pGreater == listed.pGreater)
    #expect(halves.pLess == listed.pLess)
    #expect(halves.pAbsolute == listed.pAbsolute)
    #expect(abs((halves.interval.lower ?? .nan) - (listed.interval.lower ?? .nan)) < 1e-9)
    #expect(abs((halves.interval.upper ?? .nan) - (listed.interval.upper ?? .nan)) < 1e-9)
    let lower = (halves.intervalAbsolute.lower ?? .nan, listed.intervalAbsolute.lower ?? .nan)
    #expect(abs(lower.0 - lower.1) < 1e-9)
    let error = 4 * (listed.pGreater * (1 - listed.pGreater) / Double(draws)).squareRoot()
    #expect(abs(drawn.pGreater - listed.pGreater) <= error + 1 / Double(draws))
    #expect(abs((drawn.interval.lower ?? .nan) - (listed.interval.lower ?? .nan)) < 0.1)
  }

  @Test("the restricted likelihood falls on both sides of its maximum")
  func restrictedMaximum() throws {
    let outcome: [Double] = [5, 6, 6, 7, 5, 4, 4, 3, 5, 6, 7, 7, 8, 6]
    let gaps = [0, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1]
    let columns = [outcome.map { _ in 1.0 }]
    let phi = AR1Fit.restrictedPhi(outcome: outcome, columns: columns, gaps: gaps)
    func likelihood(_ phi: Double) throws -> Double {
      let fit = try #require(
        AR1Fit(
          outcome: outcome, columns: columns, gaps: gaps, phi: phi, room: (1 - phi) * (1 + phi)))
      return -fit.logDeterminant - fit.logVariance - 13 * log(fit.residual)
    }
    for step in [0.001, 0.05, 0.3] {
      #expect(try likelihood(phi) > likelihood(phi - step))
      #expect(try likelihood(phi) > likelihood(min(0.999, phi + step)))
    }
    #expect(
      AR1Fit.restrictedPhi(outcome: [4, 4, 4, 4], columns: [[1, 1, 1, 1]], gaps: [0, 1, 1, 1]) == 0)
  }

  private struct Maxima: Decodable {
    let expected: Models

    struct Models: Decodable {
      let ar1: [String: Fit]
    }

    struct Fit: Decodable {
      let phi: String
    }
  }

  @Test("the restricted likelihood has its maximum where the reference has it")
  func reference() throws {
    let name = "reference/statistics/expected/bayes_meta_and_ar1_ml_oracle.json"
    guard let file = SharedFiles.url(name) else {
      print("skipped: ../shared is not here")
      return
    }
    let maxima = try JSONDecoder().decode(Maxima.self, from: Data(contentsOf: file))
    var compared = 0
    for (name, fit) in maxima.expected.ar1 where name.hasSuffix(" REML") {
      let trend = name.hasSuffix(" trend REML")
      let source = String(name.dropLast(trend ? 11 : 5))
      let url = try #require(
        SharedFiles.url("reference/statistics/inputs/series_\(source).csv"))
      let rows = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        .dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      let series = try AR1Series(
        outcome: rows.map { Double($0[2]) }, active: rows.map { Int($0[1]) ?? -1 },
        day: rows.map { Double($0[0]) ?? .nan }, trend: trend)
      let phi = AR1Fit.restrictedPhi(
        outcome: series.outcome, columns: series.columns, gaps: series.gaps)
      #expect(abs(phi - (Double(fit.phi) ?? .nan)) < 1e-7, "\(name)")
      compared += 1
    }
    #expect(compared > 0)
  }
}
