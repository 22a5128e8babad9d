import ArgumentParser
import BlindRecord
import Foundation
import TrialAnalysis
import TrialArchive
import TrialDesign

/// How ratings are assumed to come about.
struct AssumptionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The smallest effect that would matter; the protocol's relevance without it.",
      valueName: "number"))
  var effect: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The standard deviation of ordinary days.", valueName: "number"))
  var sd: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The correlation of a day with the next, -1 to 1; 0.3 without it.", valueName: "number"))
  var autocorrelation: Double?

  @Option(
    help: ArgumentHelp(
      "Ratings of ordinary days, a table with the outcome's column and perhaps day: both are "
        + "estimated from it.", valueName: "ratings.csv"))
  var from: String?

  @Option(help: ArgumentHelp("The column of that table.", valueName: "name"))
  var column: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The mean under the reference.", valueName: "number"))
  var mean: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What a day adds to all later ones.", valueName: "number"))
  var trend = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The share of slots without a rating.", valueName: "share"))
  var missing = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of the effect that is left in the next slot.", valueName: "share"))
  var carryOver = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The share of slots in which the arm is recognized.", valueName: "share"))
  var recognized = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What believing that it is the other arm adds to a rating.", valueName: "number"))
  var expectancy = 0.0

  @Option(help: ArgumentHelp("The arm that is compared, if there are several.", valueName: "name"))
  var arm: String?

  @Flag(help: "Show what looks after every block would cost and save, also without such a plan.")
  var monitor = false

  func validate() throws {
    let numbers = [
      ("effect", effect), ("sd", sd), ("autocorrelation", autocorrelation), ("mean", mean),
      ("trend", trend), ("missing", missing), ("carry-over", carryOver),
      ("recognized", recognized), ("expectancy", expectancy),
    ]
    if let (name, _) = numbers.first(where: { $0.1.map { !$0.isFinite } ?? false }) {
      throw ValidationError("--\(name) must be a number")
    }
    guard from == nil || (sd == nil && autocorrelation == nil) else {
      throw ValidationError(
        "--from and --\(sd == nil ? "autocorrelation" : "sd") exclude each other")
    }
    guard column == nil || from != nil else { throw ValidationError("--column needs --from") }
  }

  /// The model for a protocol.
  ///
  /// - Throws: `CommandRefusal` where the effect or the noise is not known; what the run-in is refused
  ///   for.
  func model(_ design: TrialProtocol) throws -> OutcomeModel {
    guard let effect = effect ?? design.plan.relevance?.value else {
      throw CommandRefusal(
        "the protocol names no relevance, so there is no effect to plan for",
        hint: "give the smallest difference that would matter: --effect")
    }
    guard effect != 0 else {
      throw CommandRefusal(
        "the effect is 0: no trial can find it",
        hint: "give the smallest difference that would matter; what happens without an effect is "
          + "simulated beside it, as the size")
    }
    var model = OutcomeModel(effect: effect, noise: try noise(design))
    model.mean = mean
    model.trend = trend
    model.missing = missing
    model.carryOver = carryOver
    model.recognized = recognized
    model.expectancy = expectancy
    return model
  }

  private func noise(_ design: TrialProtocol) throws -> OutcomeModel.Noise {
    if let from {
      let runIn = try RunIn(
        csv: GivenFile.read(from), file: from, column: column, outcome: design.plan.outcome)
      if case .number(let lower, let upper, _, _)? = design.outcome?.kind {
        try runIn.check(within: lower.value...upper.value)
      }
      return .estimated(runIn.estimate)
    }
    guard let sd else {
      throw CommandRefusal(
        "nothing is known of how \(design.plan.outcome) varies by itself",
        hint: "rate two weeks of ordinary days and give them with --from, or assume a standard "
          + "deviation with --sd; Documentation/Guides/planning.md lists some that were measured")
    }
    return .known(sd: sd, autocorrelation: autocorrelation ?? 0.3)
  }
}

/// Which designs are compared, and by what.
struct ComparisonOptions: ParsableArguments {
  @Flag(help: "Look for the shortest design of every kind that reaches --power.")
  var compare = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The power to reach; 0.8 without it.", valueName: "share"))
  var power: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The most days; 120 without it.", valueName: "days")
  )
  var longest: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Minutes of yours for one slot, packing included; 3 without it.", valueName: "number"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp(
      "Draw power against days: a drawing (.svg) or a page (.html).", valueName: "file"))
  var picture: String?

  /// Whether designs are compared.
  var isWanted: Bool { compare || picture != nil }

  func check() throws {
    for (name, number) in [("power", power), ("minutes", minutes)]
    where number.map({ !$0.isFinite }) ?? false {
      throw ValidationError("--\(name) must be a number")
    }
    for (name, isGiven) in [
      ("power", power != nil), ("longest", longest != nil), ("minutes", minutes != nil),
    ] where isGiven && !isWanted {
      throw ValidationError("--\(name) needs --compare")
    }
  }

  /// Refuses a picture that could not be written, or that would take the place of something else.
  func checkPicture() throws {
    guard let picture else { return }
    guard picture.hasSuffix(".svg") || picture.hasSuffix(".html") else {
      throw CommandRefusal(
        "--picture: found \"\(picture.prefix(80))\", expected a name that ends in .svg or .html")
    }
    let place = URL(fileURLWithPath: picture)
    let folder = place.deletingLastPathComponent()
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw CommandRefusal(
        "--picture: found no folder \(folder.path) that can be written to", hint: "make it first")
    }
    // A trial's folder holds pages of its own, the report among them.
    let isTrials = FileManager.default.fileExists(
      atPath: folder.appending(path: TrialFolder.Name.design).path)
    if isTrials, FileManager.default.fileExists(atPath: place.path) {
      throw CommandRefusal(
        "--picture: \(picture.prefix(80)) is there already, in a trial's folder",
        hint: "give another name, or another folder")
    }
  }

  func target(simulations: Int, seed: UInt64) -> DesignComparison.Target {
    var target = DesignComparison.Target()
    if let power { target.power = power }
    if let longest { target.longest = longest }
    if let minutes { target.minutesPerSlot = minutes }
    target.simulations = min(simulations, target.simulations)
    target.seed = seed
    return target
  }
}

/// What the answer is worth and what the trial costs.
struct ValueOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What one unit of the outcome is worth to you over the time you would use the answer, in "
        + "your own money.", valueName: "number"))
  var worth: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What a day of the trial costs you.", valueName: "number"))
  var costPerDay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The effect you believe in; 0 without it.", valueName: "number"))
  var beliefMean: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How unsure you are of it; the planned effect without it.", valueName: "number"))
  var beliefSd: Double?

  func check() throws {
    guard (worth == nil) == (costPerDay == nil) else {
      throw ValidationError("--worth and --cost-per-day belong together")
    }
    guard worth != nil || (beliefMean == nil && beliefSd == nil) else {
      throw ValidationError("--belief-mean and --belief-sd need --worth and --cost-per-day")
    }
  }

  /// Refuses what has no value, before anything is simulated.
  func check(_ model: OutcomeModel, days: Int) throws {
    guard let worth, let costPerDay else { return }
    try ValueOfInformation.check(
      worth: worth, cost: costPerDay * Double(days), beliefMean: beliefMean ?? 0,
      beliefSD: beliefSd ?? model.effect.magnitude)
  }

  /// The value of the planned trial; `nil` where it was not asked for.
  func worth(
    _ diagnosis: Diagnosis, _ design: TrialProtocol, _ model: OutcomeModel, days: Int
  ) throws -> ValueOfInformation? {
    guard let worth, let costPerDay else { return nil }
    guard let spread = diagnosis.estimateSD else {
      throw CommandRefusal(
        "no simulated trial gave an estimate, so its value cannot be told",
        hint: "simulate more trials, or one that can be analysed")
    }
    // In the good direction: less is better for some outcomes.
    let sign = design.outcome?.direction == .lower ? -1.0 : 1
    return try ValueOfInformation(
      worth: worth, cost: costPerDay * Double(days), beliefMean: sign * (beliefMean ?? 0),
      beliefSD: beliefSd ?? model.effect.magnitude,
      breakEven: design.plan.relevance?.value ?? 0, estimateSD: spread)
  }
}
