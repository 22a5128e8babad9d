import BlindRecord
import OpenSSLCrypto
import TrialSeal

/// The files of one anchor: `witness/seal-1.tsq`, `.tsr`, `.ca.pem` and, where the chain has
/// intermediates, `.chain.pem`.
struct AnchorFiles: Hashable {
  /// The most anchors of one kind.
  static let most = 9

  let what: WitnessFacts.Anchored
  let number: Int

  private var stem: String { "\(TrialFolder.Name.witness)/\(what.rawValue)-\(number)" }
  /// What was asked, as it was sent.
  var request: String { stem + ".tsq" }
  /// What was answered, as it was received.
  var response: String { stem + ".tsr" }
  /// The root that was believed.
  var authority: String { stem + ".ca.pem" }
  /// The certificates between signer and root.
  var chain: String { stem + ".chain.pem" }

  /// Every place that an anchor of some kind can have, in order.
  static func all(_ what: WitnessFacts.Anchored) -> [AnchorFiles] {
    (1...most).map { AnchorFiles(what: what, number: $0) }
  }

  /// Whether a path is one of an anchor's files.
  static func isOne(_ path: String) -> Bool {
    path.hasPrefix("witness/")
      && path.wholeMatch(of: #/witness/(seal|lock)-[1-9]\.(tsq|tsr|ca\.pem|chain\.pem)/#) != nil
  }

  /// Certificates as they are stored.
  static func pem(_ certificates: [Certificate]) throws -> [UInt8] {
    try certificates.flatMap { try $0.pem }
  }

  /// Certificates from a stored file: in the one spelling in which they are written.
  static func certificates(_ bytes: [UInt8], _ path: String) throws -> [Certificate] {
    let found: [Certificate]
    do { found = try Certificate.readAll(bytes) } catch {
      throw WitnessError.certificates(path, reason: error.operation)
    }
    guard try pem(found) == bytes else { throw WitnessError.respelled(path) }
    return found
  }
}
