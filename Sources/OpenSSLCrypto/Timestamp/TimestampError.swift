/// Why a response is not an authority's time on what was asked.
///
/// Sentences are lower case, without a full stop; texts of the authority are shortened and cannot
/// steer a terminal.
public enum TimestampError: Error, Equatable, CustomStringConvertible {
  /// The bytes are no request of SHA-256.
  case unreadableRequest
  /// The bytes are no response: truncated, or something else.
  case unreadable
  /// There are bytes after the response.
  case trailingBytes(Int)
  /// The authority refused; with its status and its words.
  case rejected(status: Int, reason: String)
  /// The response grants a time and carries none, or not one signed by one signer.
  case noToken
  /// The token is of another version than 1.
  case version
  /// The token is about other bytes.
  case otherImprint
  /// The token answers another request.
  case otherNonce
  /// The signer's certificate is neither in the response nor among the given ones.
  case noSignerCertificate
  /// The signer's certificate is not for timestamps alone; with the signer's name.
  case notForTimestamps(String)
  /// No chain leads from the signer to the given authorities; with libcrypto's word.
  case untrusted(signer: String, reason: String)
  /// A key or a signature of the chain has less than 112 bits of security; with libcrypto's word.
  case weak(signer: String, reason: String)
  /// A certificate of the chain was not valid when the time was given.
  case outsideValidity(String)
  /// The token does not name the certificate that it was signed with (RFC 5035).
  case otherSigner
  /// The signature is wrong: the token was changed.
  case signature
  /// There is no authority to trust.
  case noAuthority

  /// One sentence.
  public var description: String {
    switch self {
    case .unreadableRequest:
      "found bytes that are no timestamp request, expected one over a SHA-256 digest"
    case .unreadable:
      "found bytes that are no timestamp response, expected one whole in DER"
    case .trailingBytes(let count):
      "found \(count) byte\(count == 1 ? "" : "s") after the timestamp response, expected none"
    case .rejected(let status, let reason):
      "found a refusal by the authority (status \(status)\(reason.isEmpty ? "" : ": \(reason)")), "
        + "expected a granted timestamp"
    case .noToken:
      "found a response without a token of one signer, expected a timestamp token"
    case .version: "found a token of another version, expected version 1"
    case .otherImprint:
      "found a timestamp of something else, expected one over the digest that was asked about"
    case .otherNonce:
      "found the answer to another request, expected the nonce of this one"
    case .noSignerCertificate:
      "found no certificate of the signer, expected it in the response or beside it"
    case .notForTimestamps(let name):
      "found a signer that is not for timestamps (\(name)), "
        + "expected the extended key usage timeStamping, critical and alone"
    case .untrusted(let signer, let reason):
      "found a signer (\(signer)) that does not lead to the given authority (\(reason)), "
        + "expected the root in which its chain ends"
    case .weak(let signer, let reason):
      "found a signer (\(signer)) whose chain is too weak (\(reason)), expected 112 bits of security: "
        + "RSA from 2048 bits, no SHA-1"
    case .outsideValidity(let reason):
      "found a time at which the signer's chain was not valid, expected it within: \(reason)"
    case .otherSigner:
      "found a token that names another certificate, expected the one that signed it"
    case .signature: "found a wrong signature, expected the authority's over this token"
    case .noAuthority: "found no authority to trust, expected at least one certificate"
    }
  }
}
