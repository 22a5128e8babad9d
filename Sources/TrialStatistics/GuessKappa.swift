/// Cohen's kappa of guess and truth: 1 if all who named an arm were right, 0 for what the margins
/// give by chance; "don't know" is left out.
///
/// Source: Cohen 1960; standard error by Fleiss, Cohen and Everitt 1969.
public struct GuessKappa: Hashable, Sendable {
  /// The share of right guesses beyond chance, over the share that is beyond chance at most.
  public let kappa: Double
  /// The large-sample standard error.
  public let se: Double
  /// The share of right guesses, and that expected from the margins.
  public let observed, expected: Double
  /// Guesses that named an arm.
  private let total: Double

  /// - Returns: `nil` without a guess that named an arm, or where all of them name one arm in slots
  ///   of that arm, so that chance agreement is complete.
  init?(_ table: GuessTable) {
    let counts = [
      [table.active.active, table.active.reference],
      [table.reference.active, table.reference.reference],
    ]
    let total = Double(counts.joined().reduce(0, +))
    guard total > 0 else { return nil }
    let cells = counts.map { $0.map { Double($0) / total } }
    let truth = cells.map { $0[0] + $0[1] }
    let said = (0...1).map { cells[0][$0] + cells[1][$0] }
    let right = cells[0][0] + cells[1][1]
    let chance = truth[0] * said[0] + truth[1] * said[1]
    let room = 1 - chance
    guard room > 1e-12 else { return nil }
    let kappa = (right - chance) / room
    var variance = 0.0
    for i in 0...1 {
      for j in 0...1 {
        let margin = said[i] + truth[j]
        let term = i == j ? 1 - margin * (1 - kappa) : (1 - kappa) * margin
        variance += cells[i][j] * term * term
      }
    }
    let centre = kappa - chance * (1 - kappa)
    variance = (variance - centre * centre) / (total * room * room)
    self.kappa = kappa
    se = max(0, variance).squareRoot()
    self.total = total
    observed = right
    expected = chance
  }

  /// The normal interval, cut at −1 and 1.
  ///
  /// Where every guess was right, or every one wrong, the standard error is 0, and an interval without width
  /// would claim to know: there it is Wilson's score interval of the share of right guesses, with the margins
  /// that were found.
  ///
  /// - Returns: `nil` where the standard error is 0 for another reason: every guess named the same arm.
  public func interval(
    level: Double = 0.95
  ) throws(SampleError) -> (lower: Double, upper: Double)? {
    try SampleError.check(level: level)
    let z = NormalDistribution().quantile(above: (1 - level) / 2)
    let reach = z * z / (total + z * z)
    func index(of share: Double) -> Double { max(-1, (share - expected) / (1 - expected)) }
    if observed > 1 - 1e-12 { return (index(of: 1 - reach), 1) }
    if observed < 1e-12 { return (kappa, index(of: reach)) }
    guard se > 1e-6 else { return nil }
    let width = z * se
    return (max(-1, kappa - width), min(1, kappa + width))
  }
}
