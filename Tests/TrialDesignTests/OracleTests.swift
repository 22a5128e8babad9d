import Foundation
import Testing
import TrialDesign
import TrialTestSupport

/// Sizes of reference sets that were counted elsewhere by enumeration, automaton and convolution.
@Suite struct OracleTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      struct Design: Decodable {
        let kind: String
        let sizes: [Int]?
        let active: Flexible?
        let n, maxRun, limit, pairs, length, minPerArm: Int?
        let sequences: [[Int]]?
      }
      let id: String
      let design: Design
      let assignment: [Int]
      let dropFirstDaysOfEachPeriod: Int
    }
    let cases: [Case]
  }

  /// A number, or a list of numbers.
  enum Flexible: Decodable {
    case one(Int)
    case many([Int])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let one = try? value.decode(Int.self) {
        self = .one(one)
      } else {
        self = .many(try value.decode([Int].self))
      }
    }

    var one: Int { if case .one(let number) = self { number } else { 0 } }
    var many: [Int] { if case .many(let numbers) = self { numbers } else { [] } }
  }

  struct Oracle: Decodable {
    struct Case: Decodable {
      struct Statistic: Decodable {
        struct Count: Decodable { let total: String }
        let pAtTau: [String: Count]
      }
      let diffMeans: Statistic
    }
    let expected: [String: Case]
  }

  private func declared(_ item: Cases.Case) -> RandomizationScheme? {
    let design = item.design
    let (n, active) = (design.n ?? 0, design.active?.one ?? 0)
    switch design.kind {
    case "blocks":
      return .blocks(PermutedBlocks(sizes: design.sizes ?? [], active: design.active?.many ?? []))
    case "complete": return .complete(CompleteRandomization(slots: n, active: active))
    case "maxrun":
      return .alternation(
        RestrictedAlternation(slots: n, active: active, longestRun: design.maxRun ?? 0))
    case "phasesAB", "phasesABAB":
      return .phases(
        RandomizedPhases(
          kind: design.kind == "phasesAB" ? .AB : .ABAB, slots: n, shortest: design.limit ?? 0))
    case "periods":
      return .periods(
        RandomizedPeriods(
          pairs: design.pairs ?? 0, length: design.length ?? 0,
          drop: item.dropFirstDaysOfEachPeriod))
    case "bernoulli": return .coin(BoundedCoin(slots: n, fewest: design.minPerArm ?? 0))
    case "list": return .listed((design.sequences ?? []).map(Assignment.init(arms:)))
    default: return nil
    }
  }

  @Test func countsAreThoseOfTheOracle() throws {
    guard let inputs = SharedFiles.url("reference/statistics/inputs/randomization_cases.json"),
      let outputs = SharedFiles.url("reference/statistics/expected/randomization_oracle.json")
    else { return }
    let cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: inputs)).cases
    let oracle = try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: outputs)).expected
    #expect(cases.count == 28)
    for item in cases {
      let scheme = try #require(declared(item), "\(item.id)")
      let automaton = try scheme.automaton()
      #expect(automaton.countText == oracle[item.id]?.diffMeans.pAtTau["0"]?.total, "\(item.id)")
      #expect(automaton.contains(Assignment(arms: item.assignment)) == nil, "\(item.id)")
    }
  }
}
