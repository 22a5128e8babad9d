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

  @Argument(help: "The trial's folder, or a protocol file.", transform: FolderName.read)
  var folder: String

  func run() throws {
    for line in try CheckCommand.summary(of: CheckCommand.design(folder)) { try Output.show(line) }
  }

  /// The protocol of a folder, or of a protocol file.
  static func design(_ folder: String) throws -> TrialProtocol {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    return exists && !isFolder.boolValue
      ? try TrialProtocol(bytes: GivenFile.read(folder), file: folder)
      : try TrialFolder(path: folder).design()
  }

  /// What a design amounts to, in a few lines.
  static func summary(of design: TrialProtocol) throws -> [String] {
    let automaton = design.automaton
    let slots = design.scheme.slotCount
    var lines = ["the protocol \"\(design.title)\" is right"]
    if let first = design.days.first, let last = design.days.last {
      lines.append(
        "  \(slots) slots from \(first) to \(last), \(design.zone), "
          + "entries until \(counted(design.entryWindow, "day")) after")
    }
    lines.append(
      "  arms: "
        + design.arms.map { $0.hasPill ? $0.name : "\($0.name) (no pill)" }
        .joined(separator: ", "))
    lines.append(
      "  scheme \(design.scheme.name): \(automaton.count) "
        + (automaton.ends.count == 1
          ? "possible assignments, equally likely"
          : "equally likely draws of \(automaton.assignmentCount) possible assignments"))
    if let fewest = design.scheme.fewestForContrast {
      lines.append(
        "  an arm is compared with \(design.arms[0].name) over at least \(fewest) of them: those with "
          + "the other arms where they are")
    } else if design.arms.count > 2 {
      lines += contrasts(design, automaton)
    }
    let share = automaton.expectedCorrectGuesses / Double(max(1, slots))
    lines.append(
      "  who knows the scheme and all earlier arms guesses \(percent(share)) of the slots right")
    lines += warning(design.scheme, share)
    lines.append(
      "  primary outcome \(design.plan.outcome): \(design.plan.statistic.rawValue), "
        + "level \(design.plan.level)")
    lines += recallWarnings(design)
    return try lines + packing(of: design)
  }

  /// Over how many assignments each arm is compared with the reference, where that varies, and how
  /// often it is enough for the level.
  private static func contrasts(_ design: TrialProtocol, _ automaton: SlotAutomaton) -> [String] {
    automaton.contrastCounts(enough: design.plan.fewestAssignments(automaton)).map { count in
      let of = count.isComplete ? "" : ", of 1000 looked at"
      return "  \(design.arms[count.arm].name) is compared with \(design.arms[0].name) over "
        + "\(count.fewest) to \(count.most) of them, those with the other arms where they are; enough "
        + "for the level in \(percent(count.share)) of the assignments\(of)"
    }
  }

  /// Says when earlier arms give later ones away, and which blocks would not.
  ///
  /// Not for periods and phases, where many days hold the same arm by intention.
  private static func warning(_ scheme: RandomizationScheme, _ share: Double) -> [String] {
    switch scheme {
    case .periods, .phases: return []
    default: break
    }
    guard share >= 0.7 else { return [] }
    let (slots, arms) = (scheme.slotCount, scheme.armCount)
    let blocks = slots >= 8 * arms && slots % (2 * arms) == 0 ? 2 : 1
    let size = slots / blocks
    let sizes = Array(repeating: size, count: blocks)
    let each = Array(repeating: size / arms, count: arms)
    let larger =
      arms == 2
      ? "blocks: {sizes: \(sizes), active: \(sizes.map { $0 / 2 })}"
      : "blocks: {each: \(each), repeat: \(blocks)}"
    return [
      "  warning: that is much, once a code is broken or a kit is recognized; larger blocks leave "
        + "less to guess" + (slots >= 4 * arms && slots % arms == 0 ? ", such as \(larger)" : "")
    ]
  }

  /// Says which questions are about a time before what is taken on their day.
  private static func recallWarnings(_ design: TrialProtocol) -> [String] {
    design.itemsAboutEarlierDays.map { item in
      let remedy =
        item.imported != nil
        ? "if the file dates a night by its morning, add daysBack: 1 to its import"
        : "answer it the next morning as the slot of the day before, or ask about the day itself"
          + (design.entryWindow == 0 ? "; that needs entryWindow: 1 or more" : "")
      return
        "  warning: \(item.name) asks about a time before its day, and an answer counts for what is "
        + "taken on its day: \(remedy)"
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A share as percent with one decimal, without a number formatter.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
