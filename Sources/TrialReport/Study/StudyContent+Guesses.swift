import BlindRecord
import GroupStudy
import TrialAnalysis

extension StudyContent {
  /// How well the arms were guessed; `nil` where nobody was asked.
  var guesses: ReportContent.Section? {
    guard !result.guesses.isEmpty else { return nil }
    let isSeveral = result.guesses.count > 1
    let blocks = result.guesses.flatMap { set -> [ReportContent.Block] in
      let name = isSeveral ? ", \(set.set)" : ""
      return [
        .paragraph((isSeveral ? "In the set \(set.set) " : "") + sentence(set)),
        .table(counts(set, name)), .table(indices(set, name)),
      ]
    }
    let note = ReportContent.Block.note(
      "Published standard errors take every guess for independent. A person's guesses are not, so the "
        + "last column draws whole people anew.")
    return ReportContent.Section(
      id: "guesses", title: "How well it was guessed", blocks: blocks + [note])
  }

  private func sentence(_ set: StudyGuesses) -> String {
    guard let share = set.rightShare else {
      return "nobody named an arm in \(counted(set.answered, "answer"))."
    }
    var text = "\(ShownNumber.percent(share)) of the guesses were right"
    if let draws = set.rightByPerson {
      text += " (\(ShownNumber.percent(draws.lower)) to \(ShownNumber.percent(draws.upper)))"
    }
    if let base = set.baseRate {
      text +=
        "; always naming the commoner arm would have been right in "
        + ShownNumber.percent(base)
    }
    return text + "."
  }

  private func counts(_ set: StudyGuesses, _ name: String) -> ReportContent.Table {
    ReportContent.Table(
      caption: "Guesses against arms\(name)",
      header: ["Arm", "guessed \(reference)", "guessed \(active)", "don't know"],
      rows: set.arms.map {
        [.text($0.arm), .count($0.reference), .count($0.active), .count($0.dontKnow)]
      })
  }

  private func indices(_ set: StudyGuesses, _ name: String) -> ReportContent.Table {
    let bang = set.arms.map { ("Bang's index, \($0.arm)", $0.bang) }
    let all =
      bang + [("James's index", set.james), ("simple index", set.simple), ("kappa", set.kappa)]
    return ReportContent.Table(
      caption: "Indices of the blind\(name)",
      header: ["Index", "Value", "Standard error", "Interval", "People drawn anew"],
      rows: all.map { label, index in
        let interval = index.flatMap { index in
          index.lower.flatMap { lower in index.upper.map { StudyWords.range(lower, $0) } }
        }
        return [
          .text(label), .number(index?.index), .number(index?.se), .text(interval ?? "–"),
          .text(index?.byPerson.map { StudyWords.range($0.lower, $0.upper) } ?? "–"),
        ]
      })
  }
}
