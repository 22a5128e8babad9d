import Testing

@testable import TrialStatistics

/// Blinding indices over trials, by hand.
struct PooledGuessesTests {
  private static func table(_ active: [Int], _ reference: [Int]) -> GuessTable {
    GuessTable(
      active: GuessTable.Row(active: active[0], reference: active[1], dontKnow: active[2]),
      reference: GuessTable.Row(
        active: reference[0], reference: reference[1], dontKnow: reference[2]))
  }

  @Test func theErrorIsThatOverTrials() throws {
    let tables = [
      Self.table([8, 1, 1], [2, 6, 2]), Self.table([5, 5, 0], [4, 4, 2]),
      Self.table([0, 0, 0], [0, 0, 0]), Self.table([2, 6, 2], [5, 5, 0]),
    ]
    let pooled = PooledGuesses(tables)
    #expect(pooled.trials == 3)
    let active = try #require(pooled.bangActive)
    // (15 − 12) / 30; without each trial in turn −4/20, 3/20, 7/20, their mean 0.1.
    #expect(abs(active.index - 0.1) < 1e-15)
    let squares = 0.09 + 0.0025 + 0.0625
    #expect(abs(try #require(active.se) - (2.0 / 3 * squares).squareRoot()) < 1e-15)
    // t with 2 degrees of freedom, scipy: 4.302652729749464.
    #expect(
      abs(try #require(active.upper) - min(1, 0.1 + 4.302652729749464 * (active.se ?? 0))) < 1e-12)
    #expect(active.trials == 3)
    let reference = try #require(pooled.bangReference)
    #expect(abs(reference.index - 4.0 / 30) < 1e-15)
    #expect(pooled.james?.index == pooled.table.james?.index)
    #expect(pooled.table.total == 60)
  }

  @Test func oneTrialHasNoErrorOverTrials() throws {
    let pooled = PooledGuesses([Self.table([3, 1, 0], [1, 3, 0])])
    #expect(pooled.bangActive?.index == 0.5)
    #expect(pooled.bangActive?.se == nil && pooled.bangActive?.lower == nil)
    #expect(PooledGuesses([]).bangActive == nil)
    #expect(PooledGuesses([]).trials == 0)
    let everybody = PooledGuesses(Array(repeating: Self.table([5, 0, 0], [0, 5, 0]), count: 4))
    #expect(everybody.bangActive?.index == 1)
    #expect(everybody.bangActive?.upper == 1)
    #expect(everybody.james?.index == 0)
  }
}
