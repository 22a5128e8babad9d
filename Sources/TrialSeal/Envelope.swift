import MerkleLog
import OpenSSLCrypto
import TrialDesign

/// What one slot's envelope holds: the arm, the salt, and the proof that both were committed to.
///
/// A text that a person can read after opening it with a stock `age`; padded with line feeds to one
/// width for the whole trial, so that sizes tell nothing. Layout in seal.md, section 4.
struct Envelope: Equatable, Sendable {
  static let format = "selfblind/envelope/v1"

  let leaf: PlanLeaf
  let proof: [[UInt8]]

  /// The text before padding.
  private var text: String {
    var lines = [
      Envelope.format, "trial \(Hex.encode(leaf.trial))", "slot \(leaf.index + 1)",
      "arm \(leaf.arm)", "salt \(Hex.encode(leaf.salt))",
    ]
    lines += proof.map { "proof \(Hex.encode($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The width of every envelope of a tree of that many leaves, in bytes.
  static func width(leaves: Int) -> Int {
    var depth = 0
    while 1 << depth < leaves { depth += 1 }
    return 256 + depth * 71
  }

  /// The padded plaintext.
  func bytes(width: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes + [UInt8](repeating: 0x0A, count: max(0, width - bytes.count))
  }

  /// Reads an opened envelope, padded or not.
  ///
  /// - Returns: `nil` when the text is not an envelope of this version.
  init?(text bytes: [UInt8]) {
    // By bytes: an arm's name may begin with a mark that joins the blank before it.
    // Line ends of another system may have come in on the way.
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
      .map { $0.last == 0x0D ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
    guard lines.count >= 5, lines.removeFirst().elementsEqual(Envelope.format.utf8) else {
      return nil
    }
    func value(_ line: ArraySlice<UInt8>, _ key: String) -> String? {
      let head = Array("\(key) ".utf8)
      guard line.starts(with: head) else { return nil }
      return String(validating: line.dropFirst(head.count), as: UTF8.self)
    }
    guard let trial = value(lines[0], "trial").flatMap(Hex.decode), trial.count == 8,
      let slot = value(lines[1], "slot").flatMap({ Int($0) }), slot > 0, slot <= 1 << 20,
      let arm = value(lines[2], "arm"), arm.utf8.count <= Arm.nameWidth,
      let salt = value(lines[3], "salt").flatMap(Hex.decode), salt.count == 32
    else { return nil }
    let proof = lines.dropFirst(4).map { value($0, "proof").flatMap(Hex.decode) }
    guard proof.allSatisfy({ $0?.count == 32 }) else { return nil }
    leaf = PlanLeaf(trial: trial, index: slot - 1, salt: salt, arm: arm)
    self.proof = proof.compactMap { $0 }
  }

  init(leaf: PlanLeaf, proof: [[UInt8]]) {
    self.leaf = leaf
    self.proof = proof
  }

  /// Whether the envelope belongs to a plan of that root and size.
  func isCommitted(root: [UInt8], size: Int) -> Bool {
    verifyInclusion(leafHash: leaf.hash, index: leaf.index, size: size, proof: proof, root: root)
  }
}
