import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

/// The random-intercept model against lme4, lmerTest and pbkrtest, and against a naive twin.
@Suite struct MixedModelTests {
  /// Whether two numbers agree to a share of the second.
  static func near(_ a: Double, _ b: Double, _ share: Double, _ floor: Double = 0) -> Bool {
    abs(a - b) <= share * abs(b) + floor
  }

  @Test(arguments: ["balanced", "unbalanced", "boundary", "alike", "noisy", "offset"])
  func agreesWithLme4(_ name: String) throws {
    let item = try #require(try MixedVector.read().sets[name])
    #expect(item.models.count == 8)
    for (key, expected) in item.models {
      let words = key.split(separator: " ", maxSplits: 1)
      let design = try MixedDesign(
        outcome: item.data.y, persons: item.data.person,
        columns: item.data.columns(String(words[1])))
      let model = try RandomInterceptModel(
        design, method: words[0] == "full" ? .full : .restricted)
      let place = "\(name), \(key)"
      // lme4's own search ends up to 1e-8 of a deviance away, which is about 1e-5 of a variance.
      #expect(
        Self.near(model.personVariance, expected.personVariance, 2e-5, 1e-12), "\(place)")
      #expect(Self.near(model.residualVariance, expected.residualVariance, 2e-5), "\(place)")
      #expect(Self.near(model.deviance, expected.deviance, 1e-9), "\(place)")
      // lme4 stops a hair above 0, never below.
      let isZero = expected.personVariance < 1e-12 * expected.residualVariance
      #expect(model.isAtBoundary == isZero, "\(place)")
      for (method, lines) in [
        (DegreesMethod.satterthwaite, expected.satterthwaite),
        (.kenwardRoger, expected.kenwardRoger ?? []),
      ] {
        for (row, line) in lines.enumerated() {
          let contrast = try model.contrast(of: design.names[row], degrees: method)
          #expect(Self.near(contrast.estimate, line[0], 1e-6, 1e-7), "\(place), \(row)")
          #expect(Self.near(contrast.standardError, line[1], 1e-6), "\(place), \(row)")
          #expect(Self.near(contrast.degrees, line[2], 2e-5), "\(place), \(method), \(row)")
          #expect(Self.near(contrast.lower, line[4], 1e-5, 1e-6), "\(place), \(row)")
          #expect(Self.near(contrast.upper, line[5], 1e-5, 1e-6), "\(place), \(row)")
          // The logarithm of a small p is t²/2, and rises with what is left of lme4's search.
          #expect(
            Self.near(contrast.p, line[6], 1e-5 * max(1, -2 * log(line[6]))), "\(place), \(row)")
        }
      }
    }
  }

  /// The dense twin knows neither sums per person nor exact derivatives.
  @Test(arguments: ["unbalanced", "noisy", "boundary"], [true, false])
  func agreesWithTheTwin(_ name: String, _ isRestricted: Bool) throws {
    let data = try #require(try MixedVector.read().sets[name]).data
    let columns = data.columns("active + guess")
    let design = try MixedDesign(outcome: data.y, persons: data.person, columns: columns)
    let model = try RandomInterceptModel(design, method: isRestricted ? .restricted : .full)
    let twin = MixedTwin(
      outcome: data.y, persons: data.person,
      columns: [data.y.map { _ in 1 }] + columns.map(\.values),
      isRestricted: isRestricted)
    let place = twin.estimate()
    #expect(abs(place.tau * place.tau - model.personVariance) < 1e-5)
    #expect(abs(place.sigma * place.sigma - model.residualVariance) < 1e-5)
    #expect(abs(twin.deviance(place.tau, place.sigma) - model.deviance) < 1e-8)
    let exact = (model.personVariance.squareRoot(), model.residualVariance.squareRoot())
    let (covariance, beta) = twin.solution(exact.0, exact.1)
    for row in beta.indices {
      let contrast = try model.contrast(of: design.names[row])
      #expect(Self.near(contrast.estimate, beta[row], 1e-9, 1e-10))
      #expect(Self.near(contrast.standardError, covariance[row][row].squareRoot(), 1e-9))
      let unit = beta.indices.map { $0 == row ? 1.0 : 0 }
      #expect(Self.near(contrast.degrees, twin.degrees(unit, at: exact), 1e-4))
    }
  }

  /// Slope and bend of the deviance against differences of it, far from the minimum too.
  @Test(arguments: [0.01, 0.3, 1, 7, 200])
  func derivativesAreExact(_ ratio: Double) throws {
    let data = try #require(try MixedVector.read().sets["unbalanced"]).data
    let design = try MixedDesign(
      outcome: data.y, persons: data.person, columns: data.columns("active * guess"))
    let sums = design.sums.total()
    for likelihood in [MixedSums.Likelihood.restricted, .full] {
      let h = ratio * 1e-4
      let here = try #require(sums.profile(ratio, likelihood))
      let left = try #require(sums.profile(ratio - h, likelihood))
      let right = try #require(sums.profile(ratio + h, likelihood))
      let slope = (right.deviance - left.deviance) / (2 * h)
      let bend = (right.devianceSlope - left.devianceSlope) / (2 * h)
      #expect(Self.near(here.devianceSlope, slope, 1e-6, 1e-9 / h))
      #expect(Self.near(here.devianceBend, bend, 1e-6, 1e-9 / h))
    }
  }

  /// Without a random intercept it is ordinary least squares: R's lm on the same rows.
  @Test func leastSquares() throws {
    let persons = [1, 2, 3, 4, 5, 6]
    let model = try RandomInterceptModel(
      try MixedDesign(
        outcome: [1, 3, 2, 5, 4, 6], persons: persons,
        columns: [MixedDesign.Column("x", [0, 0, 0, 1, 1, 1])]), method: .ordinary)
    // summary(lm(c(1,3,2,5,4,6) ~ c(0,0,0,1,1,1))): 3, 0.8165, t 3.674, p 0.02131 on 4 degrees.
    let contrast = try model.contrast(of: "x")
    #expect(abs(contrast.estimate - 3) < 1e-12)
    #expect(abs(contrast.standardError - (2.0 / 3).squareRoot()) < 1e-12)
    #expect(contrast.degrees == 4)
    #expect(abs(contrast.p - 0.0213116) < 1e-6)
    #expect(!model.isAtBoundary)
    #expect(model.personVariance == 0)
  }

  /// Neither the order of rows, nor the numbers of persons, nor units and zero change the answer.
  @Test func unitsDoNotMatter() throws {
    let data = try #require(try MixedVector.read().sets["unbalanced"]).data
    let design = try MixedDesign(
      outcome: data.y, persons: data.person, columns: data.columns("active + guess"))
    let plain = try RandomInterceptModel(design).contrast(of: "active")
    let order = data.y.indices.reversed()
    for (scale, zero) in [(1e-20, 0.0), (1e20, 0), (1e9, 3e10), (2, -5e6)] {
      let moved = try RandomInterceptModel(
        MixedDesign(
          outcome: order.map { data.y[$0] * scale + zero },
          persons: order.map { 1_000_003 - 17 * data.person[$0] },
          columns: data.columns("active + guess").map { column in
            MixedDesign.Column(column.name, order.map { column.values[$0] * 1e4 + 1e5 })
          })
      ).contrast(of: "active")
      #expect(Self.near(moved.estimate * 1e4 / scale, plain.estimate, 1e-5))
      #expect(Self.near(moved.standardError * 1e4 / scale, plain.standardError, 1e-6))
      #expect(Self.near(moved.degrees, plain.degrees, 1e-5))
    }
  }
}
