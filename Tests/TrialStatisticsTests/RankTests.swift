import Testing
import TrialStatistics

@Suite("Rank tests and shifts")
struct RankTests {
  @Test("Wilcoxon signed rank, exact with ties and zeros, against coin")
  func signedRank() throws {
    guard let peers = try PeerValues.r(), let inputs = try PeerValues.inputs() else { return }
    for name in inputs.paired.names {
      let data = inputs.paired[name]
      for (zeros, key) in [
        (WilcoxonSignedRank.Zeros.dropped, "Wilcoxon"), (.ranked, "Pratt"),
      ] {
        let found = try WilcoxonSignedRank(
          active: data.active.numbers, reference: data.placebo.numbers, zeros: zeros)
        if name == "n20_dec1_ties" {
          // R subtracts in floating point and loses ties between differences of one decimal
          // (0.0605774 and 0.0514183); these are by exact fractions.
          #expect(
            agree(found.pGreater, zeros == .dropped ? 0.06049346923828125 : 0.051425933837890625))
          #expect(agree(found.pLess, zeros == .dropped ? 0.942108154296875 : 0.9505653381347656))
          continue
        }
        func coin(_ side: String) -> PeerValues {
          peers.paired[name]["coin wilcoxsign exact \(key) \(side)"]
        }
        #expect(agree(found.pTwoSided, coin("two.sided").p.number), "\(name) \(key)")
        #expect(agree(found.pGreater, coin("greater").p.number), "\(name) \(key)")
        #expect(agree(found.pLess, coin("less").p.number), "\(name) \(key)")
        #expect(agree(found.midGreater, coin("greater").midp.number), "\(name) \(key)")
        if zeros == .dropped {
          let rank = peers.paired[name]["exactRankTests wilcox.exact greater"]
          #expect(found.statistic == rank.V.number)
          #expect(agree(found.pGreater, rank.p.number))
        }
      }
    }
    #expect(inputs.paired.names.count == 4)
  }

  @Test("Hodges-Lehmann of pairs against R")
  func walsh() throws {
    guard let peers = try PeerValues.r(), let inputs = try PeerValues.inputs() else { return }
    for name in inputs.paired.names {
      let data = inputs.paired[name]
      let found = try HodgesLehmann(
        pairsActive: data.active.numbers, reference: data.placebo.numbers)
      let wanted = peers.paired[name]
      #expect(agree(found.estimate, wanted.walshMedian_HodgesLehmann.number, 1e-14))
      // R has an exact interval without ties only.
      if !name.contains("ties") {
        let interval = wanted["stats wilcox.test two.sided"].ci95
        #expect(agree(found.lower ?? .nan, interval[0].number))
        #expect(agree(found.upper ?? .nan, interval[1].number))
        #expect(found.isExact)
      }
    }
  }

  @Test("Hodges-Lehmann of two samples against R and exactRankTests")
  func shift() throws {
    guard let peers = try PeerValues.r(), let inputs = try PeerValues.inputs() else { return }
    for name in inputs.twoSample.names {
      let data = inputs.twoSample[name]
      let found = try HodgesLehmann(
        active: data.active.numbers, reference: data.placebo.numbers)
      let wanted = peers.twoSample[name]
      #expect(agree(found.estimate, wanted.effect.hodgesLehmann.number))
      if name == "n9_n11_dec3" {
        let interval = wanted["stats wilcox.test two.sided"].ci95
        #expect(agree(found.lower ?? .nan, interval[0].number))
        #expect(agree(found.upper ?? .nan, interval[1].number))
      }
    }
    #expect(inputs.twoSample.names.count == 4)
  }

  @Test("ranks by hand: ties in decimals, zeros, few pairs")
  func byHand() throws {
    // 0.3 − 0.2 and 0.2 − 0.1 tie in decimals: ranks 1.5, 1.5, 3; sums 0 to 6, six at the most.
    let ties = try WilcoxonSignedRank(active: [0.3, 0.2, 0.9], reference: [0.2, 0.1, 0.1])
    #expect(ties.statistic == 6 && ties.pGreater == 0.125 && ties.pTwoSided == 0.25)
    let mixed = try WilcoxonSignedRank(active: [0.3, 0.1, 0.9], reference: [0.2, 0.2, 0.1])
    // 4.5 or more: {3, 1.5} twice and {3, 1.5, 1.5}.
    #expect(mixed.statistic == 4.5 && mixed.pGreater == 0.375 && mixed.pPoint == 0.25)
    #expect(mixed.midGreater == 0.25)
    let none = try WilcoxonSignedRank(active: [1, 2], reference: [1, 2])
    #expect(none.count == 0 && none.pTwoSided == 1 && none.pGreater == 1)
    // Zeros ranked: 0, 1, −2 have ranks 1, 2, 3.
    let pratt = try WilcoxonSignedRank(active: [5, 6, 5], reference: [5, 5, 7], zeros: .ranked)
    #expect(pratt.statistic == 2 && pratt.count == 2 && pratt.pGreater == 0.75)
    // Five pairs cannot bound at 95 %: 2/32 > 0.05; six can.
    let five = try HodgesLehmann(
      pairsActive: [1, 2, 3, 4, 5], reference: [Double](repeating: 0, count: 5))
    #expect(five.lower == nil && five.upper == nil && five.estimate == 3)
    let six = try HodgesLehmann(
      pairsActive: [1, 2, 3, 4, 5, 6], reference: [Double](repeating: 0, count: 6))
    #expect(six.lower == 1 && six.upper == 6 && six.estimate == 3.5)
    let one = try HodgesLehmann(active: [2.5], reference: [1.1])
    #expect(one.estimate == 1.4 && one.lower == nil)
  }

  @Test("the interval holds what the exact test does not reject")
  func inversion() throws {
    let active: [Double] = [12, 19, 7, 31, 25, 16, 9, 40, 22, 28]
    let zero = [Double](repeating: 0, count: active.count)
    let found = try HodgesLehmann(pairsActive: active, reference: zero, level: 0.9)
    let lower = try #require(found.lower)
    for (shift, rejected) in [(lower - 0.01, true), (lower + 0.01, false)] {
      let test = try WilcoxonSignedRank(
        active: active, reference: zero.map { $0 + shift })
      #expect((test.pGreater <= 0.05) == rejected)
    }
  }

  @Test("large samples take the normal approximation, near the exact places")
  func large() throws {
    let many = (0..<301).map { Double(($0 * 7919) % 5003) }
    let zero = [Double](repeating: 2500, count: 301)
    let normal = try HodgesLehmann(pairsActive: many, reference: zero)
    let exact = try HodgesLehmann(
      pairsActive: Array(many.dropLast()), reference: Array(zero.dropLast()))
    #expect(!normal.isExact && exact.isExact)
    #expect(abs((normal.lower ?? .nan) - (exact.lower ?? .nan)) < 20)
    let wide = try HodgesLehmann(
      active: Array(many.prefix(101)), reference: Array(zero.prefix(101)))
    #expect(!wide.isExact && wide.lower != nil)
  }

  @Test("bad samples are refused")
  func refusals() {
    #expect(throws: SampleError.tooFew(sample: "pairs", found: 0, needed: 1)) {
      try WilcoxonSignedRank(active: [], reference: [])
    }
    #expect(throws: SampleError.notFinite(sample: "active arm", position: 1)) {
      try WilcoxonSignedRank(active: [.infinity], reference: [1])
    }
    #expect(throws: SampleError.tooMany(sample: "pairs", found: 1001, limit: 1000)) {
      let many = [Double](repeating: 1, count: 1001)
      return try WilcoxonSignedRank(active: many, reference: many)
    }
    #expect(throws: SampleError.tooFew(sample: "reference arm", found: 0, needed: 1)) {
      try HodgesLehmann(active: [1], reference: [])
    }
    #expect(throws: SampleError.levelOutOfRange) {
      try HodgesLehmann(active: [1], reference: [2], level: .nan)
    }
  }
}
