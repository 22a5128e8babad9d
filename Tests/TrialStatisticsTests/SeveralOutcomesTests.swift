import Testing
import TrialStatistics

@Suite("Several outcomes")
struct SeveralOutcomesTests {
  @Test("Holm against R and statsmodels")
  func holm() throws {
    guard let r = try PeerValues.r(), let python = try PeerValues.python(),
      let inputs = try PeerValues.inputs()
    else { return }
    for name in inputs.pvalues.names {
      let found = try SeveralOutcomes.holm(inputs.pvalues[name].numbers)
      for wanted in [r.padjust[name].holm, python.padjust[name].holm] {
        #expect(found.count == wanted.list.count)
        for (one, other) in zip(found, wanted.numbers) { #expect(agree(one, other, 1e-14)) }
      }
    }
    #expect(inputs.pvalues.names.count == 3)
  }

  @Test("max-T and min-P, step-down and single step, against the exact fractions of the oracle")
  func oracle() throws {
    guard let oracle = try PeerValues.python()?.multiOutcome_oracle,
      let inputs = try PeerValues.inputs()?.multiOutcome
    else { return }
    for name in inputs.names {
      let data = inputs[name]
      let assignment = data.assignment.numbers
      let outcomes = data.outcomes.list.map(\.numbers)
      let size = Int(data.blockSize.number)
      let set = balancedBlocks(size: size, count: assignment.count / size)
      let reference = set.map { z in outcomes.map { difference($0, z) } }
      #expect(Double(reference.count) == oracle[name].assignments.number)
      let observed = outcomes.map { difference($0, assignment) }
      let found = try ReferenceAdjustment(observed: observed, reference: reference)
      let least = try ReferenceAdjustment(
        observed: observed, reference: reference, measure: .minP)
      func same(_ values: [Double], _ key: String) {
        for (value, wanted) in zip(values, oracle[name][key].list) {
          #expect(agree(value, wanted.numerator.number / wanted.denominator.number, 1e-15))
        }
        #expect(values.count == oracle[name][key].list.count)
      }
      same(found.raw, "rawTwoSided")
      same(found.stepDown, "maxT_randomizationSD_stepdown")
      same(found.singleStep, "maxT_randomizationSD_singlestep")
      same(least.raw, "rawTwoSided")
      same(least.stepDown, "minP_stepdown")
      same(least.singleStep, "minP_singlestep")
      let holm = try SeveralOutcomes.holm(found.raw)
      for (one, other) in zip(holm, oracle[name].holmOfRaw.numbers) { #expect(agree(one, other)) }
    }
    #expect(inputs.names.count == 2)
  }

  private func difference(_ values: [Double], _ assignment: [Double]) -> Double {
    let active = zip(values, assignment).filter { $1 == 1 }.map { $0.0 }
    let reference = zip(values, assignment).filter { $1 == 0 }.map { $0.0 }
    return active.reduce(0, +) / Double(active.count)
      - reference.reduce(0, +) / Double(reference.count)
  }

  private func balancedBlocks(size: Int, count: Int) -> [[Double]] {
    let block = (0..<(1 << size)).filter { $0.nonzeroBitCount == size / 2 }.map { bits in
      (0..<size).map { Double(bits >> $0 & 1) }
    }
    return (0..<count).reduce(into: [[]]) { all, _ in
      all = all.flatMap { start in block.map { start + $0 } }
    }
  }

  @Test("by hand: two outcomes over four assignments")
  func byHand() throws {
    let set: [[Double]] = [[2, 1], [1, -1], [-1, 1], [-2, -1]]
    let found = try ReferenceAdjustment(observed: [2, 1], reference: set)
    // Scales √2.5 and 1: sizes 1.265 and 1; the largest over the rows 1.265, 1, 1, 1.265.
    #expect(found.raw == [0.5, 1])
    #expect(found.stepDown == [0.5, 1] && found.singleStep == [0.5, 1])
    let drawn = try ReferenceAdjustment(observed: [2, 1], reference: set, sampled: true)
    #expect(drawn.raw == [0.6, 1])
    // An assignment without a statistic is extreme; an outcome that never varies has p = 1.
    let gaps = try ReferenceAdjustment(
      observed: [2, 0], reference: [[2, 0], [.nan, .infinity], [1, 0], [-1, 0]])
    #expect(gaps.raw == [0.5, 1] && gaps.stepDown == [0.5, 1])
    #expect(try ReferenceAdjustment(observed: [], reference: [[]]).raw.isEmpty)
    #expect(try SeveralOutcomes.holm([]).isEmpty)
    #expect(try SeveralOutcomes.holm([0.5, 0.01, 0.02]) == [0.5, 0.03, 0.04])
  }

  @Test("bad input is refused")
  func refusals() {
    #expect(throws: SampleError.probabilityOutOfRange(position: 2)) {
      try SeveralOutcomes.holm([0.1, .nan])
    }
    #expect(throws: SampleError.tooFew(sample: "assignments", found: 0, needed: 1)) {
      try ReferenceAdjustment(observed: [1], reference: [])
    }
    #expect(throws: SampleError.notFinite(sample: "observed statistics", position: 1)) {
      try ReferenceAdjustment(observed: [.nan], reference: [[1]])
    }
    let wrong = SampleError.lengthsDiffer(
      sample: "statistics of assignment 2", found: 2, expected: 1)
    #expect(throws: wrong) { try ReferenceAdjustment(observed: [1], reference: [[1], [1, 2]]) }
    #expect(
      wrong.description == "statistics of assignment 2: found 2 values, expected 1")
  }
}
