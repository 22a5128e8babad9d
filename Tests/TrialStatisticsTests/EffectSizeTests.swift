import Testing
import TrialStatistics

@Suite("Effect sizes")
struct EffectSizeTests {
  private let low: [Double] = [5, 4, 4, 6, 3, 4, 4, 3, 5, 3]
  private let high: [Double] = [5, 7, 4, 5, 5, 5, 8, 6, 7, 4, 4, 7]

  @Test("t of two samples and of pairs against R")
  func meanDifference() throws {
    guard let peers = try PeerValues.r(), let inputs = try PeerValues.inputs() else { return }
    for name in inputs.twoSample.names {
      let data = inputs.twoSample[name]
      for variance in MeanDifference.Variance.allCases {
        let found = try MeanDifference(
          active: data.active.numbers, reference: data.placebo.numbers, variance: variance)
        let wanted = peers.twoSample[name]["\(variance.rawValue) two.sided"]
        check(found, wanted, greater: peers.twoSample[name]["\(variance.rawValue) greater"])
      }
    }
    for name in inputs.paired.names {
      let data = inputs.paired[name]
      let found = try MeanDifference(
        pairsActive: data.active.numbers, reference: data.placebo.numbers)
      let wanted = peers.paired[name]
      check(found, wanted["t.test paired two.sided"], greater: wanted["t.test paired greater"])
    }
    #expect(inputs.twoSample.names.count == 4 && inputs.paired.names.count == 4)
  }

  private func check(_ found: MeanDifference, _ wanted: PeerValues, greater: PeerValues) {
    #expect(agree(found.t, wanted.t.number))
    #expect(agree(found.degrees, wanted.df.number))
    #expect(agree(found.pTwoSided, wanted.p.number))
    #expect(agree(found.pGreater, greater.p.number))
    #expect(agree(found.pLess, 1 - greater.p.number))
    let interval = try? found.interval()
    #expect(agree(interval?.lower ?? .nan, wanted.ci95[0].number))
    #expect(agree(interval?.upper ?? .nan, wanted.ci95[1].number))
  }

  @Test("standardised differences against R (effsize by hand, metafor)")
  func standardised() throws {
    guard let peers = try PeerValues.r(), let inputs = try PeerValues.inputs() else { return }
    for name in inputs.twoSample.names {
      let data = inputs.twoSample[name]
      let wanted = peers.twoSample[name].effect
      let pooled = try StandardizedDifference(
        active: data.active.numbers, reference: data.placebo.numbers, standardiser: .pooled)
      #expect(agree(pooled.d, wanted.cohenD.number))
      #expect(agree(pooled.g, wanted.hedgesG_exactJ.number))
      #expect(agree(pooled.g, wanted.metafor_SMD.number))
      let glass = try StandardizedDifference(
        active: data.active.numbers, reference: data.placebo.numbers, standardiser: .reference)
      #expect(agree(glass.d, wanted.glassDelta_placeboSD.number))
      let overlap = try NonoverlapOfAllPairs(
        active: data.active.numbers, reference: data.placebo.numbers)
      #expect(agree(overlap.tau, wanted.cliffDelta.number))
    }
    for name in inputs.paired.names {
      let data = inputs.paired[name]
      let found = try StandardizedDifference(
        active: data.active.numbers, reference: data.placebo.numbers, standardiser: .differences)
      #expect(agree(found.d, peers.paired[name].effect.dz.number))
      #expect(agree(found.g, peers.paired[name].effect.gz_exactJ.number))
      #expect(agree(found.scale, peers.paired[name].effect.sdDiff.number))
    }
  }

  @Test("single-case effect sizes against SingleCaseES")
  func singleCase() throws {
    guard let peers = try PeerValues.r()?.singleCase, let inputs = try PeerValues.inputs()
    else { return }
    for name in inputs.singleCase.names {
      let before = inputs.singleCase[name].A.numbers
      let after = inputs.singleCase[name].B.numbers
      let wanted = peers[name].increase
      let overlap = try NonoverlapOfAllPairs(active: after, reference: before)
      #expect(agree(overlap.estimate, wanted.NAP.Est.number))
      #expect(agree(overlap.standardError ?? .nan, wanted.NAP.SE.number))
      let interval = try overlap.interval()
      // Its limits come from a search that stops at 1e-4; without overlap it gives no width.
      if name != "no_overlap" {
        #expect(agree(interval.lower, wanted.NAP.CI_lower.number, 1e-4))
        #expect(agree(interval.upper, wanted.NAP.CI_upper.number, 1e-4))
      } else {
        #expect(interval.upper == 1 && interval.lower > 0.6 && interval.lower < 0.9)
      }
      for (variant, key) in [
        (TauU.Variant.pairs, "Tau"), (.minusBaselineTrend, "Tau_U"),
        (.baselineCorrected, "Tau_BC_theilsen"),
      ] {
        let tau = try TauU(baseline: before, treatment: after, variant: variant)
        #expect(agree(tau.estimate, wanted[key].Est.number), "\(name) \(key)")
        if let error = tau.pairs?.standardError {
          #expect(agree(2 * error, wanted[key].SE.number), "\(name) \(key)")
        }
      }
      let plain = try StandardizedDifference(
        active: after, reference: before, standardiser: .pooled)
      #expect(agree(plain.scale, wanted.SMD_pooledSD.pooled_SD.number))
      #expect(agree(plain.standardErrorOfD, wanted.SMD_pooled_uncorrected.SE.number))
      // SingleCaseES takes the correction 1 − 3 / (4ν − 1) for the exact one.
      #expect(agree(plain.g, wanted.SMD_pooledSD.Est.number, 2e-3))
      #expect(agree(plain.standardErrorOfG, wanted.SMD_pooledSD.SE.number, 2e-3))
      let glass = try StandardizedDifference(
        active: after, reference: before, standardiser: .reference)
      #expect(agree(glass.g, wanted.SMD_baselineSD.Est.number, 2e-3))
      #expect(agree(glass.standardErrorOfG, wanted.SMD_baselineSD.SE.number, 2e-3))
      #expect(agree(try glass.interval().lower, wanted.SMD_baselineSD.CI_lower.number, 1e-2))
    }
    #expect(inputs.singleCase.names.count == 4)
  }

  @Test("standardised differences and NAP against SCRT and SCMA")
  func singleCaseData() throws {
    guard let file = try PeerValues("reference/statistics/single-case-R.json") else { return }
    let phases = file.AB.phase.names(of: file.AB.score)
    let before = phases.filter { $0.name == "A" }.map(\.value)
    let after = phases.filter { $0.name == "B" }.map(\.value)
    #expect(before.count == 14 && after.count == 13)
    let own = try StandardizedDifference(
      active: after, reference: before, standardiser: .reference)
    #expect(agree(own.d, file.results.AB_SMD.number))
    let pooled = try StandardizedDifference(
      active: after, reference: before, standardiser: .pooled)
    #expect(agree(pooled.d, file.results.AB_SMDpool.number))
    let overlap = try NonoverlapOfAllPairs(active: after, reference: before)
    #expect(overlap.estimate == file.results["AB_NAP+"].number)
  }

  @Test("small values by hand and by mpmath")
  func small() throws {
    // Welch by scipy: t = -1.55405.
    let welch = try MeanDifference(active: [1, 2, 4], reference: [2, 3, 7, 8])
    #expect(agree(welch.t, -1.5540573797716228))
    #expect(agree(welch.pTwoSided, 0.18531128848655698))
    #expect(agree(welch.degrees, 4.64297520661157))
    // J(2) = Γ(1) / Γ(½) = 1 / √π; J(4) = Γ(2) / (√2 Γ(3/2)) = √(2 / π).
    #expect(agree(StandardizedDifference.correction(degrees: 2), 0.5641895835477563, 1e-15))
    #expect(agree(StandardizedDifference.correction(degrees: 4), 0.7978845608028654, 1e-15))
    #expect(StandardizedDifference.correction(degrees: 1) == 0)
    let pooled = try StandardizedDifference(active: high, reference: low, standardiser: .pooled)
    #expect(agree(pooled.d, 1.2148543385563035))
    let exact = try #require(try pooled.exactInterval())
    #expect(agree(exact.lower, 0.28342300044381333, 1e-10))
    #expect(agree(exact.upper, 2.1210065711900132, 1e-10))
    let glass = try StandardizedDifference(active: high, reference: low, standardiser: .reference)
    #expect(try glass.exactInterval() == nil)
    let overlap = try NonoverlapOfAllPairs(active: high, reference: low)
    #expect([overlap.larger, overlap.equal, overlap.smaller] == [86, 21, 13])
    #expect(Standardiser.reference.name == "standard deviation of the reference arm")
  }

  @Test("the limits of NAP: one value, all ties, no overlap in either direction")
  func overlapEdges() throws {
    let single = try NonoverlapOfAllPairs(active: [2], reference: [1])
    #expect(single.estimate == 1 && single.standardError == nil)
    #expect(try single.interval().lower < 0.5)
    let ties = try NonoverlapOfAllPairs(active: [3, 3], reference: [3, 3, 3])
    #expect(ties.estimate == 0.5 && ties.tau == 0)
    let interval = try ties.interval()
    #expect(agree(interval.lower, 1 - interval.upper, 1e-12))
    let below = try NonoverlapOfAllPairs(active: [1, 1, 2], reference: [5, 6])
    let above = try NonoverlapOfAllPairs(active: [5, 6], reference: [1, 1, 2])
    #expect(try below.interval().lower == 0)
    #expect(agree(try below.interval().upper, 1 - (try above.interval().lower), 1e-12))
  }

  @Test("bad samples are refused with a sentence")
  func refusals() throws {
    refused(.tooFew(sample: "active arm", found: 1, needed: 2)) {
      _ = try MeanDifference(active: [1], reference: [1, 2])
    }
    refused(.notFinite(sample: "reference arm", position: 2)) {
      _ = try MeanDifference(active: [1, 2], reference: [1, .nan])
    }
    refused(.noVariation(sample: "both arms")) {
      _ = try MeanDifference(active: [0.1, 0.1, 0.1], reference: [0.2, 0.2])
    }
    refused(.noVariation(sample: "reference arm")) {
      _ = try StandardizedDifference(
        active: [1, 2], reference: [4, 4], standardiser: .reference)
    }
    // 0.3 − 0.2 and 0.2 − 0.1 are equal in decimals, so there is no variation.
    refused(.noVariation(sample: "differences")) {
      _ = try MeanDifference(pairsActive: [0.3, 0.2], reference: [0.2, 0.1])
    }
    refused(.lengthsDiffer(sample: "reference arm", found: 1, expected: 2)) {
      _ = try MeanDifference(pairsActive: [1, 2], reference: [1])
    }
    refused(.tooFew(sample: "baseline", found: 1, needed: 2)) {
      _ = try TauU(baseline: [1], treatment: [2], variant: .minusBaselineTrend)
    }
    refused(.tooFew(sample: "active arm", found: 0, needed: 1)) {
      _ = try NonoverlapOfAllPairs(active: [], reference: [1])
    }
    refused(.levelOutOfRange) {
      _ = try NonoverlapOfAllPairs(active: [1], reference: [1]).interval(level: 1)
    }
    #expect(
      SampleError.noVariation(sample: "both arms").description
        == "both arms: the values do not vary, so there is nothing to measure the difference by")
    #expect(
      SampleError.tooFew(sample: "pairs", found: 0, needed: 1).description
        == "pairs: found 0 values, expected at least 1")
    #expect(
      SampleError.notFinite(sample: "active arm", position: 3).description
        == "active arm: value 3 is not a finite number")
  }

  private func refused(_ error: SampleError, _ body: () throws -> Void) {
    #expect(throws: error) { try body() }
  }
}
