import BlindRecord
import GroupStudy
import Testing

/// What a table may not hold, and the sentence that says where.
@Suite struct StudyTableTests {
  /// A line of the table is replaced; lines are counted from 1, the header included.
  @Test(arguments: [
    (2, "p0,0,placebo,placebo,30,b", "data.csv:2: found 6 cells, expected 7, as in the header"),
    (
      2, ",0,placebo,placebo,30,b,1",
      "data.csv:2: found a row without who, expected the person of every row"
    ),
    (
      3, "p0,1,other,active,30,b,1",
      "data.csv:3: found the arm \"other\", expected placebo or active"
    ),
    (
      3, "p0,1,active,maybe,30,b,1",
      "data.csv:3: found the guess \"maybe\", expected placebo, active, dk, a probability from 0 to 1 "
        + "that it was active, or nothing"
    ),
    (
      3, "p0,1,active,1.5,30,b,1",
      "data.csv:3: found the guess \"1.5\", expected placebo, active, dk, a probability from 0 to 1 "
        + "that it was active, or nothing"
    ),
    (
      4, "p0,2,placebo,active,30,b,four",
      "data.csv:4: found \"four\" as y, expected a number, or nothing where it is missing"
    ),
    (
      4, "p0,2,placebo,active,30,b,nan",
      "data.csv:4: found \"nan\" as y, expected a number, or nothing where it is missing"
    ),
    (
      4, "p0,2,placebo,active,30,b,1e80",
      "data.csv:4: found \"1e80\" as y, expected a number, or nothing where it is missing"
    ),
    (
      5, "p0,2,active,active,30,b,1",
      "data.csv:5: found day \"2\" of this person again, after line 4, expected one row for each person "
        + "and occasion"
    ),
    (
      1, "who,day,arm,guess,age,site,z",
      "data.csv:1: found the columns \"who\", \"day\", \"arm\", \"guess\", \"age\", \"site\", \"z\", "
        + "expected a column \"y\""
    ),
    (
      1, "who,day,arm,guess,age,age,y",
      "data.csv:1: found the column \"age\" twice, expected one name for each column"
    ),
  ])
  func refused(_ line: Int, _ text: String, _ sentence: String) throws {
    let table = StudyFixture.table { $0[line - 1] = text }
    let fault = try #require(
      throws: RecordFault.self, performing: { try StudyFixture.result(table) })
    #expect(fault.message == sentence)
  }

  @Test func aTableWithoutRows() throws {
    let fault = try #require(
      throws: RecordFault.self,
      performing: { try StudyFixture.result("who,day,arm,guess,age,site,y\n") })
    #expect(fault.message == "data.csv:1: found a header and no row, expected rows below it")
  }

  @Test func aSetWithoutRows() throws {
    let plan = StudyFixture.plan.replacing(
      "covariates:", with: "sets: {late: {day: [8, 9]}}\ncovariates:"
    )
    .replacing("outcomes: [y]", with: "outcomes: [{name: y, set: late}]")
    let fault = try #require(
      throws: RecordFault.self, performing: { try StudyFixture.result(plan: plan) })
    #expect(
      fault.message
        == "data.csv:41: found no row in the set \"late\", expected rows with day: \"8\" or \"9\"")
  }

  /// A decimal comma splits a cell or stands in quotes; the hint says what to do.
  @Test func decimalComma() throws {
    let table = StudyFixture.table { $0[3] = "p0,2,placebo,active,30,b,\"1,5\"" }
    let fault = try #require(
      throws: RecordFault.self, performing: { try StudyFixture.result(table) })
    #expect(fault.hint == "write decimals with a point")
  }

  /// Nothing is lost without being counted.
  @Test func whatIsMissingIsCounted() throws {
    let plan = StudyFixture.plan.replacing(
      "outcomes: [y]", with: "outcomes: [{name: y, covariates: [age, site]}]")
    let table = StudyFixture.table {
      $0[1] = "p0,0,placebo,placebo,30,b,NA"
      $0[2] = "p0,1,,active,30,b,3"
      $0[3] = "p0,2,placebo,dk,30,b,2"
      $0[4] = "p0,3,active,,30,b,2"
      $0[5] = "p1,0,active,active,NA,a,2"
      $0[6] = "p1,1,placebo,0.2,31,,2"
      $0[7] = "p1,2,active,0.9,31,a,2"
    }
    let result = try StudyFixture.result(table, plan: plan)
    let outcome = result.outcomes[0]
    #expect(result.rows == 40)
    #expect(result.persons == 10)
    #expect(result.withoutArm == 1)
    #expect(outcome.withoutOutcome == 1)
    #expect(outcome.withoutArm == 1)
    #expect(outcome.withoutCovariate == 2)
    #expect(outcome.rows == 36)
    #expect(outcome.rowsWithGuess == 34)
    #expect(outcome.withoutGuess.model?.rows == 36)
    #expect(outcome.withoutGuessSameRows?.model?.rows == 34)
    #expect(outcome.withGuess?.model?.rows == 34)
    #expect(
      outcome.withGuess?.model?.coefficients.map(\.name)
        == ["intercept", "active", "guessed active", "age", "site b", "site c"])
    // "Don't know" is an answer, no answer is none.
    let guesses = try #require(result.guesses.first)
    #expect(guesses.answered == 38)
    #expect(guesses.arms.map(\.dontKnow) == [1, 0])
    #expect(guesses.brier != nil)
  }
}
