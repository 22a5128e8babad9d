import Foundation
import Testing

/// Which target may import which, and which file of the executable may not.
///
/// The package manager does not refuse an undeclared import of a sibling target, so this table does.
/// It is the table of Documentation/Design/philosophy.md.
@Suite struct ArrowTests {
  static let arrows: [String: Set<String>] = [
    "BlindRecord": [],
    "ChildPrograms": ["CSpawn"],
    "OpenSSLCrypto": ["COpenSSL"],
    "MerkleLog": ["OpenSSLCrypto"],
    "TrialDesign": ["BlindRecord"],
    "TrialStatistics": [],
    "TrialSeal": ["BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign"],
    "LabelPhotograph": ["BlindRecord", "CZBar", "CTurboJPEG", "CPNG"],
    "LocalWeb": ["BlindRecord", "OpenSSLCrypto"],
    "PackingWeb": ["BlindRecord", "TrialStatistics", "TrialKits", "LabelPhotograph", "LocalWeb"],
    "TrialKits": ["CQREncode", "BlindRecord", "TrialDesign", "TrialSeal"],
    "TrialJournal": ["BlindRecord", "MerkleLog"],
    "TrialWeb": ["BlindRecord", "LabelPhotograph", "TrialJournal", "LocalWeb"],
    "TrialAnalysis": ["BlindRecord", "TrialDesign", "TrialSeal", "TrialStatistics"],
    "GroupStudy": ["BlindRecord", "TrialDesign", "TrialStatistics"],
    "TrialReport": ["BlindRecord", "TrialDesign", "TrialAnalysis", "GroupStudy"],
    "TrialArchive": [
      "BlindRecord", "OpenSSLCrypto", "MerkleLog", "TrialDesign", "TrialSeal", "TrialKits",
      "TrialJournal", "TrialAnalysis", "TrialReport",
    ],
    "TrialSeries": [
      "BlindRecord", "TrialDesign", "TrialStatistics", "TrialAnalysis", "TrialReport",
      "TrialArchive",
    ],
    "ReviewWeb": [
      "BlindRecord", "TrialDesign", "TrialAnalysis", "TrialReport", "TrialArchive", "LocalWeb",
    ],
  ]

  /// What the commands of the blind phase may name: everything is linked into the executable, so
  /// there the unit is the file.
  static let blindCommands: [String: Set<String>] = [
    "CheckIn.swift": ["BlindRecord", "MerkleLog", "TrialJournal"],
    "Deviate.swift": ["BlindRecord", "MerkleLog", "TrialJournal"],
    "Checkpoint.swift": ["BlindRecord", "MerkleLog", "TrialJournal"],
    "Status.swift": ["BlindRecord", "MerkleLog", "TrialJournal"],
    "LabelCommand.swift": ["BlindRecord", "MerkleLog", "TrialJournal", "TrialKits"],
    "Calendar.swift": ["BlindRecord", "TrialJournal"],
    "Export.swift": ["BlindRecord", "TrialJournal"],
    "Import.swift": ["BlindRecord", "TrialJournal"],
    "Remind.swift": ["BlindRecord", "ChildPrograms", "TrialJournal"],
    "Serve.swift": ["BlindRecord", "TrialJournal", "LocalWeb", "TrialWeb"],
  ]

  static let systemLibraries: Set = [
    "COpenSSL", "CQREncode", "CZBar", "CTurboJPEG", "CPNG", "CSpawn",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every target of ours, the library's and the system library's.
  static let ours = Set(arrows.keys).union(systemLibraries)

  @Test(arguments: arrows.keys.sorted())
  func importsOnlyWhatItMay(_ target: String) throws {
    let may = try #require(Self.arrows[target])
    let files = try Self.swiftFiles(in: "Sources/\(target)")
    #expect(!files.isEmpty, "no source of \(target): is the target's name right?")
    for file in files {
      for module in try Self.imports(of: file) where Self.ours.contains(module) {
        #expect(may.contains(module), "\(target)/\(file.lastPathComponent) imports \(module)")
      }
    }
  }

  @Test(arguments: blindCommands.keys.sorted())
  func blindCommandNamesNoAllocation(_ name: String) throws {
    let may = try #require(Self.blindCommands[name])
    let file = Self.root.appending(path: "Sources/selfblind/Commands/\(name)")
    for module in try Self.imports(of: file) where Self.ours.contains(module) {
      #expect(may.contains(module), "\(name) imports \(module)")
    }
  }

  @Test func everyTargetOfTheLibraryIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path)
    let known = Set(Self.arrows.keys).union(["selfblind", "TrialTestSupport"])
      .union(Self.systemLibraries)
    #expect(Set(folders).subtracting(known).isEmpty)
  }

  @Test(arguments: [
    ("import TrialSeal", "TrialSeal"), ("public import TrialSeal", "TrialSeal"),
    ("  @testable import TrialSeal", "TrialSeal"),
    ("import struct TrialSeal.Allocation", "TrialSeal"),
    ("@_exported public import TrialSeal", "TrialSeal"),
  ])
  func scannerSeesEveryFormOfImport(_ line: String, _ module: String) {
    #expect(Self.imports(in: line) == [module])
  }

  static func swiftFiles(in folder: String) throws -> [URL] {
    let all = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  static func imports(of file: URL) throws -> [String] {
    imports(in: try String(contentsOf: file, encoding: .utf8))
  }

  static func imports(in source: String) -> [String] {
    let line =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/#
      .anchorsMatchLineEndings()
    return source.matches(of: line).map { String($0.1) }
  }
}
