import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@Suite struct OpenDesignTests {
  static let schemes: [(String, RandomizationScheme, Int)] = [
    (
      "blocks: {sizes: [4, 6, 2], active: [2, 3, 1]}",
      .blocks(PermutedBlocks(sizes: [4, 6, 2], active: [2, 3, 1])), 12
    ),
    ("pairs: {count: 14}", .pairs(RandomizedPairs(count: 14)), 28),
    (
      "complete: {slots: 20, active: 10}",
      .complete(CompleteRandomization(slots: 20, active: 10)), 20
    ),
    (
      "alternation: {slots: 56, active: 28, longestRun: 3}",
      .alternation(RestrictedAlternation(slots: 56, active: 28, longestRun: 3)), 56
    ),
    (
      "periods: {pairs: 4, length: 5, drop: 2}      # a comment",
      .periods(RandomizedPeriods(pairs: 4, length: 5, drop: 2)), 40
    ),
    (
      "phases: {kind: AB, slots: 24, shortest: 5}",
      .phases(RandomizedPhases(kind: .AB, slots: 24, shortest: 5)), 24
    ),
    ("coin: {slots: 14, fewest: 3}", .coin(BoundedCoin(slots: 14, fewest: 3)), 14),
    (
      "listed: {assignments: [PAAP, APPA]}",
      .listed([Assignment(arms: [0, 1, 1, 0]), Assignment(arms: [1, 0, 0, 1])]), 4
    ),
  ]

  @Test(arguments: schemes.indices) func vocabulary(index: Int) throws {
    let (text, scheme, slots) = Self.schemes[index]
    let file = """
      arms: [placebo, active]            # the first is the reference
      scheme:                            # one of
        \(text)
      analysis:
        statistic: mean-difference       # or block-adjusted
        whitening: none                  # or estimated, or a number
        level: 0.95
      """
    let design = try OpenDesign(bytes: Array(file.utf8), file: "design.yaml")
    #expect(design.scheme == scheme)
    #expect(design.scheme.slotCount == slots)
    #expect(design.arms.map(\.name) == ["placebo", "active"])
    #expect(
      design.plan
        == AnalysisPlan(
          outcome: "", statistic: .meanDifference, whitening: .none, level: 0.95))
  }

  @Test func whatIsNotStatedIsThePlainTest() throws {
    let file = "{arms: [a, b], scheme: {pairs: {count: 2}}, analysis: {whitening: estimated}}"
    let design = try OpenDesign(bytes: Array(file.utf8), file: "d.yaml")
    #expect(design.plan.whitening == .estimated)
    #expect(design.plan.level == 0.95)
    let short = "{arms: [a, b], scheme: {pairs: {count: 2}}}"
    #expect(try OpenDesign(bytes: Array(short.utf8), file: "d.yaml").plan.whitening == .none)
  }

  @Test func aWholeProtocolIsADesign() throws {
    let design = try OpenDesign(bytes: ExampleProtocols.periods, file: "protocol.yaml")
    #expect(design.plan.outcome == "mood")
    #expect(
      design.scheme.keptSlots.prefix(8) == [false, false, true, true, true, true, true, false])
    #expect(design.scheme.blocks.first == 0..<14)
    #expect(design.scheme.blocks.count == 8)
  }

  @Test func faultsAreThoseOfAProtocol() {
    let file = "arms: [a, a]\nscheme: {pair: {count: 2}}\nanalysis: {level: high}\nnote: x\n"
    #expect {
      try OpenDesign(bytes: Array(file.utf8), file: "d.yaml")
    } throws: { error in
      (error as? ProtocolFaults)?.faults.map { "\($0.line):\($0.column)" } == [
        "1:11", "2:10", "3:19", "4:1",
      ]
    }
    #expect {
      try OpenDesign(bytes: Array("selfblind: 2\narms: [a, b]".utf8), file: "d.yaml")
    } throws: { error in
      (error as? ProtocolFaults)?.description
        == "d.yaml:1:12: found the format selfblind: 2, expected selfblind: 1"
        + " (the file was written for a newer selfblind; use that version)"
    }
  }
}
