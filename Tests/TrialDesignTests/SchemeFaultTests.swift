import Testing

/// Pins every sentence about schemes.
@Suite struct SchemeFaultTests {
  static let cases: [(old: String, new: String, faults: [String])] = [
    (
      "sizes: [4, 4, 4], active: [2, 2, 2]",
      "sizes: [4, 4, 4], active: [2, 2]",
      [
        "5:38: found 2 active for 3 sizes, expected one number of active slots for each block"
      ]
    ),
    (
      "sizes: [4, 4, 4], active: [2, 2, 2]",
      "sizes: [4, 4, 4], active: [2, 4, 2]",
      [
        "5:42: found 4 active in a block of 4, expected at least one slot of each arm in "
          + "each block"
      ]
    ),
    (
      "sizes: [4, 4, 4], active: [2, 2, 2]",
      "sizes: [4, 4, 04], active: [2, 2, 2]",
      [
        "5:26: found \"04\", expected sizes as a whole number from 1 to 4000 | write plain "
          + "digits, without 0 in front"
      ]
    ),
    (
      "sizes: [4, 4, 4], active: [2, 2, 2]",
      "sizes: [4, 4, 1_0], active: [2, 2, \"2\"]",
      [
        "5:26: found \"1_0\", expected sizes as a whole number from 1 to 4000 | write "
          + "plain digits, without 0 in front",
        "5:47: found \"2\", expected active as a whole number from 1 to 4000 | remove the "
          + "quotes",
      ]
    ),
    (
      "sizes: [4, 4, 4], active: [2, 2, 2]",
      "sizes: [4, 4, 4]",
      [
        "5:11: found blocks without active, expected active: one number for each block"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "pairs: {count: 5}",
      [
        "5:3: found 32 possible sequences, so that the smallest p-value is 0.0625, "
          + "expected at least 40 for the level 0.95 | the smallest design of this kind that "
          + "can is pairs: {count: 6}"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "blocks: {sizes: [4, 4], active: [2, 2]}",
      [
        "5:3: found 36 possible sequences, so that the smallest p-value is 0.0556, "
          + "expected at least 40 for the level 0.95 | the smallest design of this kind that "
          + "can is blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "complete: {slots: 6, active: 3}",
      [
        "5:3: found 20 possible sequences, so that the smallest p-value is 0.1, expected "
          + "at least 40 for the level 0.95 | the smallest design of this kind that can is "
          + "complete: {slots: 8, active: 4}"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "periods: {pairs: 4, length: 7, drop: 2}",
      [
        "5:3: found 16 possible sequences, so that the smallest p-value is 0.125, expected "
          + "at least 40 for the level 0.95 | the smallest design of this kind that can is "
          + "periods: {pairs: 6, length: 7, drop: 2}"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "periods: {pairs: 4, length: 2, drop: 2}",
      [
        "5:40: found \"2\", expected drop below 2, the length of a period"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "phases: {kind: AB, slots: 24, shortest: 5}",
      [
        "5:3: found 15 possible sequences, so that the smallest p-value is 0.1333, "
          + "expected at least 40 for the level 0.95 | the smallest design of this kind that "
          + "can is phases: {kind: AB, slots: 49, shortest: 5}"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "phases: {kind: ABA, slots: 24, shortest: 5}",
      [
        "5:18: found \"ABA\", expected kind: one of AB, ABAB"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "alternation: {slots: 20, active: 15, longestRun: 2}",
      [
        "5:16: found in alternation: a rule that no sequence satisfies, expected a rule "
          + "that some sequence satisfies | loosen the rule: fewer slots of one arm, or a "
          + "longer run"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "alternation: {slots: 8, active: 4, longestRun: 1}",
      [
        "5:3: found 2 possible sequences, so that the smallest p-value is 1, expected at "
          + "least 40 for the level 0.95 | choose a scheme with more sequences"
      ]
    ),
    (
      // One choice at every size: the search for a larger one has to end.
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "weekly: {weeks: 4, activeWeeks: 4, patterns: [ApAp]}",
      [
        "5:3: found 1 possible sequence, so that the smallest p-value is 1, expected at "
          + "least 40 for the level 0.95 | choose a scheme with more sequences",
        "9:10: found a schedule that does not fit the patterns, expected 4 weekdays, one "
          + "for each letter of a pattern",
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "coin: {slots: 14, fewest: 0}",
      [
        "5:3: found a scheme that may leave an arm without a slot, expected every arm in "
          + "every sequence | a coin needs fewest: 1 or more"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "coin: {slots: 5, fewest: 3}",
      [
        "5:9: found in coin: a rule that no sequence satisfies, expected a rule that some "
          + "sequence satisfies | loosen the rule: fewer slots of one arm, or a longer run"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "listed: {assignments: [PAAP, APPA]}",
      [
        "5:3: found 2 possible sequences, so that the smallest p-value is 1, expected at "
          + "least 40 for the level 0.95 | choose a scheme with more sequences"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "listed: {assignments: [PAAP, PAAP, PAX, PA]}",
      [
        "5:38: found \"PAX\", expected an assignment written with the letters p and a"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "listed: {assignments: [PAAP, PAAP]}",
      [
        "5:11: found in listed: sequence 2 twice, expected different sequences"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, AppA]}",
      [
        "5:3: found 24 possible sequences, so that the smallest p-value is 0.0833, "
          + "expected at least 40 for the level 0.95 | the smallest design of this kind that "
          + "can is weekly: {weeks: 5, activeWeeks: 3} with the same patterns",
        "9:10: found a schedule that does not fit the patterns, expected 4 weekdays, one "
          + "for each letter of a pattern",
      ]
    ),
    (
      // A bowl counts its draws; all of it twice is the next size.
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "weekly: {weeks: 4, activeWeeks: 2, patterns: [ApAp, ApAp, AppA, pAAp], alternating: true, "
        + "replacement: false}",
      [
        "5:3: found 24 draws, 2 of them for the commonest sequence, so that the smallest p-value is "
          + "0.1667, expected at least 40 for the level 0.95 | the smallest design of this kind that "
          + "can is weekly: {weeks: 8, activeWeeks: 4, alternating: true, replacement: false} "
          + "with 8 patterns, the same in turn",
        "9:10: found a schedule that does not fit the patterns, expected 4 weekdays, one "
          + "for each letter of a pattern",
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "weekly: {weeks: 4, activeWeeks: 3, patterns: [ApAp, AppA], replacement: false}",
      [
        "5:35: found 3 active weeks, and 2 patterns to draw without replacement, expected at "
          + "most as many active weeks as patterns"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "complete: {slots: 5000, active: 2}",
      [
        "5:21: found \"5000\", expected slots as a whole number from 1 to 4000"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "complete: {slots: 12, active: 12}",
      [
        "5:33: found 12 active of 12 slots, expected fewer active slots than slots"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "pair: {count: 12}",
      [
        "5:3: found the unknown key \"pair\" in scheme, expected one of complete, blocks, "
          + "pairs, alternation, periods, phases, coin, weekly, listed | did you mean pairs?"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "pairs: {count: 12}\n  coin: {slots: 20, fewest: 3}",
      [
        "5:3: found 2 schemes, expected one of complete, blocks, pairs, alternation, "
          + "periods, phases, coin, weekly, listed"
      ]
    ),
    (
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
      "pairs: 12",
      [
        "5:10: found \"12\", expected pairs as keys and values: count"
      ]
    ),
  ]

  @Test(arguments: cases.indices) func sentence(index: Int) {
    let (old, new, faults) = Self.cases[index]
    #expect(Draft.text.contains(old))
    #expect(Draft.faults(Draft.with(old, new)) == faults.map { "p.yaml:" + $0 })
  }
}
