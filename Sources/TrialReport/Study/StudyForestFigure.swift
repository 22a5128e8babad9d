import GroupStudy
import TrialAnalysis

/// One outcome: both effects, the guess, and the contrasts between groups.
struct StudyForestFigure {
  private let words: StudyWords
  private let place: Int
  private let forest: ForestDrawing

  init(_ words: StudyWords, place: Int) {
    self.words = words
    self.place = place
    let outcome = words.outcome
    var rows: [ForestDrawing.Row] = []
    func add(_ label: String, _ contrast: StudyContrast?, _ style: String) {
      guard let contrast else { return }
      rows.append(
        ForestDrawing.Row(
          label: label, value: contrast.estimate, lower: contrast.lower, upper: contrast.upper,
          style: style))
    }
    add("The capsule, whatever was guessed", outcome.withoutGuess.effect, "main of1")
    add("The capsule, with the guess in the model", outcome.withGuess?.effect, "main of1")
    for (guess, contrast) in zip(words.result.arms, outcome.strata?.withinGuess ?? []) {
      add("The capsule, where \(guess) was guessed", contrast, "main of1")
    }
    add("The guess, with the capsule in the model", outcome.withGuess?.guess, "second")
    for (arm, contrast) in zip(words.result.arms, outcome.strata?.withinArm ?? []) {
      add("The guess, where it was \(arm)", contrast, "second")
    }
    forest = ForestDrawing(
      rows: rows, threshold: outcome.relevance,
      axis: "difference in \(outcome.name)" + (outcome.unit.map { " (\($0))" } ?? ""))
  }

  var figure: Figure? {
    guard !forest.rows.isEmpty else { return nil }
    return Figure(
      id: "forest-\(place + 1)", title: "The capsule and the guess: \(words.outcome.name)",
      description: forest.said + forest.bandInWords,
      caption: "The capsule: \(words.active) minus \(words.reference). The guess: guessed "
        + "\(words.active) minus guessed \(words.reference). Each with its \(words.level) interval. A capsule that works by itself moves the coloured rows; belief "
        + "alone moves the grey ones." + forest.bandInWords, draw: forest.draw)
  }
}
