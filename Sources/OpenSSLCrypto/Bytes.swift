import COpenSSL

/// Octets in Swift memory: the only currency at the border to libcrypto.
public typealias Bytes = [UInt8]

/// Whether two byte strings are equal, in a time that depends on their lengths only.
///
/// Strings of different lengths are unequal; the lengths are not treated as secret.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// Overwrites a byte string with zeros and empties it; the compiler cannot leave the writes out.
///
/// Only this array's storage is wiped. A copy that shares the storage keeps it (copy on write), so
/// a secret has to have one owner.
public func wipe(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
  bytes.removeAll(keepingCapacity: false)
}
