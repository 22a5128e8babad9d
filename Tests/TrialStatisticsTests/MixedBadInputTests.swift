import Testing

@testable import TrialStatistics

/// What a mixed model refuses, and with which words.
@Suite struct MixedBadInputTests {
  static let persons = [1, 1, 2, 2, 3, 3]
  static let values = [1.0, 2, 4, 3, 2, 6]
  static let arm = MixedDesign.Column("active", [0, 1, 0, 1, 0, 1])

  static func fit(
    _ values: [Double] = values, _ persons: [Int] = persons,
    _ columns: [MixedDesign.Column] = [arm], _ method: RandomInterceptModel.Method = .restricted
  ) throws(MixedModelError) -> RandomInterceptModel {
    try RandomInterceptModel(
      MixedDesign(outcome: values, persons: persons, columns: columns), method: method)
  }

  static func sentence(_ body: () throws(MixedModelError) -> RandomInterceptModel) -> String? {
    do throws(MixedModelError) {
      _ = try body()
      return nil
    } catch { return error.description }
  }

  @Test func columnsThatCannotBeToldApartAreNamed() {
    let guess = MixedDesign.Column("guess", [1, 0, 1, 0, 1, 0])
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit(Self.values, Self.persons, [Self.arm, guess])
      }
        == "the column guess follows from intercept, active: expected columns that can be told apart"
    )
    let constant = MixedDesign.Column("age", [40, 40, 40, 40, 40, 40])
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit(Self.values, Self.persons, [Self.arm, constant])
      } == "the column age follows from intercept: expected columns that can be told apart")
  }

  /// A contrast by name would add both up.
  @Test func columnsOfOneNameAreRefused() {
    for name in ["active", MixedDesign.intercept] {
      let other = MixedDesign.Column(name, [1, 2, 4, 3, 9, 5])
      #expect(
        Self.sentence { () throws(MixedModelError) in
          try Self.fit(Self.values, Self.persons, [Self.arm, other])
        } == "two columns are named \"\(name)\", expected different names: rename the arm or the "
          + "covariate")
    }
  }

  @Test func personsWithOneRow() throws {
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit(Self.values, [1, 2, 3, 4, 5, 6])
      } == "each of 6 persons has one row: what persons differ by cannot be told from noise")
    // One of them among others is no fault.
    let model = try Self.fit(
      [1, 2, 4, 3, 2, 6, 5], [1, 1, 2, 2, 3, 3, 4],
      [
        MixedDesign.Column("active", [0, 1, 0, 1, 0, 1, 1])
      ])
    #expect(model.design.single == 1)
  }

  @Test func withoutVariation() {
    let flat = "the outcome does not vary beyond the columns: there is no noise to estimate"
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit([3, 3, 3, 3, 3, 3]) } == flat)
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit([1, 2, 1, 2, 1, 2]) } == flat)
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit([1, 2, 4, 5, 9, 10]) }
        == "the outcome does not vary within persons beyond the columns: there is no noise to estimate"
    )
  }

  @Test func columnsThatNamePersons() {
    let values = [1.0, 2.5, 4, 3, 2, 6, 7, 5]
    let persons = [1, 1, 2, 2, 3, 3, 4, 4]
    let columns = (2...4).map { person in
      MixedDesign.Column("person \(person)", persons.map { $0 == person ? 1 : 0 })
    }
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit(values, persons, columns) }
        == "the columns explain all that persons differ by: leave out a column that names persons")
  }

  @Test func whatDoesNotBelongTogether() {
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit(Self.values, [1, 1]) }
        == "persons: found 2 values, expected 6, one per row")
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit([1, 2, 4, .nan, 2, 6])
      } == "outcome, row 4: found a value that is not a finite number")
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit(
          Self.values, Self.persons, [MixedDesign.Column("age", [1, 2, .infinity, 3, 4, 5])])
      } == "age, row 3: found a value that is not a finite number")
    #expect(
      Self.sentence { () throws(MixedModelError) in
        try Self.fit(
          [1, 2], [1, 1],
          [
            MixedDesign.Column("active", [0, 1])
          ])
      } == "found 2 rows, expected at least 3 for the columns of the model")
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit(Self.values, [1, 1, 1, 1, 1, 1]) }
        == "found rows of 1 person, expected at least 2")
    #expect(
      Self.sentence { () throws(MixedModelError) in try Self.fit([], [], []) }
        == "found 0 rows, expected at least 2 for the columns of the model")
  }

  @Test func contrastsThatDoNotFit() throws {
    let model = try Self.fit()
    for weights in [[0.0, 0], [1], [1, .nan], [1, 2, 3]] {
      #expect(throws: MixedModelError.contrastUnfit(found: weights.count, expected: 2)) {
        try model.contrast(weights)
      }
    }
    #expect(throws: MixedModelError.levelOutOfRange) {
      try model.contrast([0, 1], level: 1)
    }
  }
}
