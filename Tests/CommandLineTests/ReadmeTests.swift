import Foundation
import Testing

/// The console blocks of the README are run in their order and must print what stands there.
///
/// A line that is only `…` stands for any number of lines, and `…` in a line for anything.
struct ReadmeTests {
  @Test func everyCommandPrintsWhatTheReadmeShows() async throws {
    let text = try String(
      contentsOf: Tool.root.appendingPathComponent("README.md"), encoding: .utf8)
    let commands = ReadmeTests.commands(in: text)
    try #require(commands.count > 10)
    let place = try TemporaryFolder()
    for (command, shown) in commands {
      let run = try await Tool.shell(command, in: place.url)
      #expect(run.status == 0, "\(command): \(run.err)")
      var lines = run.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      #expect(ReadmeTests.fits(lines[...], shown[...]), "\(command) printed \(lines)")
    }
  }

  /// A filter that names nothing runs no test and passes.
  @Test func everyFilterOfTheContributorsGuideNamesTests() throws {
    let text = try String(
      contentsOf: Tool.root.appendingPathComponent("CONTRIBUTING.md"), encoding: .utf8)
    let tests = Tool.root.appendingPathComponent("Tests")
    let names = try FileManager.default.subpathsOfDirectory(atPath: tests.path).map {
      $0.replacingOccurrences(of: ".swift", with: "").split(separator: "/").last.map(String.init)
    }
    let words = text.split { $0 == " " || $0 == "`" || $0 == "\n" }.map(String.init)
    let filters = zip(words, words.dropFirst()).filter { $0.0 == "--filter" }.map(\.1)
    #expect(filters.count > 10)
    for filter in filters { #expect(names.contains(filter), "\(filter)") }
  }

  @Test func theMatcherFindsADifference() {
    #expect(ReadmeTests.fits(["a 1 b", "c", "d"], ["a … b", "…"]))
    #expect(!ReadmeTests.fits(["a 1 b", "c"], ["a … b"]))
    #expect(!ReadmeTests.fits(["a 1 c"], ["a … b", "…"]))
    #expect(!ReadmeTests.fits([], ["a"]))
  }

  /// Every `$ command` of the console blocks with the lines below it.
  private static func commands(in text: String) -> [(String, [String])] {
    var found: [(String, [String])] = []
    var isConsole = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isConsole = line == "```console"
      } else if isConsole, line.hasPrefix("$ ") {
        found.append((String(line.dropFirst(2)), []))
      } else if isConsole, !found.isEmpty {
        found[found.count - 1].1.append(line)
      }
    }
    return found
  }

  private static func fits(_ lines: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
    guard let pattern = shown.first else { return lines.isEmpty }
    let rest = shown.dropFirst()
    if pattern == "…" {
      return lines.indices.contains { fits(lines[$0...], rest) } || rest.isEmpty
    }
    guard let line = lines.first, fits(line, pattern) else { return false }
    return fits(lines.dropFirst(), rest)
  }

  private static func fits(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    guard parts.count > 1 else { return line == pattern }
    guard line.hasPrefix(parts[0]), line.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = line[...]
    for part in parts where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
