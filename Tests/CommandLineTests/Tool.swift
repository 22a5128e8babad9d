import Foundation

/// The built command line, run as a user runs it.
struct Tool {
  /// What one run left behind.
  struct Run {
    /// The exit status; minus the signal's number when one ended it.
    let status: Int32
    /// Standard output.
    let out: String
    /// Standard error.
    let err: String
  }

  /// The binary beside the test bundle.
  static var url: URL {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("selfblind")
  }

  /// The folder this project's sources are in.
  static var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// Runs the binary, or another program, with a standard input that ends.
  ///
  /// - Parameter environment: variables set in addition to the test's own.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    program: URL = Tool.url, in folder: URL? = nil
  ) async throws -> Run {
    let place = try TemporaryFolder()
    let (out, err, into) = (place / "out", place / "err", place / "in")
    try Data(input.utf8).write(to: into)
    for file in [out, err] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? place.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: into)
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try Tool.starting.withLock { try process.run() } } catch {
        process.terminationHandler = nil
        done.resume(throwing: error)
      }
    }
    let status = process.terminationStatus
    return Run(
      status: process.terminationReason == .uncaughtSignal ? -status : status,
      out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      err: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }

  /// One start at a time: starts that overlap have been seen to read each other's memory.
  private static let starting = NSLock()

  /// Runs a line of shell with the binary's folder first in the path.
  static func shell(_ script: String, in folder: URL) async throws -> Run {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try await run(
      ["-c", script],
      environment: ["PATH": Tool.url.deletingLastPathComponent().path + ":" + path],
      program: URL(fileURLWithPath: "/bin/sh"), in: folder)
  }
}

/// A folder that is gone when the value is.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("selfblind-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A path below the folder.
  static func / (folder: TemporaryFolder, name: String) -> URL {
    folder.url.appendingPathComponent(name)
  }
}
