import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialDesign

/// Reads a protocol and says every fault with line and column, or what the design amounts to.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the protocol: every fault with line and column.")

  @Argument(help: "The trial's folder, or a protocol file.")
  var folder: String

  func run() throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    let design =
      exists && !isFolder.boolValue
      ? try TrialProtocol(contentsOf: folder) : try TrialFolder(path: folder).design()
    for line in try CheckCommand.summary(of: design) { print(line) }
  }

  /// What a design amounts to, in a few lines.
  static func summary(of design: TrialProtocol) throws -> [String] {
    let automaton = try design.scheme.automaton()
    let slots = design.scheme.slotCount
    var lines = ["the protocol \"\(design.title)\" is right"]
    if let first = design.days.first, let last = design.days.last {
      lines.append(
        "  \(slots) slots from \(first) to \(last), \(design.zone), "
          + "entries until \(counted(design.entryWindow, "day")) after")
    }
    lines.append("  arms: " + design.arms.map(\.name).joined(separator: ", "))
    lines.append(
      "  scheme \(design.scheme.name): \(automaton.count) possible assignments, equally likely")
    let share = automaton.expectedCorrectGuesses / Double(max(1, slots))
    lines.append(
      "  who knows the scheme and all earlier arms guesses \(percent(share)) of the slots right")
    lines.append(
      "  primary outcome \(design.plan.outcome): \(design.plan.statistic.rawValue), "
        + "level \(design.plan.level)")
    return lines
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A share as percent with one decimal, without a number formatter.
  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
