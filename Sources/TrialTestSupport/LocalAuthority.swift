import ChildPrograms
public import Foundation

/// A timestamp authority in a temporary folder, run by the `openssl` program: a root, an
/// intermediate, and signers of several kinds.
///
/// ```swift
/// guard let authority = try LocalAuthority() else { return }
/// let response = try authority.answer(request.der)
/// ```
public final class LocalAuthority: Sendable {
  /// Who signs.
  public enum Signer: String, CaseIterable, Sendable {
    /// A signer as it should be.
    case usual
    /// A certificate without the extended key usage timeStamping.
    case unfit
    /// A certificate whose validity was over in 2020.
    case expired
    /// A certificate that is valid for a few seconds; see ``LocalAuthority/shortEnd``.
    case short
    /// A key that is too short to be believed: RSA of 1024 bits.
    case weak
  }

  /// The openssl program failed; with its words.
  public struct Failure: Error {
    /// What it said.
    public let words: String
  }

  /// The root's certificate, in PEM.
  public let root: [UInt8]
  /// The intermediate's certificate, in PEM.
  public let intermediate: [UInt8]
  /// The root of somebody else, in PEM.
  public let otherRoot: [UInt8]
  /// When the certificate of ``Signer/short`` ends.
  public let shortEnd: Date

  private let folder: URL
  private let program: URL

  /// Makes keys and certificates.
  ///
  /// - Parameter shortLife: for how many seconds ``Signer/short`` is valid.
  /// - Returns: `nil`, said on standard output, where the program `openssl` is missing.
  public init?(shortLife: Int = 3600) throws {
    guard let program = try StockProgram.url("openssl") else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try Data(Self.configuration.utf8).write(to: folder.appending(path: "c.cnf"))
    try Data().write(to: folder.appending(path: "index.txt"))
    try Data("01\n".utf8).write(to: folder.appending(path: "tsa-serial"))
    shortEnd = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.up))
      .addingTimeInterval(Double(shortLife))
    self.program = program
    self.folder = folder
    let run = Runner(program: program, folder: folder)
    root = try run.root("root", name: "Root of tests")
    otherRoot = try run.root("other", name: "Another root")
    let long = ("20200101000000Z", "20400101000000Z")
    intermediate = try run.issue(
      "middle", name: "Intermediate of tests", by: "root", extensions: "root", from: long)
    for signer in Signer.allCases {
      let validity =
        switch signer {
        case .usual, .unfit, .weak: long
        case .expired: ("20200101000000Z", "20200201000000Z")
        case .short: (long.0, Self.time(shortEnd))
        }
      _ = try run.issue(
        signer.rawValue, name: "Signer of tests, \(signer.rawValue)", by: "middle",
        extensions: signer == .unfit ? "unfit" : "signer", from: validity,
        key: signer == .weak ? ["-newkey", "rsa:1024"] : Runner.curve)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The response to a request, in DER.
  ///
  /// - Parameters:
  ///   - withIntermediate: whether the intermediate's certificate is put into the response.
  ///   - digests: the digests that the authority takes; it rejects requests of others.
  public func answer(
    _ request: [UInt8], signer: Signer = .usual, withIntermediate: Bool = true,
    digests: String = "sha256"
  ) throws -> [UInt8] {
    guard signer != .unfit else { return try unfitAnswer(request) }
    let name = UUID().uuidString
    let configuration = Self.configuration.replacing(
      "digests = sha256", with: "digests = \(digests)")
    try Data(configuration.utf8).write(to: folder.appending(path: "\(name).cnf"))
    try Data(request).write(to: folder.appending(path: "\(name).tsq"))
    let chain = withIntermediate ? ["-chain", "middle.pem"] : []
    try Runner(program: program, folder: folder).run(
      ["ts", "-reply", "-config", "\(name).cnf", "-section", "tsa", "-queryfile", "\(name).tsq"]
        + ["-signer", "\(signer.rawValue).pem", "-inkey", "\(signer.rawValue).key"]
        + ["-out", "\(name).tsr"] + chain)
    return Array(try Data(contentsOf: folder.appending(path: "\(name).tsr")))
  }

  /// A response signed by a certificate that `openssl ts` refuses to sign with: the content of a
  /// good one, signed again by `openssl cms`.
  private func unfitAnswer(_ request: [UInt8]) throws -> [UInt8] {
    try Data(answer(request)).write(to: folder.appending(path: "good.tsr"))
    let run = Runner(program: program, folder: folder)
    try run.run(["ts", "-reply", "-in", "good.tsr", "-token_out", "-out", "good.tok"])
    try run.run(
      ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "good.tok"]
        + ["-out", "content.der"])
    try run.run(
      ["cms", "-sign", "-binary", "-nodetach", "-cades", "-md", "sha256"]
        + ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", "content.der"]
        + ["-signer", "unfit.pem", "-inkey", "unfit.key", "-certfile", "middle.pem"]
        + ["-outform", "DER", "-out", "unfit.tok"])
    let token = Array(try Data(contentsOf: folder.appending(path: "unfit.tok")))
    // TimeStampResp ::= SEQUENCE { SEQUENCE { INTEGER 0 }, token }, with a length of two bytes.
    let content: [UInt8] = [0x30, 0x03, 0x02, 0x01, 0x00] + token
    return [0x30, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xff)] + content
  }

  /// Whether a stock `openssl ts -verify` believes a response to a request.
  public func stockVerifies(_ response: [UInt8], for request: [UInt8]) throws -> Bool {
    try Data(request).write(to: folder.appending(path: "v.tsq"))
    try Data(response).write(to: folder.appending(path: "v.tsr"))
    do {
      try Runner(program: program, folder: folder).run(
        ["ts", "-verify", "-queryfile", "v.tsq", "-in", "v.tsr", "-CAfile", "root.pem"])
      return true
    } catch is Failure { return false }
  }

  /// `YYYYMMDDHHMMSSZ`, as `openssl ca` reads it.
  private static func time(_ date: Date) -> String {
    date.ISO8601Format().filter { $0.isNumber || $0 == "Z" }
  }

  private static let configuration = """
    [ca]
    default_ca = authority
    [authority]
    new_certs_dir = .
    database = index.txt
    rand_serial = yes
    default_md = sha256
    policy = any
    unique_subject = no
    [any]
    commonName = supplied
    [req]
    distinguished_name = name
    [name]
    [root]
    basicConstraints = critical,CA:true
    keyUsage = critical,keyCertSign
    subjectKeyIdentifier = hash
    [signer]
    basicConstraints = CA:false
    extendedKeyUsage = critical,timeStamping
    [unfit]
    basicConstraints = CA:false
    extendedKeyUsage = serverAuth
    [tsa]
    serial = tsa-serial
    signer_digest = sha256
    default_policy = 1.3.6.1.4.1.99999.1
    digests = sha256
    accuracy = secs:1
    ess_cert_id_alg = sha256

    """
}

/// Runs the openssl program in one folder.
private struct Runner {
  let program: URL
  let folder: URL

  /// A key on the curve P-256.
  static let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
  private static let plain = ["-nodes", "-config", "c.cnf"]

  func root(_ file: String, name: String) throws -> [UInt8] {
    try run(
      ["req", "-x509"] + Self.curve + Self.plain
        + ["-keyout", "\(file).key", "-out", "\(file).pem", "-subj", "/CN=\(name)"]
        + ["-days", "3650", "-extensions", "root"])
    return Array(try Data(contentsOf: folder.appending(path: "\(file).pem")))
  }

  func issue(
    _ file: String, name: String, by issuer: String, extensions: String,
    from validity: (String, String), key: [String] = curve
  ) throws -> [UInt8] {
    try run(
      ["req"] + key + Self.plain
        + ["-keyout", "\(file).key", "-out", "\(file).csr", "-subj", "/CN=\(name)"])
    try run(
      ["ca", "-batch", "-config", "c.cnf", "-cert", "\(issuer).pem", "-keyfile", "\(issuer).key"]
        + ["-in", "\(file).csr", "-out", "\(file).pem", "-notext", "-extensions", extensions]
        + ["-startdate", validity.0, "-enddate", validity.1])
    return Array(try Data(contentsOf: folder.appending(path: "\(file).pem")))
  }

  func run(_ arguments: [String]) throws {
    let words = folder.appending(path: "words-\(UUID())")
    // One file for both streams, in the order of what is said.
    let call = ProgramCall(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" 2>&1", program.path] + arguments,
      folder: folder.path, output: .file(words.path))
    guard try call.run().status == 0 else {
      throw LocalAuthority.Failure(words: try String(contentsOf: words, encoding: .utf8))
    }
  }
}
