import COpenSSL

/// The signer of a token, and the chain from it to an authority.
extension TimestampResponse.Parsed {
  /// Verifies chain and signature of the token.
  ///
  /// `TS_RESP_verify_signature` is called for itself and not through the flags of a verification
  /// context: `TS_REQ_to_TS_VERIFY_CTX` leaves `TS_VFY_SIGNATURE` out, and a token with a changed
  /// signature then passes.
  ///
  /// - Parameter time: when the chain has to be valid, in seconds since 1970.
  /// - Returns: the certificate that signed, and those above it up to the authority.
  func verifySignature(
    at time: Int, authorities: [Certificate], intermediates: [Certificate]
  ) throws(TimestampError) -> (signer: Certificate, issuers: [Certificate]) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let token, OBJ_obj2nid(token.pointee.type) == NID_pkcs7_signed,
      let signed = token.pointee.d.sign, OPENSSL_sk_num(signed.pointee.signer_info) == 1
    else { throw .noToken }
    let given = try CertificateStack.of(intermediates)
    let all = try CertificateStack.of(intermediates)
    try all.append(signed.pointee.cert)
    let store = try CertificateStore.of(authorities, at: time)
    let chain = try given.withPointer { given throws(TimestampError) in
      guard let signers = PKCS7_get0_signers(token, given, 0) else {
        throw TimestampError.noSignerCertificate
      }
      defer { OPENSSL_sk_free(signers) }
      guard OPENSSL_sk_num(signers) == 1, let signer = OPENSSL_sk_value(signers, 0) else {
        throw TimestampError.noSignerCertificate
      }
      let chain = try store.chain(from: OpaquePointer(signer), untrusted: all)
      try store.verifySignature(of: token, given: given)
      return chain
    }
    return (chain[0], Array(chain.dropFirst()))
  }
}

/// A stack of certificates for libcrypto, freed with its owner.
struct CertificateStack: ~Copyable {
  private let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) { self.pointer = pointer }

  static func of(_ certificates: [Certificate]) throws(TimestampError) -> CertificateStack {
    guard let pointer = OPENSSL_sk_new_null() else { throw .unreadable }
    let stack = CertificateStack(owning: pointer)
    for certificate in certificates {
      guard (try? Certificate.Parsed(der: certificate.der).push(to: pointer)) == true else {
        throw .unreadable
      }
    }
    return stack
  }

  deinit {
    while let last = OPENSSL_sk_pop(pointer) { X509_free(OpaquePointer(last)) }
    OPENSSL_sk_free(pointer)
  }

  /// Lends the stack for the time of a call.
  func withPointer<Value>(
    _ body: (OpaquePointer) throws(TimestampError) -> Value
  ) throws(TimestampError) -> Value {
    try body(pointer)
  }

  /// Adds the certificates of another stack, which keeps them too.
  func append(_ other: OpaquePointer?) throws(TimestampError) {
    guard let other else { return }
    for place in 0..<OPENSSL_sk_num(other) {
      guard let certificate = OPENSSL_sk_value(other, place) else { continue }
      guard Self.push(OpaquePointer(certificate), to: pointer) else { throw .unreadable }
    }
  }

  /// Adds a certificate that its owner keeps.
  static func push(_ certificate: OpaquePointer, to stack: OpaquePointer) -> Bool {
    guard X509_up_ref(certificate) == 1 else { return false }
    guard OPENSSL_sk_push(stack, UnsafeRawPointer(certificate)) > 0 else {
      X509_free(certificate)
      return false
    }
    return true
  }
}

/// The authorities that are believed, at one time; freed with its owner.
struct CertificateStore: ~Copyable {
  private let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) { self.pointer = pointer }

  static func of(
    _ authorities: [Certificate], at time: Int
  ) throws(TimestampError) -> CertificateStore {
    guard let pointer = X509_STORE_new() else { throw .unreadable }
    let store = CertificateStore(owning: pointer)
    for authority in authorities {
      guard (try? Certificate.Parsed(der: authority.der).add(to: pointer)) == true else {
        throw .unreadable
      }
    }
    // A root is believed for itself; that it is whole is asked all the same.
    X509_STORE_set_flags(pointer, UInt(X509_V_FLAG_CHECK_SS_SIGNATURE))
    let rules = X509_STORE_get0_param(pointer)
    X509_VERIFY_PARAM_set_time(rules, time)
    // 112 bits of security: no RSA below 2048 bits, and no signature over SHA-1 or MD5.
    X509_VERIFY_PARAM_set_auth_level(rules, 2)
    return store
  }

  deinit { X509_STORE_free(pointer) }

  /// Verifies the signature of a token and its binding to the signer's certificate.
  func verifySignature(
    of token: UnsafeMutablePointer<PKCS7>, given: OpaquePointer
  ) throws(TimestampError) {
    var found: OpaquePointer?
    let status = TS_RESP_verify_signature(token, given, pointer, &found)
    X509_free(found)
    guard status == 1 else {
      throw copenssl_is_other_signer(ERR_peek_last_error()) == 1 ? .otherSigner : .signature
    }
  }

  /// The chain from a signer of timestamps to an authority, the signer first.
  func chain(
    from signer: OpaquePointer, untrusted: borrowing CertificateStack
  ) throws(TimestampError) -> [Certificate] {
    try untrusted.withPointer { others throws(TimestampError) in
      try chain(from: signer, through: others)
    }
  }

  private func chain(
    from signer: OpaquePointer, through untrusted: OpaquePointer
  ) throws(TimestampError) -> [Certificate] {
    guard let context = X509_STORE_CTX_new() else { throw .unreadable }
    defer { X509_STORE_CTX_free(context) }
    let name = (try? Certificate(der: Certificate.der(of: signer)))?.subject ?? "unnamed"
    guard X509_STORE_CTX_init(context, pointer, signer, untrusted) == 1,
      X509_STORE_CTX_set_purpose(context, X509_PURPOSE_TIMESTAMP_SIGN) == 1
    else { throw .unreadable }
    guard X509_verify_cert(context) == 1 else {
      throw Self.reason(context, signer: name)
    }
    guard let stack = X509_STORE_CTX_get0_chain(context) else { throw .unreadable }
    var chain: [Certificate] = []
    for place in 0..<OPENSSL_sk_num(stack) {
      guard let entry = OPENSSL_sk_value(stack, place),
        let certificate = try? Certificate(der: Certificate.der(of: OpaquePointer(entry)))
      else { throw .unreadable }
      chain.append(certificate)
    }
    guard !chain.isEmpty else { throw .unreadable }
    return chain
  }

  /// libcrypto's reason for refusing a chain, as one of ours.
  private static func reason(_ context: OpaquePointer, signer: String) -> TimestampError {
    let code = X509_STORE_CTX_get_error(context)
    let depth = X509_STORE_CTX_get_error_depth(context)
    let words = String(cString: X509_verify_cert_error_string(Int(code))).lowercased()
    switch code {
    case X509_V_ERR_INVALID_PURPOSE where depth == 0: return .notForTimestamps(signer)
    case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
      return .outsideValidity(words)
    case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
      return .weak(signer: signer, reason: words)
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return .untrusted(signer: signer, reason: "its chain ends in another root")
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return .untrusted(signer: signer, reason: "the certificate of an issuer is missing")
    default: return .untrusted(signer: signer, reason: words)
    }
  }
}

extension Certificate {
  /// The DER bytes of a certificate that libcrypto holds.
  static func der(of pointer: OpaquePointer) throws(CryptoError) -> [UInt8] {
    var start: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509(pointer, &start)
    guard count > 0, let start else { throw CryptoError("certificate bytes") }
    defer { CRYPTO_free(start, #file, #line) }
    return Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }
}
