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
  /// What may follow a state: all states of all slots lie in one row, so that a draw reads nothing else.
  private struct Step {
    /// The chance of the second arm.
    let chance: Double
    /// The place of the next state under either arm.
    let zero, one: Int32
  }

  private let steps: [Step]
  private var generator = SamplingGenerator()

  /// - Parameter seed: of the generator; `nil` for the fixed one of an analysis.
  init(_ reference: ReferenceSet, seed: UInt64? = nil) {
    if let seed { generator = SamplingGenerator(seed: seed) }
    var steps: [Step] = []
    for slot in 0..<reference.slotCount {
      let after = Int32(steps.count + reference.stateCount(slot))
      for state in 0..<Int32(reference.stateCount(slot)) {
        let (zero, one) = (reference.next(slot, state, 0), reference.next(slot, state, 1))
        let power = reference.power(slot, state)
        let all = reference.completions(slot, state, over: power)
        let chance =
          if all > 0, let one {
            zero == nil ? 1 : reference.completions(slot + 1, one, over: power) / all
          } else { 0.0 }
        steps.append(Step(chance: chance, zero: after + (zero ?? 0), one: after + (one ?? 0)))
      }
    }
    self.steps = steps
  }

  /// Draws one assignment into `arms`, which has as many places as the set has slots.
  mutating func draw(into arms: inout [Int]) {
    // A copy in registers; written back once.
    var generator = generator
    steps.withUnsafeBufferPointer { steps in
      arms.withUnsafeMutableBufferPointer { arms in
        var state = 0
        for slot in arms.indices {
          let step = steps[state]
          // No number is spent where only one arm is left.
          let isOne = step.chance >= 1 || (step.chance > 0 && generator.unit() < step.chance)
          arms[slot] = isOne ? 1 : 0
          state = Int(isOne ? step.one : step.zero)
        }
      }
    }
    self.generator = generator
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
