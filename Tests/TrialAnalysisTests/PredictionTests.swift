import Testing

@testable import TrialAnalysis

/// What was expected before the opening, in its fixed form, beside what was found.
struct PredictionTests {
  private func read(_ text: String) -> Prediction? {
    Prediction(text, outcome: "mood", arms: ["placebo", "active", "active long"])
  }

  @Test(arguments: [
    Prediction(outcome: "mood", arm: "active", isHigher: true, amount: "1.5", percent: 70),
    Prediction(outcome: "mood", arm: "active long", isHigher: false),
    Prediction(outcome: "mood", arm: "placebo", amount: "2"),
    Prediction(outcome: "mood", arm: nil, percent: 60), Prediction(outcome: "mood", arm: nil),
  ]) func theFixedFormIsReadAgain(_ prediction: Prediction) {
    #expect(read(prediction.text) == prediction, "\(prediction.text)")
  }

  @Test func theOutcomeOfNoDifferenceMayBeLeftOut() {
    #expect(read("no difference") == Prediction(outcome: "mood", arm: nil))
    #expect(
      read("no difference, 60 % sure") == Prediction(outcome: "mood", arm: nil, percent: 60))
  }

  @Test func theFormIsFixed() {
    #expect(
      Prediction(outcome: "mood", arm: "active", amount: "1.5", percent: 70).text
        == "mood higher under active by 1.5, 70 % sure")
    // As people write.
    let plain = Prediction(outcome: "mood", arm: "active", amount: "1", percent: 70)
    for written in [
      "Mood higher under active by 1, 70% sure", "mood higher under Active by 1,70 % sure.",
      "mood higher under active by 1, 70 % Sure. ",
    ] { #expect(read(written) == plain, "\(written)") }
    // About any planned outcome, the first where both would fit.
    func planned(_ text: String) -> Prediction? {
      Prediction(text, outcomes: ["mood", "energy"], arms: ["placebo", "active"])
    }
    #expect(planned("energy lower under active")?.outcome == "energy")
    #expect(planned("no difference")?.outcome == "mood")
    #expect(planned("sleep lower under active") == nil)
    #expect(read("No difference.") == Prediction(outcome: "mood", arm: nil))
    #expect(read("No difference in Mood") == Prediction(outcome: "mood", arm: nil))
    for other in [
      "", "better", "sleep higher under active", "mood higher under zinc",
      "mood higher under active by x",
      "mood higher under active by -1", "mood higher under active, 101 % sure",
      "no difference in mood, 7O % sure", "mood higher under active and more",
    ] { #expect(read(other) == nil, "\(other)") }
  }

  private func compared(_ text: String, _ estimate: Double, _ lower: Double?, _ upper: Double?)
    -> String?
  {
    Prediction(text, outcome: "mood", arms: ["placebo", "active"])?
      .compared(with: MadeAnswer.contrast(MadeAnswer.test(estimate, lower, upper)))
  }

  @Test func comparedWithWhatWasFound() {
    #expect(
      compared("mood higher under active by 1", 0.5, 0.1, 1.2)
        == "A difference of 1 was expected; the estimate points the same way, and the 95 % interval 0.1 "
        + "to 1.2 holds it.")
    #expect(
      compared("mood higher under placebo by 1", 0.5, 0.1, 1.2)
        == "A difference of −1 was expected; the estimate points another way, and the 95 % interval 0.1 "
        + "to 1.2 does not hold it.")
    #expect(
      compared("mood lower under active", 0.5, 0.1, 1.2)
        == "A direction was expected; the estimate points another way.")
    #expect(
      compared("no difference in mood", 0.5, 0.1, 1.2)
        == "No difference was expected; the 95 % interval 0.1 to 1.2 excludes zero.")
    #expect(
      compared("no difference in mood, 60 % sure", 0.5, -0.1, 1.2)
        == "No difference was expected; the 95 % interval −0.1 to 1.2 holds zero.")
    #expect(
      compared("no difference in mood", 0.5, nil, nil)
        == "No difference was expected; the interval has no bounds, so nothing speaks against it.")
    #expect(
      compared("mood higher under active by 1", 0.5, nil, nil)
        == "A difference of 1 was expected; the estimate points the same way, and the interval has no "
        + "bounds, so nothing speaks against it.")
  }
}
