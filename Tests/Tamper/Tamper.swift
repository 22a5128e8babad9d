import Foundation
import TrialArchive
import TrialTestSupport

/// Changes every byte and every line of every file of a finished trial, one at a time, and shows
/// which check of `verify` was the first to find it.
///
/// The first argument is the folder of a trial, or a kind of seal, of which it makes a small trial;
/// without one it makes a trial of each kind. What follows names files, by how their names begin;
/// without them it changes all. Exit status 1 when a change was not found that folder.md does not
/// list as open.
@main struct Tamper {
  static func main() async throws {
    let start = ContinuousClock.now
    var total = 0
    var faults: [String] = []
    let arguments = CommandLine.arguments.dropFirst()
    let names = Array(arguments.dropFirst())
    let kind = arguments.first.flatMap(SampleTrial.Kind.init(rawValue:))
    if let given = arguments.first, kind == nil {
      try await change(Tampering(copying: TrialFolder(path: given)), names, &total, &faults)
    } else {
      for kind in kind.map({ [$0] }) ?? SampleTrial.Kind.allCases {
        say("# \(kind.rawValue)")
        try await change(Tampering.eventful(kind), names, &total, &faults)
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    say("\(total) changes in \(Int(seconds)) s; \(faults.count) that should have been found")
    for fault in faults { say(fault) }
    exit(faults.isEmpty ? 0 : 1)
  }

  /// Changes every place of one trial, or of the files whose names begin so.
  private static func change(
    _ original: Tampering, _ names: [String], _ total: inout Int, _ faults: inout [String]
  ) async throws {
    guard original.folder.verify().verified else {
      say("tamper: the trial does not verify as it is")
      exit(2)
    }
    say("file | bytes | changes | found first by | open")
    let chosen = original.files.keys.sorted().filter { name in
      names.isEmpty || names.contains { name.hasPrefix($0) }
    }
    guard !chosen.isEmpty else {
      say("tamper: no file begins with \(names.joined(separator: ", "))")
      exit(2)
    }
    for name in chosen {
      let tallies = try await tallies(of: name, in: original)
      var found: [String: Int] = [:]
      for tally in tallies {
        total += tally.tried
        found.merge(tally.found, uniquingKeysWith: +)
        faults += tally.unnamed.map { "found, but not named: \($0)" }
        faults += try tally.missed.filter { try !original.isOpen($0) }.map { "not found: \($0)" }
      }
      let missed = tallies.map(\.missed.count).reduce(0, +)
      let said = found.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      say(
        "\(name) | \(original.files[name]?.count ?? 0) | \(tallies.map(\.tried).reduce(0, +)) | "
          + "\(said.joined(separator: ", ")) | \(missed)")
    }
  }

  /// One line, at once, also into a file or a pipe.
  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// The places of a file, divided among the processors.
  private static func tallies(
    of name: String, in original: Tampering
  ) async throws -> [Tampering.Tally] {
    let parts = ProcessInfo.processInfo.activeProcessorCount
    return try await withThrowingTaskGroup(of: Tampering.Tally.self) { group in
      for part in 0..<parts {
        let copy = try Tampering(copying: original.folder)
        group.addTask { try copy.tally(name, step: parts, from: part, sums: .madeAnew) }
      }
      var tallies: [Tampering.Tally] = []
      for try await tally in group { tallies.append(tally) }
      return tallies
    }
  }
}
