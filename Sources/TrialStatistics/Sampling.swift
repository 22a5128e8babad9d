/// The generator of the Monte-Carlo draws: xoshiro256**, seeded by SplitMix64 (Blackman and Vigna).
///
/// It is separate from the one that draws a trial's schedule; its seed is fixed, so that the same
/// record gives the same report.
struct SamplingGenerator: RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  init(seed: UInt64 = 0x5E1F_B11D) {
    var seed = seed
    func word() -> UInt64 {
      seed &+= 0x9E37_79B9_7F4A_7C15
      var mixed = seed
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    state = (word(), word(), word(), word())
  }

  mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// A number from 0 up to but not including 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Uniform draws from a reference set by its backward counts, without rejection.
struct Sampler {
  private let reference: ReferenceSet
  /// The chance of the second arm per slot and state.
  private let chances: [[Double]]
  private var generator = SamplingGenerator()

  /// - Parameter seed: of the generator; `nil` for the fixed one of an analysis.
  init(_ reference: ReferenceSet, seed: UInt64? = nil) {
    self.reference = reference
    if let seed { generator = SamplingGenerator(seed: seed) }
    chances = (0..<reference.slotCount).map { slot in
      (0..<Int32(reference.stateCount(slot))).map { state in
        let power = reference.power(slot, state)
        let all = reference.completions(slot, state, over: power)
        guard all > 0, let next = reference.next(slot, state, 1) else { return 0 }
        return reference.next(slot, state, 0) == nil
          ? 1 : reference.completions(slot + 1, next, over: power) / all
      }
    }
  }

  /// Draws one assignment into `arms`.
  mutating func draw(into arms: inout [Int]) {
    var state: Int32 = 0
    for slot in chances.indices {
      let chance = chances[slot][Int(state)]
      let arm = chance >= 1 || (chance > 0 && generator.unit() < chance) ? 1 : 0
      arms[slot] = arm
      state = reference.next(slot, state, arm) ?? 0
    }
  }

  /// The joint distribution of `draws` assignments and of the observed one, which is one draw more:
  /// with it a p-value is (c + 1) / (m + 1) and never 0 (Phipson and Smyth 2010).
  mutating func cells(
    _ contrast: IntegerContrast, draws: Int, observed: [Int]
  ) -> Cells<Double> {
    var cells = Cells<Double>()
    cells.reserveCapacity(draws + 1)
    var arms = observed
    cells.append(contrast.statistic(of: arms), 1)
    for _ in 0..<draws {
      draw(into: &arms)
      cells.append(contrast.statistic(of: arms), 1)
    }
    return cells
  }
}
