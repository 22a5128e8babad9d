import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

/// Values with 20 digits made by Tests/Vectors/noncentral_t.py.
struct NoncentralTests {
  private struct Row: Decodable {
    let degrees: Double
    let t, noncentrality, above: String
  }

  @Test("the noncentral t distribution, to 1e-12 of its upper tail")
  func vectors() throws {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/noncentral-t.json")
    let rows = try JSONDecoder().decode([Row].self, from: Data(contentsOf: url))
    #expect(rows.count > 200)
    var worst = 0.0
    for row in rows {
      let t = try #require(Double(row.t))
      let delta = try #require(Double(row.noncentrality))
      let expected = try #require(Double(row.above))
      let found = NoncentralT(degrees: row.degrees).probability(above: t, noncentrality: delta)
      let error = abs(found / expected - 1)
      if error > 1e-12 {
        Issue.record("ν \(row.degrees), t \(row.t), δ \(row.noncentrality): \(error)")
      }
      worst = max(worst, error)
    }
    #expect(worst < 1e-12)
  }

  @Test("a limit is the noncentrality that gives its probability", arguments: [2.0, 12, 54])
  func limits(degrees: Double) {
    let distribution = NoncentralT(degrees: degrees)
    for (t, upper) in [(0.3, 0.025), (2.2, 0.975), (14, 0.025)] {
      let delta = distribution.noncentrality(at: t, upper: upper)
      let back = distribution.probability(above: t, noncentrality: delta)
      #expect(abs(back / upper - 1) < 1e-11)
    }
  }
}
