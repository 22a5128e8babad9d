import Testing
import TrialStatistics

@Suite("Distributions")
struct DistributionTests {
  @Test("every tail and quantile against mpmath, to 1e-12")
  func mpmath() throws {
    guard let peers = try PeerValues.python()?.mpmath30 else { return }
    let normal = NormalDistribution()
    for one in peers.qnorm.list {
      #expect(agree(normal.quantile(below: one.p.number), one.q.number))
    }
    for one in peers.pt.list {
      let t = try StudentDistribution(degrees: one.df.number)
      #expect(agree(t.probability(below: one.x.number), one.p.number), "\(one)")
      #expect(agree(t.probability(above: one.x.number), one.upper.number), "\(one)")
    }
    for one in peers.qt.list {
      let t = try StudentDistribution(degrees: one.df.number)
      #expect(agree(t.quantile(below: one.p.number), one.q.number), "\(one)")
    }
    for one in peers.qbeta.list {
      let beta = try BetaDistribution(one.a.number, one.b.number)
      #expect(agree(beta.quantile(below: one.p.number), one.q.number), "\(one)")
    }
    for one in peers.qchisq.list {
      let chi = try ChiSquareDistribution(degrees: one.df.number)
      #expect(agree(chi.quantile(below: one.p.number), one.q.number), "\(one)")
    }
    #expect(peers.qt.list.count == 153 && peers.qbeta.list.count == 84)
  }

  @Test("F, beta and normal against R, whose F quantiles are off by 3e-6 far down")
  func againstR() throws {
    guard let peers = try PeerValues.r()?.quantiles else { return }
    for one in peers.qf.list where one.p.number >= 0.001 {
      let f = try FDistribution(numerator: one.df1.number, denominator: one.df2.number)
      #expect(agree(f.quantile(below: one.p.number), one.q.number, 1e-10), "\(one)")
    }
    for one in peers.pbeta.list {
      let beta = try BetaDistribution(one.a.number, one.b.number)
      #expect(agree(beta.probability(below: one.x.number), one.p.number, 1e-11), "\(one)")
    }
    for one in peers.pnorm.list {
      let normal = NormalDistribution()
      #expect(agree(normal.probability(below: one.x.number), one.p.number))
      #expect(agree(normal.probability(above: one.x.number), one.upper.number))
    }
    #expect(peers.qf.list.count == 51)
  }

  @Test("far tails, by mpmath with 40 digits")
  func farTails() throws {
    let normal = NormalDistribution()
    #expect(agree(normal.probability(above: 10), 7.619853024160526066e-24, 1e-14))
    #expect(agree(normal.probability(above: 37), 5.7255712225245768227e-300, 1e-14))
    #expect(agree(normal.quantile(above: 7.619853024160526e-24), 10, 1e-14))
    #expect(normal.quantile(below: 0.5) == 0)
    // The Cauchy distribution has closed forms.
    let cauchy = try StudentDistribution(degrees: 1)
    #expect(agree(cauchy.probability(below: -1e100), 1 / 3.141592653589793e100))
    #expect(agree(cauchy.quantile(below: 0.25), -1))
    #expect(agree(cauchy.probability(above: 1e300), 3.183098861837907e-301))
    // Two degrees: the quantile is (2p − 1) / √(2p(1 − p)).
    let two = try StudentDistribution(degrees: 2)
    #expect(agree(two.quantile(below: 1e-250), -7.0710678118654752e124))
    // Chi-square with two degrees is exponential.
    let exponential = try ChiSquareDistribution(degrees: 2)
    #expect(agree(exponential.probability(above: 1000), 7.1245764067412855e-218))
    #expect(agree(exponential.quantile(below: 1e-200), 2e-200))
    // F with one and ν degrees is t squared.
    let f = try FDistribution(numerator: 1, denominator: 5)
    let t = try StudentDistribution(degrees: 5)
    #expect(agree(f.probability(above: 9e6), 2 * t.probability(above: 3000)))
    #expect(agree(f.quantile(above: 0.02), t.quantile(above: 0.01) * t.quantile(above: 0.01)))
    // By mpmath; R 4.2 gives 1.6323320e-10 and 1.70536351e-07.
    let small = try FDistribution(numerator: 1, denominator: 13)
    #expect(agree(small.quantile(below: 1e-5), 1.63232695727492811e-10))
    let third = try FDistribution(numerator: 3, denominator: 27)
    #expect(agree(third.quantile(below: 1e-10), 1.70536350031460463e-7))
    // By quadrature with 50 digits, at the ends of what is accepted.
    let many = try ChiSquareDistribution(degrees: 1e8)
    #expect(agree(many.probability(above: 100_030_000), 0.0169543640651248199, 1e-11))
    let few = try ChiSquareDistribution(degrees: 0.01)
    #expect(agree(few.probability(above: 3), 0.000503433407943625683, 1e-11))
    let even = try BetaDistribution(1e8, 1e8)
    #expect(agree(even.probability(below: 0.49999), 0.38864870551932785, 1e-11))
    let power = try BetaDistribution(3, 1)
    #expect(agree(power.probability(below: 1e-80), 1e-240))
    #expect(agree(power.quantile(below: 1e-240), 1e-80))
  }

  @Test("densities are the slopes of the probabilities")
  func densities() throws {
    let all: [any ContinuousDistribution] = [
      NormalDistribution(), try StudentDistribution(degrees: 3.5),
      try ChiSquareDistribution(degrees: 7), try BetaDistribution(2, 5),
      try FDistribution(numerator: 3, denominator: 27),
    ]
    for one in all {
      for x in [0.2, 0.6, 0.9] {
        let step = 1e-5
        let slope =
          (one.probability(below: x + step) - one.probability(below: x - step)) / (2 * step)
        #expect(agree(one.density(x), slope, 1e-7), "\(one) \(x)")
        #expect(agree(one.probability(below: x) + one.probability(above: x), 1, 1e-15))
        #expect(agree(one.quantile(above: one.probability(above: x)), x, 1e-11))
      }
    }
  }

  @Test("ends, and what is no number")
  func ends() throws {
    let t = try StudentDistribution(degrees: 4)
    #expect(t.quantile(below: 0) == -.infinity && t.quantile(above: 0) == .infinity)
    #expect(t.probability(above: .infinity) == 0 && t.probability(above: -.infinity) == 1)
    #expect(t.quantile(below: 1.1).isNaN && t.quantile(below: .nan).isNaN)
    #expect(t.probability(above: .nan).isNaN && t.probability(below: 0) == 0.5)
    let beta = try BetaDistribution(1, 2)
    #expect(beta.quantile(below: 0) == 0 && beta.quantile(below: 1) == 1)
    #expect(beta.probability(below: -1) == 0 && beta.probability(above: 2) == 0)
    #expect(beta.density(0) == 2 && beta.density(1) == 0 && beta.density(-1) == 0)
    let chi = try ChiSquareDistribution(degrees: 3)
    #expect(chi.quantile(below: 1) == .infinity && chi.quantile(below: 0) == 0)
    #expect(chi.probability(above: -1) == 1 && chi.probability(below: .infinity) == 1)
    let f = try FDistribution(numerator: 2, denominator: 3)
    #expect(f.quantile(below: 0) == 0 && f.quantile(below: 1) == .infinity)
    #expect(f.probability(below: .infinity) == 1 && f.probability(above: 0) == 1)
    #expect(NormalDistribution().quantile(below: 1) == .infinity)
    let wrong = DistributionError.parameterOutOfRange(name: "degrees of freedom")
    for degrees in [0, -1, 2e8, .nan, .infinity] as [Double] {
      #expect(throws: wrong) { try StudentDistribution(degrees: degrees) }
    }
    #expect(
      wrong.description == "degrees of freedom: must be a number from 0.001 to 100000000")
  }
}
