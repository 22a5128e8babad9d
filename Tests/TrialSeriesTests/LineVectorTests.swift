import Foundation
import Testing
import TrialTestSupport

@testable import TrialSeries

/// The vectors of Documentation/Specifications/lines.md, as `map --sums` answers them.
struct LineVectorTests {
  private func lines(_ name: String) throws -> [Substring] {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/\(name)")
    return try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  @Test("lines, good and bad, and their answers to 1e-9")
  func vectors() throws {
    let asked = try lines("lines.ndjson")
    let wanted = try lines("lines-answers.ndjson")
    #expect(asked.count == 10 && wanted.count == 10)
    let task = LineTask(.analyze, withSums: true)
    for (line, answer) in zip(asked, wanted) {
      let found = task.answer(Array(line.utf8))
      if answer.hasPrefix("{\"error\":") {
        #expect(String(decoding: found, as: UTF8.self) == answer + "\n")
        continue
      }
      let one = try JSONSerialization.jsonObject(with: Data(found))
      let other = try JSONSerialization.jsonObject(with: Data(answer.utf8))
      #expect(isClose(one, other), "\(line.prefix(40))")
    }
  }

  private func isClose(_ one: Any, _ other: Any) -> Bool {
    switch (one, other) {
    case (let one as [String: Any], let other as [String: Any]):
      Set(one.keys) == Set(other.keys)
        && one.allSatisfy { key, value in other[key].map { isClose(value, $0) } ?? false }
    case (let one as [Any], let other as [Any]):
      one.count == other.count && zip(one, other).allSatisfy { isClose($0, $1) }
    case (let one as NSNumber, let other as NSNumber):
      abs(one.doubleValue - other.doubleValue) <= 1e-9 * max(1, abs(other.doubleValue))
    case (let one as String, let other as String): one == other
    case (is NSNull, is NSNull): true
    default: false
    }
  }

  /// The document's first screen, by hand: three pairs with differences of 2, 3 and 1 of eight that could
  /// have been, so one of eight is as large; the sums above the rounded mean of 6.
  @Test func theExampleOfTheDocument() throws {
    let line = try #require(lines("lines.ndjson").first)
    let answer = LineTask(.analyze, withSums: true).answer(Array(line.utf8))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
    let analysis = try #require(object["analysis"] as? [String: Any])
    #expect(analysis["estimate"] as? Double == 2)
    #expect((analysis["p"] as? [String: Double])?["doubled"] == 0.25)
    let part = try #require((object["contributions"] as? [[String: Any]])?.first)
    #expect(part["difference"] as? Double == 2)
    #expect(
      (part["guesses"] as? [String: [Int]]) == ["active": [2, 0, 1], "reference": [1, 2, 0]])
    let sums = try #require(part["sums"] as? [String: Any])
    #expect(sums["low"] as? Int == -4 && sums["observed"] as? Int == 2)
    #expect(sums["weights"] as? [Int] == [1, 1, 1, 2, 1, 1, 1])
  }
}
