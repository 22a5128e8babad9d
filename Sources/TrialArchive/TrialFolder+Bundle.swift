public import BlindRecord
import Foundation
import TrialAnalysis
import TrialReport
import TrialSeal

extension TrialFolder {
  /// Writes the bundle of an unblinded trial: the folder itself, the tables, and two scripts that do the
  /// primary test again.
  ///
  /// The folder is verified first; what does not verify is not bundled. Documentation/Specifications/bundle.md
  /// describes the files.
  ///
  /// - Parameter target: the folder to make; it must not exist.
  /// - Returns: the paths of the files, in byte order.
  /// - Throws: `FolderError`, `FormatError`, `BundleError`, `VerifiedTrial.Fault`, and what reading a
  ///   trial throws.
  public func writeBundle(to target: TrialFolder) throws -> [String] {
    let trial = try verifiedTrial()
    let unblinding = trial.unblinding
    let result = try trial.result()
    let bundle = try ReportBundle(
      result, report: Report(result), design: unblinding.design, record: unblinding.record)
    var files = bundle.files.map { (path: $0.path, bytes: $0.bytes) }
    for name in try self.files() {
      files.append((path: "trial/\(name)", bytes: try required(name)))
    }
    files.sort { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw BundleError.exists(target.path)
    }
    try target.makeFolder()
    var made: Set<String> = []
    for (path, bytes) in files {
      let parents = path.split(separator: "/").dropLast()
      for end in parents.indices {
        let parent = parents[...end].joined(separator: "/")
        if made.insert(parent).inserted { try target.makeFolder(parent) }
      }
      try target.write(bytes, to: path)
    }
    try target.writeSums()
    return files.map(\.path) + [Name.sums]
  }

  /// Why no bundle is made.
  public enum BundleError: Refusal, Equatable {
    /// The target is there already.
    case exists(String)

    /// The sentence.
    public var message: String {
      switch self {
      case .exists(let path): "\(path): it exists already"
      }
    }
    /// What to do.
    public var hint: String? {
      switch self {
      case .exists: "name a folder that is not there yet"
      }
    }
  }
}
