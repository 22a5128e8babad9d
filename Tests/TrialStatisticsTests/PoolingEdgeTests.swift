import Foundation
import Testing

@testable import TrialStatistics

/// One trial, two trials, far apart, in other units, and what is refused.
struct PoolingEdgeTests {
  @Test func oneTrialIsItself() throws {
    let trials = try TrialEstimates(effects: [1.5], variances: [0.25])
    for estimator in HeterogeneityEstimator.allCases {
      let mean = try RandomEffects(trials, estimator: estimator)
      #expect(mean.mean == 1.5)
      #expect(mean.plain.se == 0.5)
      #expect(mean.tau2 == 0)
      #expect(mean.hartungKnapp == nil && mean.i2 == nil && mean.predictionLower == nil)
    }
    #expect(try Heterogeneity(trials).p == 1)
    // With a flat mean, one trial says nothing of τ: what is left is its prior.
    let posterior = try HierarchicalPosterior(trials, scale: 2)
    #expect(abs(posterior.tauMean - 2 * (2 / Double.pi).squareRoot()) < 1e-9)
    #expect(abs(posterior.effect.mean - 1.5) < 1e-12)
    #expect(abs(posterior.effect.sd - (0.25 + 4).squareRoot()) < 1e-9)
    #expect(abs(posterior.individuals[0].sd - 0.5) < 1e-9)
  }

  /// Where one trial weighs nearly everything, the weights of the others are still told from nothing.
  @Test func oneTrialOutweighsTheOthers() throws {
    for small in [1e-6, 1e-12, 1e-18, 1e-24] {
      let variances = [small, 1, 2]
      let trials = try TrialEstimates(effects: [0, 1, 3], variances: variances)
      // Σ w − Σ w² / Σ w is the sum over pairs of 2 w w' / Σ w.
      let weights = variances.map { 1 / $0 }
      let total = weights.reduce(0, +)
      let pairs = weights[0] * weights[1] + weights[0] * weights[2] + weights[1] * weights[2]
      #expect(abs(trials.sums(0).excess / (2 * pairs / total) - 1) < 1e-14)
      for estimator in HeterogeneityEstimator.allCases {
        let mean = try RandomEffects(trials, estimator: estimator)
        #expect(mean.tau2.isFinite && mean.mean.isFinite && mean.plain.se.isFinite, "\(small)")
        #expect(mean.i2?.isFinite == true && mean.h2?.isFinite == true)
      }
    }
  }

  /// Four decimals over fourteen slots have more sums than are listed: one decimal less is tested.
  @Test func sumsOfFineValuesAreThoseOfRoundedOnes() throws {
    let values = (0..<14).map { Double($0 * 7919 % 1009) / 3.7 }
    let fine = try ExactOutcome(values: values.map { ($0 * 1e5).rounded() / 1e5 })
    let set = ReferenceSet(layers: blockLayers(sizes: [14], active: [7]))
    let arms = (0..<14).map { $0 % 2 }
    let kept = arms.map { _ in true }
    let found = try #require(
      TrialSums(outcome: fine, observed: arms, kept: kept, reference: set))
    #expect(found.decimals < fine.decimals)
    #expect(found.weights.reduce(0, +) == 3432 && found.weights.count < TrialSums.widest)
    let scale = (0..<found.decimals).reduce(1.0) { power, _ in power * 10 }
    let rounded = try ExactOutcome(values: values.map { ($0 * scale).rounded() / scale })
    let wanted = try RandomizationTest(
      outcome: rounded, observed: arms, kept: nil, reference: set, statistic: .meanDifference,
      whitening: .none, level: 0.9
    ).result()
    let greater = found.weights[(found.observed - found.low)...].reduce(0, +) / 3432
    #expect(abs(greater - wanted.pGreater) < 2.0 / 3432)
  }

  @Test func sumsThatCannotBeAreRefused() {
    #expect(TrialSums(low: -5, weights: [1, 1], observed: .max, decimals: 0) == nil)
    #expect(TrialSums(low: -5, weights: [1, 1], observed: -6, decimals: 0) == nil)
    #expect(TrialSums(low: -5, weights: [1, 1], observed: -4, decimals: 0) != nil)
  }

  @Test func equalTrialsHaveNoHeterogeneity() throws {
    let trials = try TrialEstimates(effects: [2, 2, 2], variances: [1, 2, 4])
    for estimator in HeterogeneityEstimator.allCases {
      let mean = try RandomEffects(trials, estimator: estimator)
      #expect(mean.tau2 == 0)
      #expect(mean.hartungKnapp?.se == 0)
      #expect(mean.hartungKnapp?.p == 0)
    }
    let none = try TrialEstimates(effects: [0, 0], variances: [1, 1])
    #expect(try RandomEffects(none, estimator: .derSimonianLaird).hartungKnapp?.p == 1)
  }

  @Test("another unit changes nothing but the unit", arguments: [1e-20, 1e-3, 1e6, 1e30])
  func units(unit: Double) throws {
    let (effects, variances) = ([0.2, 1.4, -0.6, 0.9], [0.1, 0.3, 0.2, 0.05])
    let trials = try TrialEstimates(effects: effects, variances: variances)
    let other = try TrialEstimates(
      effects: effects.map { $0 * unit }, variances: variances.map { $0 * unit * unit })
    for estimator in HeterogeneityEstimator.allCases {
      let one = try RandomEffects(trials, estimator: estimator)
      let two = try RandomEffects(other, estimator: estimator)
      #expect(agree(two.tau2, one.tau2 * unit * unit, 1e-9))
      #expect(agree(two.mean, one.mean * unit, 1e-9))
      #expect(agree(two.plain.p, one.plain.p, 1e-9))
    }
    let one = try HierarchicalPosterior(trials, scale: 0.7)
    let two = try HierarchicalPosterior(other, scale: 0.7 * unit)
    #expect(agree(two.effect.upper, one.effect.upper * unit, 1e-8))
    #expect(agree(two.tauMean, one.tauMean * unit, 1e-8))
    #expect(agree(two.individuals[1].mean, one.individuals[1].mean * unit, 1e-8))
  }

  /// The same integrals by the most naive rule: a hundred thousand equal steps.
  @Test("quadrature against equal steps")
  func equalSteps() throws {
    let (effects, variances) = ([0.2, 1.4, -0.6, 0.9, 3], [0.1, 0.3, 0.2, 0.05, 0.02])
    let scale = 0.6
    let steps = 100_000
    var (total, mean, tau) = (0.0, 0.0, 0.0)
    for step in 0..<steps {
      let t = (Double(step) + 0.5) * 8 / Double(steps)
      let weights = variances.map { 1 / ($0 + t * t) }
      let weight = weights.reduce(0, +)
      let centre = zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1 } / weight
      let q = zip(weights, effects).reduce(0) { $0 + $1.0 * ($1.1 - centre) * ($1.1 - centre) }
      let density =
        weights.reduce(1) { $0 * $1.squareRoot() } / weight.squareRoot() * exp(-q / 2)
        * exp(-t * t / (2 * scale * scale))
      total += density
      mean += density * centre
      tau += density * t
    }
    let found = try HierarchicalPosterior(
      TrialEstimates(effects: effects, variances: variances), scale: scale)
    #expect(abs(found.effect.mean - mean / total) < 1e-7)
    #expect(abs(found.tauMean - tau / total) < 1e-7)
  }

  @Test("no τ² beside it has a larger restricted likelihood", arguments: 0..<20)
  func largest(seed: Int) throws {
    var generator = CounterGenerator(seed: 3, simulation: seed, stream: .noise)
    let count = 2 + seed
    let variances = (0..<count).map { _ in 0.02 + generator.uniform() }
    let effects = variances.map { ($0 + 0.3).squareRoot() * generator.normal() }
    let trials = try TrialEstimates(effects: effects, variances: variances)
    let found = HeterogeneityEstimator.restrictedLikelihood.tau2(trials)
    let top = HeterogeneityEstimator.restricted(trials, found)
    for step in 0...4_000 {
      let other = HeterogeneityEstimator.restricted(trials, Double(step) * 0.002)
      #expect(other <= top + 1e-12)
    }
  }

  @Test("Q at the ends of the profile is what chi-square leaves outside")
  func profile() throws {
    let trials = try TrialEstimates(
      effects: [0.2, 1.4, -0.6, 0.9, 3], variances: [0.1, 0.3, 0.2, 0.05, 0.02])
    let found = try Heterogeneity(trials)
    // chi-square with 4 degrees of freedom, scipy: 11.143286781877796 and 0.4844185570879299.
    #expect(agree(trials.sums(try #require(found.tau2Lower)).spread, 11.143286781877796, 1e-10))
    #expect(agree(trials.sums(try #require(found.tau2Upper)).spread, 0.4844185570879299, 1e-10))
  }

  @Test func whatIsRefused() {
    #expect(throws: PoolingError.noTrial) { try TrialEstimates(effects: [], variances: []) }
    #expect(throws: PoolingError.lengthsDiffer(effects: 1, variances: 2)) {
      try TrialEstimates(effects: [1], variances: [1, 2])
    }
    #expect(throws: PoolingError.effectNotFinite(trial: 2)) {
      try TrialEstimates(effects: [1, .nan], variances: [1, 2])
    }
    for variance in [0, -1, .nan, .infinity, 1e-320] {
      #expect(throws: PoolingError.varianceNotPositive(trial: 1)) {
        try TrialEstimates(effects: [1], variances: [variance])
      }
    }
    #expect(throws: PoolingError.levelOutOfRange) {
      try RandomEffects(
        TrialEstimates(effects: [1], variances: [1]), estimator: .pauleMandel, level: 1)
    }
    for scale in [0, -1, .nan, .infinity] {
      #expect(throws: PoolingError.scaleOutOfRange) {
        try HierarchicalPosterior(TrialEstimates(effects: [1], variances: [1]), scale: scale)
      }
    }
    #expect(PoolingError.noTrial.description == "no trial is left: there is nothing to pool")
  }
}
