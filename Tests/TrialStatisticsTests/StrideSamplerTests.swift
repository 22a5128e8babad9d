import Testing

@testable import TrialStatistics

@Suite("Draws of several slots at a time")
struct StrideSamplerTests {
  /// Sets whose borders do and do not fall together with the strides.
  private static let sets: [(name: String, set: ReferenceSet)] = [
    ("blocks", ReferenceSet(layers: blockLayers(sizes: [4, 2, 3], active: [2, 1, 1]))),
    (
      "complete",
      ReferenceSet(
        layers: layers(slots: 9, start: 0, ends: { $0 == 4 }) { _, active, arm in
          active + arm > 4 ? nil : active + arm
        })
    ),
    (
      "at most two of an arm in a row",
      ReferenceSet(layers: atMostTwoInARow(7))
    ),
  ]

  /// Gains that are whole and tell every assignment from every other.
  private static func contrast(_ slots: Int) -> LinearContrast {
    LinearContrast(
      start: -3, overlapStart: 0.5, gain: (0..<slots).map { Double(1 << $0) },
      overlapGain: (0..<slots).map { Double($0) / 8 }, observed: 0, unit: 1, tolerance: 0,
      undefined: 0, phi: nil)
  }

  @Test(
    "every assignment of a set is drawn, equally often, with its own statistic", arguments: 0..<3)
  func uniform(_ index: Int) {
    let (name, set) = Self.sets[index]
    let contrast = Self.contrast(set.slotCount)
    var sampler = StrideSampler(set, contrast, seed: 11)
    let draws = 1_000 * Int(set.count)
    var seen: [[Int]: Int] = [:]
    for _ in 0..<draws {
      let sum = sampler.draw()
      let arms = sampler.arms
      #expect(sum == contrast.statistic(of: arms), "\(name)")
      seen[arms, default: 0] += 1
    }
    #expect(seen.count == Int(set.count), "\(name)")
    #expect(seen.keys.allSatisfy { set.firstImpossibleSlot(of: $0) == nil })
    // Six standard errors of a count of 1,000.
    #expect(seen.values.allSatisfy { abs($0 - 1_000) < 190 }, "\(name): \(seen.values.sorted())")
  }

  @Test("the draws follow from the seed, and the one that was drawn last is told again")
  func seeds() {
    let set = Self.sets[0].set
    let contrast = Self.contrast(set.slotCount)
    func sums(_ seed: UInt64) -> [Double] {
      var sampler = StrideSampler(set, contrast, seed: seed)
      return (0..<50).map { _ in sampler.draw().value }
    }
    #expect(sums(3) == sums(3))
    #expect(sums(3) != sums(4))
  }

  /// Counts beyond a `Double`: the shares of the ways are ratios with an exponent.
  @Test("a set of more than 2 to the 1023 assignments is drawn from")
  func huge() {
    let slots = 1_600
    let set = ReferenceSet(layers: atMostTwoInARow(slots))
    #expect(set.count == .infinity)
    let contrast = LinearContrast(
      gain: (0..<slots).map { $0 == 800 ? 1 : 0 },
      overlapGain: [Double](repeating: 0, count: slots),
      observed: 0, unit: 1, tolerance: 0, undefined: 0, phi: nil)
    var sampler = StrideSampler(set, contrast)
    var active = 0.0
    for _ in 0..<200 {
      active += sampler.draw().value
      #expect(set.firstImpossibleSlot(of: sampler.arms) == nil)
    }
    // Half by symmetry; six standard errors of 200 draws.
    #expect(abs(active - 100) < 43)
  }
}
