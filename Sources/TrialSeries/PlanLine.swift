import BlindRecord
import TrialAnalysis
import TrialDesign

/// One planned trial as a line: its design, how ratings are assumed to come about, and a seed.
///
/// The seed is the line's own, and a simulation is a function of it and of its number alone: so the
/// answer to a line is the same wherever and whenever it is computed.
struct PlanLine {
  private static let keys = [
    "id", "design", "arm", "item", "assumed", "simulations", "seed",
  ]
  private static let assumptions = [
    "effect", "sd", "autocorrelation", "mean", "trend", "missing", "carryOver", "recognized",
    "expectancy",
  ]
  private static let itemKeys = ["name", "lower", "upper", "decimals", "unit"]

  let id: String
  private let arm: String?
  private let item: Item?
  private let model: OutcomeModel
  private let simulations: Int
  private let seed: UInt64

  /// - Throws: `LineFault` for what is missing or wrong.
  init(_ node: JSONNode) throws(LineFault) {
    let fields = try LineFields(node, "the line", known: PlanLine.keys)
    id = try fields.required("id", fields.text("id"), expected: "a text that names the design")
    arm = try fields.text("arm")
    item = try PlanLine.item(fields["item"])
    model = try PlanLine.model(
      fields.required(
        "assumed", fields["assumed"], expected: "an object with at least effect and sd"))
    simulations = try fields.whole("simulations", in: 1...1_000_000) ?? 1_000
    let seed = try fields.required(
      "seed", fields["seed"],
      expected: "a whole number: a line that says none could not be computed again")
    guard let digits = seed.digits, let value = UInt64(digits) else {
      throw LineFault("seed", seed, expected: "a whole number from 0 to \(UInt64.max)")
    }
    self.seed = value
  }

  /// - Parameter design: the design of the line, compiled.
  func answer(_ design: CompiledDesign) throws -> [UInt8] {
    let trial = try PlannedTrial(design.design, item: item, arm: arm)
    let diagnosis = try Diagnosis(
      oneAfterAnother: trial, under: model, simulations: simulations, seed: seed)
    return try LineAnswer.bytes(
      PlanAnswer(
        id: id, slots: trial.slotCount, bestGuesser: trial.bestGuesserShare,
        diagnosis: DiagnosisSummary(diagnosis, model: model)))
  }

  private static func model(_ node: JSONNode) throws(LineFault) -> OutcomeModel {
    let fields = try LineFields(node, "assumed", known: assumptions)
    let effect = try fields.required(
      "assumed.effect", fields.number("effect"), expected: "a number in the outcome's unit")
    let sd = try fields.required(
      "assumed.sd", fields.number("sd"), expected: "the standard deviation of ordinary days")
    var model = OutcomeModel(
      effect: effect,
      noise: .known(sd: sd, autocorrelation: try fields.number("autocorrelation") ?? 0.3))
    model.mean = try fields.number("mean")
    model.trend = try fields.number("trend") ?? 0
    model.missing = try fields.number("missing") ?? 0
    model.carryOver = try fields.number("carryOver") ?? 0
    model.recognized = try fields.number("recognized") ?? 0
    model.expectancy = try fields.number("expectancy") ?? 0
    return model
  }

  private static func item(_ node: JSONNode?) throws(LineFault) -> Item? {
    guard let node else { return nil }
    let fields = try LineFields(node, "item", known: itemKeys)
    func bound(_ key: String) throws(LineFault) -> DecimalNumber {
      guard let value = fields[key], let number = value.digits.flatMap({ DecimalNumber($0) })
      else { throw LineFault("item.\(key)", fields[key], expected: "a plain decimal number") }
      return number
    }
    let (lower, upper) = (try bound("lower"), try bound("upper"))
    guard lower < upper else {
      throw LineFault("item.upper", fields["upper"], expected: "more than \(lower)")
    }
    let name = try fields.text("name", limit: 60) ?? "outcome"
    return Item(
      name: name, prompt: name,
      kind: .number(
        lower: lower, upper: upper, decimals: try fields.whole("decimals", in: 0...9) ?? 0,
        unit: try fields.text("unit", limit: 60)))
  }
}

/// The answer to a planned trial.
private struct PlanAnswer: Encodable {
  let id: String
  let slots: Int
  let bestGuesser: Double
  let diagnosis: DiagnosisSummary
}
