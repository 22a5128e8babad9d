import Foundation
import Testing
import TrialDesign
import TrialTestSupport

/// The vectors of allocation.md, made by Tests/Vectors/allocation.py.
struct AllocationVectors: Decodable {
  struct Case: Decodable {
    struct Fraction: Decodable {
      let numerator: Double
      let denominator: Double
    }
    /// The names of the arms.
    let of: [String]
    let scheme: String
    let words: [UInt32]
    let count: String
    let rank: String
    let arms: String
    let set: [String]?
    let rightGuesses: Fraction?

    /// The scheme, read as in a file.
    func read() throws -> RandomizationScheme {
      let text = "arms: [\(of.joined(separator: ", "))]\nscheme:\n  \(scheme)\n"
      return try OpenDesign(bytes: Array(text.utf8), file: "design.yaml").scheme
    }
  }
  let cases: [Case]

  static func read() throws -> AllocationVectors {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/allocation.json")
    return try JSONDecoder().decode(AllocationVectors.self, from: Data(contentsOf: url))
  }
}

/// A sequence as digits.
func digits(_ assignment: Assignment) -> String {
  assignment.arms.map(String.init).joined()
}

@Suite struct AllocationVectorTests {
  @Test func drawsAreThoseOfTheVectors() throws {
    let cases = try AllocationVectors.read().cases
    #expect(cases.count == 32)
    for vector in cases {
      let scheme = try vector.read()
      let automaton = try scheme.automaton()
      #expect(automaton.countText == vector.count, "\(vector.scheme)")
      var source = WordSource(words: vector.words)
      let drawn = try scheme.automaton().draw(from: &source)
      #expect(digits(drawn) == vector.arms, "\(vector.scheme)")
      #expect(source.words.isEmpty)
      // A sequence that several draws give has the rank of the first of them.
      let first = Int(automaton.rankText(of: drawn) ?? "") ?? 0
      let rank = Int(vector.rank) ?? 0
      let isSmall = vector.set != nil
      #expect(
        isSmall
          ? (first..<first + automaton.drawCount(of: drawn)).contains(rank)
          : automaton.rankText(of: drawn) == vector.rank)
    }
  }

  @Test func setsAreThoseOfTheVectors() throws {
    for vector in try AllocationVectors.read().cases {
      let automaton = try vector.read().automaton()
      if let set = vector.set {
        #expect(automaton.everyDraw.map(digits) == set, "\(vector.scheme)")
      }
      if let right = vector.rightGuesses {
        let expected = right.numerator / right.denominator
        #expect(abs(automaton.expectedCorrectGuesses - expected) < 1e-12, "\(vector.scheme)")
      }
    }
  }

  /// Every rank is drawn exactly once: the draw is as uniform as its source.
  @Test func everyRankIsDrawnOnce() throws {
    for vector in try AllocationVectors.read().cases where vector.set != nil {
      let scheme = try vector.read()
      let automaton = try scheme.automaton()
      var drawn: [Assignment] = []
      for rank in automaton.ranks {
        var source = RankSource(rank: rank)
        drawn.append(try scheme.automaton().draw(from: &source))
        #expect(source.bound == automaton.count)
      }
      #expect(drawn == automaton.everyDraw, "\(vector.scheme)")
      #expect(Set(drawn).count == automaton.assignments().count { _ in true })
    }
  }

  @Test func aNumberOutsideTheSetIsRefused() throws {
    let scheme = RandomizationScheme.pairs(RandomizedPairs(count: 2))
    var source = RankSource(4)
    #expect(throws: SchemeError.foreignNumber) { try scheme.automaton().draw(from: &source) }
  }
}
