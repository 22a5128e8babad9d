import Testing
import TrialDesign

/// Pins every sentence about who packs.
@Suite struct PackingFaultTests {
  static let cases: [(part: String, faults: [String])] = [
    ("{by: participant, spares: 2}", []),
    ("{by: pharmacy, spares: 0}", []),
    ("{by: participant, spares: 2, matching: {rounds: 12, mostRight: 7}}", []),
    (
      "{by: me, spares: 2}",
      ["30:15: found \"me\", expected by: one of helper, pharmacy, participant"]
    ),
    (
      "{spares: 2}",
      ["30:10: found packing without by, expected by: helper, pharmacy or participant"]
    ),
    (
      "{by: helper}", ["30:10: found packing without spares, expected spares: how many of each arm"]
    ),
    (
      "{by: helper, spares: 21}",
      ["30:31: found \"21\", expected spares as a whole number from 0 to 20"]
    ),
    (
      "{by: helper, spares: 1, matching: {rounds: 12, mostRight: 7}}",
      [
        "30:44: found a matching test with another packer, expected matching with by: participant only"
          + " | leave matching out: whoever packs can compare the capsules"
      ]
    ),
    (
      "{by: participant, spares: 1, matching: {rounds: 7, mostRight: 3}}",
      [
        "30:58: found 7 rounds, expected an even number of rounds | each of the two is the odd one in half "
          + "of them"
      ]
    ),
    (
      "{by: participant, spares: 1, matching: {rounds: 12, mostRight: 12}}",
      ["30:73: found \"12\", expected mostRight as a whole number from 0 to 11"]
    ),
    (
      "{by: participant, spares: 1, matching: {rounds: 12}}",
      ["30:49: found matching without mostRight, expected mostRight: such as 7 of 12 rounds"]
    ),
    (
      "{by: participant, spares: 1, cups: 3}",
      [
        "30:39: found the unknown key \"cups\" in packing, expected one of by, spares, matching"
      ]
    ),
    (
      "helper",
      ["30:10: found \"helper\", expected packing as keys and values: by, spares, matching"]
    ),
  ]

  @Test(arguments: cases.indices)
  func sentence(_ place: Int) {
    let (part, faults) = Self.cases[place]
    #expect(Draft.faults(Draft.text + "packing: \(part)\n") == faults.map { "p.yaml:" + $0 })
  }

  @Test func threeArmsWithAPillAreNotMatched() {
    let text = Draft.text.replacing("[placebo, active]", with: "[placebo, active, other]")
      .replacing("{sizes: [4, 4, 4], active: [2, 2, 2]}", with: "{each: [2, 2, 2], repeat: 4}")
    let part = "packing: {by: participant, spares: 1, matching: {rounds: 12, mostRight: 7}}\n"
    #expect(
      Draft.faults(text + part) == [
        "p.yaml:30:49: found a matching test of 3 arms with a pill, expected two arms with a pill | leave "
          + "matching out and compare them by pairs"
      ])
  }

  @Test func theMostSlotsOfAnArmAreThoseOfAnySequence() throws {
    for (text, expected) in [
      ("complete: {slots: 9, active: 4}", [5, 4]), ("coin: {slots: 10, fewest: 3}", [7, 7]),
      ("phases: {kind: AB, slots: 12, shortest: 3}", [9, 9]),
    ] {
      let file = Draft.text.replacing(
        "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}", with: text
      ).replacing("level: 0.95", with: "level: 0.5")
      let design = try TrialProtocol(bytes: Array(file.utf8), file: "p.yaml")
      let automaton = try design.scheme.automaton()
      // The naive twin: every sequence, counted.
      let counted = (0..<2).map { arm in
        automaton.assignments().map { one in one.arms.count { $0 == arm } }.max()
      }
      #expect(automaton.mostSlotsByArm == expected)
      #expect(counted == expected)
    }
  }
}
