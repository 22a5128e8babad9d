import ArgumentParser
import BlindRecord
import Foundation

/// The command line: one command per step of a trial, one file per command.
@main struct SelfBlind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selfblind",
    abstract: "Sealed experiments on yourself: blind, record, lock, unblind, verify.",
    discussion: """
      A trial is a folder. Each command reads what the earlier ones wrote:
      new, check, plan, seal, and for who packs alone pack; then serve or checkin, deviate, status for as long as it runs;
      then lock, unblind, report. Anybody can verify the folder afterwards.
      """,
    version: ProgramVersion.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Before the first dose:",
        subcommands: [
          NewCommand.self, InstrumentsCommand.self, CheckCommand.self, ProtocolCommand.self,
          PlanCommand.self,
          SealCommand.self, AnchorCommand.self, KitListCommand.self, PackCommand.self,
          RehearseCommand.self, EmergencySheetCommand.self,
        ]),
      CommandGroup(
        name: "While blind:",
        subcommands: [
          ServeCommand.self, CheckInCommand.self, DeviateCommand.self, StatusCommand.self,
          CalendarCommand.self, RemindCommand.self, ImportCommand.self, ExportCommand.self,
          CheckpointCommand.self, ReplaceCommand.self, LabelCommand.self, BreakCodeCommand.self,
          MonitorCommand.self,
        ]),
      CommandGroup(
        name: "At the end:",
        subcommands: [
          LockCommand.self, SolveCommand.self, UnblindCommand.self, AuditCommand.self,
          ReportCommand.self, ReviewCommand.self, BundleCommand.self,
        ]),
      CommandGroup(
        name: "Many trials:",
        subcommands: [SeriesCommand.self, MapCommand.self, ReduceCommand.self]),
      CommandGroup(
        name: "For anybody:",
        subcommands: [
          VerifyCommand.self, AnalyzeCommand.self, StudyCommand.self, DemoCommand.self,
        ]),
    ])

  /// Runs the command line and ends the process.
  static func main() {
    CrashGuard.arm()
    Output.arm()
    Foundation.exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command.
  ///
  /// - Returns: the exit status: 0 done, 1 failed, 2 refused, 64 wrong usage.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      // Not listed among the commands: they exist to be crashed, and searched, by a test.
      if arguments.first == CrashTest.name { return CrashTest.run(arguments.dropFirst().first) }
      if arguments.first == MemoryTest.name {
        return try MemoryTest.run(arguments.dropFirst().first)
      }
      var command = try parseAsRoot(arguments)
      try LeftPackingKey.destroy(before: command)
      try command.run()
      return 0
    } catch {
      return Failure.report(error)
    }
  }
}
