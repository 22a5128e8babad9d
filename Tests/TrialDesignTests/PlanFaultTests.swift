import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

/// Pins every sentence about the parts of the plan beyond the plain test.
@Suite struct PlanFaultTests {
  static let cases: [(old: String, new: String, faults: [String])] = [
    (
      "outcome: mood", "outcome: mood\n  alsoTested: [mood]",
      ["22:16: found the outcome \"mood\" again, expected each outcome once"]
    ),
    (
      "outcome: mood", "outcome: mood\n  alsoTested: [nap]",
      ["22:16: found \"nap\", expected the name of an item of type number: mood"]
    ),
    (
      "outcome: mood", "outcome: mood\n  alsoTested: mood",
      ["22:15: found \"mood\", expected alsoTested as a list | write it as [first, second]"]
    ),
    (
      "level: 0.95", "level: 0.95\n  adjust: [trend, moon]",
      ["25:19: found \"moon\", expected adjust: one of trend, weekday, previous"]
    ),
    (
      "level: 0.95", "level: 0.95\n  adjust: [trend, trend]",
      ["25:11: found an adjustment twice, expected each adjustment once"]
    ),
    (
      "level: 0.95", "level: 0.95\n  sides: both",
      ["25:10: found \"both\", expected sides: one of doubled, absolute, greater, less"]
    ),
    (
      "level: 0.95", "level: 0.95\n  midP: yes",
      ["25:9: found \"yes\", expected midP as true or false"]
    ),
    (
      "level: 0.95", "level: 0.95\n  carryOver: {}",
      [
        "25:14: found a carryOver without lag: true or dropUpTo, expected what is to be looked "
          + "at | remove carryOver for none"
      ]
    ),
    (
      "level: 0.95", "level: 0.95\n  carryOver: {lag: 1, dropUpTo: 31}",
      [
        "25:20: found \"1\", expected lag as true or false",
        "25:33: found \"31\", expected dropUpTo as a whole number from 0 to 30",
      ]
    ),
    (
      "level: 0.95", "level: 0.95\n  monitoring: {from: 2}",
      [
        "25:15: found monitoring without sd, expected sd: a guess of the standard deviation of ordinary days"
      ]
    ),
    (
      "level: 0.95", "level: 0.95\n  monitoring: {sd: 0}",
      ["25:20: found \"0\", expected sd above 0, in the outcome's unit"]
    ),
    (
      "level: 0.95", "level: 0.95\n  monitoring: {sd: 1, from: 0}",
      ["25:29: found \"0\", expected from as a whole number from 1 to 500"]
    ),
    (
      "level: 0.95", "level: 0.95\n  monitoring: {sd: 1, from: 4}",
      [
        "25:15: found the first look after 4 blocks, expected at most 3, which is all there are | "
          + "leave monitoring out for a trial that runs to its end"
      ]
    ),
    (
      "level: 0.95", "level: 0.95\n  prior: {effectSD: 0}",
      ["25:21: found \"0\", expected effectSD above 0, in the outcome's unit"]
    ),
    (
      "level: 0.95", "level: 0.95\n  prior: {effectSD: 11}",
      ["25:21: found \"11\", expected effectSD within the range of mood, at most 10"]
    ),
    (
      "level: 0.95", "level: 0.95\n  prior: {autocorrelation: flat}",
      ["25:28: found \"flat\", expected autocorrelation: one of uniform, reference"]
    ),
    (
      "whitening: none", "whitening: estimated\n  adjust: [trend]\n  sides: less",
      []
    ),
    (
      "statistic: mean-difference\n  whitening: none",
      "statistic: rank-sum\n  whitening: estimated",
      [
        "23:14: found whitening beside the statistic rank-sum, expected whitening: none | "
          + "mean-difference and block-adjusted take adjustments and whitening"
      ]
    ),
    (
      "statistic: mean-difference", "statistic: studentised\n  adjust: [weekday]",
      [
        "23:11: found adjust beside the statistic studentised, expected no adjust | "
          + "mean-difference and block-adjusted take adjustments and whitening"
      ]
    ),
    (
      "statistic: mean-difference", "statistic: signed-rank",
      [
        "22:14: found signed-rank with the scheme blocks, expected a scheme of pairs: pairs, "
          + "blocks of two, or periods in pairs | rank-sum takes every scheme"
      ]
    ),
  ]

  @Test func signedRanksHaveALimit() throws {
    func read(_ pairs: Int) throws -> TrialProtocol {
      try ExampleProtocols.read(
        ExampleProtocols.text(scheme: "pairs: {count: \(pairs)}", statistic: "signed-rank"))
    }
    _ = try read(1_000)
    let error = #expect(throws: ProtocolFaults.self) { try read(1_001) }
    let words = String(describing: error)
    #expect(words.contains("signed-rank with 1001 pairs"), "\(words)")
  }

  @Test(arguments: cases.indices) func sentence(index: Int) {
    let (old, new, faults) = Self.cases[index]
    #expect(Draft.text.contains(old))
    #expect(Draft.faults(Draft.with(old, new)) == faults.map { "p.yaml:" + $0 })
  }

  /// Leaving out as many slots as any run can have leaves nothing, under no assignment.
  @Test func noMoreSlotsAreLeftOutThanARunCanHave() {
    let blocks = "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"
    for (scheme, longest) in [
      ("pairs: {count: 6}", 2), (blocks, 4), ("periods: {pairs: 6, length: 4, drop: 1}", 8),
      ("alternation: {slots: 12, active: 6, longestRun: 3}", 3),
    ] {
      let text = Draft.with(blocks, scheme)
      func faults(_ drop: Int) -> [String] {
        Draft.faults(
          text.replacing("level: 0.95", with: "level: 0.95\n  carryOver: {dropUpTo: \(drop)}"))
      }
      #expect(faults(longest - 1) == [], "\(scheme)")
      #expect(
        faults(longest) == [
          "p.yaml:25:14: found dropUpTo: \(longest) where no arm has more than \(longest) slots in "
            + "a row, expected dropUpTo below \(longest), so that slots are left | leave out fewer "
            + "slots"
        ], "\(scheme)")
    }
  }

  /// Where the first slots of a period are left out, every other one has its own arm before it.
  @Test func noLagWhereTheSlotBeforeIsAlwaysOfTheSameArm() {
    let blocks = "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"
    func faults(_ drop: Int) -> [String] {
      Draft.faults(
        Draft.with(blocks, "periods: {pairs: 6, length: 4, drop: \(drop)}")
          .replacing("level: 0.95", with: "level: 0.95\n  carryOver: {lag: true}"))
    }
    #expect(faults(0) == [])
    #expect(
      faults(1) == [
        "p.yaml:25:14: found lag: true where the first slot of each period is left out, expected no lag: "
          + "at every slot that is left the arm before is the slot's own | the slots that are left out are "
          + "the guard against carry-over"
      ])
  }

  @Test func whereEverySlotIsAChangeNoneIsLeftOut() {
    let text = ArmFaultTests.three
      .replacing(
        "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}",
        with: "alternation: {counts: [6, 6, 6], longestRun: 1}"
      )
      .replacing("level: 0.95", with: "level: 0.95\n  carryOver: {dropUpTo: 1}")
    #expect(
      Draft.faults(text) == [
        "p.yaml:25:14: found dropUpTo: 1 where no arm has more than 1 slots in a row, expected no "
          + "dropUpTo | periods give an arm several slots in a row"
      ])
  }

  @Test func aRuleForStoppingIsRead() throws {
    let text = Draft.with("level: 0.95", "level: 0.95\n  monitoring: {sd: 1.5, from: 2}")
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    #expect(
      design.plan.monitoring
        == AnalysisPlan.Monitoring(sd: DecimalNumber(units: 15, decimals: 1), from: 2))
    let plain = Draft.with("level: 0.95", "level: 0.95\n  monitoring: {sd: 1}")
    #expect(
      try TrialProtocol(bytes: Array(plain.utf8), file: "p.yaml").plan.monitoring?.from == 1)
  }

  /// Looks need blocks that are drawn independently of each other.
  @Test(arguments: [
    "complete: {slots: 12, active: 6}", "blocks: {sizes: [14], active: [7]}",
    "blocks: {sizes: [4, 6, 4], active: [2, 3, 2], order: shuffled}",
    "alternation: {slots: 12, active: 6, longestRun: 3}",
  ])
  func schemesThatCannotBeLookedAt(_ scheme: String) {
    let text = Draft.with("blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", scheme)
      .replacing("level: 0.95", with: "level: 0.95\n  monitoring: {sd: 1}")
    let name = scheme.prefix { $0 != ":" }
    #expect(
      Draft.faults(text) == [
        "p.yaml:25:15: found monitoring with the scheme \(name), expected two arms in blocks of a "
          + "fixed order, pairs, or pairs of periods | only blocks that are drawn independently can be "
          + "looked at one by one"
      ])
  }

  @Test func blocksThatAreTooLargeToBeListed() {
    let text = Draft.with(
      "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", "blocks: {sizes: [22, 4], active: [11, 2]}"
    ).replacing("level: 0.95", with: "level: 0.95\n  monitoring: {sd: 1}")
    #expect(
      Draft.faults(text) == [
        "p.yaml:25:15: found monitoring of a block with more sequences than can be listed, expected at "
          + "most 200000 sequences in each block | smaller blocks can be looked at more often"
      ])
  }

  @Test func oneOutcomeIsLookedAt() {
    let text = Draft.with(
      "    range: [0, 10]",
      "    range: [0, 10]\n  - {name: sleep, prompt: Sleep?, type: number, range: [0, 10]}"
    )
    .replacing("outcome: mood", with: "outcome: mood\n  alsoTested: [sleep]")
    .replacing("level: 0.95", with: "level: 0.95\n  monitoring: {sd: 1}")
    #expect(
      Draft.faults(text) == [
        "p.yaml:27:15: found monitoring beside alsoTested, expected one outcome to be looked at | "
          + "outcomes that are not named in the plan are reported all the same"
      ])
  }
}
