import Testing

@testable import TrialAnalysis

@Suite struct AtOnceTests {
  /// The first elements take longest, so that others overtake them.
  @Test(arguments: [1, 2, 7]) func theOrderIsThatOfTheElements(_ workers: Int) {
    let numbers = Array(0..<50)
    let found = AtOnce.map(numbers, workers: workers) { number -> Int? in
      var sum = 0
      for step in 0..<(50 - number) * 1_000 { sum &+= step }
      return number % 3 == 0 ? nil : number + (sum & 0)
    }
    #expect(found == numbers.map { $0 % 3 == 0 ? nil : $0 })
    #expect(AtOnce.map([Int](), workers: workers) { $0 } == [])
  }
}
