import GroupStudy
import TrialDesign
import TrialStatistics

/// Studies of many people: do the tests of the mixed model keep their level, and do the intervals from
/// people drawn anew cover?
extension Calibration {
  /// A study that is simulated again and again, each time from table to result.
  private struct ManyCase {
    let name: String
    let people: Int
    /// The rows of a person are one of these, in turn.
    let rows: [Int]
    /// The standard deviation between people; that of rows is 1.
    let between: Double
    var degrees = "satterthwaite"

    /// What the guess adds to the rating; it is right in 65 of 100 rows.
    static let ofGuess = 1.0
    static let right = 0.65

    func result(_ number: Int, effect: Double) throws -> StudyResult {
      var noise = CounterGenerator(seed: 11, simulation: number, stream: .noise)
      var arms = CounterGenerator(seed: 11, simulation: number, stream: .assignment)
      var belief = CounterGenerator(seed: 11, simulation: number, stream: .belief)
      var csv = "p,t,g,y\n"
      for person in 0..<people {
        let level = between * noise.normal()
        for _ in 0..<rows[person % rows.count] {
          let isActive = arms.uniform() < 0.5
          let said = (belief.uniform() < ManyCase.right) == isActive
          let value =
            (isActive ? effect : 0) + (said ? ManyCase.ofGuess : 0) + level + noise.normal()
          csv += "\(person),\(isActive ? "b" : "a"),\(said ? "b" : "a"),\(value)\n"
        }
      }
      let plan = try StudyPlan(
        bytes: Array(
          """
          title: many
          arms: [a, b]
          columns: {person: p, arm: t, guess: g}
          outcomes: [y]
          analysis: {degrees: \(degrees), smallestStratum: 2, bootstrap: {replicates: 400, seed: \(number)}}

          """.utf8), file: "plan.yaml")
      let table = try StudyTable(csv: Array(csv.utf8), name: "y.csv", plan: plan)
      return StudyResult(table, plan: plan, file: "y.csv")
    }
  }

  private static let manyCases = [
    ManyCase(name: "12 people, 3 rows", people: 12, rows: [3], between: 0.7),
    ManyCase(
      name: "the same, Kenward-Roger", people: 12, rows: [3], between: 0.7,
      degrees: "kenward-roger"),
    ManyCase(name: "12 people, 3 rows, no variance between", people: 12, rows: [3], between: 0),
    ManyCase(name: "40 people, 1 to 4 rows", people: 40, rows: [1, 2, 3, 4], between: 0.7),
    ManyCase(name: "240 people, 3 or 4 rows", people: 240, rows: [4, 3, 4, 4], between: 0.7),
  ]

  static func manyPeople(trials: Int) throws {
    head(
      [
        "study", "size of the arm's test, with the guess", "coverage of the effect",
        "of what goes with the guess", "of the difference at one half",
      ],
      "Studies of many people, an effect of 0 beside the guess; \(trials) each, levels of 5 and 95 %"
    )
    for one in manyCases {
      var (claims, effects, changes, coins) = (0, 0, 0, 0)
      var (tests, drawnChanges, drawnCoins) = (0, 0, 0)
      for number in 0..<trials {
        guard let outcome = try one.result(number, effect: 0).outcomes.first else { continue }
        // Of rows guessed right and wrong alike, the guess adds the same to both arms.
        let goes = ManyCase.ofGuess * (2 * ManyCase.right - 1)
        if let effect = outcome.withGuess?.effect {
          tests += 1
          claims += effect.p <= 0.05 ? 1 : 0
        }
        if let effect = outcome.withoutGuess.effect, effect.lower <= goes, goes <= effect.upper {
          effects += 1
        }
        if let draws = outcome.change?.draws {
          drawnChanges += 1
          changes += draws.lower <= goes && goes <= draws.upper ? 1 : 0
        }
        if let draws = outcome.curve?.model?.blind.draws {
          drawnCoins += 1
          coins += draws.lower <= 0 && 0 <= draws.upper ? 1 : 0
        }
      }
      line([
        one.name, rate(claims, max(1, tests)), rate(effects, trials),
        rate(changes, max(1, drawnChanges)), rate(coins, max(1, drawnCoins)),
      ])
    }
  }
}
