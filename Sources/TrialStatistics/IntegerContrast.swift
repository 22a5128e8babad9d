/// The statistic of every assignment, as integers that add up slot by slot.
///
/// Both statistics are OLS coefficients with block dummies; the difference in means is the one with
/// a single block. With observed slots M_b, active observed slots m_b and block means ȳ_b, the
/// numerator is Σ z_t (y_t − ȳ_b), the same of the observed assignment for the overlap, and the
/// denominator Σ m_b (M_b − m_b) / M_b. Multiplied by the least common multiple of the M_b all
/// three are integers. Where every assignment has the same m_b, the block means are a constant and
/// leave the sums, which keeps the lattice small. Where they differ, the means are either taken from
/// the outcomes (a lattice as many times finer) or carried beside the sums (as many lattices as there
/// are different sums of means); the cheaper form is used.
struct IntegerContrast {
  /// What an active slot adds to the numerator and to the overlap; 0 outside the endpoint.
  let gain: [Int64]
  let overlapGain: [Int64]
  /// The kept slots with an outcome.
  let used: [Bool]
  /// Whether the number of active observed slots must be followed in this slot's block.
  let counted: [Bool]
  /// At the last slot of a followed block of several: what m active slots add to the denominator.
  ///
  /// One entry per slot, or none at all.
  let closings: [Closing?]
  /// The one block, where it is followed: its count stays to the end.
  let single: Closing?
  let finish: Finish

  /// A block whose number of active observed slots differs between assignments.
  struct Closing {
    let observed: Int64
    let scale: Int64
    let sum: Int64
    let active: Int64
    /// Whether the block's means are carried in the tally.
    var carries = false

    func weight(_ count: Int) -> Int64 { scale * Int64(count) * (observed - Int64(count)) }
  }

  /// From the sums of a path to the three integers of its statistic.
  struct Finish {
    var gainFactor: Int64 = 1
    var overlapFactor: Int64 = 1
    var weightFactor: Int64 = 1
    var gainOffset: Int64 = 0
    var overlapOffset: Int64 = 0
    var weightOffset: Int64 = 0
  }

  /// What is kept of the count of active observed slots and of the denominator along a path.
  struct Tally: Hashable {
    var active: Int32 = 0
    var weight: Int64 = 0
    /// What the sums hold too much, where means are carried.
    var mean: Int64 = 0
    var overlapMean: Int64 = 0

    /// The tally at the end of a followed block.
    func closed(_ closing: Closing) -> Tally {
      var tally = self
      let count = Int64(active)
      tally.weight += closing.weight(Int(active))
      if closing.carries {
        tally.mean += closing.scale * count * closing.sum
        tally.overlapMean += closing.scale * count * closing.active
      }
      tally.active = 0
      return tally
    }

    /// Both together, for parts of a path.
    func adding(_ other: Tally) -> Tally {
      Tally(
        active: active + other.active, weight: weight + other.weight, mean: mean + other.mean,
        overlapMean: overlapMean + other.overlapMean)
    }
  }

  /// The followed block of several that ends with `slot`.
  func closing(_ slot: Int) -> Closing? { closings.isEmpty ? nil : closings[slot] }

  /// Whether paths differ in more than their sums and the state of the scheme.
  var follows: Bool { single != nil || !closings.isEmpty }

  /// The tally after `slot` under `arm`.
  func tally(_ tally: Tally, after slot: Int, arm: Int) -> Tally {
    var tally = tally
    if arm == 1, counted[slot], used[slot] { tally.active += 1 }
    if let closing = closing(slot) {
      tally = tally.closed(closing)
    }
    return tally
  }

  /// The statistic numerator / weight and the overlap / weight of a finished path.
  func finished(
    _ sum: Int64, _ overlap: Int64, _ tally: Tally
  ) -> (numerator: Int64, overlap: Int64, weight: Int64) {
    if let single {
      let active = Int64(tally.active)
      return (
        finish.gainFactor * sum * single.observed - active * single.sum,
        overlap * single.observed - active * single.active, active * (single.observed - active)
      )
    }
    return (
      finish.gainFactor * sum + finish.gainOffset - tally.mean,
      finish.overlapFactor * overlap + finish.overlapOffset - tally.overlapMean,
      finish.weightFactor * tally.weight + finish.weightOffset
    )
  }

  /// The statistic of one assignment.
  func statistic(of arms: [Int]) -> (numerator: Int64, overlap: Int64, weight: Int64) {
    var sum: Int64 = 0
    var overlap: Int64 = 0
    var tally = Tally()
    for (slot, arm) in arms.enumerated() {
      if arm == 1 {
        sum += gain[slot]
        overlap += overlapGain[slot]
      }
      tally = self.tally(tally, after: slot, arm: arm)
    }
    return finished(sum, overlap, tally)
  }
}
