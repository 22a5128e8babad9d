/// A time that an authority signed, over a digest: what ``TimestampResponse`` gives when everything
/// was verified.
///
/// It proves that the digest existed not later than ``seconds`` (give or take ``accuracy``), if the
/// authority at the root is believed; it does not prove that nothing else was stamped as well.
public struct Timestamp: Hashable, Sendable {
  /// The SHA-256 digest that the time is about.
  public let digest: [UInt8]
  /// The time, in seconds since 1970-01-01T00:00:00Z; fractions are cut off.
  public let seconds: Int
  /// How far the authority says its clock may be off, in seconds, rounded up; `nil` if it does not.
  public let accuracy: Int?
  /// The token's serial number, in lower-case hex.
  public let serial: String
  /// The authority's policy, as dotted numbers.
  public let policy: String
  /// The certificate that signed, and the chain from it up to the authority that was given.
  public let chain: [Certificate]

  init(
    digest: [UInt8], seconds: Int, accuracy: Int?, serial: String, policy: String,
    signer: Certificate, issuers: [Certificate]
  ) {
    self.digest = digest
    self.seconds = seconds
    self.accuracy = accuracy
    self.serial = serial
    self.policy = policy
    chain = [signer] + issuers
  }

  /// The certificate whose key signed.
  public var signer: Certificate { chain[0] }
  /// The given authority that the chain ends at: whose fingerprint a stranger compares.
  public var root: Certificate { chain[chain.count - 1] }
}
