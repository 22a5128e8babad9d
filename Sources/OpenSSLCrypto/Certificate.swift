import COpenSSL

/// An X.509 certificate (RFC 5280), as a value: its DER bytes and what is read from them.
///
/// Having one says nothing about whether to believe it.
public struct Certificate: Hashable, Sendable {
  /// The bytes that are signed and hashed.
  public let der: [UInt8]
  /// The subject's name in one line, such as `C = US, O = Example, CN = Example Timestamping`.
  ///
  /// What others wrote: characters that could steer a terminal are replaced by `?`.
  public let subject: String
  /// The first second of its validity, since 1970-01-01T00:00:00Z.
  public let notBefore: Int
  /// The last second of its validity, since 1970-01-01T00:00:00Z.
  public let notAfter: Int

  /// Reads the DER bytes of one certificate.
  ///
  /// - Throws: `CryptoError` for other bytes, and for bytes after the certificate.
  public init(der: [UInt8]) throws(CryptoError) {
    let parsed = try Parsed(der: der)
    self.der = der
    subject = try parsed.subject()
    notBefore = try parsed.notBefore()
    notAfter = try parsed.notAfter()
  }

  /// Reads every certificate of a file, PEM (RFC 7468) or DER.
  ///
  /// Text around the PEM blocks and blocks of other kinds are passed over, as in the files that
  /// authorities hand out.
  ///
  /// - Returns: at least one certificate, in the order of the file.
  /// - Throws: `CryptoError` for a block that is no certificate, for none at all, and for more than
  ///   a thousand.
  public static func readAll(_ file: [UInt8]) throws(CryptoError) -> [Certificate] {
    if file.first == 0x30 {
      return [try Certificate(der: file)]
    }
    let text = try MemoryText.holding(file)
    let found = try text.certificates()
    guard !found.isEmpty else { throw CryptoError("no certificate") }
    return found
  }

  /// The certificate in PEM, as `openssl x509` writes it.
  public var pem: [UInt8] {
    get throws(CryptoError) { try Parsed(der: der).pem() }
  }

  /// SHA-256 of the DER bytes, in lower-case hex: by what people compare certificates.
  ///
  /// `openssl x509 -noout -fingerprint -sha256` shows the same with colons and capitals.
  public var fingerprint: String { Hex.encode(sha256(der)) }

  /// The number of bits of the certificate's RSA key; `nil` for a key of another kind.
  public var rsaKeyBits: Int? { try? Parsed(der: der).rsaKeyBits() }

  /// Whether the certificate's RSA key signed `message`: RSASSA-PKCS1-v1_5 with SHA-512
  /// (RFC 8017, section 8.2).
  ///
  /// A key of another kind has signed nothing.
  public func verifiesRSASHA512(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
    (try? Parsed(der: der).verifiesRSASHA512(message, signature)) ?? false
  }
}

extension Certificate {
  /// One `X509` of libcrypto, freed with its owner; made for one call and never shared.
  struct Parsed: ~Copyable {
    private let pointer: OpaquePointer

    init(der: [UInt8]) throws(CryptoError) {
      pointer = try parseWhole(der, "certificate", X509_free) { d2i_X509(nil, &$0, $1) }
    }

    deinit { X509_free(pointer) }

    // What points into the certificate is used inside of a method: the value lives that long.

    func rsaKeyBits() -> Int? {
      guard let key = X509_get0_pubkey(pointer), EVP_PKEY_is_a(key, "RSA") == 1 else { return nil }
      return Int(EVP_PKEY_get_bits(key))
    }

    func verifiesRSASHA512(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
      guard rsaKeyBits() != nil, let key = X509_get0_pubkey(pointer),
        let context = EVP_MD_CTX_new()
      else { return false }
      defer {
        EVP_MD_CTX_free(context)
        ERR_clear_error()
      }
      let digest = Algorithm.sha512.pointer
      guard EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1 else { return false }
      return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    func pem() throws(CryptoError) -> [UInt8] {
      let text = try MemoryText()
      return try text.written { output in PEM_write_bio_X509(output, pointer) }
    }

    func notBefore() throws(CryptoError) -> Int { try unixSeconds(X509_get0_notBefore(pointer)) }

    func notAfter() throws(CryptoError) -> Int { try unixSeconds(X509_get0_notAfter(pointer)) }

    /// Adds the certificate to a store, which keeps it too.
    func add(to store: OpaquePointer) -> Bool { X509_STORE_add_cert(store, pointer) == 1 }

    /// Adds the certificate to a stack, which keeps it too.
    func push(to stack: OpaquePointer) -> Bool { CertificateStack.push(pointer, to: stack) }

    func subject() throws(CryptoError) -> String {
      let text = try MemoryText()
      return Certificate.shown(
        try text.written { output in
          copenssl_name_line(output, X509_get_subject_name(pointer)) >= 0 ? 1 : 0
        })
    }
  }

  /// A text of others, without what could steer a terminal.
  static func shown(_ bytes: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        text += "?"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

/// A time of ASN.1 in seconds since 1970-01-01T00:00:00Z; fractions of a second are cut off.
func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Int {
  guard let time, let epoch = ASN1_TIME_set(nil, 0) else { throw CryptoError("time") }
  defer { ASN1_TIME_free(epoch) }
  var days: Int32 = 0
  var seconds: Int32 = 0
  try check(ASN1_TIME_diff(&days, &seconds, epoch, time), "time")
  return Int(days) * 86_400 + Int(seconds)
}
