import Foundation
import Testing
import TrialTestSupport

@testable import TrialStatistics

/// Pooled trials against values computed elsewhere.
///
/// The vectors are mpmath's (Tests/Vectors/pooling.py); the peers' are those of the R packages metafor and
/// meta, and of an oracle by Gauss-Legendre, read where the shared folder is present.
struct PoolingTests {
  private struct File: Decodable {
    struct Series: Decodable {
      let effects, variances: [Double]
      let scale: Double
      let q: String
      let DL, PM, REML: [String: String]
      let bayes: Bayes
    }
    struct Bayes: Decodable {
      let mean, sd, lower, upper, positive, predictionLower, predictionUpper, tauMean: String
      let logMarginal: String
      let shrunkenMean, shrunkenSD: [String]
    }
    let series: [String: Series]
  }

  private static func vectors() throws -> [String: File.Series] {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/pooling.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).series
  }

  @Test("three estimates of heterogeneity and their means, to 1e-10")
  func estimates() throws {
    let series = try Self.vectors()
    #expect(series.count == 5)
    for (name, data) in series {
      let trials = try TrialEstimates(effects: data.effects, variances: data.variances)
      let found = try Heterogeneity(trials)
      #expect(agree(found.q, try #require(Double(data.q)), 1e-12), "Q of \(name)")
      for (estimator, wanted) in zip(
        HeterogeneityEstimator.allCases, [data.DL, data.PM, data.REML])
      {
        let mean = try RandomEffects(trials, estimator: estimator)
        let what = "\(estimator) of \(name)"
        func number(_ key: String) throws -> Double {
          try #require(wanted[key].flatMap { Double($0) })
        }
        // The golden section of the vectors finds a flat top to about 1e-13 of it.
        let tolerance = estimator == .restrictedLikelihood ? 1e-9 : 1e-12
        let tau2 = try number("tau2")
        #expect(abs(mean.tau2 - tau2) <= tolerance * max(tau2, 1e-6), "τ² \(what)")
        #expect(agree(mean.mean, try number("mean"), tolerance), "mean \(what)")
        #expect(agree(mean.plain.se, try number("se"), tolerance), "se \(what)")
        #expect(
          agree(try #require(mean.hartungKnapp).se, try number("knappSE"), tolerance),
          "Knapp \(what)")
      }
    }
  }

  @Test("the hierarchical model, to 1e-8 of its unit")
  func hierarchical() throws {
    for (name, data) in try Self.vectors() {
      let posterior = try HierarchicalPosterior(
        TrialEstimates(effects: data.effects, variances: data.variances), scale: data.scale)
      func check(_ found: Double, _ text: String, _ what: String) throws {
        let wanted = try #require(Double(text))
        #expect(
          abs(found - wanted) <= 1e-8 * max(1, data.scale, abs(wanted)),
          "\(what) of \(name): \(found), \(wanted)")
      }
      let bayes = data.bayes
      try check(posterior.effect.mean, bayes.mean, "mean")
      try check(posterior.effect.sd, bayes.sd, "sd")
      try check(posterior.effect.lower, bayes.lower, "lower")
      try check(posterior.effect.upper, bayes.upper, "upper")
      try check(posterior.probabilityPositive, bayes.positive, "positive")
      try check(posterior.prediction.lower, bayes.predictionLower, "prediction")
      try check(posterior.prediction.upper, bayes.predictionUpper, "prediction")
      try check(posterior.tauMean, bayes.tauMean, "τ")
      try check(posterior.logMarginal, bayes.logMarginal, "log marginal")
      for (found, wanted) in zip(posterior.individuals, bayes.shrunkenMean) {
        try check(found.mean, wanted, "shrunken mean")
      }
      for (found, wanted) in zip(posterior.individuals, bayes.shrunkenSD) {
        try check(found.sd, wanted, "shrunken sd")
      }
    }
  }

  private static func trials(_ name: String) throws -> TrialEstimates? {
    guard let url = SharedFiles.url("reference/statistics/inputs/meta_\(name).csv") else {
      return nil
    }
    let rows = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst()
      .map { $0.split(separator: ",").compactMap { Double($0) } }
    return try TrialEstimates(effects: rows.map { $0[1] }, variances: rows.map { $0[2] })
  }

  @Test("metafor's means, intervals, p-values and prediction intervals")
  func peers() throws {
    guard let peers = try PeerValues.r()?.meta else { return }
    var checked = 0
    for name in ["k2", "k5", "k8_homog", "k20", "k200"] {
      guard let trials = try Self.trials(name) else { return }
      let found = try Heterogeneity(trials)
      let profile = peers[name]["REML_tau2_QprofileCI"].numbers
      if profile.count == 2 {
        // metafor looks up to τ² = 100 and stops where its bracket is 1e-4 wide.
        for (end, peer) in zip([found.tau2Lower, found.tau2Upper], profile) {
          #expect(abs(min(100, end ?? .nan) - peer) <= 2e-4 + 1e-4 * peer, "profile of \(name)")
        }
      }
      for estimator in HeterogeneityEstimator.allCases {
        let mean = try RandomEffects(trials, estimator: estimator)
        // metafor itself stops its iterations at 1e-5.
        let tolerance = estimator == .restrictedLikelihood ? 2e-5 : 1e-6
        for (test, interval) in [("z", mean.plain), ("knha", try #require(mean.hartungKnapp))] {
          let peer = peers[name]["\(estimator.rawValue) \(test)"]
          let what = "\(name) \(estimator.rawValue) \(test)"
          func check(_ value: Double, _ key: String) {
            let wanted = peer[key].number
            #expect(
              abs(value - wanted) <= tolerance * max(abs(wanted), 0.01), "\(what) \(key)")
            checked += 1
          }
          check(mean.mean, "mu")
          check(interval.se, "se")
          check(interval.lower, "ciLower")
          check(interval.upper, "ciUpper")
          check(interval.p, "p")
          check(mean.tau2, "tau2")
          check(found.q, "Q")
          check(found.p, "Qp")
          check(100 * (mean.i2 ?? .nan), "I2")
          check(mean.h2 ?? .nan, "H2")
          if test == "knha" {
            check(mean.predictionLower ?? .nan, "predLower")
            check(mean.predictionUpper ?? .nan, "predUpper")
          }
        }
      }
    }
    #expect(checked == 5 * 3 * 22)
  }

  @Test("the oracle of the hierarchical model, to 1e-8")
  func oracle() throws {
    guard
      let oracle = try PeerValues(
        "reference/statistics/expected/bayes_meta_and_ar1_ml_oracle.json")?.expected.meta
    else { return }
    for name in ["k2", "k5", "k8_homog", "k20", "k200"] {
      guard let trials = try Self.trials(name) else { return }
      let wanted = oracle["\(name) halfnormal0.5"]
      try #require(!wanted.isMissing, "no oracle for \(name)")
      let found = try HierarchicalPosterior(trials, scale: 0.5)
      let pairs = [
        (found.effect.mean, "muMean"), (found.effect.sd, "muSD"), (found.median, "muMedian"),
        (found.effect.lower, "muLower"), (found.effect.upper, "muUpper"),
        (found.probabilityPositive, "pMuGreater0"), (found.tauMean, "tauMean"),
        (found.prediction.lower, "predLower"), (found.prediction.upper, "predUpper"),
        (found.logMarginal, "logMarginal"),
      ]
      for (value, key) in pairs {
        #expect(abs(value - wanted[key].number) <= 1e-8, "\(name) \(key): \(value)")
      }
      for (trial, mean) in wanted.shrinkMean.numbers.enumerated() {
        #expect(abs(found.individuals[trial].mean - mean) <= 1e-8, "\(name) trial \(trial)")
        #expect(
          abs(found.individuals[trial].sd - wanted.shrinkSD.numbers[trial]) <= 1e-8,
          "\(name) trial \(trial)")
      }
    }
  }
}
