import BlindRecord
import Testing
import TrialDesign

/// Pins every sentence about schemes of more than two arms, and about blocks in each of their forms.
@Suite struct ArmFaultTests {
  static let three = Draft.with("[placebo, active]", "[placebo, active, {name: none, pill: none}]")

  static let ofThree: [(scheme: String, faults: [String])] = [
    ("blocks: {each: [2, 2, 2], repeat: 3}", []),
    ("blocks: {counts: [[2, 2, 2], [1, 1, 1], [2, 2, 1]], order: shuffled}", []),
    ("complete: {counts: [6, 6, 6]}", []),
    ("alternation: {counts: [4, 4, 4], longestRun: 2}", []),
    ("periods: {sets: 6, length: 2, drop: 1}", []),
    ("coin: {slots: 12, fewest: 2}", []),
    (
      "pairs: {count: 12}",
      [
        "5:10: found pairs with 3 arms, expected pairs with two arms | blocks: {each: [1, 1, 1], "
          + "repeat: …} is the same for more arms"
      ]
    ),
    (
      "phases: {kind: AB, slots: 60, shortest: 5}",
      [
        "5:11: found phases with 3 arms, expected phases with two arms | listed: {assignments: "
          + "…} takes any sequences of phases"
      ]
    ),
    (
      "complete: {slots: 12, active: 6}",
      [
        "5:13: found complete without counts, expected counts: the slots of each of the 3 arms, "
          + "the reference first"
      ]
    ),
    (
      "complete: {counts: [6, 6]}",
      [
        "5:22: found 2 numbers, expected one number for each of the 3 arms, the reference first"
      ]
    ),
    (
      "complete: {counts: [6, 6, 6], slots: 18}",
      [
        "5:40: found slots beside counts, expected one way to write the numbers | remove one of "
          + "the two"
      ]
    ),
    (
      "blocks: {sizes: [6, 6], active: [3, 3]}",
      [
        "5:11: found blocks without counts, expected counts: for each block its slots of each "
          + "arm, or each and repeat | blocks: {each: [1, 1, 1], repeat: 10}"
      ]
    ),
    (
      "periods: {pairs: 6, length: 2}",
      ["5:12: found periods without sets, expected sets from 1 to 4000"]
    ),
    (
      "periods: {sets: 6, pairs: 6, length: 2}",
      [
        "5:29: found pairs beside sets, expected one way to write the numbers | remove one of "
          + "the two"
      ]
    ),
    (
      "coin: {slots: 12, fewest: 0}",
      [
        "5:3: found a scheme that may leave an arm without a slot, expected every arm in every "
          + "sequence | a coin needs fewest: 1 or more"
      ]
    ),
    (
      "listed: {assignments: [PAPA, APAP]}",
      ["5:25: found no assignment with \"none\", expected every arm in some assignment"]
    ),
    (
      "listed: {assignments: [PANX]}",
      ["5:26: found \"PANX\", expected an assignment written with the letters p, a and n"]
    ),
    (
      "blocks: {each: [1, 1, 1], repeat: 4}",
      [
        "5:3: found 16 sequences for one contrast, given the other arms' slots, so that the "
          + "smallest p-value is 0.125, expected at least 40 for the level 0.95 | the smallest "
          + "design of this kind that can is blocks: {counts: [[1, 1, 1], [1, 1, 1], [1, 1, 1], "
          + "[1, 1, 1], [1, 1, 1], [1, 1, 1]]}"
      ]
    ),
    (
      "complete: {counts: [2, 2, 2]}",
      [
        "5:3: found 6 sequences for one contrast, given the other arms' slots, so that the "
          + "smallest p-value is 0.3333, expected at least 40 for the level 0.95 | the smallest "
          + "design of this kind that can is complete: {counts: [4, 4, 4]}"
      ]
    ),
    (
      // 174 sequences, but given where the third arm lies at most 8 are left.
      "alternation: {counts: [3, 3, 3], longestRun: 1}",
      [
        "5:3: found at most 8 sequences for one contrast, given the other arms' slots, so that "
          + "the smallest p-value is 0.25, expected at least 40 for the level 0.95 | the "
          + "smallest design of this kind that can is alternation: {counts: [5, 6, 6], longestRun: 1}"
      ]
    ),
    (
      "periods: {sets: 3, length: 2}",
      [
        "5:3: found 8 sequences for one contrast, given the other arms' slots, so that the "
          + "smallest p-value is 0.25, expected at least 40 for the level 0.95 | the smallest "
          + "design of this kind that can is periods: {sets: 6, length: 2, drop: 0}"
      ]
    ),
  ]

  @Test(arguments: ofThree.indices) func sentenceOfThreeArms(index: Int) {
    let (scheme, faults) = Self.ofThree[index]
    let text = Self.three.replacing("blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", with: scheme)
    #expect(Draft.faults(text) == faults.map { "p.yaml:" + $0 })
  }

  static let blocks: [(scheme: String, faults: [String])] = [
    ("blocks: {each: [2, 2], repeat: 3}", []),
    ("blocks: {counts: [[2, 2], [1, 3], [2, 2]]}", []),
    ("blocks: {sizes: [4, 2, 6], active: [2, 1, 3], order: shuffled}", []),
    (
      "blocks: {sizes: [4, 2], active: [2, 1], order: random}",
      ["5:50: found \"random\", expected order: one of fixed, shuffled"]
    ),
    (
      "blocks: {each: [2, 2], sizes: [4]}",
      [
        "5:33: found sizes beside each, expected one way to write the numbers | remove one of "
          + "the two"
      ]
    ),
    (
      "blocks: {counts: [[2, 2]], repeat: 3}",
      [
        "5:38: found repeat beside counts, expected one way to write the numbers | remove one "
          + "of the two"
      ]
    ),
    (
      "blocks: {each: [2, 2]}",
      ["5:11: found blocks without repeat, expected repeat from 1 to 4000"]
    ),
    (
      "blocks: {repeat: 4}",
      ["5:11: found blocks without each, expected each: the slots of each arm in a block"]
    ),
    (
      "blocks: {sizes: [2, 2, 2], active: [1, 1, 1], order: shuffled}",
      [
        "5:3: found 8 possible sequences, so that the smallest p-value is 0.25, expected at "
          + "least 40 for the level 0.95 | the smallest design of this kind that can is blocks: "
          + "{sizes: [2, 2, 2, 2, 2, 2], active: [1, 1, 1, 1, 1, 1]}"
      ]
    ),
    (
      "blocks: {sizes: [2, 4], active: [1, 2], order: shuffled}",
      [
        "5:3: found 16 possible sequences, so that the smallest p-value is 0.125, expected at "
          + "least 40 for the level 0.95 | the smallest design of this kind that can is blocks: "
          + "{sizes: [2, 4, 2], active: [1, 2, 1], order: shuffled}"
      ]
    ),
  ]

  @Test(arguments: blocks.indices) func sentenceOfBlocks(index: Int) {
    let (scheme, faults) = Self.blocks[index]
    let text = Draft.with("blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", scheme)
    #expect(Draft.faults(text) == faults.map { "p.yaml:" + $0 })
  }

  /// One side needs half as many sequences.
  @Test func aOneSidedPlanNeedsHalfAsManySequences() {
    let text = Draft.with("blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", "pairs: {count: 5}")
    #expect(Draft.faults(text).count == 1)
    let oneSided = text.replacing("level: 0.95", with: "level: 0.95\n  sides: greater")
    #expect(Draft.faults(oneSided) == [])
    #expect(
      Draft.faults(oneSided.replacing("count: 5", with: "count: 4")) == [
        "p.yaml:5:3: found 16 possible sequences, so that the smallest p-value is 0.0625, "
          + "expected at least 20 for the level 0.95 | the smallest design of this kind that can "
          + "is pairs: {count: 5}"
      ])
  }

  @Test func theWholePlanIsRead() throws {
    let text = Self.three
      .replacing(
        "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
        with: "blocks: {each: [1, 1, 1], repeat: 8}"
      )
      .replacing(
        "items:",
        with: "items:\n  - {name: calm, prompt: Calm?, type: number, range: [0, 5]}"
      )
      .replacing(
        "level: 0.95",
        with: """
          level: 0.95
            alsoTested: [calm]
            adjust: [previous, trend]
            sides: absolute
            midP: true
            carryOver: {lag: true, dropUpTo: 1}
            prior: {effectSD: 2.5, autocorrelation: reference}
          """)
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    #expect(design.arms.map(\.hasPill) == [true, true, false])
    #expect(design.plan.alsoTested == ["calm"])
    #expect(design.plan.adjustments == [.trend, .previous])
    #expect(design.plan.sides == .absolute && design.plan.midP)
    #expect(design.plan.carryOver == AnalysisPlan.CarryOver(lag: true, dropUpTo: 1))
    #expect(design.plan.priors.effectSD?.value == 2.5)
    #expect(design.plan.priors.autocorrelation == .reference)
  }
}
