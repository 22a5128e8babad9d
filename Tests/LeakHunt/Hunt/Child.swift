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

  /// The process's number.
  let process: pid_t
  private var input: Int32
  private let output: Int32
  private let start = ContinuousClock.now
  private var unread: [UInt8] = []
  private var all: [UInt8] = []
  private var isOver = false

  /// Starts a program.
  init(_ program: String, _ arguments: [String]) throws {
    signal(SIGPIPE, SIG_IGN)
    var into: [Int32] = [0, 0]
    var from: [Int32] = [0, 0]
    guard pipe(&into) == 0, pipe(&from) == 0 else { throw HuntFault("pipe: \(errno)") }
    for end in [into[1], from[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if os(Linux)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, into[0], 0)
    posix_spawn_file_actions_adddup2(&actions, from[1], 1)
    posix_spawn_file_actions_adddup2(&actions, from[1], 2)
    posix_spawn_file_actions_addclose(&actions, into[0])
    posix_spawn_file_actions_addclose(&actions, from[1])
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var number: pid_t = 0
    let failure = posix_spawn(&number, program, &actions, nil, words, environ)
    close(into[0])
    close(from[1])
    (process, input, output) = (number, into[1], from[0])
    guard failure == 0 else {
      isOver = true
      throw HuntFault("\(program): cannot be started: \(String(cString: strerror(failure)))")
    }
  }

  deinit {
    if !isOver { _ = end(signal: SIGKILL) }
    close(output)
  }

  /// Types a line.
  func type(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
  }

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
    if let number { kill(process, number) }
    close(input)
    input = -1
    while more() {}
    let wall = (ContinuousClock.now - start) / .seconds(1)
    var state: Int32 = 0
    var use = rusage()
    wait4(process, &state, 0, &use)
    isOver = true
    let status = state & 0x7f == 0 ? (state >> 8) & 0xff : -(state & 0x7f)
    func seconds(_ time: timeval) -> Double {
      Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
    return Ended(
      status: status, out: all, wall: wall,
      processor: seconds(use.ru_utime) + seconds(use.ru_stime), memory: use.ru_maxrss)
  }

  /// Runs a program to its end.
  static func run(_ program: String, _ arguments: [String]) throws -> Ended {
    try Child(program, arguments).end()
  }

  private func more() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(output, &buffer, buffer.count)
    guard count > 0 else { return false }
    unread += buffer[..<count]
    all += buffer[..<count]
    return true
  }
}

/// Why the hunt itself could not go on.
package struct HuntFault: Error, CustomStringConvertible {
  /// What happened.
  package let description: String

  /// A fault.
  package init(_ description: String) { self.description = description }
}
