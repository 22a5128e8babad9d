import BlindRecord
import Foundation
import MerkleLog
public import TrialArchive

/// Changes one place of a finished trial at a time, and asks what a stranger says of it.
///
/// Works in a copy of its own. A byte is written and taken back in place, so that every byte of
/// every file can be tried.
public final class Tampering: Sendable {
  /// How a place is changed.
  public enum Kind: String, CaseIterable, Sendable {
    /// The lowest bit of a byte, flipped.
    case flippedBit = "a bit flipped"
    /// A byte replaced by another printable character.
    case otherCharacter = "another character"
    /// A line left out.
    case droppedLine = "a line dropped"
    /// A line written twice.
    case doubledLine = "a line doubled"
    /// A line and the next one, exchanged.
    case swappedLines = "two lines swapped"
  }

  /// What the attacker does about the digests of the folder.
  public enum Sums: Sendable {
    /// `SHA256SUMS` stays as it was.
    case left
    /// `SHA256SUMS` is made again over the changed file.
    case madeAnew
  }

  /// The folder that is changed; removed with this value.
  public let folder: TrialFolder
  /// Every file of it, as it was.
  public let files: [String: [UInt8]]

  private let digests: [String: String]
  private let remembered = RememberedReport()

  /// Takes a copy of a trial's folder.
  public init(copying original: TrialFolder) throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "selfblind-tampered-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: original.path, toPath: place)
    let folder = TrialFolder(path: place)
    var files: [String: [UInt8]] = [:]
    for name in try folder.files() { files[name] = try folder.read(name) }
    self.folder = folder
    self.files = files
    digests = files.filter { $0.key != TrialFolder.Name.sums }.mapValues(contentDigest)
  }

  /// Takes a copy of a sample, which has everything that a trial of its kind can have.
  public static func eventful(_ kind: SampleTrial.Kind = .alone) throws -> Tampering {
    let sample = try SampleTrial.eventful(kind)
    return try withExtendedLifetime(sample) { try Tampering(copying: sample.folder) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.path) }

  /// How many places a file has for a kind of change: its bytes, or its lines if it is a text.
  public func placeCount(_ name: String, _ kind: Kind) -> Int {
    guard let bytes = files[name] else { return 0 }
    switch kind {
    case .flippedBit, .otherCharacter: return bytes.count
    case .droppedLine, .doubledLine: return lines(bytes).count
    case .swappedLines: return max(0, lines(bytes).count - 1)
    }
  }

  /// A file with one change; `nil` where the change is none, as for two equal lines.
  public func changed(_ name: String, _ kind: Kind, at place: Int) -> [UInt8]? {
    guard var bytes = files[name] else { return nil }
    switch kind {
    case .flippedBit: bytes[place] ^= 1
    case .otherCharacter: bytes[place] = bytes[place] == 0x37 ? 0x78 : 0x37
    case .droppedLine, .doubledLine, .swappedLines:
      var lines = lines(bytes)
      switch kind {
      case .droppedLine: lines.remove(at: place)
      case .doubledLine: lines.insert(lines[place], at: place)
      default: lines.swapAt(place, place + 1)
      }
      bytes = Array(lines.joined())
    }
    return bytes == files[name] ? nil : bytes
  }

  /// What `verify` says of the folder with one file changed; the file is restored afterwards.
  public func verdict(_ name: String, as bytes: [UInt8], sums: Sums) throws -> Verification {
    let makesSums = sums == .madeAnew && name != TrialFolder.Name.sums
    // The files are put back whatever happened, and a disk that does not take them is an error too.
    let verdict = Result {
      try put(bytes, name)
      if makesSums {
        try put(sumsText(with: contentDigest(bytes), of: name), TrialFolder.Name.sums)
      }
      return folder.verify(with: remembered)
    }
    try restore(name)
    if makesSums { try restore(TrialFolder.Name.sums) }
    return try verdict.get()
  }

  private func sumsText(with digest: String, of name: String) -> [UInt8] {
    let changed = digests.merging([name: digest]) { $1 }
    return Array(
      changed.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined().utf8)
  }

  /// Writes without forcing to the disk: this copy is worth nothing.
  private func put(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(folder.path)/\(name)"))
  }

  private func restore(_ name: String) throws { try put(files[name] ?? [], name) }

  /// The lines with their line feeds; none for a file that is no text.
  private func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return [] }
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }
}
