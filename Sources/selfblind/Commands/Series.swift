import ArgumentParser
import BlindRecord
import Foundation
import TrialAnalysis
import TrialSeries

/// Verifies many trials, analyses each by its own sealed plan, and pools them.
struct SeriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "Verify many finished trials, analyse each by its own plan, and pool them.",
    discussion: """
      A trial that cannot be read or verified, that comes twice, that is about another outcome or has no \
      standard error is named and left out. Documentation/Guides/many-trials.md explains the numbers.
      """)

  @Argument(help: ArgumentHelp("The trials' folders.", valueName: "folder"))
  var folders: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with the path of a folder on each line.", valueName: "file"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      "A file with a line of JSON for each trial: {\"folder\": …}, or the values of a trial as map takes "
        + "them.", valueName: "file.ndjson"))
  var lines: String?

  @Flag(help: "Pool trials too that were not sealed by this program; the result says how many.")
  var unverified = false

  @OptionGroup var pooling: PoolingOptions

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  @Option(help: ArgumentHelp("Write a page with a forest plot.", valueName: "file"))
  var html: String?

  func validate() throws {
    guard !folders.isEmpty || list != nil || lines != nil else {
      throw ValidationError("give the trials' folders, --list or --lines")
    }
    guard folders.allSatisfy({ !$0.isEmpty }) else {
      throw ValidationError("the name of the folder is empty")
    }
  }

  func run() throws {
    var options = pooling.options
    options.allowsUnverified = unverified
    let sources = try named()
    let reader = SeriesReader()
    let bar = ProgressBar("verifying", total: sources.count)
    var (found, leftOut): ([SeriesTrial], [LeftOut]) = ([], [])
    var start = 0
    while start < sources.count {
      let batch = Array(sources[start..<min(start + 16, sources.count)])
      for result in AtOnce.map(
        batch, workers: LineStream.usualWorkers,
        { source in
          switch source {
          case .folder(let path): reader.trial(folder: path)
          case .line(let bytes, let place): reader.trial(line: bytes, place: place)
          }
        })
      {
        switch result {
        case .success(let trial): found.append(trial)
        case .failure(let failure): leftOut.append(failure.leftOut)
        }
      }
      start += batch.count
      bar.show(start)
    }
    bar.end()
    let result = try PoolingOptions.pooled(found, leftOut, options)
    if let html { try PoolingOptions.write(result, to: html) }
    try Output.show(
      json
        ? SeriesDocument(result, withTrials: true).text() : SeriesReport(result).markdown)
  }

  /// Where a trial comes from.
  private enum Source: Sendable {
    case folder(String)
    case line([UInt8]?, place: String)
  }

  /// Everything that was named, in order.
  private func named() throws -> [Source] {
    var sources = folders.map(Source.folder)
    if let list {
      let text = String(decoding: try GivenFile.read(list), as: UTF8.self)
      sources += text.split(whereSeparator: \.isNewline)
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        .map(Source.folder)
    }
    if let lines {
      let input = try OpenedLines(lines)
      let source = LineSource(descriptor: input.descriptor)
      var number = 0
      do {
        while let batch = try source.batch(atMost: 4_096) {
          for line in batch {
            number += 1
            sources.append(.line(line, place: "line \(number) of \(lines)"))
          }
        }
      } catch let failure as LineSource.Failure {
        throw GivenFile.Failure(path: lines, number: failure.number)
      }
    }
    return sources
  }
}
