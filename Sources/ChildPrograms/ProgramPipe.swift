import Foundation

/// A pipe between this process and a program.
///
/// ```swift
/// let words = try ProgramPipe()
/// let call = ProgramCall("cat", input: .file("diary.txt"), output: words.writing)
/// let program = try call.start()
/// words.closeWriting()
/// print(words.readToEnd().count)
/// program.wait()
/// ```
public final class ProgramPipe {
  private var ends: (reading: Int32, writing: Int32)

  /// A pipe whose ends no program gets unless it is led to them.
  ///
  /// - Throws: ``ProgramFault`` where this process has too many descriptors open.
  public init() throws(ProgramFault) {
    var pair: [Int32] = [0, 0]
    guard pipe(&pair) == 0 else { throw ProgramFault(program: "pipe", number: errno) }
    for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    ends = (pair[0], pair[1])
  }

  deinit {
    closeWriting()
    close(ends.reading)
  }

  /// For a program that reads from it.
  public var reading: ProgramCall.Stream { .descriptor(ends.reading) }
  /// For a program that writes to it.
  public var writing: ProgramCall.Stream { .descriptor(ends.writing) }

  /// Closes this process's writing end: what reads sees an end when nobody else holds one.
  public func closeWriting() {
    if ends.writing >= 0 { close(ends.writing) }
    ends.writing = -1
  }

  /// Writes bytes; nothing once the writing end is closed or nobody reads any more.
  ///
  /// The process must ignore SIGPIPE, which a reader that has ended would send.
  public func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(ends.writing, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// What can be read next; waits for it, and is empty at the end.
  public func readSome() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends.reading, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      return Array(buffer.prefix(max(0, count)))
    }
  }

  /// Everything up to the end.
  public func readToEnd() -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let next = readSome()
      if next.isEmpty { return all }
      all += next
    }
  }
}

extension ProgramCall {
  /// Runs the program to its end and keeps what it writes to standard output.
  ///
  /// - Throws: ``ProgramFault`` where it cannot be started.
  public func runKeepingOutput() throws(ProgramFault) -> (output: [UInt8], end: RunningProgram.End)
  {
    let words = try ProgramPipe()
    let call = ProgramCall(
      program, arguments, environment: environment, folder: folder, input: input,
      output: words.writing, errors: errors)
    let running = try call.start()
    words.closeWriting()
    return (words.readToEnd(), running.wait())
  }
}
