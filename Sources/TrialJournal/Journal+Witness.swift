import BlindRecord
import Foundation
import GRDB
import MerkleLog

/// Checkpoints that a helper has seen.
extension Journal {
  /// Where the lines that came back are kept.
  package static let returnedLines = "witness/checkpoints.txt"

  /// The line over all entries, to be sent to a helper.
  public func checkpointLine() throws -> CheckpointLine {
    try reading { recorded, _ in
      CheckpointLine(
        trial: self.manifest.trial, size: recorded.count, root: recorded.frontier.root)
    }
  }

  /// Refuses a line that this journal does not extend.
  ///
  /// - Throws: `CheckpointLineError`.
  public func demandExtension(of line: CheckpointLine) throws {
    try Journal.demandExtension(of: line, trial: manifest.trial, leafHashes: leafHashes())
  }

  /// The leaf hashes of all entries, in order.
  package func leafHashes() throws -> [[UInt8]] {
    try reading { recorded, _ in recorded.leafHashes }
  }

  /// Refuses a line that is not the head of some first leaves.
  package static func demandExtension(
    of line: CheckpointLine, trial: String, leafHashes: [[UInt8]]
  ) throws(CheckpointLineError) {
    guard line.trial == trial else {
      throw .otherTrial(found: line.trial, expected: trial)
    }
    guard line.size <= leafHashes.count else {
      throw .entriesMissing(line: line.size, found: leafHashes.count)
    }
    guard MerkleTree(leafHashes: Array(leafHashes.prefix(line.size))).root == line.root else {
      throw .otherHistory(size: line.size)
    }
  }

  /// Keeps a line that came back from a helper and that this journal extends.
  ///
  /// The lines are kept by their size, each once. Nothing is written when the line is refused. Where
  /// the folder has its `SHA256SUMS` already, the file's line in it is renewed.
  ///
  /// - Throws: `CheckpointLineError`, `JournalError`.
  public func keep(_ line: CheckpointLine) throws {
    try demandExtension(of: line)
    let name = Journal.returnedLines
    let stored = files.exists(name) ? try files.read(name) : []
    var lines = try Journal.lines(in: stored)
    guard !lines.contains(line) else { return }
    lines.append(line)
    lines.sort { $0.size < $1.size }
    let bytes = Journal.bytes(of: lines)
    guard mkdir(files.path("witness"), 0o700) == 0 || errno == EEXIST else {
      throw JournalError.fileFailed(
        "witness", reason: String(cString: strerror(errno)).lowercased())
    }
    var facts = stat()
    guard lstat(files.path("witness"), &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw JournalError.unfitFile(
        "witness", found: "a link or no folder", expected: "a folder of the trial's own")
    }
    try files.replace(name, with: bytes, sync: true)
    try files.renewSum(of: name, digest: contentDigest(bytes))
  }

  /// The lines of a stored file, in the one spelling in which it is written.
  ///
  /// - Throws: `CheckpointLineError` for a line that is none; `FormatError` for lines that are out
  ///   of order, doubled, or spelled otherwise.
  package static func lines(in stored: [UInt8]) throws -> [CheckpointLine] {
    let lines = try String(decoding: stored, as: UTF8.self).split(separator: "\n").map {
      try CheckpointLine(String($0))
    }
    guard bytes(of: lines) == stored,
      zip(lines, lines.dropFirst()).allSatisfy({ $0.size < $1.size })
    else {
      throw FormatError(
        returnedLines, found: "lines out of order or spelled otherwise",
        expected: "one for each size, ascending")
    }
    return lines
  }

  private static func bytes(of lines: [CheckpointLine]) -> [UInt8] {
    Array(lines.map { $0.text + "\n" }.joined().utf8)
  }
}

extension TrialFiles {
  static let sums = "SHA256SUMS"

  /// Writes a file's digest into the list of digests, if the folder has one.
  func renewSum(of name: String, digest: String) throws {
    guard exists(TrialFiles.sums) else { return }
    var lines = String(decoding: try read(TrialFiles.sums), as: UTF8.self)
      .split(separator: "\n").map(String.init).filter { !$0.hasSuffix("  \(name)") }
    let place = lines.firstIndex { line in
      !line.dropFirst(66).utf8.lexicographicallyPrecedes(name.utf8)
    }
    lines.insert("\(digest)  \(name)", at: place ?? lines.endIndex)
    let text = lines.map { $0 + "\n" }.joined()
    try replace(TrialFiles.sums, with: Array(text.utf8), sync: true)
  }
}
