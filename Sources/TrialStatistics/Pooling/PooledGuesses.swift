import RealModule

/// The blinding indices of several trials together.
///
/// The guesses of one person belong together, so the standard errors are those of leaving out one
/// trial after the other [Efron 1982], and not those of as many independent guesses.
public struct PooledGuesses: Hashable, Sendable {
  /// An index over all trials.
  public struct Index: Hashable, Sendable, Codable {
    /// The index of the summed counts.
    public let index: Double
    /// Its standard error over trials; `nil` with one trial.
    public let se: Double?
    /// The ends of the interval, by t with one degree less than there are trials, not beyond what the
    /// index can be; `nil` with one trial.
    public let lower, upper: Double?
    /// The trials with a guess that tells about it.
    public let trials: Int
  }

  /// Bang's index of the active arm and of the reference; `nil` without a guess there.
  public let bangActive, bangReference: Index?
  /// James's index; `nil` where it is not defined.
  public let james: Index?
  /// The trials with a guess.
  public let trials: Int
  /// All guesses, summed.
  public let table: GuessTable

  /// Sums the guesses of trials.
  ///
  /// - Parameter level: of the intervals.
  public init(_ tables: [GuessTable], level: Double = 0.95) {
    let asked = tables.filter { $0.total > 0 }
    trials = asked.count
    let sum = asked.reduce(GuessTable.empty) { $0.adding($1) }
    table = sum
    func index(
      _ range: ClosedRange<Double>, _ isIn: (GuessTable) -> Bool, _ value: (GuessTable) -> Double?
    ) -> Index? {
      guard let whole = value(sum) else { return nil }
      let telling = asked.filter(isIn)
      let without = telling.compactMap { value(sum.adding($0, times: -1)) }
      let count = Double(telling.count)
      guard telling.count > 1, without.count == telling.count,
        let student = try? StudentDistribution(degrees: count - 1)
      else { return Index(index: whole, se: nil, lower: nil, upper: nil, trials: telling.count) }
      let mean = without.reduce(0, +) / count
      let squares = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let se = ((count - 1) / count * squares).squareRoot()
      let width = student.quantile(above: (1 - level) / 2) * se
      return Index(
        index: whole, se: se, lower: max(range.lowerBound, whole - width),
        upper: min(range.upperBound, whole + width), trials: telling.count)
    }
    bangActive = index(-1...1, { $0.active.total > 0 }) { $0.bangActive?.index }
    bangReference = index(-1...1, { $0.reference.total > 0 }) { $0.bangReference?.index }
    james = index(0...1, { $0.total > 0 }) { $0.james?.index }
  }
}

extension GuessTable {
  /// A table without a guess.
  static let empty = GuessTable(
    active: Row(active: 0, reference: 0, dontKnow: 0),
    reference: Row(active: 0, reference: 0, dontKnow: 0))

  /// The counts with those of another table, or without them.
  func adding(_ other: GuessTable, times sign: Int = 1) -> GuessTable {
    func sum(_ one: Row, _ two: Row) -> Row {
      Row(
        active: one.active + sign * two.active, reference: one.reference + sign * two.reference,
        dontKnow: one.dontKnow + sign * two.dontKnow)
    }
    return GuessTable(active: sum(active, other.active), reference: sum(reference, other.reference))
  }
}
