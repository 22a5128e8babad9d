import ArgumentParser
import BlindRecord
import Foundation
import OpenSSLCrypto
import TrialArchive
import TrialSeal

/// Solves the puzzle of a time lock, and writes the key that it gives.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Solve the puzzle of a time lock; can be stopped and goes on.",
    discussion: """
      Every minute, and when it is interrupted, what was done is written down, so that the same
      command goes on. The key that comes out is an age identity, for `--identity`.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Option(
    help: ArgumentHelp("Where the key goes; otherwise beside the folder.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Where the progress is kept; otherwise beside the folder.", valueName: "file"))
  var progress: String?

  @Option(help: .hidden)
  var stopAfter: Int?

  func run() throws {
    let trialFolder = TrialFolder(path: folder)
    let seal = try trialFolder.committedSeal() ?? sealed(trialFolder)
    guard let puzzle = seal.puzzle else {
      throw CommandRefusal("this trial has no time lock: its custody is another one")
    }
    let file = try OutsideFile(
      path: output, trial: trialFolder.path, ending: "-timelock.key", name: "key of the time lock",
      option: "--output", reader: "you")
    let keeper = try OutsideFile.beside(
      trialFolder.path, path: progress, ending: "-timelock.progress")
    let solver =
      try keeper.kept().map { try TimeLockSolver(puzzle, progress: $0) } ?? TimeLockSolver(puzzle)
    if solver.done > 0 { try Output.show("going on from \(percent(solver)) %") }
    guard try solve(solver, keeping: keeper) else {
      try Output.show("stopped at \(percent(solver)) %; the same command goes on")
      throw ExitCode(130)
    }
    guard let identity = try solver.identity(), seal.fits(identity) else {
      throw TimeLockError.wrongAnswer
    }
    var key = identity.fileBytes
    defer { wipe(&key) }
    try file.reserve()
    try file.write(key)
    _ = keeper.withdraw()
    try Output.show("solved: the key is in \(file.path)")
    try Output.show("next: selfblind unblind \(folder) --identity \(file.path)")
  }

  private func sealed(_ trialFolder: TrialFolder) throws -> CommittedSeal {
    try trialFolder.demandSealed()
    return try trialFolder.sealedTrial().committed
  }

  /// Squares until nothing is left, and writes down every minute how far it is.
  ///
  /// - Returns: `false` when it was stopped before the end.
  private func solve(_ solver: TimeLockSolver, keeping keeper: OutsideFile) throws -> Bool {
    let clock = ContinuousClock()
    let (begin, atBegin) = (clock.now, solver.done)
    var kept = begin
    // A tenth of a second or so, whatever the machine.
    let step = max(1_000, solver.puzzle.measuredRate / 10)
    Interruption.arm()
    while solver.left > 0, !Interruption.hasCome {
      if let stopAfter, solver.done - atBegin >= stopAfter { break }
      try solver.advance(by: min(step, stopAfter.map { $0 - (solver.done - atBegin) } ?? step))
      guard clock.now - kept > .seconds(60) else { continue }
      kept = clock.now
      try keeper.write(solver.progress())
      let taken = Double((kept - begin).components.seconds)
      let left = Double(solver.left) * taken / Double(max(1, solver.done - atBegin))
      try Output.show("\(percent(solver)) %, about \(Int(left / 60) + 1) minutes left")
    }
    guard solver.left > 0 else { return true }
    try keeper.write(solver.progress())
    return false
  }

  /// How much is done, rounded down to a tenth.
  private func percent(_ solver: TimeLockSolver) -> String {
    let tenths = Int(Double(solver.done) / Double(solver.puzzle.squarings) * 1000)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
