import Testing
import TrialStatistics

/// Exact error rates of the triangle test, against sums of fractions (Python's `fractions`).
@Suite struct TriangleTestTests {
  @Test func twelveRoundsAtMostSevenRight() throws {
    let test = try TriangleTest(rounds: 12, mostRight: 7)
    #expect(abs(test.failsWhenAlike - 0.01875843226247128) < 1e-12)
    #expect(abs(test.p(right: 8) - 0.01875843226247128) < 1e-12)
    // Noticed in half of the rounds, so that two thirds are right.
    #expect(abs(test.passes(whenNoticedIn: 0.5) - 0.3684792855650957) < 1e-12)
    #expect(test.p(right: 0) == 1)
    #expect(test.passes(whenNoticedIn: 1) == 0)
  }

  @Test func otherSizes() throws {
    #expect(
      abs(try TriangleTest(rounds: 6, mostRight: 3).failsWhenAlike - 0.10013717421124829) < 1e-12)
    #expect(
      abs(try TriangleTest(rounds: 60, mostRight: 26).failsWhenAlike - 0.03969240429091544) < 1e-12)
    #expect(try TriangleTest(rounds: 6, mostRight: 6).failsWhenAlike == 0)
  }

  @Test(arguments: [
    (0, "0.0 %"), (1e-7, "less than 0.1 %"), (0.0004, "less than 0.1 %"), (0.0005, "0.1 %"),
    (0.01876, "1.9 %"), (0.9994, "99.9 %"), (0.99999, "more than 99.9 %"), (1, "100.0 %"),
  ])
  func aSmallChanceIsNoNought(_ chance: Double, _ text: String) {
    #expect(TriangleTest.percent(chance) == text)
  }

  @Test func whatIsNoTest() {
    #expect(throws: SampleError.countOutOfRange(found: 7, trials: 6)) {
      try TriangleTest(rounds: 6, mostRight: 7)
    }
    #expect(throws: SampleError.countOutOfRange(found: 0, trials: 0)) {
      try TriangleTest(rounds: 0, mostRight: 0)
    }
  }
}
