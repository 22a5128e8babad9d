import ArgumentParser
import BlindRecord
import Foundation
import TrialArchive
import TrialSeries

/// How trials are pooled, for `series` and `reduce` alike.
struct PoolingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The outcome to pool; without it the one that most trials have as primary.",
      valueName: "name"))
  var outcome: String?

  @Option(
    help: ArgumentHelp(
      "The arm to pool, if trials have several; the commonest without it.", valueName: "name"))
  var arm: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The level of the intervals.", valueName: "share"))
  var level = 0.95

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The scale of the half-normal prior of the standard deviation between trials, in the outcome's "
        + "unit; half of the median standard deviation under the reference without it.",
      valueName: "number"))
  var tauScale: Double?

  @Option(
    help: ArgumentHelp(
      "The seed of the randomization test, where its sums are drawn.", valueName: "number"))
  var seed: UInt64 = 1

  func validate() throws {
    guard level >= 0.5, level <= 0.9999 else {
      throw ValidationError("--level must be from 0.5 to 0.9999")
    }
    guard tauScale.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--tau-scale must be a number above 0")
    }
  }

  /// The options as the series takes them.
  var options: SeriesOptions {
    var options = SeriesOptions()
    options.outcome = outcome
    options.arm = arm
    options.level = level
    options.tauScale = tauScale
    options.seed = seed
    return options
  }

  /// Selects and pools.
  static func pooled(
    _ trials: [SeriesTrial], _ leftOut: [LeftOut], _ options: SeriesOptions
  ) throws -> SeriesResult {
    try SeriesResult(
      SeriesSelection(
        trials, leftOut: leftOut, outcome: options.outcome, arm: options.arm,
        allowsUnverified: options.allowsUnverified), options: options)
  }

  /// Writes the page, in place of one of that name.
  static func write(_ result: SeriesResult, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try TrialFolder(path: url.deletingLastPathComponent().path)
      .write(
        Array(try SeriesReport(result).html.utf8), to: url.lastPathComponent, replacing: true)
  }
}
