import ArgumentParser
import BlindRecord
import Foundation
import TrialJournal

/// Takes measurements that were made elsewhere, from a file, as the protocol maps them.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take measurements from a CSV file, as the protocol maps its columns.",
    discussion: """
      For items with import: {day: COLUMN, value: COLUMN} in the protocol, and daysBack: 1 there where a night
      is dated by its morning. Nobody is asked for them; the check-in records them as skipped, and the file's
      value is a correction of that. Each value's fate is printed. The same file again changes nothing.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Argument(help: "The CSV file: a header line, UTF-8; commas, or semicolons with decimal commas.")
  var file: String

  @Flag(help: "Say what would happen, and record nothing.")
  var dryRun = false

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder, for: dryRun ? .reading : .writing)
    guard try !journal.isLocked else { throw JournalError.locked }
    let name = URL(fileURLWithPath: file).lastPathComponent
    let measurements = try MeasurementImport(
      GivenFile.read(file), file: name, into: journal)
    let lines = try measurements.run(
      clock: time.wallClock(zone: journal.manifest.zone), isTrial: dryRun)
    for line in lines {
      try Output.show(
        "\(name):\(line.line): \(line.day) \(line.item): \(words(line, journal.manifest))")
    }
    let done = lines.count {
      switch $0.fate {
      case .recorded, .wouldBe: true
      default: false
      }
    }
    try Output.show("\(done) of \(lines.count) values \(dryRun ? "would be " : "")recorded")
  }

  private func words(_ line: MeasurementImport.Line, _ manifest: Manifest) -> String {
    let item = manifest.item(line.item)
    func shown(_ answer: Answer, _ rounded: Bool) -> String {
      (item?.words(for: answer) ?? "") + (rounded ? ", rounded" : "")
    }
    return switch line.fate {
    case .recorded(let entry, let answer, let rounded):
      "recorded \(shown(answer, rounded)) (entry \(entry))"
    case .wouldBe(let answer, let rounded): "would be recorded as \(shown(answer, rounded))"
    case .unchanged: "recorded already"
    case .empty: "nothing in the cell"
    case .noSlot:
      switch item?.imported?.daysBack ?? 0 {
      case 0: "no slot on that day"
      case 1: "no slot on the day before that day"
      case let days: "no slot \(days) days before that day"
      }
    case .noCheckIn(let slot, .open), .noCheckIn(let slot, .upcoming):
      "slot \(slot) has no check-in yet: check in first, then import again"
    case .noCheckIn(let slot, _): "slot \(slot) has no check-in, and it is too late for one"
    case .unfit(let why): "not taken: \(why)"
    case .twice: "not taken: the day stands in the file twice, with different values"
    }
  }
}
