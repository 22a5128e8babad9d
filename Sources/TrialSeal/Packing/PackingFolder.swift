package import BlindRecord
import Foundation

/// `packing` in a trial's folder: what packing alone keeps meanwhile, and nothing after it.
package enum PackingFolder {
  /// The folder's name.
  package static let name = "packing"
  /// The register of the kits.
  package static let register = "register.age"
  /// The register of the matching test that is not over.
  package static let matching = "matching.age"

  /// Removes what a program left half written that was killed meanwhile: old states of a register.
  package static func removeUnfinished(in folder: String) {
    for path in files(in: folder) where WholeFile.isUnfinished(path) { unlink(path) }
  }

  /// Removes all that is packing's, and the folder when nothing else is in it.
  ///
  /// - Throws: `WholeFile.Failure` for a file that could not be removed.
  package static func remove(in folder: String) throws(WholeFile.Failure) {
    for path in files(in: folder) where unlink(path) != 0 && errno != ENOENT {
      throw .system(errno)
    }
    try? WholeFile.syncFolder(of: "\(folder)/\(name)/\(register)")
    rmdir("\(folder)/\(name)")
  }

  /// The registers and what is half written of them, by their paths.
  private static func files(in folder: String) -> [String] {
    let place = "\(folder)/\(name)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [])
      .filter { name in
        [register, matching].contains { register in
          name == register || name.hasPrefix(register + ".") && WholeFile.isUnfinished(name)
        }
      }.sorted().map { "\(place)/\($0)" }
  }
}
