import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("Evidence that may be looked at after every block")
struct BlockEProcessTests {
  private func pairs(_ count: Int) -> ReferenceSet {
    ReferenceSet(
      layers: blockLayers(
        sizes: Array(repeating: 2, count: count), active: Array(repeating: 1, count: count)))
  }

  /// In a pair e is exp(λd) / cosh(λd).
  @Test("pairs by hand")
  func byHand() throws {
    let process = try BlockEProcess(
      outcome: [3, 5, 4, 2], observed: [0, 1, 0, 1], reference: pairs(2),
      blocks: ranges([2, 2]), tilts: [0.5, -0.5])
    func e(_ tilt: Double, _ difference: Double) -> Double {
      exp(tilt * difference) / cosh(tilt * difference)
    }
    let path = process.path()
    #expect(abs(path[0] - (e(0.5, 2) + e(-0.5, 2)) / 2) < 1e-14)
    #expect(abs(path[1] - (e(0.5, 2) * e(0.5, -2) + e(-0.5, 2) * e(-0.5, -2)) / 2) < 1e-14)
    #expect(process.anytimeP == [1, 1])
  }

  /// The property that everything rests on, by enumeration and without any noise model.
  @Test("its mean over the scheme is 1 after every block, with slots missing")
  func martingale() throws {
    let sizes = [4, 2, 3]
    let reference = ReferenceSet(layers: blockLayers(sizes: sizes, active: [2, 1, 1]))
    let outcome: [Double?] = [3, 9, nil, 4, 1, 7, 2, 2, 8]
    let assignments = Enumeration(reference: reference)
    var sums = [0.0, 0.0, 0.0]
    var count = 0
    var worst = 0
    var failed: (any Error)?
    assignments.forEach { arms in
      do {
        let process = try BlockEProcess(
          outcome: outcome, observed: arms, reference: reference, blocks: ranges(sizes),
          tilts: BlockEProcess.tilts(sd: 2))
        let path = process.path()
        for (place, value) in path.enumerated() { sums[place] += value }
        if path.contains(where: { $0 >= 5 }) { worst += 1 }
      } catch { failed = error }
      count += 1
    }
    #expect(failed == nil)
    #expect(count == 36)
    for sum in sums { #expect(abs(sum / Double(count) - 1) < 1e-12) }
    // Ville: no more than one in five ever reaches 5.
    #expect(5 * worst <= count)
  }

  @Test("every value of the reference, with its confidence sequence")
  func reference() throws {
    struct Answer: Decodable {
      let path: [String]
      let anytimeP: String
      let confidenceSequence95AtEnd: [String]
      let EatTau: [String: String]
    }
    struct File: Decodable {
      struct Expected: Decodable { let eProcess: [String: Answer] }
      let expected: Expected
    }
    guard
      let folder = SharedFiles.url("reference/statistics"),
      let url = SharedFiles.url("reference/statistics/expected/studentised_sequential.json")
    else { return }
    let answers = try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).expected.eProcess
    let cases = try RandomizationCase.all(in: folder)
    #expect(answers.count == 5)
    for (id, answer) in answers {
      let one = try #require(cases.first { $0.id == id })
      let process = try BlockEProcess(
        outcome: one.outcome, observed: one.assignment, kept: one.kept, reference: one.set,
        blocks: one.blocks, tilts: BlockEProcess.tilts(sd: 2))
      let path = process.path()
      #expect(path.count == answer.path.count)
      for (found, expected) in zip(path, answer.path) {
        let value = try #require(Double(expected))
        #expect(abs(found - value) <= 1e-12 * value, "\(id)")
      }
      let p = try #require(process.anytimeP.last)
      #expect(abs(p - (Double(answer.anytimeP) ?? 0)) < 1e-12, "\(id)")
      for (effect, expected) in answer.EatTau {
        let found = try #require(process.path(effect: Double(effect) ?? 0).last)
        let value = try #require(Double(expected))
        #expect(abs(found - value) <= 1e-11 * value, "\(id) at \(effect)")
      }
      let limits = answer.confidenceSequence95AtEnd.compactMap(Double.init)
      // The reference looks at the end alone; what was rejected earlier is not in the interval either.
      for limit in limits {
        let there = try #require(process.path(effect: limit).last)
        #expect(abs(there / 20 - 1) < 1e-6, "\(id)")
      }
      let interval = process.interval(level: 0.95)
      for (bound, isInside) in [
        (interval.lower, { $0 >= limits[0] - 1e-9 }), (interval.upper, { $0 <= limits[1] + 1e-9 }),
      ] as [(Double?, (Double) -> Bool)] {
        let bound = try #require(bound)
        #expect(isInside(bound), "\(id)")
        let most = try #require(process.path(effect: bound).max())
        #expect(abs(most / 20 - 1) < 1e-6, "\(id)")
      }
    }
  }

  @Test("large differences do not overflow, and few blocks bound nothing")
  func extremes() throws {
    let process = try BlockEProcess(
      outcome: [0, 1e6, 0, 1e6], observed: [0, 1, 0, 1], reference: pairs(2),
      blocks: ranges([2, 2]), tilts: [1, -1])
    // Both tilts of the right sign double each time, the others vanish.
    #expect(abs(process.path()[1] - 2) < 1e-9)
    #expect(process.interval(level: 0.95) == Interval(level: 0.95, lower: nil, upper: nil))
  }

  @Test("what it refuses")
  func refusals() {
    func made(
      _ reference: ReferenceSet, _ blocks: [Range<Int>], tilts: [Double] = [1]
    ) throws(StatisticsError) {
      _ = try BlockEProcess(
        outcome: [1, 2, 3, 4], observed: [0, 1, 0, 1], reference: reference, blocks: blocks,
        tilts: tilts)
    }
    let complete = ReferenceSet(layers: blockLayers(sizes: [4], active: [2]))
    #expect(throws: StatisticsError.blocksDepend) { try made(complete, ranges([2, 2])) }
    #expect(throws: StatisticsError.noTilt) { try made(pairs(2), ranges([2, 2]), tilts: []) }
    #expect(throws: StatisticsError.noTilt) { try made(pairs(2), ranges([2, 2]), tilts: [0]) }
    #expect(throws: StatisticsError.blocksDoNotCover) { try made(pairs(2), [0..<2, 3..<4]) }
    #expect(
      StatisticsError.blocksDepend.description
        == "the blocks are not drawn independently of each other, so they cannot be looked at one by "
        + "one")
    #expect(
      StatisticsError.noTilt.description
        == "an e-process needs tilts, all of them finite and none of them 0")
    #expect(
      StatisticsError.blockTooLarge(most: 7).description
        == "a block has more than 7 assignments, too many to be listed at every look")
    let large = ReferenceSet(layers: blockLayers(sizes: [22], active: [11]))
    #expect(throws: StatisticsError.blockTooLarge(most: 200_000)) {
      _ = try BlockEProcess(
        outcome: Array(repeating: 1, count: 22),
        observed: Array(repeating: 0, count: 11) + Array(repeating: 1, count: 11),
        reference: large, blocks: [0..<22], tilts: [1])
    }
  }
}
