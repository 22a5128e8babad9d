extension Glossary {
  /// The terms that the report of a study of many persons may use.
  static let study = (shared + own).sorted { $0.name.lowercased() < $1.name.lowercased() }

  /// Those that mean the same in the report of one person.
  private static let shared = terms.filter {
    [
      "interval", "standard deviation", "standard error", "Holm", "Bang's index", "James's index",
      "kappa",
    ].contains($0.name)
  }

  private static let own = [
    GlossaryTerm(
      "arm", "arms",
      meaning: "One of the two things that are compared: a treatment and its placebo."),
    GlossaryTerm(
      "p-value", "p-values",
      meaning:
        "How likely a difference at least as large would be if there were none, by the model. A "
        + "small one says that chance alone is a poor explanation."),
    GlossaryTerm(
      "mixed model", "linear mixed model",
      meaning:
        "A comparison of rows that allows for people who rate high or low throughout, so that "
        + "several rows of one person do not count as several people."),
    GlossaryTerm(
      "random intercept",
      meaning: "A person's own level, above or below that of others, in all of that person's rows."
    ),
    GlossaryTerm(
      "degrees of freedom", "degrees",
      meaning:
        "How much there was to estimate the noise from; with few of them intervals are wider."),
    GlossaryTerm(
      "bootstrap", "drawn anew", "draws of people",
      meaning:
        "Drawing people from those of the study again and again, some twice and some not at all, "
        + "and looking how far the result moves."),
    GlossaryTerm(
      "simple index",
      meaning:
        "How much more often one arm is guessed when it is that arm than when it is the other: 0 "
        + "for a blind that holds, 1 for knowing."),
    GlossaryTerm(
      "rate of right guesses", "rates of right guesses",
      meaning: "The share of guesses that were right; a coin has one half."),
    GlossaryTerm(
      "covariate", "covariates",
      meaning: "Something known about a row or a person that is allowed for in the model."),
  ]
}
