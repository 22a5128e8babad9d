import ArgumentParser
import BlindRecord
import Foundation
import TrialAnalysis
import TrialSeries

/// Pools the lines that `map` wrote.
struct ReduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce",
    abstract: "Pool the lines that map wrote, of one file or of many parts.",
    discussion: """
      Prints one JSON object, the same whatever the order of the lines and of the parts. Trials that are \
      not pooled are named with the rule that left them out. Documentation/Specifications/lines.md is \
      the format.
      """)

  @Argument(
    help: ArgumentHelp("Files of answers; standard input without any.", valueName: "results.ndjson")
  )
  var files: [String] = []

  @OptionGroup var pooling: PoolingOptions

  @Flag(help: "List every pooled trial too.")
  var trials = false

  @Option(help: ArgumentHelp("Write a page with a forest plot.", valueName: "file"))
  var html: String?

  func run() throws {
    var options = pooling.options
    // Lines know nothing of a seal; nothing else is ever reduced.
    options.allowsUnverified = true
    var (found, leftOut): ([SeriesTrial], [LeftOut]) = ([], [])
    for file in files.isEmpty ? [nil] : files.map(Optional.some) {
      let input = try OpenedLines(file)
      let source = LineSource(
        descriptor: input.descriptor, longest: LineTask.longestAnswer)
      var number = 0
      do {
        while let batch = try source.batch(atMost: 4_096) {
          let named = batch.enumerated().map { place, line in
            (line: line, name: "line \(number + place + 1) of \(file ?? "standard input")")
          }
          number += batch.count
          for result in AtOnce.map(
            named, workers: LineStream.usualWorkers,
            { named in
              SeriesReader.trial(result: named.line, place: named.name)
            })
          {
            switch result {
            case .success(let trial): found.append(trial)
            case .failure(let failure): leftOut.append(failure.leftOut)
            }
          }
        }
      } catch let failure as LineSource.Failure {
        throw GivenFile.Failure(path: file ?? "standard input", number: failure.number)
      }
    }
    let result = try PoolingOptions.pooled(found, leftOut, options)
    if let html { try PoolingOptions.write(result, to: html) }
    try Output.show(SeriesDocument(result, withTrials: trials).text())
  }
}
