import Testing
import TrialTestSupport

@testable import TrialStatistics

/// Persons drawn anew: whole, seeded, each replicate by itself; and what replicates add up to.
@Suite struct PersonBootstrapTests {
  @Test func eachReplicateIsAFunctionOfSeedAndNumber() {
    let bootstrap = PersonBootstrap(seed: 5, replicates: 10)
    let times = (0..<10).map { bootstrap.times(persons: 40, replicate: $0) }
    #expect(times.allSatisfy { $0.reduce(0, +) == 40 })
    #expect(Set(times).count == 10)
    #expect(PersonBootstrap(seed: 5, replicates: 1).times(persons: 40, replicate: 7) == times[7])
    #expect(PersonBootstrap(seed: 6, replicates: 1).times(persons: 40, replicate: 7) != times[7])
  }

  /// Every person is as likely as any other: 3 persons, 60,000 draws, chi-square with 2 degrees.
  @Test func personsAreDrawnAlike() {
    var total = [0.0, 0, 0]
    let bootstrap = PersonBootstrap(seed: 1, replicates: 20_000)
    for replicate in 0..<20_000 {
      for (person, times) in bootstrap.times(persons: 3, replicate: replicate).enumerated() {
        total[person] += Double(times)
      }
    }
    let chi = total.reduce(0) { $0 + ($1 - 20_000) * ($1 - 20_000) / 20_000 }
    #expect(chi < 13.8)
  }

  /// A model of persons counted twice is the model of a table with their rows twice.
  @Test(arguments: [RandomInterceptModel.Method.restricted, .full, .ordinary])
  func countingIsRepeating(_ method: RandomInterceptModel.Method) throws {
    let data = try #require(try MixedVector.read().sets["unbalanced"]).data
    let columns = data.columns("active + guess")
    let model = try RandomInterceptModel(
      MixedDesign(outcome: data.y, persons: data.person, columns: columns), method: method)
    var order: [Int] = []
    for person in data.person where !order.contains(person) { order.append(person) }
    let times = order.indices.map { [1, 2, 0, 1, 3, 1, 1, 2, 1, 0, 1][$0] }
    var rows: [(row: Int, person: Int)] = []
    for (place, person) in order.enumerated() {
      for copy in 0..<times[place] {
        rows += data.person.indices.filter { data.person[$0] == person }
          .map { ($0, 100 * place + copy) }
      }
    }
    let repeated = try RandomInterceptModel(
      MixedDesign(
        outcome: rows.map { data.y[$0.row] }, persons: rows.map(\.person),
        columns: columns.map { column in
          MixedDesign.Column(column.name, rows.map { column.values[$0.row] })
        }), method: method)
    let counted = try #require(model.coefficients(times: times))
    for (one, other) in zip(counted, repeated.coefficients) {
      #expect(abs(one - other) < 1e-7)
    }
    #expect(model.coefficients(times: [1]) == nil)
    #expect(model.coefficients(times: order.map { $0 == order[0] ? 1 : 0 }) == nil)
  }

  /// Quantiles, standard error and their own errors of 1, 2, … 1,000.
  @Test func summary() throws {
    let values = (1...1_000).map { Double?(Double($0)) } + [nil, nil]
    let summary = try #require(BootstrapSummary(values, level: 0.9))
    #expect(summary.replicates == 1_000)
    #expect(summary.undefined == 2)
    #expect(abs(summary.lower - 50.95) < 1e-9)
    #expect(abs(summary.upper - 950.05) < 1e-9)
    // The rank of a 5 % quantile has a standard deviation of √(1000 · 0.05 · 0.95).
    #expect(abs(summary.lowerError - (47.5).squareRoot()) < 1e-9)
    #expect(abs(summary.standardError - (1_000.0 * 1_001 / 12).squareRoot()) < 1e-9)
    #expect(BootstrapSummary(Array(values.prefix(39)), level: 0.9) == nil)
    #expect(BootstrapSummary(values, level: 1) == nil)
  }

  /// The curve of counted persons is that of their rows repeated.
  @Test func strataOfCountedPersons() {
    let rows = (0..<12).map { row in
      GuessedRows.Row(
        person: row / 3, value: Double(row * row), isActive: row % 2 == 0,
        guessedActive: row % 3 == 0)
    }
    let times = [2, 0, 1, 3]
    let counted = GuessedRows(rows).strata(times: times)
    let repeated = GuessedRows(
      rows.flatMap { row in (0..<times[row.person]).map { _ in row } }
    ).strata()
    #expect(counted == repeated)
    #expect(counted.map(\.count).reduce(0, +) == 18)
  }
}
