import ChildPrograms
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
    let call = ProgramCall(
      program.path, arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      folder: (folder ?? place.url).path, input: .file(into.path), output: .file(out.path),
      errors: .file(err.path))
    let status = try await end(of: call)
    return Run(
      status: status, out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      err: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }

  /// Waits on a thread of its own: tests that wait must not keep others from running.
  private static func end(of call: ProgramCall) async throws -> Int32 {
    try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async { done.resume(with: Result { try call.run().status }) }
    }
  }

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
