import Foundation

/// Test vectors of Wycheproof's JSON form: groups of tests, each with a verdict.
public struct WycheproofFile<Group: Decodable>: Decodable {
  /// The groups, each of its own parameters.
  public let testGroups: [Group]

  /// Reads a file of `vectors/wycheproof`, or tells that it is not here.
  ///
  /// - Returns: `nil` where the shared folder is missing.
  public static func read(_ name: String) throws -> WycheproofFile? {
    guard let url = SharedFiles.url("vectors/wycheproof/\(name)") else { return nil }
    return try JSONDecoder().decode(WycheproofFile.self, from: Data(contentsOf: url))
  }
}

/// A vector of C2SP/CCTV's age suite: lines of a key and a value, an empty line, and a file.
public struct AgeVector: Sendable {
  /// The values of each key of the head, in their order.
  public let head: [String: [String]]
  /// The age file, decompressed.
  public let file: [UInt8]

  /// Reads one vector; `nil` for bytes that are none.
  public init?(_ bytes: [UInt8]) {
    let ends = bytes.indices.dropLast()
    guard let end = ends.first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
      return nil
    }
    var head: [String: [String]] = [:]
    for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      head[String(parts[0]), default: []].append(String(parts[1].dropFirst()))
    }
    let rest = Array(bytes[(end + 2)...])
    self.head = head
    guard head["compressed"] == ["zlib"] else {
      file = rest
      return
    }
    guard let inflated = Inflate.zlib(rest) else { return nil }
    file = inflated
  }
}
