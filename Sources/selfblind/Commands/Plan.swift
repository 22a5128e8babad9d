import ArgumentParser
import BlindRecord
import Foundation
import TrialAnalysis
import TrialArchive
import TrialDesign
import TrialReport

/// Answers before anything is packed: is it worth it, how long, which design.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Simulate the trial before anything is sealed: what would it find?",
    discussion: """
      Every simulated trial is drawn from the protocol's scheme and analysed by the protocol's own \
      analysis. Numbers are in the outcome's unit. Documentation/Guides/planning.md explains them.
      """)

  @Argument(help: "The trial's folder, or a protocol file.", transform: FolderName.read)
  var folder: String

  @OptionGroup(title: "What is assumed") var assumed: AssumptionOptions

  @OptionGroup(title: "Comparing designs") var comparing: ComparisonOptions

  @OptionGroup(title: "What the answer is worth") var value: ValueOptions

  @Option(help: ArgumentHelp("How many trials are simulated.", valueName: "number"))
  var simulations = 1_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The same seed gives the same figures.", valueName: "number"))
  var seed: UInt64 = 1

  @Flag(
    help: ArgumentHelp(
      "Test every simulated trial by the plan's own test, also with whitening or adjustments.",
      discussion: "That takes minutes; without it 999 draws stand for the scheme's set there."))
  var exact = false

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func validate() throws {
    guard (1...1_000_000).contains(simulations) else {
      throw ValidationError("--simulations must be from 1 to 1000000")
    }
    try comparing.check()
    try value.check()
  }

  func run() throws {
    let design = try protocolToPlan()
    let model = try assumed.model(design)
    let trial = try planned(design, model)
    try checkFirst(design, model, trial)
    let bar = ProgressBar("simulating", total: simulations)
    let (simulations, seed) = (simulations, seed)
    let diagnosis = try Interruptible.run {
      try await Diagnosis(of: trial, under: model, simulations: simulations, seed: seed) {
        bar.show($0)
      }
    }
    bar.end()
    guard diagnosis.simulations > 0 else {
      throw CommandRefusal(
        "interrupted before one trial was simulated", hint: "give fewer with --simulations")
    }
    let comparison = try compared(design, model, skip: diagnosis.isInterrupted)
    let worth = try value.worth(diagnosis, design, model, days: trial.dayCount)
    let plan = PlanText(
      design: design, trial: trial, model: model, diagnosis: diagnosis, comparison: comparison,
      comparisonIsMissing: comparing.isWanted && comparison == nil, worth: worth)
    // Before the picture: a full disk must not cost what took minutes.
    try Output.show(json ? plan.json() : plan.lines.joined(separator: "\n"))
    if let comparison, let picture = comparing.picture {
      try draw(comparison, design, model, to: picture)
    }
  }

  /// What would be refused after the simulation is refused before it.
  private func checkFirst(
    _ design: TrialProtocol, _ model: OutcomeModel, _ trial: PlannedTrial
  ) throws {
    try value.check(model, days: trial.dayCount)
    guard comparing.isWanted else { return }
    try comparing.target(simulations: simulations, seed: seed).check()
    try comparing.checkPicture()
  }

  private func planned(_ design: TrialProtocol, _ model: OutcomeModel) throws -> PlannedTrial {
    var trial = try PlannedTrial(design, arm: assumed.arm)
    if design.plan.isAdjusted, !exact { trial.draws = PlannedTrial.fewDraws }
    guard assumed.monitor, trial.monitoring == nil else { return trial }
    guard trial.canBeMonitored else {
      throw CommandRefusal(
        "the scheme \(design.scheme.name) has no blocks that could be looked at one by one",
        hint: "pairs, several blocks in a fixed order, and pairs of periods can be monitored")
    }
    trial.monitoring = model.monitoringRule
    return trial
  }

  private func protocolToPlan() throws -> TrialProtocol {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    return exists && !isFolder.boolValue
      ? try TrialProtocol(bytes: GivenFile.read(folder), file: folder)
      : try TrialFolder(path: folder).design()
  }

  private func compared(
    _ design: TrialProtocol, _ model: OutcomeModel, skip: Bool
  ) throws -> DesignComparison? {
    guard comparing.isWanted, !skip else { return nil }
    let (target, arm) = (comparing.target(simulations: simulations, seed: seed), assumed.arm)
    let bar = ProgressBar("comparing designs", total: 8)
    defer { bar.end() }
    return try Interruptible.run {
      try await DesignComparison(of: design, arm: arm, under: model, target: target) { done, all in
        bar.show(8 * done / max(1, all))
      }
    }
  }

  private func draw(
    _ comparison: DesignComparison, _ design: TrialProtocol, _ model: OutcomeModel,
    to path: String
  ) throws {
    let picture = PlanningPicture(comparison, title: design.title, assumed: model.words)
    let text = path.hasSuffix(".svg") ? picture.svg : picture.html
    let url = URL(fileURLWithPath: path)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(Array(text.utf8), to: url.lastPathComponent, replacing: true)
  }
}
