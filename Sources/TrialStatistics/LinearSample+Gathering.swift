extension LinearSample {
  /// Every assignment of the set.
  static func all(
    _ contrast: LinearContrast, _ reference: ReferenceSet, used: [Bool], blocks: [Range<Int>]
  ) -> LinearSample {
    var sample = LinearSample(observed: contrast.observed, tolerance: contrast.tolerance)
    var arms = [Int](repeating: 0, count: reference.slotCount)
    func follow(_ slot: Int, _ state: Int32, _ value: Double, _ overlap: Double) {
      guard slot < reference.slotCount else {
        sample.append(contrast, (value, overlap), arms, used, blocks)
        return
      }
      for arm in 0...1 {
        guard let next = reference.next(slot, state, arm) else { continue }
        arms[slot] = arm
        follow(
          slot + 1, next, arm == 1 ? value + contrast.gain[slot] : value,
          arm == 1 ? overlap + contrast.overlapGain[slot] : overlap)
      }
    }
    follow(0, 0, contrast.start, contrast.overlapStart)
    return sample
  }

  /// The observed assignment and `draws` more from the set.
  static func drawn(
    _ draws: Int, _ contrast: LinearContrast, _ reference: ReferenceSet, used: [Bool],
    blocks: [Range<Int>], seed: UInt64? = nil
  ) -> LinearSample {
    var sample = LinearSample(observed: contrast.observed, tolerance: contrast.tolerance)
    sample.append((contrast.observed, 1))
    var sampler = StrideSampler(reference, contrast, seed: seed)
    for _ in 0..<draws {
      sample.append(contrast, sampler.draw(), sampler.arms, used, blocks)
    }
    return sample
  }

  /// Files a statistic, or counts an assignment without one.
  private mutating func append(
    _ contrast: LinearContrast, _ statistic: (value: Double, overlap: Double),
    _ arms: @autoclosure () -> [Int], _ used: [Bool], _ blocks: [Range<Int>]
  ) {
    if contrast.undefined > 0, statistic.overlap.magnitude < 1e-9,
      !LinearSample.compares(arms(), used, blocks)
    {
      appendUndefined()
    } else {
      append(statistic)
    }
  }

  /// Whether a block is observed under both arms.
  static func compares(_ arms: [Int], _ used: [Bool], _ blocks: [Range<Int>]) -> Bool {
    blocks.contains { block in
      let inside = block.filter { used[$0] }
      return inside.contains { arms[$0] == 0 } && inside.contains { arms[$0] == 1 }
    }
  }

  /// The randomization distribution at effect 0, values times `unit`.
  func distribution(unit: Double) -> [(value: Double, probability: Double)] {
    let share = 1 / total
    return DistributionFigure.gathered(values.map { ($0 * unit, share) })
  }
}
