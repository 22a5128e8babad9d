import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

@Suite("The interval that holds whenever one stops")
struct ConfidenceSequenceTests {
  private func pairs(_ differences: [Double], sd: Double = 1.5) throws -> BlockEProcess {
    let layers = blockLayers(
      sizes: Array(repeating: 2, count: differences.count),
      active: Array(repeating: 1, count: differences.count))
    return try BlockEProcess(
      outcome: differences.flatMap { [0, $0] },
      observed: Array(repeating: [0, 1], count: differences.count).flatMap { $0 },
      reference: ReferenceSet(layers: layers),
      blocks: ranges(Array(repeating: 2, count: differences.count)),
      tilts: BlockEProcess.tilts(sd: sd))
  }

  /// In a pair with the difference d, e(λ) at an effect τ is 2 / (1 + exp(−2 λ (d − τ))).
  private func most(_ differences: [Double], _ effect: Double, sd: Double) -> Double {
    var products = [Double](repeating: 1, count: 20)
    var most = 1.0
    for difference in differences {
      for place in 0..<20 {
        let tilt = Double(place / 2 + 1) / (5 * sd) * (place % 2 == 0 ? 1 : -1)
        products[place] *= 2 / (1 + exp(-2 * tilt * (difference - effect)))
      }
      most = max(most, products.reduce(0, +) / 20)
    }
    return most
  }

  /// Six pairs speak for a difference and the seventh against it: enough was seen after the sixth, and the last
  /// one does not take that back.
  @Test("what was rejected once stays rejected")
  func aLateBlockAgainstIt() throws {
    let differences = [4.0, 3, 4, 4, 3, 4, -7]
    let process = try pairs(differences)
    #expect(try #require(process.path().last) < 20)
    #expect(try #require(process.anytimeP.last) < 0.05)
    let interval = process.interval(level: 0.95)
    let (lower, upper) = (try #require(interval.lower), try #require(interval.upper))
    #expect(lower > 0 && lower < upper)
    for bound in [lower, upper] {
      #expect(abs(most(differences, bound, sd: 1.5) - 20) < 1e-6)
    }
    for inside in [lower + 1e-6, (lower + upper) / 2, upper - 1e-6] {
      #expect(most(differences, inside, sd: 1.5) < 20)
    }
  }

  @Test(
    "0 is left out exactly where p is small enough, after every block",
    arguments: [
      [4, 3, 4, 4, 3, 4, -7, -2, 1], [1, -1, 2, 0, 1, 3, 2, 2, 4, 3, 3, 2, 4, 5, -1],
      [-3, -4, -3, -5, -4, -2, -3, 6, 7, 5], [0.5, 0, 1, 0.5, -0.5, 0, 1, 0],
    ] as [[Double]])
  func agrees(_ differences: [Double]) throws {
    for count in 1...differences.count {
      let process = try pairs(Array(differences.prefix(count)))
      let interval = process.interval(level: 0.95)
      let isOutside = interval.lower ?? -.infinity > 0 || interval.upper ?? .infinity < 0
      #expect(try isOutside == (#require(process.anytimeP.last) <= 0.05), "\(count)")
    }
  }

  /// Over every assignment of the scheme the true effect is in it in at least four of five, by enumeration and
  /// without any noise model.
  @Test("it holds the true effect as often as its level says", arguments: [0.0, 2, -3])
  func coverage(_ effect: Double) throws {
    let reference = ReferenceSet(
      layers: blockLayers(
        sizes: Array(repeating: 2, count: 7), active: Array(repeating: 1, count: 7)))
    let calm: [Double] = [3, 9, 2, 4, 1, 7, 2, 2, 8, 1, 5, 5, 0, 6]
    var (count, held) = (0, 0)
    var failed: (any Error)?
    Enumeration(reference: reference).forEach { arms in
      do {
        let process = try BlockEProcess(
          outcome: zip(calm, arms).map { $0 + effect * Double($1) }, observed: arms,
          reference: reference, blocks: ranges(Array(repeating: 2, count: 7)),
          tilts: BlockEProcess.tilts(sd: 2))
        let interval = process.interval(level: 0.8)
        count += 1
        if interval.lower ?? -.infinity <= effect + 1e-9,
          effect - 1e-9 <= interval.upper ?? .infinity
        {
          held += 1
        }
      } catch { failed = error }
    }
    #expect(failed == nil)
    #expect(count == 128 && 5 * held >= 4 * count && held < count)
  }

  /// Eight pairs say +10, then eight say −10: no constant effect is left, and the set before that stands.
  @Test("where no effect is left, the set before stands")
  func noneIsLeft() throws {
    let up = [Double](repeating: 10, count: 8)
    let before = try pairs(up).interval(level: 0.95)
    let after = try pairs(up + [Double](repeating: -10, count: 8)).interval(level: 0.95)
    let (lower, upper) = (try #require(after.lower), try #require(after.upper))
    #expect(lower <= upper)
    #expect(lower >= (before.lower ?? 0) - 1e-9 && upper <= (before.upper ?? 0) + 1e-9)
    #expect(lower > 0)
  }
}
