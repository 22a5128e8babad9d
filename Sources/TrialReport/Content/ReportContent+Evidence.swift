import TrialAnalysis

extension ReportContent {
  /// The figures that carry the answer.
  static func evidence(_ result: TrialResult) -> Section {
    let effects = ([result.primary] + result.alsoTested).map { EffectFigure(result, $0).figure }
    let distributions = result.primary.contrasts.map { DistributionFigure(result, $0)?.figure }
    let posteriors = result.primary.contrasts.map { PosteriorFigure(result, $0)?.figure }
    let figures =
      effects + [RatingsFigure(result).figure, PairedFigure(result)?.figure] + distributions
      + posteriors
    return Section(
      id: "evidence", title: "The evidence", blocks: figures.compactMap { $0.map(Block.figure) })
  }
}
