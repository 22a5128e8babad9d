import BigInt
import Foundation
import OpenSSLCrypto
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialSeal

/// From a seed to an allocation, bit for bit (Documentation/Specifications/allocation.md), against
/// the vectors of an independent script.
@Suite struct SeedStreamTests {
  struct Vectors: Decodable {
    struct Case: Decodable {
      let of: [String]
      let scheme: String
      let seed: String
      let words: [UInt32]
      let rank: String
      let arms: String
    }
    let info: String
    let cases: [Case]
  }

  static func vectors() throws -> Vectors {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/allocation.json")
    return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
  }

  @Test func seedsGiveTheRanksAndArmsOfTheVectors() throws {
    let vectors = try Self.vectors()
    #expect(vectors.info == SeedStream.Purpose.schedule.rawValue)
    #expect(vectors.cases.count >= 5)
    for vector in vectors.cases {
      let scheme = try OpenDesign(
        bytes: Array(
          "arms: [\(vector.of.joined(separator: ", "))]\nscheme:\n  \(vector.scheme)\n".utf8),
        file: "design.yaml"
      ).scheme
      let seed = try #require(Hex.decode(vector.seed))
      var stream = try SeedStream(seed: seed, for: .schedule)
      let drawn = try scheme.automaton().draw(from: &stream)
      #expect(drawn.arms.map(String.init).joined() == vector.arms, "\(vector.scheme)")
      #expect(try scheme.automaton().rank(of: drawn) == BigUInt(vector.rank, radix: 10))
    }
  }

  @Test func wordsAreThoseOfTheVectors() throws {
    for vector in try Self.vectors().cases {
      let seed = try #require(Hex.decode(vector.seed))
      let stream = try SeedStream(seed: seed, for: .schedule)
      for word in vector.words {
        // A bound of 2^32 takes one word and rejects none.
        #expect(try stream.uniform(below: BigUInt(1) << 32) == BigUInt(word))
      }
    }
  }

  @Test func eachPurposeHasItsOwnStream() throws {
    let seed = [UInt8](repeating: 9, count: 32)
    let one = try SeedStream(seed: seed, for: .schedule).uniform(below: BigUInt(1) << 256)
    let two = try SeedStream(seed: seed, for: .codes).uniform(below: BigUInt(1) << 256)
    #expect(one != two)
  }

  /// Uniformity over a small set: with a bound that is no power of two, every value is as frequent
  /// as chance allows (chi-square of 7 classes, 6 degrees of freedom; 99.99 % quantile 27.9).
  @Test func rejectionLeavesNoBias() throws {
    let stream = try SeedStream(seed: [UInt8](repeating: 3, count: 32), for: .schedule)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7000 { counts[Int(try stream.uniform(below: 7))] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chiSquare < 27.9)
    // Beyond one word: the top of a bound just above 2^32 is reached as well.
    let bound = (BigUInt(1) << 33) - 5
    let high = try (0..<64).count { _ in try stream.uniform(below: bound) >= BigUInt(1) << 32 }
    #expect((10...54).contains(high))
  }
}
