import Foundation
import TrialStatistics

/// Does what is promised hold? Prints the tables of Documentation/Design/statistics.md.
///
/// A first argument multiplies the number of simulated trials; 1 takes some minutes. Further ones
/// name the tables that are wanted: exact, simulated, arms, outcomes, posterior,
/// monitoring, further, pooled, many.
@main
struct Calibration {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let factor = arguments.first.flatMap(Double.init) ?? 1
    let wanted = Set(arguments.dropFirst())
    func isWanted(_ table: String) -> Bool { wanted.isEmpty || wanted.contains(table) }
    if isWanted("exact") { exactSize() }
    if isWanted("simulated") { simulatedSize(trials: Int(2_000 * factor)) }
    if isWanted("arms") { try severalArms(trials: Int(1_000 * factor)) }
    if isWanted("outcomes") { try severalOutcomes(trials: Int(2_000 * factor)) }
    if isWanted("monitoring") { try monitoring(trials: Int(2_000 * factor)) }
    if isWanted("further") { try furtherSlots(trials: Int(1_000 * factor)) }
    if isWanted("pooled") { try pooled(series: Int(4_000 * factor)) }
    if isWanted("many") { try manyPeople(trials: Int(1_000 * factor)) }
    if isWanted("posterior") { try posterior(trials: Int(4_000 * factor)) }
  }

  /// The autocorrelations of the noise.
  static let phis = [0, 0.3, 0.6, 0.8]

  /// Writes a line as soon as it is known.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// A line of a table.
  static func line(_ cells: [String]) {
    write("| " + cells.joined(separator: " | ") + " |")
  }

  /// The head of a table, with what it shows.
  static func head(_ cells: [String], _ title: String? = nil) {
    write("")
    if let title { write(title + "\n") }
    line(cells)
    write("|" + cells.map { _ in "---|" }.joined())
  }

  /// A share with its Monte-Carlo standard error.
  static func rate(_ count: Int, _ trials: Int) -> String {
    let share = Double(count) / Double(trials)
    return percent(share) + " ± "
      + text(100 * (share * (1 - share) / Double(trials)).squareRoot(), 1)
  }

  static func percent(_ share: Double) -> String { text(100 * share, 1) + " %" }

  static func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
