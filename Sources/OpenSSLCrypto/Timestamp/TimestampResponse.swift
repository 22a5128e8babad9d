import COpenSSL

/// What an authority answered (RFC 3161, section 2.4.2), read and not believed yet.
public struct TimestampResponse: Hashable, Sendable {
  /// The response as it was received.
  public let der: [UInt8]

  /// Reads a response.
  ///
  /// - Throws: `TimestampError`: `unreadable`, `trailingBytes`, `rejected` or `noToken`.
  public init(der: [UInt8]) throws(TimestampError) {
    let parsed = try Parsed(der: der)
    try parsed.demandToken()
    self.der = der
  }

  /// The time in the response, if an authority that is trusted signed it over what was asked.
  ///
  /// Checked are version, digest, nonce, the chain from the signer to one of `authorities` at the
  /// time that the token states (not now: a token outlives its certificates), the signer's extended
  /// key usage, the binding of the token to the signer's certificate, and the signature. Whether a
  /// certificate was revoked is not asked.
  ///
  /// - Parameters:
  ///   - request: the request that was sent.
  ///   - authorities: the roots that are believed.
  ///   - intermediates: further certificates that the chain may need; they are not believed.
  /// - Throws: `TimestampError`.
  public func verified(
    for request: TimestampRequest, authorities: [Certificate], intermediates: [Certificate] = []
  ) throws(TimestampError) -> Timestamp {
    guard !authorities.isEmpty else { throw .noAuthority }
    let parsed = try Parsed(der: der)
    try parsed.demandToken()
    guard parsed.version == 1 else { throw .version }
    guard parsed.digest == request.digest else { throw .otherImprint }
    guard parsed.answers(request) else { throw .otherNonce }
    guard let time = parsed.seconds else { throw .unreadable }
    let chain = try parsed.verifySignature(
      at: time, authorities: authorities, intermediates: intermediates)
    return Timestamp(
      digest: request.digest, seconds: time, accuracy: parsed.accuracy, serial: parsed.serial,
      policy: parsed.policy, signer: chain.signer, issuers: chain.issuers)
  }
}

extension TimestampResponse {
  /// One `TS_RESP`, freed with its owner.
  struct Parsed: ~Copyable {
    let pointer: OpaquePointer

    init(der: [UInt8]) throws(TimestampError) {
      var used = 0
      let parsed = der.withUnsafeBufferPointer { bytes in
        var position = bytes.baseAddress
        defer { used = position.map { $0 - (bytes.baseAddress ?? $0) } ?? 0 }
        return d2i_TS_RESP(nil, &position, bytes.count)
      }
      guard let parsed else {
        ERR_clear_error()
        throw .unreadable
      }
      guard used == der.count else {
        TS_RESP_free(parsed)
        throw .trailingBytes(der.count - used)
      }
      pointer = parsed
    }

    deinit { TS_RESP_free(pointer) }

    /// What the token says; `nil` without a token.
    var info: OpaquePointer? { TS_RESP_get_tst_info(pointer) }
    /// The signed token; `nil` without one.
    var token: UnsafeMutablePointer<PKCS7>? { TS_RESP_get_token(pointer) }

    var version: Int { TS_TST_INFO_get_version(info) }

    var seconds: Int? { try? unixSeconds(TS_TST_INFO_get_time(info)) }

    var digest: [UInt8]? { sha256Imprint(TS_TST_INFO_get_msg_imprint(info)) }

    var serial: String {
      TS_TST_INFO_get_serial(info).map { Hex.encode(asn1Bytes($0)) } ?? ""
    }

    var policy: String {
      var text = [CChar](repeating: 0, count: 128)
      let count = OBJ_obj2txt(&text, Int32(text.count), TS_TST_INFO_get_policy_id(info), 1)
      guard count > 0 else { return "" }
      return Certificate.shown(text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    }

    /// Seconds, with a second more for any fraction.
    var accuracy: Int? {
      guard let accuracy = TS_TST_INFO_get_accuracy(info) else { return nil }
      let whole = TS_ACCURACY_get_seconds(accuracy).map { ASN1_INTEGER_get($0) } ?? 0
      let hasFraction =
        TS_ACCURACY_get_millis(accuracy) != nil || TS_ACCURACY_get_micros(accuracy) != nil
      guard (0...Int(Int32.max)).contains(whole) else { return nil }
      return whole + (hasFraction ? 1 : 0)
    }

    /// Whether the token has the request's nonce, or the request has none.
    func answers(_ request: TimestampRequest) -> Bool {
      (try? TimestampRequest.Parsed(der: request.der).isAnswered(by: info)) ?? false
    }

    /// Refuses a response that does not grant, and one that grants and carries nothing.
    func demandToken() throws(TimestampError) {
      let facts = TS_RESP_get_status_info(pointer)
      guard let facts, let number = TS_STATUS_INFO_get0_status(facts) else { throw .unreadable }
      let status = ASN1_INTEGER_get(number)
      // granted, and granted with modifications (RFC 3161, section 2.4.2).
      guard status == 0 || status == 1 else {
        throw .rejected(status: status, reason: Parsed.words(TS_STATUS_INFO_get0_text(facts)))
      }
      guard info != nil, token != nil else { throw .noToken }
    }

    /// The authority's words on its status, shortened.
    private static func words(_ texts: OpaquePointer?) -> String {
      guard let texts else { return "" }
      var words: [String] = []
      for place in 0..<min(OPENSSL_sk_num(texts), 4) {
        guard let text = OPENSSL_sk_value(texts, place) else { continue }
        words.append(Certificate.shown(asn1Bytes(text.assumingMemoryBound(to: ASN1_STRING.self))))
      }
      return String(words.joined(separator: "; ").prefix(120))
    }
  }
}
