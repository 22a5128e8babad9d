import Foundation

/// How a program of the system is called: which one, with what words, and where its streams lead.
///
/// ```swift
/// let end = try ProgramCall("sh", ["-c", "exit 3"]).run()
/// print(end.status)  // 3
/// ```
///
/// Not Foundation's `Process`: on Linux it looks for open descriptors by copying 256 bytes of each entry
/// of `/proc/self/fd`, which are shorter, and where the last one ends at the end of mapped memory the
/// whole program is ended by SIGSEGV (swift-corelibs-foundation, pull request 5472; in Swift 6.3).
public struct ProgramCall: Sendable {
  /// Where one of the three standard streams leads.
  public enum Stream: Sendable {
    /// Where that of this process leads.
    case inherited
    /// Nowhere: nothing is read, what is written is gone.
    case nothing
    /// A file by its path: read from its start, or emptied, made where it is missing, and written.
    case file(String)
    /// An open descriptor of this process, which stays open here.
    case descriptor(Int32)
  }

  /// A path, or a name that is looked for in the folders of `PATH`.
  public let program: String
  /// The words after the program's name.
  public let arguments: [String]
  /// All variables of the program; `nil` for those of this process.
  public let environment: [String: String]?
  /// The folder that the program starts in; `nil` for that of this process.
  public let folder: String?
  /// Standard input.
  public let input: Stream
  /// Standard output.
  public let output: Stream
  /// Standard error.
  public let errors: Stream

  /// A call, as it stands with the environment and the folder of this process, and nothing to read.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    folder: String? = nil, input: Stream = .nothing, output: Stream = .inherited,
    errors: Stream = .inherited
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.input = input
    self.output = output
    self.errors = errors
  }

  /// Starts the program and waits for its end.
  ///
  /// - Throws: ``ProgramFault`` where it cannot be started.
  public func run() throws(ProgramFault) -> RunningProgram.End { try start().wait() }

  /// Starts the program, which gets no descriptor but the three standard streams.
  ///
  /// - Throws: ``ProgramFault`` where it cannot be started.
  public func start() throws(ProgramFault) -> RunningProgram {
    var actions = SpawnActions()
    defer { actions.destroy() }
    actions.lead(0, to: input, mode: O_RDONLY)
    actions.lead(1, to: output, mode: O_WRONLY | O_CREAT | O_TRUNC)
    actions.lead(2, to: errors, mode: O_WRONLY | O_CREAT | O_TRUNC)
    if let folder { actions.startIn(folder) }
    actions.closeOthers()
    let words = CWords([program] + arguments)
    let variables = CWords(
      (environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" })
    defer {
      words.free()
      variables.free()
    }
    var number: pid_t = 0
    let failure = posix_spawnp(
      &number, program, &actions.list, &actions.attributes, words.list, variables.list)
    guard failure == 0 else { throw ProgramFault(program: program, number: failure) }
    return RunningProgram(number)
  }
}

/// A program could not be started.
public struct ProgramFault: Error, Equatable, CustomStringConvertible {
  /// The program as it was named.
  public let program: String
  /// The system's number for the reason (`errno`).
  public let number: Int32

  /// The fault of a program and a number of the system.
  public init(program: String, number: Int32) {
    self.program = program
    self.number = number
  }

  /// Whether there is no such program, or no such folder to start it in.
  public var isMissing: Bool { number == ENOENT }

  /// One line: which program, and why.
  public var description: String {
    "\(program): cannot be started: \(String(cString: strerror(number)))"
  }
}

/// Words as C takes them: pointers to texts, and an empty one at the end.
private struct CWords {
  let list: [UnsafeMutablePointer<CChar>?]

  init(_ words: [String]) { list = words.map { strdup($0) } + [nil] }

  func free() { for word in list { Foundation.free(word) } }
}
