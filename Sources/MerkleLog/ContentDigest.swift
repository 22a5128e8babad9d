import OpenSSLCrypto

// A keeper of a log stands on this module and needs no other door to libcrypto for these two.

/// The SHA-256 of a file's bytes in lower-case hex: how the entries of a log name a file.
public func contentDigest(_ bytes: [UInt8]) -> String { Hex.encode(sha256(bytes)) }

/// The seed of a signing key as it is kept in a file: 64 lower-case hex digits and a line feed.
public enum SeedText {
  /// The line of a seed.
  public static func encode(_ seed: [UInt8]) -> [UInt8] { Array((Hex.encode(seed) + "\n").utf8) }

  /// The 32 bytes of a line, or `nil` for any other text.
  public static func decode(_ line: String) -> [UInt8]? {
    guard let seed = Hex.decode(line), seed.count == 32 else { return nil }
    return seed
  }
}
