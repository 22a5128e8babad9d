import BlindRecord
import TrialAnalysis
import TrialDesign

/// Asks what the person expects, before the seal is opened: which arm, by how much, how sure.
enum PredictionForm {
  /// The prediction in its fixed form of words; empty where nothing is expected.
  static func ask(of design: TrialProtocol) throws -> String {
    let outcome = design.plan.outcome
    let arms = design.arms.map(\.name)
    try Output.show("Before you know: under which arm was \(outcome) higher?")
    let none = "no difference"
    let unsaid = "I would rather not say"
    let chosen = try Terminal.choose("Your prediction", from: arms + [none, unsaid])
    if chosen == unsaid { return "" }
    let arm = arms.contains(chosen) ? chosen : nil
    let amount = try arm.map { _ in try askAmount(design.outcome) } ?? nil
    let percent = try Terminal.ask("How sure are you, in percent? (may be empty)") {
      try PredictionForm.percent($0)
    }
    return Prediction(outcome: outcome, arm: arm, amount: amount, percent: percent).text
  }

  /// What is said of a prediction that the report will quote and not compare; `nil` where it compares.
  static func note(on text: String, of design: TrialProtocol) -> String? {
    let (outcomes, arms) = (
      [design.plan.outcome] + design.plan.alsoTested, design.arms.map(\.name)
    )
    guard !text.isEmpty, Prediction(text, outcomes: outcomes, arms: arms) == nil else { return nil }
    let example = Prediction(outcome: outcomes[0], arm: arms.last, amount: "1", percent: 70).text
    return "the prediction is kept as it is and not compared; compared is “\(example)”"
  }

  private static func askAmount(_ item: Item?) throws -> String? {
    var unit = ""
    if case .number(_, _, _, let given?)? = item?.kind { unit = ", in \(given)" }
    return try Terminal.ask("By how much\(unit)? (may be empty)") { typed -> String? in
      if typed.isEmpty { return nil }
      guard let number = DecimalNumber(typed), number.value >= 0 else {
        throw FormatError(
          "answer", found: "\"\(typed.prefix(40))\"", expected: "a number of 0 or more, or nothing")
      }
      return number.description
    }
  }

  /// Reads a whole number from 0 to 100, or nothing.
  private static func percent(_ typed: String) throws -> Int? {
    if typed.isEmpty { return nil }
    guard let number = Int(typed), (0...100).contains(number) else {
      throw FormatError(
        "answer", found: "\"\(typed.prefix(40))\"",
        expected: "a whole number from 0 to 100, or nothing")
    }
    return number
  }
}
