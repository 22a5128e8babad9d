/// The four groups of rows by arm and guess, for many persons.
public struct GuessedRows: Sendable {
  /// A row with the person, the arm and what was guessed.
  public struct Row: Hashable, Sendable {
    /// The person, by any number.
    public let person: Int
    /// The outcome.
    public let value: Double
    /// Whether the row is of the active arm.
    public let isActive: Bool
    /// Whether the guess was the active arm.
    public let guessedActive: Bool

    /// A row.
    public init(person: Int, value: Double, isActive: Bool, guessedActive: Bool) {
      self.person = person
      self.value = value
      self.isActive = isActive
      self.guessedActive = guessedActive
    }

    /// 0 for the reference guessed as such, 1 for the reference guessed active, 2 for the active arm
    /// guessed as the reference, 3 for the active arm guessed as such.
    public var stratum: Int { (isActive ? 2 : 0) + (guessedActive ? 1 : 0) }
  }

  /// Rows and sum of outcomes by person and stratum, persons in the order of their first rows.
  let counts: [[Int]]
  let totals: [[Double]]

  /// Counts the rows.
  public init(_ rows: [Row]) {
    var places: [Int: Int] = [:]
    var counts: [[Int]] = []
    var totals: [[Double]] = []
    for row in rows {
      let place = places[row.person] ?? counts.count
      if place == counts.count {
        places[row.person] = place
        counts.append([0, 0, 0, 0])
        totals.append([0, 0, 0, 0])
      }
      counts[place][row.stratum] += 1
      totals[place][row.stratum] += row.value
    }
    self.counts = counts
    self.totals = totals
  }

  /// The number of persons.
  public var persons: Int { counts.count }

  /// Rows and mean of each stratum, each person counted so many times; once if `nil`.
  public func strata(times: [Int]? = nil) -> [GuessCurve.Stratum] {
    (0..<4).map { stratum in
      var (count, total) = (0, 0.0)
      for person in counts.indices {
        let weight = times?[person] ?? 1
        count += weight * counts[person][stratum]
        total += Double(weight) * totals[person][stratum]
      }
      return GuessCurve.Stratum(count: count, mean: count > 0 ? total / Double(count) : 0)
    }
  }
}

extension GuessCurve {
  /// The curve of four strata in the order of `GuessedRows.Row.stratum`.
  ///
  /// - Parameter means: other means for the strata, such as those of a model; their own if `nil`.
  /// - Throws: `GuessCurveError` where a stratum has fewer than `minimum` rows.
  public init(
    strata: [Stratum], means: [Double]? = nil, minimum: Int = GuessCurve.smallestStratum
  ) throws(GuessCurveError) {
    let used = strata.enumerated().map {
      Stratum(count: $0.element.count, mean: means?[$0.offset] ?? $0.element.mean)
    }
    try self.init(
      activeRight: used[3], activeWrong: used[2], referenceRight: used[0], referenceWrong: used[1],
      minimum: minimum)
  }
}
