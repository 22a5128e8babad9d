import ArgumentParser
import BlindRecord
import Foundation
import TrialSeries

/// Answers lines of JSON with lines of JSON: the worker of every engine, and of this machine.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Analyse many trials, or simulate many designs: a line of JSON in, a line out.",
    discussion: """
      The answer to a line depends on that line alone, and answers come in the order of the lines, with \
      the same bytes however many workers there are. A line that cannot be answered is answered by an \
      error line. Documentation/Specifications/lines.md is the format; Documentation/Guides/many-trials.md \
      says how to run it on Dask, Spark and Slurm.
      """)

  @Argument(help: ArgumentHelp("The lines; standard input without it.", valueName: "lines.ndjson"))
  var lines: String?

  @Option(help: ArgumentHelp("What is done with a line: analyze or plan.", valueName: "task"))
  var task: String = LineTask.Kind.analyze.rawValue

  @Option(
    help: ArgumentHelp(
      "How many lines are worked on at once; one for each processor without it.",
      valueName: "number"))
  var workers: Int?

  @Option(
    help: ArgumentHelp(
      "Write the answers to a new file; standard output without it.", valueName: "file"))
  var output: String?

  @Flag(help: "Go on where an interrupted run with the same --output and the same lines ended.")
  var resume = false

  @Flag(help: "Answer with all that analyze says: effect sizes, other priors, carry-over, curves.")
  var full = false

  @Flag(
    help: "Add the randomization distribution of each sum, for the test over all trials in reduce.")
  var sums = false

  func validate() throws {
    guard LineTask.Kind(rawValue: task) != nil else {
      throw ValidationError("--task must be analyze or plan")
    }
    guard (1...1024).contains(workers ?? 1) else {
      throw ValidationError("--workers must be from 1 to 1024")
    }
    guard !resume || output != nil else { throw ValidationError("--resume needs --output") }
    guard task == LineTask.Kind.analyze.rawValue || !(full || sums) else {
      throw ValidationError("--\(full ? "full" : "sums") is for --task analyze")
    }
  }

  func run() throws {
    guard let kind = LineTask.Kind(rawValue: task) else { return }
    let work = LineTask(kind, isFull: full, withSums: sums)
    let input = try OpenedLines(lines)
    let source = LineSource(descriptor: input.descriptor)
    let target = try output.map { try AnswerFile($0, resume: resume) }
    if let target { try skip(target, source, work) }
    let done = target?.answered ?? 0
    let bar = ProgressBar(
      kind == .analyze ? "analysing" : "simulating", total: try input.countedForBar())
    bar.show(done)
    let former = Interruption.arm()
    defer { Interruption.disarm(former) }
    let tally: LineStream.Tally
    do {
      tally = try LineStream.run(
        source, workers: workers ?? LineStream.usualWorkers, batch: kind == .analyze ? 512 : 8,
        answer: { work.answer($0) },
        write: { bytes in
          if let target { try target.append(bytes) } else { try Output.show(bytes: bytes) }
        },
        progress: { tally in
          bar.show(done + tally.answered)
          return !Interruption.hasCome
        })
    } catch let failure as LineSource.Failure {
      throw GivenFile.Failure(path: lines ?? "standard input", number: failure.number)
    }
    bar.end()
    try target?.finish()
    if tally.refused > 0 {
      Output.complain(
        "selfblind: warning: \(tally.refused) of \(counted(tally.answered, "line")) got an error line\n"
      )
    }
    if tally.isInterrupted { throw interrupted(done + tally.answered) }
  }

  /// Leaves out the lines that an earlier run has answered.
  private func skip(_ target: AnswerFile, _ source: LineSource, _ work: LineTask) throws {
    var left = target.answered
    var last: [UInt8]?
    while left > 0 {
      guard let batch = try source.batch(atMost: min(left, 4_096)) else {
        throw CommandRefusal(
          "\(target.path): found \(target.answered) answers, expected at most as many as there are "
            + "lines", hint: "it belongs to other lines; write to another file")
      }
      left -= batch.count
      last = batch.last ?? nil
    }
    // The last answer tells whether the file belongs to these lines and to this way of answering.
    guard target.answered == 0 || work.answer(last) == target.last else {
      throw CommandRefusal(
        "\(target.path): answer \(target.answered) is not that of line \(target.answered)",
        hint:
          "it was written from other lines, with other options, or by another version; write to "
          + "another file")
    }
  }

  private func interrupted(_ answered: Int) -> CommandRefusal {
    CommandRefusal(
      "interrupted after \(counted(answered, "line"))",
      hint: output == nil
        ? "with --output FILE a run can be resumed" : "go on with the same command and --resume",
      isFaultOfTheSystem: true)
  }
}
