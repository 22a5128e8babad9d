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
    notBefore = try parsed.seconds(X509_get0_notBefore(parsed.pointer))
    notAfter = try parsed.seconds(X509_get0_notAfter(parsed.pointer))
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
    ERR_clear_error()
    let text = try MemoryText.holding(file)
    var found: [Certificate] = []
    while let pointer = PEM_read_bio_X509(text.pointer, nil, nil, nil) {
      let parsed = Parsed(owning: pointer)
      guard found.count < 1000 else { throw CryptoError("more than 1000 certificates") }
      found.append(try Certificate(der: der(of: parsed.pointer)))
    }
    // The queue tells an end of file from a block that could not be read.
    let code = ERR_peek_last_error()
    guard code != 0, copenssl_is_end_of_pem(code) == 1 else {
      throw CryptoError("a certificate that cannot be read")
    }
    ERR_clear_error()
    guard !found.isEmpty else { throw CryptoError("no certificate") }
    return found
  }

  /// The certificate in PEM, as `openssl x509` writes it.
  public var pem: [UInt8] {
    get throws(CryptoError) {
      let text = try MemoryText()
      try check(PEM_write_bio_X509(text.pointer, Parsed(der: der).pointer), "certificate text")
      return text.bytes
    }
  }

  /// SHA-256 of the DER bytes, in lower-case hex: by what people compare certificates.
  ///
  /// `openssl x509 -noout -fingerprint -sha256` shows the same with colons and capitals.
  public var fingerprint: String { Hex.encode(sha256(der)) }

  /// The number of bits of the certificate's RSA key; `nil` for a key of another kind.
  public var rsaKeyBits: Int? {
    guard let key = try? Parsed(der: der).publicKey(), EVP_PKEY_is_a(key, "RSA") == 1 else {
      return nil
    }
    return Int(EVP_PKEY_get_bits(key))
  }

  /// Whether the certificate's RSA key signed `message`: RSASSA-PKCS1-v1_5 with SHA-512
  /// (RFC 8017, section 8.2).
  ///
  /// A key of another kind has signed nothing.
  public func verifiesRSASHA512(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
    guard rsaKeyBits != nil, let parsed = try? Parsed(der: der), let key = try? parsed.publicKey(),
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
}

extension Certificate {
  /// One `X509` of libcrypto, freed with its owner; made for one call and never shared.
  struct Parsed: ~Copyable {
    let pointer: OpaquePointer

    /// Takes over a pointer that somebody else has made.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    init(der: [UInt8]) throws(CryptoError) {
      pointer = try parseWhole(der, "certificate", X509_free) { d2i_X509(nil, &$0, $1) }
    }

    deinit { X509_free(pointer) }

    /// The public key, which lives as long as this value.
    func publicKey() throws(CryptoError) -> OpaquePointer {
      guard let key = X509_get0_pubkey(pointer) else { throw CryptoError("certificate key") }
      return key
    }

    func subject() throws(CryptoError) -> String {
      let text = try MemoryText()
      guard copenssl_name_line(text.pointer, X509_get_subject_name(pointer)) >= 0 else {
        throw CryptoError("certificate name")
      }
      return Certificate.shown(text.bytes)
    }

    /// A time of the certificate in seconds since 1970.
    func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Int {
      try unixSeconds(time)
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
