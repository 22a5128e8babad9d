import Foundation

/// Something that the blind phase shows or leaves, to be searched for secrets.
package struct Exhibit: Sendable {
  /// What it is.
  package let name: String
  /// Its bytes.
  package let bytes: [UInt8]
  /// Whether it names the arms by nature: what the packer reads while filling.
  package let namesArms: Bool

  /// An exhibit.
  package init(_ name: String, _ bytes: [UInt8], namesArms: Bool = false) {
    self.name = name
    self.bytes = bytes
    self.namesArms = namesArms
  }

  /// Every file of a folder with its name; `protocol.yaml` is left out, which names the arms by nature.
  package static func files(of folder: String, at moment: String) throws -> [Exhibit] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap { name in
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard name != "protocol.yaml",
        FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
      else { return nil }
      return Exhibit(
        "\(moment): \(name)",
        Array(name.utf8) + [0] + Array(try Data(contentsOf: URL(filePath: path))))
    }
  }
}
