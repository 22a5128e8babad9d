import OpenSSLCrypto

/// The SHA-256 of a file's bytes in lower-case hex: how the entries of a log name a file.
///
/// Offered here so that a keeper of a log, which stands on this module, needs no other door to
/// libcrypto.
public func contentDigest(_ bytes: [UInt8]) -> String { Hex.encode(sha256(bytes)) }
