import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

/// Schemes made by code instead of a file: impossible ones are refused, never a crash.
@Suite struct SchemeErrorTests {
  static let cases: [(RandomizationScheme, SchemeError)] = [
    (.pairs(RandomizedPairs(count: 0)), .noSlots),
    (.pairs(RandomizedPairs(count: -3)), .noSlots),
    (.pairs(RandomizedPairs(count: 2001)), .tooManySlots(4002)),
    (.listed([]), .noSlots),
    (
      .complete(CompleteRandomization(slots: 4, active: 4)),
      .tooSmall("slots of an arm", 0, least: 1)
    ),
    (
      .complete(CompleteRandomization(slots: 4, active: 5)),
      .tooSmall("slots of an arm", -1, least: 1)
    ),
    (.complete(CompleteRandomization(counts: [3])), .tooFewArms),
    (.complete(CompleteRandomization(counts: [])), .noSlots),
    (.blocks(PermutedBlocks(sizes: [4, 2], active: [2, 2])), .unbalancedBlock(2)),
    (.blocks(PermutedBlocks(counts: [[1, 1], [1, 1, 1]])), .unbalancedBlock(2)),
    (.blocks(PermutedBlocks(counts: [[-1, 2]])), .unbalancedBlock(1)),
    (.blocks(PermutedBlocks(counts: [[1, 1], [2]], isShuffled: true)), .unbalancedBlock(2)),
    (
      .blocks(PermutedBlocks(counts: (1...20).map { [$0, 1] }, isShuffled: true)),
      .tooManyStates
    ),
    (
      .blocks(PermutedBlocks(counts: (1...100).map { [$0, 1] }, isShuffled: true)),
      .tooManyStates
    ),
    (.coin(BoundedCoin(slots: 900, fewest: 100, arms: 6)), .tooManyStates),
    (
      .alternation(RestrictedAlternation(slots: 9, active: 1, longestRun: 2)), .impossible
    ),
    (
      .alternation(RestrictedAlternation(slots: 9, active: 4, longestRun: 0)),
      .tooSmall("longestRun", 0, least: 1)
    ),
    (.periods(RandomizedPeriods(pairs: 2, length: 0)), .tooSmall("length", 0, least: 1)),
    (.periods(RandomizedPeriods(pairs: 2, length: 3, drop: 3)), .armLeftOut),
    (.periods(RandomizedPeriods(pairs: 2, length: 3, drop: -1)), .tooSmall("drop", -1, least: 0)),
    (.phases(RandomizedPhases(kind: .ABAB, slots: 7, shortest: 2)), .impossible),
    (
      .phases(RandomizedPhases(kind: .AB, slots: 7, shortest: 0)),
      .tooSmall("shortest", 0, least: 1)
    ),
    (.coin(BoundedCoin(slots: 5, fewest: 3)), .impossible),
    (.coin(BoundedCoin(slots: -5, fewest: 1)), .noSlots),
    (.listed([Assignment(arms: [0, 1]), Assignment(arms: [0])]), .unequalLength(2)),
    (.listed([Assignment(arms: [0, 1]), Assignment(arms: [0, 1])]), .repeated(2)),
    (
      .weekly(WeeklySets(weeks: 2, activeWeeks: 1, patterns: [[1, 0], [0, 0]])), .emptyPattern(2)
    ),
    (.weekly(WeeklySets(weeks: 2, activeWeeks: 3, patterns: [[1, 0]])), .impossible),
    (.weekly(WeeklySets(weeks: 1, activeWeeks: 1, patterns: [[1, 1]])), .armLeftOut),
    (
      .weekly(WeeklySets(weeks: 5, activeWeeks: 1, patterns: [[1]], alternating: true)), .impossible
    ),
  ]

  @Test func impossibleSchemesAreRefused() {
    for (scheme, error) in Self.cases {
      #expect(throws: error) { try scheme.automaton() }
      // Asking an impossible scheme anything else is answered too.
      #expect(scheme.keptSlots.count == scheme.slotCount)
      #expect(scheme.blocks.allSatisfy { $0.upperBound <= scheme.slotCount })
    }
  }

  @Test func sentences() {
    let spoken = Self.cases.map(\.1) + [.tooManyStates, .foreignNumber, .tooFewArms]
    for error in spoken {
      #expect(error.message.hasPrefix("found "))
      #expect(error.message.contains(", expected "))
      #expect(error.message.first?.isLowercase == true && !error.message.hasSuffix("."))
    }
    #expect(
      SchemeError.unbalancedBlock(2).description
        == "found no slot of one arm in block 2, expected at least one slot of every arm in each"
        + " block")
    #expect(
      SchemeError.tooManyStates.description
        == "found a rule with more than a million states, expected a simpler rule"
        + " (fewer slots, fewer arms, or fewer different blocks in a shuffled order)")
    #expect(
      SchemeError.tooManySlots(4002).description
        == "found a scheme of 4002 slots, expected at most 4000"
        + " (plan a shorter trial, or several trials)")
  }

  /// 2 / 8 = 0.25 reaches the level 0.75 and no higher one.
  @Test func aLevelIsReachedExactly() throws {
    let just = ExampleProtocols.text(scheme: "pairs: {count: 3}", level: "0.75")
    #expect(try ExampleProtocols.read(just).plan.level == 0.75)
    let above = ExampleProtocols.text(scheme: "pairs: {count: 3}", level: "0.7501")
    #expect(
      Draft.faults(above) == [
        "p.yaml:5:3: found 8 possible sequences, so that the smallest p-value is 0.25, expected at"
          + " least 9 for the level 0.7501"
          + " | the smallest design of this kind that can is pairs: {count: 4}"
      ])
  }
}
