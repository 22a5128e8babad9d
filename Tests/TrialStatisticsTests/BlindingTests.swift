import Foundation
import Testing
import TrialStatistics
import TrialTestSupport

@Suite("Blinding indices")
struct BlindingTests {
  private struct Reference: Decodable {
    let results: [String: Case]

    struct Case: Decodable {
      let table: Table
      let james: Estimate
      let bangTreatment: Estimate
      let bangPlacebo: Estimate

      enum CodingKeys: String, CodingKey {
        case table, james
        case bangTreatment = "bang_treatment"
        case bangPlacebo = "bang_placebo"
      }
    }

    struct Table: Decodable {
      let counts: [[Int]]
    }

    /// R writes "NaN" where an arm has only "don't know".
    struct Estimate: Decodable {
      let estimate: Double?
      let se: Double

      enum CodingKeys: CodingKey {
        case estimate, se
      }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        estimate = try? container.decode(Double.self, forKey: .estimate)
        se = try container.decode(Double.self, forKey: .se)
      }
    }
  }

  @Test("Bang and James against the R package BI")
  func reference() throws {
    guard let file = SharedFiles.url("reference/blinding/indices.json") else {
      print("skipped: ../shared is not here")
      return
    }
    let cases = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file)).results
    #expect(cases.count >= 8)
    for (name, one) in cases {
      let counts = one.table.counts
      let table = GuessTable(
        active: .init(active: counts[0][0], reference: counts[1][0], dontKnow: counts[2][0]),
        reference: .init(active: counts[0][1], reference: counts[1][1], dontKnow: counts[2][1]))
      let james = try #require(table.james)
      #expect(abs(james.index - (one.james.estimate ?? .nan)) < 1e-12, "\(name) James")
      #expect(abs(james.se - one.james.se) < 1e-12, "\(name) James se")
      for (bang, wanted) in [
        (table.bangActive, one.bangTreatment), (table.bangReference, one.bangPlacebo),
      ] {
        let bang = try #require(bang)
        // An arm of only "don't know" is 0 and not NaN: the one deviation from R.
        #expect(abs(bang.index - (wanted.estimate ?? 0)) < 1e-12, "\(name) Bang")
        #expect(abs(bang.se - wanted.se) < 1e-12, "\(name) Bang se")
      }
    }
  }

  @Test("an arm that is all right, all wrong or all unknown has an interval with a width")
  func scoreIntervals() throws {
    let table = GuessTable(
      active: .init(active: 10, reference: 0, dontKnow: 0),
      reference: .init(active: 0, reference: 0, dontKnow: 12))
    let right = try #require(table.bangActive).interval()
    // Wilson's lower limit for 10 of 10 is 10 / (10 + 1.96²) = 0.7224672.
    #expect(abs(right.lower - (2 * 0.722467200137121 - 1)) < 1e-9)
    #expect(right.upper == 1)
    let unknown = try #require(table.bangReference)
    #expect(unknown.index == 0)
    #expect(unknown.interval().lower < 0 && unknown.interval().upper > 0)
    #expect(table.james == nil)
    let wrong = GuessTable(
      active: .init(active: 0, reference: 4, dontKnow: 0),
      reference: .init(active: 0, reference: 0, dontKnow: 0))
    #expect(wrong.bangActive?.interval().lower == -1)
    #expect(wrong.bangReference == nil)
  }

  @Test("probabilities become guesses and scores")
  func scores() throws {
    let table = try GuessTable(guesses: [
      .init(probabilityActive: 0.8, isActive: true), .init(probabilityActive: 0.8, isActive: false),
      .init(probabilityActive: nil, isActive: true), .init(probabilityActive: 0.5, isActive: false),
      .init(probabilityActive: 0.1, isActive: false),
    ])
    #expect(table.active == .init(active: 1, reference: 0, dontKnow: 1))
    #expect(table.reference == .init(active: 1, reference: 1, dontKnow: 1))
    let toTruth: [Double] = [0.8, 0.2, 0.5, 0.5, 0.9]
    let logScore: Double = toTruth.map { log($0) }.reduce(0, +) / 5
    let brier: Double = toTruth.map { (1 - $0) * (1 - $0) }.reduce(0, +) / 5
    #expect(abs((table.logScore ?? .nan) - logScore) < 1e-15)
    #expect(abs((table.brier ?? .nan) - brier) < 1e-15)
    let twoThirds = 2.0 / 3
    #expect(table.correctRate == twoThirds)
    #expect(table.baseRate == twoThirds)
    #expect(throws: StatisticsError.probabilityOutOfRange(guess: 1)) {
      try GuessTable(guesses: [.init(probabilityActive: 1.2, isActive: true)])
    }
    #expect(throws: StatisticsError.probabilityOutOfRange(guess: 1)) {
      try GuessTable(guesses: [.init(probabilityActive: .nan, isActive: true)])
    }
    let none = try GuessTable(guesses: [])
    #expect(none.logScore == nil && none.james == nil && none.correctRate == nil)
  }
}
