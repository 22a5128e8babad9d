import BlindRecord
import Foundation
import MerkleLog

/// `SHA256SUMS`: the digest of every file of a finished folder, in the format of `sha256sum`.
///
/// The commitments already fix what a trial says; the sums find a changed byte where no commitment
/// looks, such as an unused page of the database, and let anyone check with `sha256sum -c`.
struct Sums {
  let digests: [String: String]

  /// The sums of a folder as it is.
  init(of folder: TrialFolder) throws {
    var digests: [String: String] = [:]
    for name in try folder.files() where name != TrialFolder.Name.sums {
      digests[name] = contentDigest(try folder.required(name))
    }
    guard !digests.isEmpty else { throw FolderError(folder.path, "read", ENOENT) }
    self.digests = digests
  }

  /// The lines, sorted by name: 64 hex digits, two blanks, the name.
  var bytes: [UInt8] {
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    return Array(lines.joined().utf8)
  }

  /// What differs between stored lines and the folder as it is; empty when nothing does.
  func differences(from stored: [UInt8]) -> [String] {
    guard stored != bytes else { return [] }
    var found: [String] = []
    var listed: Set<String> = []
    for line in stored.split(separator: 0x0A, omittingEmptySubsequences: true) {
      let parts = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1].isEmpty, parts[0].count == 64 else {
        found.append("\(TrialFolder.Name.sums): a line that is not a digest and a name")
        continue
      }
      let name = String(decoding: parts[2], as: UTF8.self)
      guard listed.insert(name).inserted else {
        found.append("\(TrialFolder.Name.sums): \(name) is listed twice")
        continue
      }
      switch digests[name] {
      case nil: found.append("\(name): is listed and not there")
      case String(decoding: parts[0], as: UTF8.self): break
      default: found.append("\(name): has other bytes than listed")
      }
    }
    found += digests.keys.filter { !listed.contains($0) }.sorted().map(Sums.unlisted)
    return found.isEmpty ? ["\(TrialFolder.Name.sums): has lines out of order or blank"] : found
  }

  /// What is said of a file that is there and not listed.
  static func unlisted(_ name: String) -> String {
    "\(name): is not part of the trial (not listed)"
  }
}
