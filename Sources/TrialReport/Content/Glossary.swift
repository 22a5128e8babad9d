/// A term of art and what it means, in one or two sentences a layperson can read.
struct GlossaryTerm {
  /// The anchor in the page.
  let id: String
  /// The forms in which it stands in the text; the first is the headword.
  let forms: [String]
  /// What it means.
  let meaning: String

  /// The headword.
  var name: String { forms[0] }

  init(_ forms: String..., meaning: String) {
    self.forms = forms
    self.meaning = meaning
    id =
      "term-"
      + forms[0].lowercased().unicodeScalars.map {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) ? String($0) : "-"
      }.joined()
  }
}

/// The terms that a report may use; each is explained in the report that uses it.
enum Glossary {
  static let terms =
    (trial + test + model + blinding + sealing)
    .sorted { $0.name.lowercased() < $1.name.lowercased() }

  private static let trial = [
    GlossaryTerm(
      "slot", "slots",
      meaning: "One occasion of taking something, as a rule one day. It has one arm and one rating."
    ),
    GlossaryTerm(
      "arm", "arms",
      meaning: "One of the things that are compared: a treatment, a placebo, or nothing."),
    GlossaryTerm(
      "block", "blocks",
      meaning: "A run of slots within which the arms are balanced, so that slow changes cancel."),
    GlossaryTerm(
      "washout",
      meaning:
        "Slots that are left out of the analysis by design, so that what was taken before has "
        + "time to wear off."),
    GlossaryTerm(
      "carry-over",
      meaning: "An effect that outlasts its slot and shows in the next one."),
    GlossaryTerm(
      "deviation", "deviations",
      meaning: "A departure from the protocol, written down while the arms were still hidden."),
    GlossaryTerm(
      "adverse event", "adverse events",
      meaning: "Anything unwanted that happened during the trial, whatever its cause."),
    GlossaryTerm(
      "threshold of relevance", "calls relevant",
      meaning:
        "The smallest difference that would matter to the person, as the plan names it."),
    GlossaryTerm(
      "exploratory",
      meaning:
        "Not fixed beforehand, or not the planned question. It can suggest something, and shows "
        + "nothing."),
    GlossaryTerm(
      "sensitivity analysis", "sensitivity",
      meaning:
        "The same analysis with one choice made otherwise, to see whether the answer hangs on "
        + "it."),
  ]

  private static let test = [
    GlossaryTerm(
      "p-value", "p-values", "two-sided p", "one-sided p", "p alone",
      meaning:
        "The share of possible schedules that would have given a difference at least as large "
        + "if the arms made none. A small one says that chance alone is a poor explanation."),
    GlossaryTerm(
      "mid-p",
      meaning: "A p-value in which schedules with exactly the observed difference count half."),
    GlossaryTerm(
      "interval", "intervals",
      meaning: "The effects that the data do not speak against. Of many 95 % intervals, 95 in 100 "
        + "hold the true effect."),
    GlossaryTerm(
      "randomization test", "randomization distribution",
      meaning:
        "A test that compares what was observed with what every other schedule of the same draw "
        + "would have shown. It needs no assumption about the noise."),
    GlossaryTerm(
      "Hodges-Lehmann estimate", "Hodges-Lehmann value",
      meaning: "The effect in the middle of those that the test does not reject."),
    GlossaryTerm(
      "effect size", "effect sizes",
      meaning: "The difference on a scale without units, to compare it with other studies."),
    GlossaryTerm(
      "standard deviation", "standard deviations", "SD",
      meaning: "How far ratings usually lie from their mean."),
    GlossaryTerm(
      "standard error",
      meaning: "How far an estimate usually lies from the truth."),
    GlossaryTerm(
      "t-test",
      meaning:
        "The usual comparison of two means. It takes every rating for a separate, independent "
        + "case."),
    GlossaryTerm(
      "Holm", "Holm's rule", "Holm's value",
      meaning:
        "A rule that raises p-values where several comparisons are made, so that one lucky one "
        + "does not count as a finding."),
    GlossaryTerm(
      "max-T",
      meaning: "A rule like Holm's that also uses how the comparisons hang together."),
    GlossaryTerm(
      "whitening", "noise that carries from one slot to the next",
      meaning:
        "Taking out of each rating what the one before it foretells, so that slow ups and downs "
        + "hide less of the effect."),
  ]

  private static let model = [
    GlossaryTerm(
      "autocorrelation",
      meaning:
        "How much a rating resembles the one of the slot before, beyond what the arms explain: "
        + "0 not at all, 1 fully."),
    GlossaryTerm(
      "Bayesian model", "Bayesian effect",
      meaning:
        "A description of how ratings arise, from which the probability of each effect follows, "
        + "given what was believed beforehand."),
    GlossaryTerm(
      "AR(1)",
      meaning: "Noise in which each value keeps a fixed share of the one before."),
    GlossaryTerm(
      "posterior",
      meaning: "What is believed about the effect after the ratings."),
    GlossaryTerm(
      "prior", "priors",
      meaning: "What is believed about the effect before the ratings."),
    GlossaryTerm(
      "Bayes factor",
      meaning: "How many times likelier the ratings are with an effect than without one."),
  ]

  private static let blinding = [
    GlossaryTerm(
      "blind", "blinded", "blinding",
      meaning: "Not knowing which arm a slot has."),
    GlossaryTerm(
      "Bang's index",
      meaning:
        "Right guesses minus wrong ones, over all guesses under an arm: 0 for guessing, 1 for "
        + "knowing, below 0 for a leaning to the other arm."),
    GlossaryTerm(
      "James's index",
      meaning:
        "A score of blinding that weighs \"don't know\" most: 1 where nobody could tell, 0 where "
        + "everybody could, 0.5 for plain guessing."),
    GlossaryTerm(
      "kappa",
      meaning: "Agreement of guess and truth beyond chance: 0 none, 1 full."),
    GlossaryTerm(
      "log score",
      meaning: "How well the stated probabilities foretold the arms; nearer to 0 is better."),
    GlossaryTerm(
      "Brier score",
      meaning: "The mean square of how far the stated probabilities were off; smaller is better."),
    GlossaryTerm(
      "best guesser",
      meaning: "Somebody who knows the scheme and all earlier arms and names the likelier one."),
  ]

  private static let sealing = [
    GlossaryTerm(
      "sealed", "seal",
      meaning: "Encrypted and bound by digests, so that the schedule can neither be read early nor "
        + "changed."),
    GlossaryTerm(
      "commitment",
      meaning: "A digest that was published before, to which what is opened later must fit."),
    GlossaryTerm(
      "custody",
      meaning: "Who held the key to the seal during the trial, and how."),
    GlossaryTerm(
      "code break", "codes broken", "broken code",
      meaning: "Opening the arm of one slot before the end, in an emergency. The reason is in the "
        + "record first."),
    GlossaryTerm(
      "checkpoint",
      meaning: "A signed line that stands for every entry of the journal up to it."),
    GlossaryTerm(
      "kit", "kits",
      meaning: "The container of one slot, with a code that tells nothing about what is in it."),
    GlossaryTerm(
      "witness", "witnessed",
      meaning: "A person or service outside who saw a commitment or a checkpoint at a certain time."
    ),
  ]
}
