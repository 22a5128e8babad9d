/// The simple blinding index: how much more often the active arm is guessed in its own slots than in
/// those of the reference; 0 for a perfect blind, 1 if every guess is right, −1 if every one is
/// wrong.
///
/// "Don't know" is left out, and counted in `undecided`.
public struct SimpleBlindingIndex: Hashable, Sendable {
  /// The share of guesses of the active arm among those that named an arm, in each arm's slots.
  public let inActive, inReference: Double
  /// The guesses that were left out.
  public let undecided: Int
  private let table: GuessTable

  init?(_ table: GuessTable) {
    let active = table.active.active + table.active.reference
    let reference = table.reference.active + table.reference.reference
    guard active > 0, reference > 0 else { return nil }
    inActive = Double(table.active.active) / Double(active)
    inReference = Double(table.reference.active) / Double(reference)
    undecided = table.active.dontKnow + table.reference.dontKnow
    self.table = table
  }

  /// The index.
  public var index: Double { inActive - inReference }

  /// Newcombe's hybrid score interval (1998, method 10): it stays within −1 and 1, and has a width
  /// even where every guess is right.
  public func interval(level: Double = 0.95) throws(SampleError) -> (lower: Double, upper: Double) {
    try SampleError.check(level: level)
    return limits(NormalDistribution().quantile(above: (1 - level) / 2))
  }

  /// The number of standard errors at which the interval first touches 0, with the index's sign.
  public var z: Double {
    guard index != 0 else { return 0 }
    func touches(_ z: Double) -> Bool {
      let (lower, upper) = limits(z)
      return index > 0 ? lower <= 0 : upper >= 0
    }
    var low = 0.0
    var high = 1.0
    while !touches(high), high < 1e9 {
      low = high
      high *= 2
    }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if touches(middle) { high = middle } else { low = middle }
    }
    return index > 0 ? (low + high) / 2 : -(low + high) / 2
  }

  /// The two-sided p-value of a perfect blind that belongs to the interval; it takes the guesses as
  /// independent, which the randomization test of the guesses does not.
  public var pTwoSided: Double { 2 * NormalDistribution().probability(above: z.magnitude) }

  private func limits(_ z: Double) -> (lower: Double, upper: Double) {
    let first = ProportionInterval.score(
      Double(table.active.active), Double(table.active.reference), z: z)
    let second = ProportionInterval.score(
      Double(table.reference.active), Double(table.reference.reference), z: z)
    func distance(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    return (
      max(-1, index - distance(inActive - first.lower, second.upper - inReference)),
      min(1, index + distance(first.upper - inActive, inReference - second.lower))
    )
  }
}

extension GuessTable {
  /// The simple blinding index; `nil` if an arm has no guess that named an arm.
  public var simpleIndex: SimpleBlindingIndex? { SimpleBlindingIndex(self) }
  /// Cohen's kappa; `nil` where it is not defined.
  public var kappa: GuessKappa? { GuessKappa(self) }
}
