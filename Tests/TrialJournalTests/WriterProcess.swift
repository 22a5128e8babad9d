import Foundation

/// A `journal-writer` process, or another program, and what it said.
final class WriterProcess {
  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  private var heard = Data()

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
    if waitsAtItsEnd {
      process.environment = ProcessInfo.processInfo.environment
        .merging(["JOURNAL_WRITER_WAITS": "1"]) { $1 }
    }
    let words = wrapper + [program] + arguments
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Ends it without warning.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits until it has said something.
  func waitForOutput() { heard += output.fileHandleForReading.availableData }

  /// What it says next.
  func nextOutput() -> String {
    String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// Waits for the end: the exit status (the signal's number when killed), output, errors.
  func finish() -> (status: Int32, output: String, errors: String) {
    let said = heard + output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }
}

/// Runs a program of the system to its end.
func run(_ words: String...) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = words
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}
