import Testing
import TrialStatistics

@Suite("Guesses: simple index, kappa, curve")
struct GuessTests {
  private func table(_ counts: PeerValues) -> GuessTable {
    func row(_ arm: Int) -> GuessTable.Row {
      .init(
        active: Int(counts[0][arm].number), reference: Int(counts[1][arm].number),
        dontKnow: Int(counts[2][arm].number))
    }
    return GuessTable(active: row(0), reference: row(1))
  }

  @Test("the simple index and its score interval against R's SBI")
  func simpleIndex() throws {
    guard let cases = try PeerValues("reference/blinding/indices.json")?.results else { return }
    for name in cases.names {
      let wanted = cases[name].simple_BI_ignoring_dk
      let index = table(cases[name].table.counts).simpleIndex
      guard wanted.error.isMissing else {
        #expect(index == nil, "\(name)")
        continue
      }
      let found = try #require(index)
      #expect(agree(found.index, wanted.est.number), "\(name)")
      let interval = try found.interval()
      #expect(agree(interval.lower, wanted["lwr.ci"].number, 1e-11), "\(name)")
      #expect(agree(interval.upper, wanted["upr.ci"].number, 1e-11), "\(name)")
      // Where every guess is right SBI finds no z and says 0; the interval touches 0 at 5.14.
      let z = name == "edge_all_correct" ? 5.14390094788818 : wanted.z.number
      #expect(agree(found.z, z, 1e-11), "\(name)")
      if name != "edge_all_correct" {
        // R takes 1 − Φ, which has no digits below 1e-16.
        #expect(abs(found.pTwoSided - wanted["p.value"].number) < 1e-14, "\(name)")
      }
    }
    #expect(cases.names.count == 8)
  }

  @Test("the CRISP table: simple index and kappa")
  func crisp() throws {
    let crisp = GuessTable(
      active: .init(active: 82, reference: 25, dontKnow: 170),
      reference: .init(active: 27, reference: 29, dontKnow: 83))
    let index = try #require(crisp.simpleIndex)
    #expect(agree(index.index, 0.284212283044059, 1e-14) && index.undecided == 253)
    #expect(agree(try index.interval().lower, 0.1287735289215405))
    let kappa = try #require(crisp.kappa)
    #expect(agree(kappa.kappa, 0.28665207877461707))
    // By the delta method with derivatives by complex steps.
    #expect(agree(kappa.se, 0.07832006347901771))
    #expect(agree(kappa.observed, 111.0 / 163))
    let other = GuessTable(
      active: .init(active: 9, reference: 5, dontKnow: 0),
      reference: .init(active: 3, reference: 11, dontKnow: 0))
    #expect(agree(other.kappa?.kappa ?? .nan, 3.0 / 7))
    #expect(agree(other.kappa?.se ?? .nan, 0.16899564718588264))
    let right = GuessTable(
      active: .init(active: 4, reference: 0, dontKnow: 0),
      reference: .init(active: 0, reference: 4, dontKnow: 0))
    #expect(right.kappa?.kappa == 1 && right.kappa?.se == 0)
    // An interval without width claims too much. By hand: Wilson's for 8 of 8 begins at 8 / (8 + z²), z² =
    // 3.8414588; kappa of the share s with even margins is 2 s − 1.
    let interval = try #require(try right.kappa?.interval())
    #expect(agree(interval.lower, 2 * 8 / 11.841458820694124 - 1) && interval.upper == 1)
    let wrong = GuessTable(
      active: .init(active: 0, reference: 4, dontKnow: 0),
      reference: .init(active: 4, reference: 0, dontKnow: 0))
    let opposite = try #require(try wrong.kappa?.interval())
    #expect(opposite.lower == -1 && agree(opposite.upper, -interval.lower))
    let same = GuessTable(
      active: .init(active: 4, reference: 0, dontKnow: 0),
      reference: .init(active: 4, reference: 0, dontKnow: 0))
    #expect(try same.kappa?.kappa == 0 && same.kappa?.interval() == nil)
    let unknown = GuessTable(
      active: .init(active: 0, reference: 0, dontKnow: 4),
      reference: .init(active: 0, reference: 4, dontKnow: 0))
    #expect(unknown.kappa == nil && unknown.simpleIndex == nil)
  }

  @Test("intervals of proportions against scipy and R")
  func proportions() throws {
    guard let cases = try PeerValues.python()?.binomial else { return }
    for one in cases.list {
      for method in ProportionInterval.allCases {
        let limits = try method.limits(Int(one.k.number), of: Int(one.n.number))
        let wanted = one[method.rawValue]
        if method != .jeffreys || one.k.number > 0 {
          #expect(agree(limits.lower, wanted[0].number, 1e-11), "\(one) \(method)")
        } else {
          #expect(limits.lower == 0)
        }
        #expect(agree(limits.upper, wanted[1].number, 1e-11), "\(one) \(method)")
      }
    }
    #expect(cases.list.count == 6)
  }

  @Test("proportions by closed forms and at the ends")
  func proportionEnds() throws {
    let exact = try ProportionInterval.clopperPearson.limits(10, of: 10)
    // (α/2)^(1/n)
    #expect(agree(exact.lower, 0.6915028921812392) && exact.upper == 1)
    let wilson = try ProportionInterval.wilson.limits(0, of: 10)
    #expect(wilson.lower == 0 && agree(wilson.upper, 0.27753279986288926))
    #expect(throws: SampleError.countOutOfRange(found: 1, trials: 0)) {
      try ProportionInterval.wilson.limits(1, of: 0)
    }
    #expect(throws: SampleError.countOutOfRange(found: 4, trials: 3)) {
      try ProportionInterval.jeffreys.limits(4, of: 3)
    }
    #expect(throws: SampleError.levelOutOfRange) {
      try ProportionInterval.wilson.limits(1, of: 3, level: 0)
    }
  }

  @Test("the correct-guess-rate curve of the citizen-science trial")
  func curve() throws {
    guard let cases = try PeerValues("reference/blinding/correct-guess-rate.json")?.results
    else { return }
    for name in cases.names {
      let one = cases[name]
      func stratum(_ key: String) -> GuessCurve.Stratum {
        .init(count: Int(one.counts[key].number), mean: one.stratum_mean[key].number)
      }
      let curve = try GuessCurve(
        activeRight: stratum("ACAC"), activeWrong: stratum("ACPL"),
        referenceRight: stratum("PLPL"), referenceWrong: stratum("PLAC"))
      #expect(agree(curve.observedRate, one.observed_cgr.number, 1e-14))
      #expect(agree(curve.rawDifference, one.unadjusted.est.number))
      #expect(agree(curve.blindDifference, one.delta_half_exact_ratio.number))
      #expect(one.curve_exact_ratio.list.count == 13)
      for (index, point) in one.curve_exact_ratio.list.enumerated() {
        let found = curve.difference(atRate: point.cgr.number)
        let scale = max(1, point.delta.number.magnitude)
        #expect(abs(found - point.delta.number) < 1e-11 * scale, "\(name) \(index)")
      }
    }
    #expect(cases.names.count == 4)
  }

  @Test("a small curve by hand, and the difference within guesses")
  func smallCurve() throws {
    let ratings: [(Double, Bool, Bool?)] = [
      (7, true, true), (6, true, true), (8, true, true), (5, true, false), (6, true, false),
      (4, false, false), (5, false, false), (3, false, false), (6, false, true), (5, false, true),
      (9, true, nil),
    ]
    let curve = try GuessCurve(
      ratings.map { GuessedRating(value: $0, isActive: $1, guessedActive: $2) }, minimum: 2)
    #expect(curve.undecided == 1 && agree(curve.observedRate, 0.6, 1e-15))
    // Raw: 32 / 5 − 23 / 5.
    #expect(agree(curve.rawDifference, 1.8, 1e-14))
    // All right: 7 − 4; all wrong: 5.5 − 5.5.
    #expect(curve.difference(atRate: 1) == 3 && curve.difference(atRate: 0) == 0)
    #expect(agree(curve.blindDifference, 1.5, 1e-14))
    // By numpy's least squares on arm and guess.
    #expect(agree(curve.differenceWithinGuess, 1.5, 1e-14))
    #expect(curve.difference(atRate: 1.1).isNaN && curve.difference(atRate: .nan).isNaN)
    #expect(curve.points(3).map(\.rate) == [0, 0.5, 1] && curve.points(1).isEmpty)
    #expect(GuessCurve.caveat.contains("removes a part of the real effect"))
  }

  @Test("the curve is refused where a stratum is empty or small")
  func refusals() {
    let few = GuessCurveError.stratumTooSmall(
      isActive: false, guessedActive: true, found: 0, needed: 5)
    let ratings = (0..<20).map {
      GuessedRating(
        value: Double($0), isActive: $0 < 12, guessedActive: $0 < 6)
    }
    #expect(throws: few) { try GuessCurve(ratings) }
    #expect(
      few.description
        == "reference slots guessed active: found 0 ratings, expected at least 5; the difference at "
        + "another rate of right guesses would rest on them")
    #expect(
      throws: GuessCurveError.stratumTooSmall(
        isActive: true, guessedActive: true, found: 0, needed: 1)
    ) { try GuessCurve([], minimum: 0) }
    #expect(throws: GuessCurveError.notFinite(position: 2)) {
      try GuessCurve([
        .init(value: 1, isActive: true, guessedActive: true),
        .init(value: .nan, isActive: true, guessedActive: nil),
      ])
    }
  }
}
