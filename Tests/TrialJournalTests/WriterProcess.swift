import ChildPrograms
import Foundation

/// A `journal-writer` process, or another program, and what it said.
final class WriterProcess {
  private let process: RunningProgram
  private let output, errors: ProgramPipe
  private var heard: [UInt8] = []

  /// The helper beside the test bundle, or `nil` when it was not built.
  static var program: String? {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<5 {
      let path = folder.appendingPathComponent("journal-writer").path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// Starts the helper, under another program when one is named.
  ///
  /// - Parameter waitsAtItsEnd: keeps it, with the journal open, until it is killed.
  init(
    _ arguments: [String], under wrapper: [String] = [], waitsAtItsEnd: Bool = false
  ) throws {
    struct NotBuilt: Error {}
    guard let program = WriterProcess.program else { throw NotBuilt() }
    let words = wrapper + [program] + arguments
    let waiting = waitsAtItsEnd ? ["JOURNAL_WRITER_WAITS": "1"] : [:]
    (output, errors) = (try ProgramPipe(), try ProgramPipe())
    let call = ProgramCall(
      words[0], Array(words.dropFirst()),
      environment: ProcessInfo.processInfo.environment.merging(waiting) { $1 },
      output: output.writing, errors: errors.writing)
    process = try call.start()
    for pipe in [output, errors] { pipe.closeWriting() }
  }

  /// Ends it without warning.
  func kill() { process.signal(SIGKILL) }

  /// Waits until it has said something.
  func waitForOutput() { heard += output.readSome() }

  /// What it says next.
  func nextOutput() -> String { String(decoding: output.readSome(), as: UTF8.self) }

  /// Waits for the end: the exit status (minus the signal's number when killed), output, errors.
  func finish() -> (status: Int32, output: String, errors: String) {
    let said = heard + output.readToEnd()
    let complained = errors.readToEnd()
    return (
      process.wait().status, String(decoding: said, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }
}

/// Runs a program of the system to its end; as a shell does, 127 where there is none.
func run(_ program: String, _ words: String...) throws -> Int32 {
  let call = ProgramCall(program, words, output: .nothing, errors: .nothing)
  do { return try call.run().status } catch {
    if error.isMissing { return 127 }
    throw error
  }
}
