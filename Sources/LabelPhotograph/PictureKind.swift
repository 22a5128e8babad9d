/// What a file is, by its first bytes.
enum PictureKind: Equatable {
  /// JPEG (ITU-T T.81).
  case jpeg
  /// PNG (ISO/IEC 15948).
  case png
  /// Something else, named where it is often met.
  case other(String?)

  /// Looks at the first bytes of a file.
  init(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else {
      self = .other(PictureKind.name(bytes))
    }
  }

  private static func name(_ bytes: [UInt8]) -> String? {
    if bytes.isEmpty { return "an empty file" }
    let start = String(decoding: bytes.prefix(12), as: UTF8.self)
    if start.dropFirst(4).hasPrefix("ftyp") {
      let brand = bytes.dropFirst(8).prefix(4)
      let isStill = ["heic", "heix", "mif1", "msf1", "avif"].contains {
        brand.elementsEqual($0.utf8)
      }
      return isStill ? "a HEIC or AVIF picture" : "a film"
    }
    if start.hasPrefix("GIF8") { return "a GIF" }
    if start.hasPrefix("RIFF") { return "a WebP picture" }
    if start.hasPrefix("%PDF") { return "a PDF" }
    return nil
  }
}
