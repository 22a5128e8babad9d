import Foundation
import GroupStudy
import Testing
import TrialReport

/// What is answered where parts of a study are missing, and what the report says.
@Suite struct StudyResultTests {
  @Test func everyPartOfAWholeStudy() throws {
    let result = try StudyFixture.result()
    let outcome = try #require(result.outcomes.first)
    #expect(outcome.withoutGuess.refusal == nil)
    #expect(outcome.strata?.refusal == nil)
    #expect(outcome.curve?.refusal == nil)
    #expect(outcome.holm == nil)
    // All rows have a guess, so the model without it is on the same rows already.
    #expect(outcome.withoutGuessSameRows == nil)
    let without = try #require(outcome.withoutGuess.effect?.estimate)
    let with = try #require(outcome.withGuess?.effect?.estimate)
    #expect(outcome.change?.estimate == without - with)
    #expect(outcome.change?.draws?.replicates == 200)
    // The four contrasts and the four means tell the same.
    let strata = try #require(outcome.strata)
    try #require(strata.cells.count == 4 && strata.withinGuess.count == 2)
    let means = strata.cells.map(\.estimate)
    #expect(abs(strata.withinGuess[0].estimate - (means[2] - means[0])) < 1e-12)
    #expect(abs(strata.withinGuess[1].estimate - (means[3] - means[1])) < 1e-12)
    #expect(abs(strata.withinArm[0].estimate - (means[1] - means[0])) < 1e-12)
    #expect(abs(strata.withinArm[1].estimate - (means[3] - means[2])) < 1e-12)
    let both = strata.withinGuess[1].estimate - strata.withinGuess[0].estimate
    #expect(abs((strata.interaction?.estimate ?? 0) - both) < 1e-12)
    // At the observed rate the curve by rows is the raw difference.
    let groups = strata.groups
    func mean(_ places: [Int]) -> Double {
      let rows = places.reduce(0) { $0 + groups[$1].rows }
      return places.reduce(0) { $0 + Double(groups[$1].rows) * (groups[$1].mean ?? 0) }
        / Double(rows)
    }
    let raw = mean([2, 3]) - mean([0, 1])
    #expect(abs((outcome.curve?.rows?.observed.difference ?? 0) - raw) < 1e-12)
  }

  /// Where nobody guessed at the first site, the models with the guess take the next one to compare with.
  @Test func aCategoryWithoutGuesses() throws {
    let plan = StudyFixture.plan.replacing(
      "outcomes: [y]", with: "outcomes: [{name: y, covariates: [site]}]")
    // Site a is that of persons 1, 4 and 7.
    let silent = StudyFixture.table { lines in
      lines = lines.map { line in
        guard line.contains(",a,") else { return line }
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[3] = ""
        return cells.joined(separator: ",")
      }
    }
    let without = StudyFixture.table { lines in lines.removeAll { $0.contains(",a,") } }
    let found = try #require(StudyFixture.result(silent, plan: plan).outcomes.first)
    let wanted = try #require(StudyFixture.result(without, plan: plan).outcomes.first)
    #expect(found.withGuess?.refusal == nil)
    #expect(found.rowsWithGuess < found.rows)
    #expect(found.withGuess?.effect?.estimate == wanted.withGuess?.effect?.estimate)
    #expect(found.withoutGuessSameRows?.effect?.se == wanted.withoutGuess.effect?.se)
    #expect(found.withoutGuess.effect?.se != wanted.withoutGuess.effect?.se)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let first = try StudyReport(StudyFixture.result())
    let second = try StudyReport(StudyFixture.result())
    #expect(first.json == second.json)
    #expect(first.html == second.html)
    let other = try StudyReport(
      StudyFixture.result(
        plan: StudyFixture.plan.replacing("replicates: 200", with: "replicates: 200, seed: 2")))
    #expect(other.json != first.json)
  }

  @Test func fewPeopleAreWarnedOf() throws {
    let report = try StudyReport(StudyFixture.result())
    #expect(
      report.markdown.contains("With 10 persons, intervals from people drawn anew are too narrow"))
  }

  /// Nobody guessed active under placebo: the groups and the curve are refused, the rest stands.
  @Test func anEmptyStratum() throws {
    let table = StudyFixture.table().replacing("placebo,active", with: "placebo,placebo")
    let outcome = try StudyFixture.result(table).outcomes[0]
    let sentence =
      "placebo guessed as active: found 0 rows, expected at least 2 in each of the four groups of arm "
      + "and guess"
    #expect(outcome.strata?.refusal == sentence)
    #expect(outcome.curve?.refusal == sentence)
    #expect(outcome.curve?.rows == nil)
    #expect(outcome.withoutGuess.effect != nil)
    #expect(outcome.withGuess?.effect != nil)
  }

  /// The guess was always right: arm and guess cannot be told apart, and both are named.
  @Test func aGuessThatIsTheArm() throws {
    let table = StudyFixture.table().replacing("placebo,active", with: "placebo,placebo")
      .replacing("active,placebo", with: "active,active")
    let outcome = try StudyFixture.result(table).outcomes[0]
    #expect(
      outcome.withGuess?.refusal
        == "the column guessed active follows from active: expected columns that can be told apart")
    #expect(outcome.withoutGuess.effect != nil)
    #expect(outcome.change == nil)
    let report = try StudyReport(StudyFixture.result(table))
    #expect(report.markdown.contains("The guess could not be put beside the arm"))
  }

  @Test func anOutcomeThatNeverVaries() throws {
    let lines = StudyFixture.table().split(separator: "\n").enumerated().map { place, line in
      place == 0
        ? String(line) : line.split(separator: ",").dropLast().joined(separator: ",") + ",5"
    }
    let result = try StudyFixture.result(lines.joined(separator: "\n") + "\n")
    #expect(
      result.outcomes[0].withoutGuess.refusal
        == "the outcome does not vary beyond the columns: there is no noise to estimate")
    let report = try StudyReport(result)
    #expect(report.markdown.contains("No difference in y could be estimated."))
    #expect(report.html.contains("does not vary beyond the columns"))
  }

  @Test func oneArmOnly() throws {
    let table = StudyFixture.table().replacing("active,", with: "placebo,")
    let outcome = try StudyFixture.result(table).outcomes[0]
    #expect(outcome.withoutGuess.refusal == "no row of active has this outcome")
  }

  /// Each person once: least squares, and the report says so.
  @Test func onePersonOneRow() throws {
    let plan = StudyFixture.plan.replacing(
      "covariates:", with: "sets: {first: {day: 1}}\ncovariates:"
    )
    .replacing("outcomes: [y]", with: "outcomes: [{name: y, set: first}]")
    let result = try StudyFixture.result(plan: plan)
    let model = try #require(result.outcomes[0].withoutGuess.model)
    #expect(model.method == "ordinary")
    #expect(model.rows == 10)
    #expect(model.coefficients[1].degrees == 8)
    #expect(try StudyReport(result).markdown.contains("ordinary least squares"))
  }

  @Test func nobodyWasAsked() throws {
    let plan = StudyFixture.plan.replacing(" guess: guess,", with: "")
    let result = try StudyFixture.result(plan: plan)
    #expect(result.guesses.isEmpty)
    #expect(result.outcomes[0].withGuess == nil)
    let report = try StudyReport(result)
    #expect(report.markdown.contains("Nobody was asked which arm it was"))
    #expect(!report.markdown.contains("How well it was guessed"))
  }

  /// Holm's rule by hand: sorted p times 2, 1, never falling.
  @Test func severalOutcomesAreAllowedFor() throws {
    let plan = StudyFixture.plan.replacing(
      "outcomes: [y]", with: "outcomes: [y, {name: years, column: age}]")
    let table = StudyFixture.table { lines in
      for place in lines.indices.dropFirst() {
        var cells = lines[place].split(separator: ",").map(String.init)
        cells[4] = String((place * 37) % 23)
        lines[place] = cells.joined(separator: ",")
      }
    }
    let outcomes = try StudyFixture.result(table, plan: plan).outcomes
    let p = try outcomes.map { try #require($0.withoutGuess.effect?.p) }
    let holm = try outcomes.map { try #require($0.holm) }
    let small = min(1, 2 * p.min()!)
    #expect(abs(holm.min()! - small) < 1e-12)
    #expect(abs(holm.max()! - max(small, p.max()!)) < 1e-12)
  }

  /// Everything that is shown as a number stands in the JSON, and JSON holds no infinity.
  @Test func numbersOfThePageStandInTheJSON() throws {
    let report = try StudyReport(StudyFixture.result())
    #expect(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) is [String: Any])
    let known = Set(report.json.matches(of: #/-?\d[\d.eE+-]*/#).map { String($0.output) })
    let shown = report.html.matches(of: #/<data value="([^"]*)">/#).compactMap { Double($0.1) }
    #expect(shown.count > 40)
    let lost = shown.filter { !known.contains("\($0)") && !known.contains("\(Int($0))") }
    #expect(lost == [])
  }
}
