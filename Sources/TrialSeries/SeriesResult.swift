import TrialAnalysis
package import TrialStatistics

/// Trials pooled: means, heterogeneity, each trial drawn towards the others, one test, the blind.
package struct SeriesResult: Sendable {
  /// One pooled trial.
  package struct Line: Sendable {
    /// What it is called.
    package let name: String
    /// Whether it verifies.
    package let isVerified: Bool
    /// Its effect and standard error, by its own plan's model under a flat prior.
    package let effect, se: Double
    /// Ratings under the arm, and under the reference.
    package let ratings: [Int]
    /// Its effect in the light of the others; `nil` without the hierarchical model.
    package let shrunken: HierarchicalPosterior.Quantity?
  }

  /// What is compared.
  package let key: SeriesKey
  /// The level of the intervals.
  package let level: Double
  /// The pooled trials, in the order of their identities.
  package let lines: [Line]
  /// The others, by name.
  package let leftOut: [LeftOut]
  /// How many of the pooled ones were not sealed by this program.
  package let unverified: Int
  /// How many of the pooled ones have a simulated participant.
  package let simulated: Int
  /// The means, by three estimates of the variance between trials.
  package let means: [RandomEffects]
  /// Whether the trials differ.
  package let heterogeneity: Heterogeneity
  /// The hierarchical model; or why there is none.
  package let posterior: Result<HierarchicalPosterior, SeriesFault>
  /// Whether the scale of its prior was given, and not taken from the ratings.
  package let scaleIsGiven: Bool
  /// The randomization test over all trials; or why there is none.
  package let test: Result<StratifiedTest, SeriesFault>
  /// The mean of the differences within the trials, weighted by what their numbers of ratings tell; the
  /// effect that the randomization test is about.
  package let difference: Double?
  /// The guesses; `nil` where nobody was asked.
  package let guesses: PooledGuesses?

  /// The mean by restricted likelihood, which is reported first.
  package var main: RandomEffects { means[means.count - 1] }

  /// Pools what was selected.
  ///
  /// - Throws: `SeriesFault` where no trial is left.
  package init(_ selection: SeriesSelection, options: SeriesOptions) throws {
    guard let key = selection.key, !selection.pooled.isEmpty else {
      throw SeriesFault.nothing(selection.leftOut)
    }
    self.key = key
    level = options.level
    leftOut = selection.leftOut
    let parts = selection.pooled.map(\.part)
    let effects = parts.map { $0.effect ?? 0 }
    let errors = parts.map { $0.se ?? 0 }
    let estimates: TrialEstimates
    do {
      estimates = try TrialEstimates(effects: effects, variances: errors.map { $0 * $0 })
      means = try HeterogeneityEstimator.allCases.map {
        try RandomEffects(estimates, estimator: $0, level: options.level)
      }
      heterogeneity = try Heterogeneity(estimates, level: options.level)
    } catch {
      throw SeriesFault("\(error)")
    }
    scaleIsGiven = options.tauScale != nil
    posterior = SeriesResult.posterior(estimates, parts, options)
    test = SeriesResult.test(parts, options)
    difference = SeriesResult.difference(parts)
    let tables = parts.compactMap(\.guesses)
    guesses = tables.isEmpty ? nil : PooledGuesses(tables, level: options.level)
    unverified = selection.pooled.count { !$0.trial.isVerified }
    simulated = selection.pooled.count { $0.trial.isSimulated }
    let individuals = (try? posterior.get())?.individuals
    lines = selection.pooled.enumerated().map { place, pooled in
      Line(
        name: pooled.trial.name, isVerified: pooled.trial.isVerified, effect: effects[place],
        se: errors[place], ratings: pooled.part.ratings, shrunken: individuals?[place])
    }
  }

  private static func posterior(
    _ estimates: TrialEstimates, _ parts: [TrialContribution], _ options: SeriesOptions
  ) -> Result<HierarchicalPosterior, SeriesFault> {
    let deviations = parts.compactMap(\.referenceSD).filter { $0 > 0 }.sorted()
    guard
      let scale = options.tauScale
        ?? (deviations.isEmpty
          ? nil
          : (deviations[deviations.count / 2] + deviations[(deviations.count - 1) / 2]) / 4)
    else {
      return .failure(
        SeriesFault(
          "no trial has ratings that vary under the reference, so the scale of the prior is not known",
          hint: "give it with --tau-scale, in the unit of the outcome"))
    }
    do {
      return .success(
        try HierarchicalPosterior(estimates, scale: scale, level: options.level))
    } catch {
      return .failure(SeriesFault("\(error)"))
    }
  }

  private static func test(
    _ parts: [TrialContribution], _ options: SeriesOptions
  ) -> Result<StratifiedTest, SeriesFault> {
    let sums = parts.compactMap(\.sums)
    guard sums.count == parts.count else {
      let missing = parts.count - sums.count
      return .failure(
        SeriesFault(
          "\(missing) of \(parts.count) trials came without the randomization distribution of their "
            + "sum", hint: "write the lines with `selfblind map --sums`"))
    }
    do { return .success(try StratifiedTest(sums, seed: options.seed)) } catch {
      return .failure(SeriesFault("\(error)"))
    }
  }

  /// Σ w d / Σ w with w = m (M − m) / M: the coefficient of the arm with a level for each trial.
  private static func difference(_ parts: [TrialContribution]) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for part in parts {
      guard let difference = part.difference else { continue }
      let (active, reference) = (Double(part.ratings[0]), Double(part.ratings[1]))
      guard active + reference > 0 else { continue }
      let weight = active * reference / (active + reference)
      sum += weight * difference
      total += weight
    }
    return total > 0 ? sum / total : nil
  }
}
