import Foundation
import TrialAnalysis

/// Answers lines on several processors, in the order in which they came.
package enum LineStream {
  /// What became of a stream.
  package struct Tally: Equatable, Sendable {
    /// Lines that were answered, error lines among them.
    package var answered = 0
    /// Error lines among them.
    package var refused = 0
    /// Whether somebody ended it before the end of the input.
    package var isInterrupted = false
  }

  /// One processor for each that is there, unless told otherwise.
  package static var usualWorkers: Int { AtOnce.processors }

  /// Answers every line of a source.
  ///
  /// A batch is answered before the next one is read, and written before the next one is begun: so what
  /// is held is one batch, and an interruption or a crash leaves whole lines and at most one part.
  ///
  /// - Parameters:
  ///   - batch: lines that are answered before anything is written.
  ///   - write: takes the answers, in the order of the lines.
  ///   - progress: told after every batch; ends the stream with `false`.
  /// - Throws: `LineSource.Failure`, and what `write` throws.
  package static func run(
    _ source: LineSource, workers: Int, batch: Int,
    answer: @escaping @Sendable ([UInt8]?) -> [UInt8], write: ([UInt8]) throws -> Void,
    progress: (Tally) -> Bool = { _ in true }
  ) throws -> Tally {
    var tally = Tally()
    while let lines = try source.batch(atMost: batch) {
      let answers = AtOnce.map(lines, workers: workers, answer)
      tally.answered += answers.count
      tally.refused += answers.count(where: LineAnswer.isRefusal)
      try write(Array(answers.joined()))
      guard progress(tally) else {
        tally.isInterrupted = true
        break
      }
    }
    return tally
  }
}
