import COpenSSL

/// A call of libcrypto that failed, or an argument that it cannot take.
///
/// Holds what was attempted and libcrypto's own error queue, which names functions and reasons;
/// neither ever contains a key, a passphrase or a plaintext.
public struct CryptoError: Error, Equatable, CustomStringConvertible {
  /// What was attempted, or which argument was refused.
  public let operation: String
  /// The reasons libcrypto gave, oldest first; often empty.
  public let reasons: [String]

  /// Makes the error for one operation and empties libcrypto's error queue of this thread into it.
  package init(_ operation: String) {
    self.operation = operation
    var reasons: [String] = []
    while true {
      let code = ERR_get_error()
      if code == 0 { break }
      reasons.append(Self.text(of: code))
    }
    self.reasons = reasons
  }

  /// The operation and the reasons, as one line.
  public var description: String {
    reasons.isEmpty ? operation : "\(operation): \(reasons.joined(separator: "; "))"
  }

  private static func text(of code: UInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &buffer, buffer.count)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Throws unless libcrypto returned 1, its word for success.
func check(_ status: Int32, _ operation: @autoclosure () -> String) throws(CryptoError) {
  if status != 1 { throw CryptoError(operation()) }
}
