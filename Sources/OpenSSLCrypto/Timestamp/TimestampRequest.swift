import COpenSSL

/// What an authority is asked to put its time on (RFC 3161, section 2.4.1).
///
/// It holds a SHA-256 digest, a nonce and the wish for the authority's certificate; the same that
/// `openssl ts -query -sha256 -cert -digest …` writes.
///
/// ```swift
/// let request = try TimestampRequest(digest: sha256(file))
/// // POST request.der as application/timestamp-query; the answer is a TimestampResponse.
/// ```
public struct TimestampRequest: Hashable, Sendable {
  /// The number of bytes of a nonce that ``init(digest:)`` draws: 16.
  public static let nonceByteCount = 16

  /// The request as it is sent.
  public let der: [UInt8]
  /// The SHA-256 digest that is asked about.
  public let digest: [UInt8]
  /// Whether a nonce ties the answer to this request.
  public let hasNonce: Bool
  /// Whether the bytes are those that this program writes for this digest and nonce, so that nothing
  /// else can be said in them: no policy, no extension, no other spelling.
  public let isCanonical: Bool

  /// A new request with a fresh nonce.
  ///
  /// - Parameter digest: 32 bytes.
  /// - Throws: `CryptoError` for another length, or without entropy.
  public init(digest: [UInt8]) throws(CryptoError) {
    try self.init(digest: digest, nonce: randomBytes(Self.nonceByteCount))
  }

  /// A request with a given nonce: at least one byte, most significant first.
  package init(digest: [UInt8], nonce: [UInt8]) throws(CryptoError) {
    guard digest.count == SHA256.byteCount else {
      throw CryptoError("timestamp request over \(digest.count) bytes")
    }
    let request = try Parsed()
    try request.setHead()
    try request.setImprint(digest)
    try request.setNonce(nonce)
    der = try request.der()
    self.digest = digest
    hasNonce = true
    isCanonical = true
  }

  /// Reads a request that was stored.
  ///
  /// - Throws: `TimestampError.unreadableRequest` for other bytes, bytes after it, and digests other
  ///   than SHA-256.
  public init(der: [UInt8]) throws(TimestampError) {
    guard let request = try? Parsed(der: der), let digest = request.digest else {
      ERR_clear_error()
      throw .unreadableRequest
    }
    self.der = der
    self.digest = digest
    hasNonce = request.hasNonce
    isCanonical =
      request.nonce.flatMap { try? TimestampRequest(digest: digest, nonce: $0).der } == der
  }
}

extension TimestampRequest {
  /// One `TS_REQ`, freed with its owner.
  struct Parsed: ~Copyable {
    private let pointer: OpaquePointer

    init() throws(CryptoError) {
      guard let request = TS_REQ_new() else { throw CryptoError("timestamp request") }
      pointer = request
    }

    init(der: [UInt8]) throws(CryptoError) {
      pointer = try parseWhole(der, "timestamp request", TS_REQ_free) { d2i_TS_REQ(nil, &$0, $1) }
    }

    deinit { TS_REQ_free(pointer) }

    func setImprint(_ digest: [UInt8]) throws(CryptoError) {
      guard let imprint = TS_MSG_IMPRINT_new() else { throw CryptoError("timestamp imprint") }
      defer { TS_MSG_IMPRINT_free(imprint) }
      guard let algorithm = X509_ALGOR_new() else { throw CryptoError("timestamp imprint") }
      defer { X509_ALGOR_free(algorithm) }
      let kind = OBJ_nid2obj(NID_sha256)
      try check(X509_ALGOR_set0(algorithm, kind, V_ASN1_NULL, nil), "timestamp imprint")
      try check(TS_MSG_IMPRINT_set_algo(imprint, algorithm), "timestamp imprint")
      var digest = digest
      try check(
        TS_MSG_IMPRINT_set_msg(imprint, &digest, Int32(digest.count)), "timestamp imprint")
      try check(TS_REQ_set_msg_imprint(pointer, imprint), "timestamp request")
    }

    func setNonce(_ nonce: [UInt8]) throws(CryptoError) {
      guard let number = BN_bin2bn(nonce, Int32(nonce.count), nil) else {
        throw CryptoError("timestamp nonce")
      }
      defer { BN_free(number) }
      guard let integer = BN_to_ASN1_INTEGER(number, nil) else {
        throw CryptoError("timestamp nonce")
      }
      defer { ASN1_INTEGER_free(integer) }
      try check(TS_REQ_set_nonce(pointer, integer), "timestamp nonce")
    }

    func der() throws(CryptoError) -> [UInt8] {
      var start: UnsafeMutablePointer<UInt8>?
      let count = i2d_TS_REQ(pointer, &start)
      guard count > 0, let start else { throw CryptoError("timestamp request") }
      defer { CRYPTO_free(start, #file, #line) }
      return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    func setHead() throws(CryptoError) {
      try check(TS_REQ_set_version(pointer, 1), "timestamp request")
      try check(TS_REQ_set_cert_req(pointer, 1), "timestamp request")
    }

    var hasNonce: Bool { TS_REQ_get_nonce(pointer) != nil }

    /// The nonce, most significant byte first; `nil` for none, and for a negative one.
    var nonce: [UInt8]? {
      guard let integer = TS_REQ_get_nonce(pointer),
        ASN1_STRING_type(integer) == V_ASN1_INTEGER
      else { return nil }
      return asn1Bytes(integer)
    }

    /// Whether a token has the request's nonce, or the request has none.
    func isAnswered(by info: OpaquePointer?) -> Bool {
      guard let nonce = TS_REQ_get_nonce(pointer) else { return true }
      guard let found = TS_TST_INFO_get_nonce(info) else { return false }
      return ASN1_INTEGER_cmp(nonce, found) == 0
    }

    /// The SHA-256 digest; `nil` for a digest of another kind or length.
    var digest: [UInt8]? { sha256Imprint(TS_REQ_get_msg_imprint(pointer)) }
  }
}

/// The digest of a message imprint, if it is one of SHA-256.
func sha256Imprint(_ imprint: OpaquePointer?) -> [UInt8]? {
  guard let imprint, let algorithm = TS_MSG_IMPRINT_get_algo(imprint),
    let octets = TS_MSG_IMPRINT_get_msg(imprint)
  else { return nil }
  var kind: OpaquePointer?
  X509_ALGOR_get0(&kind, nil, nil, algorithm)
  guard OBJ_obj2nid(kind) == NID_sha256 else { return nil }
  let bytes = asn1Bytes(octets)
  return bytes.count == SHA256.byteCount ? bytes : nil
}

/// The content of a string or an integer of ASN.1.
func asn1Bytes(_ value: UnsafePointer<ASN1_STRING>) -> [UInt8] {
  let count = Int(ASN1_STRING_length(value))
  guard count > 0, let start = ASN1_STRING_get0_data(value) else { return [] }
  return Array(UnsafeBufferPointer(start: start, count: count))
}

/// Reads one value of DER that takes up all the bytes.
func parseWhole(
  _ der: [UInt8], _ what: String, _ release: (OpaquePointer?) -> Void,
  _ read: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
) throws(CryptoError) -> OpaquePointer {
  let (parsed, used) = der.withUnsafeBufferPointer { bytes in
    var position = bytes.baseAddress
    let parsed = read(&position, bytes.count)
    return (parsed, position.map { $0 - (bytes.baseAddress ?? $0) } ?? 0)
  }
  guard let parsed else { throw CryptoError("\(what) that cannot be read") }
  guard used == der.count else {
    release(parsed)
    throw CryptoError("bytes after the \(what)")
  }
  return parsed
}
