import ChildPrograms
import Foundation

/// A program that is run as a user runs it: its answers, how long each took, and its memory.
final class Child {
  /// What a run that has ended left.
  struct Ended {
    /// The exit status, minus the signal's number when one ended it.
    let status: Int32
    /// Standard output and standard error together, in their order.
    let out: [UInt8]
    /// From the start to the end, in seconds.
    let wall: Double
    /// Time on the processor, in seconds.
    let processor: Double
    /// The most memory, in kilobytes.
    let memory: Int
  }

  private let running: RunningProgram
  private let input, output: ProgramPipe
  private let start = ContinuousClock.now
  private var unread: [UInt8] = []
  private var all: [UInt8] = []

  /// The process's number.
  var process: pid_t { running.number }

  /// Starts a program.
  init(_ program: String, _ arguments: [String]) throws {
    signal(SIGPIPE, SIG_IGN)
    (input, output) = (try ProgramPipe(), try ProgramPipe())
    let call = ProgramCall(
      program, arguments, input: input.reading, output: output.writing, errors: output.writing)
    running = try call.start()
    output.closeWriting()
  }

  /// Types a line.
  func type(_ line: String) { input.write(Array((line + "\n").utf8)) }

  /// Reads until a text was printed, and gives all that was printed up to its end.
  func read(until text: String) throws -> String {
    let end = Array(text.utf8)
    while true {
      if let found = unread.firstRange(of: end) {
        defer { unread.removeSubrange(..<found.upperBound) }
        return String(decoding: unread[..<found.upperBound], as: UTF8.self)
      }
      guard more() else {
        throw HuntFault(
          "\"\(text)\" was never printed; before the end: "
            + String(decoding: all.suffix(400), as: UTF8.self))
      }
    }
  }

  /// Closes the input, reads the rest and waits; with a signal, it is sent first.
  func end(signal number: Int32? = nil) -> Ended {
    if let number { running.signal(number) }
    input.closeWriting()
    while more() {}
    let wall = (ContinuousClock.now - start) / .seconds(1)
    let end = running.wait()
    return Ended(
      status: end.status, out: all, wall: wall, processor: end.processor, memory: end.memory)
  }

  /// Runs a program to its end.
  static func run(_ program: String, _ arguments: [String]) throws -> Ended {
    try Child(program, arguments).end()
  }

  private func more() -> Bool {
    let next = output.readSome()
    unread += next
    all += next
    return !next.isEmpty
  }
}

/// Why the hunt itself could not go on.
package struct HuntFault: Error, CustomStringConvertible {
  /// What happened.
  package let description: String

  /// A fault.
  package init(_ description: String) { self.description = description }
}
