import TrialDesign
import TrialStatistics

/// How well the arms were guessed in the rows of one set.
///
/// The published standard errors take every guess as independent of every other. A person's guesses are
/// not, so each index also has the interval from resampling persons.
package struct StudyGuesses: Encodable, Sendable {
  /// An index of the blind.
  package struct Index: Encodable, Sendable {
    /// The index and its published standard error; `nil` where the literature has none.
    package let index: Double
    package let se: Double?
    /// Its interval, at the plan's level.
    package let lower, upper: Double?
    /// What resampling persons says.
    package let byPerson: StudyDraws?
  }

  /// The guesses in the rows of one arm.
  package struct Row: Encodable, Sendable {
    /// The arm.
    package let arm: String
    /// Guesses that named the second arm, the first, and "don't know".
    package let active, reference, dontKnow: Int
    /// Bang's index.
    package let bang: Index?
  }

  /// The set of rows.
  package let set: String
  /// Rows, rows with a guess or "don't know", and persons of these.
  package let rows, answered, persons: Int
  /// One for each arm, the first arm first.
  package let arms: [Row]
  /// The share of right guesses among those that named an arm, with its draws.
  package let rightShare: Double?
  package let rightByPerson: StudyDraws?
  /// The share that always naming the commoner arm would have had right.
  package let baseRate: Double?
  /// James's index, the simple index, kappa; `nil` where one is not defined.
  package let james, simple, kappa: Index?
  /// Brier score and log score of the probabilities, where any were stated.
  package let brier, logScore: Double?

  /// `nil` where nobody was asked.
  init?(_ table: StudyTable, _ set: StudyPlan.RowSet, plan: StudyPlan) {
    let members = table.members[set.name] ?? []
    let rows = table.rows.indices.filter { members[$0] && table.rows[$0].isActive != nil }
      .map { table.rows[$0] }
    let asked = rows.filter { $0.guess != .none }
    guard !asked.isEmpty else { return nil }
    let counts = GuessCounts(asked)
    let drawn = DrawnTables(counts, plan.analysis)
    let whole = counts.table()
    self.set = set.name
    self.rows = rows.count
    answered = asked.count
    persons = counts.persons
    arms = [
      Row(
        arm: plan.arms[0].name, active: whole.reference.active,
        reference: whole.reference.reference, dontKnow: whole.reference.dontKnow,
        bang: drawn.bang(whole, \.bangReference)),
      Row(
        arm: plan.arms[1].name, active: whole.active.active, reference: whole.active.reference,
        dontKnow: whole.active.dontKnow, bang: drawn.bang(whole, \.bangActive)),
    ]
    rightShare = whole.correctRate
    rightByPerson = drawn.draws(\.correctRate)
    baseRate = whole.baseRate
    james = drawn.james(whole)
    simple = drawn.simple(whole)
    kappa = drawn.kappa(whole)
    brier = counts.scores?.brier
    logScore = (counts.scores?.logScore).flatMap { $0.isFinite ? $0 : nil }
  }
}

/// The tables of all replicates, and each index with its intervals.
private struct DrawnTables {
  private let tables: [GuessTable]
  private let level: Double

  init(_ counts: GuessCounts, _ analysis: StudyPlan.Analysis) {
    let bootstrap = PersonBootstrap(seed: analysis.seed, replicates: analysis.replicates)
    level = analysis.level
    tables = (0..<bootstrap.replicates).map {
      counts.table(times: bootstrap.times(persons: counts.persons, replicate: $0))
    }
  }

  func draws(_ value: (GuessTable) -> Double?) -> StudyDraws? {
    StudyDraws(tables.map(value), level: level)
  }

  func bang(
    _ whole: GuessTable, _ own: (GuessTable) -> BangIndex?
  ) -> StudyGuesses.Index? {
    own(whole).map { index in
      let interval = index.interval(level: level)
      return StudyGuesses.Index(
        index: index.index, se: index.se, lower: interval.lower, upper: interval.upper,
        byPerson: draws { own($0)?.index })
    }
  }

  /// The normal interval, cut at 0 and 1; none where the standard error is 0 and it would have no width.
  func james(_ whole: GuessTable) -> StudyGuesses.Index? {
    whole.james.map { index in
      guard index.se > 1e-6 else {
        return StudyGuesses.Index(
          index: index.index, se: nil, lower: nil, upper: nil, byPerson: draws { $0.james?.index })
      }
      let width = NormalDistribution().quantile(above: (1 - level) / 2) * index.se
      return StudyGuesses.Index(
        index: index.index, se: index.se, lower: max(0, index.index - width),
        upper: min(1, index.index + width), byPerson: draws { $0.james?.index })
    }
  }

  func simple(_ whole: GuessTable) -> StudyGuesses.Index? {
    whole.simpleIndex.flatMap { index in
      (try? index.interval(level: level)).map {
        StudyGuesses.Index(
          index: index.index, se: nil, lower: $0.lower, upper: $0.upper,
          byPerson: draws { $0.simpleIndex?.index })
      }
    }
  }

  func kappa(_ whole: GuessTable) -> StudyGuesses.Index? {
    whole.kappa.map { kappa in
      let interval = (try? kappa.interval(level: level)) ?? nil
      return StudyGuesses.Index(
        index: kappa.kappa, se: kappa.se, lower: interval?.lower, upper: interval?.upper,
        byPerson: draws { $0.kappa?.kappa })
    }
  }
}

/// Guesses by person, for counting them again with persons drawn anew.
private struct GuessCounts {
  /// Active guessed active, reference, don't know; reference likewise.
  private var counts: [[Int]] = []
  /// The scores; `nil` where nobody stated a probability between 0 and 1.
  let scores: GuessTable?

  init(_ rows: [StudyTable.Row]) {
    var places: [Int: Int] = [:]
    var pairs: [TreatmentGuessPair] = []
    var isStated = false
    for row in rows {
      let place = places[row.person] ?? counts.count
      if place == counts.count {
        places[row.person] = place
        counts.append([0, 0, 0, 0, 0, 0])
      }
      let isActive = row.isActive == true
      var said = 2
      var probability: Double?
      if case .probability(let share) = row.guess {
        said = share > 0.5 ? 0 : 1
        probability = share
        if share > 0, share < 1 { isStated = true }
      }
      counts[place][(isActive ? 0 : 3) + said] += 1
      pairs.append(TreatmentGuessPair(probabilityActive: probability, isActive: isActive))
    }
    scores = isStated ? try? GuessTable(guesses: pairs) : nil
  }

  var persons: Int { counts.count }

  func table(times: [Int]? = nil) -> GuessTable {
    var total = [0, 0, 0, 0, 0, 0]
    for (person, own) in counts.enumerated() {
      let weight = times?[person] ?? 1
      for cell in own.indices where own[cell] > 0 { total[cell] += weight * own[cell] }
    }
    return GuessTable(
      active: GuessTable.Row(active: total[0], reference: total[1], dontKnow: total[2]),
      reference: GuessTable.Row(active: total[3], reference: total[4], dontKnow: total[5]))
  }
}
