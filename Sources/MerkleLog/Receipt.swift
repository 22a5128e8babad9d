import OpenSSLCrypto

/// Proof that an entry is in a log whose checkpoint was signed: what a code break demands.
///
/// It is a value of the log alone: neither the journal that issues it nor the seal that demands it
/// knows the other.
public struct Receipt: Hashable, Sendable {
  /// The position of the entry in the log, from 0.
  public let index: Int
  /// The stored bytes of the entry, which are the leaf.
  public let entryBytes: [UInt8]
  /// Hashes from the leaf's sibling up to the root (RFC 9162, section 2.1.3).
  public let proof: [[UInt8]]
  /// The signed checkpoint that the proof leads to.
  public let checkpoint: String

  /// Makes a receipt; nothing is checked here.
  public init(index: Int, entryBytes: [UInt8], proof: [[UInt8]], checkpoint: String) {
    self.index = index
    self.entryBytes = entryBytes
    self.proof = proof
    self.checkpoint = checkpoint
  }

  /// Whether the checkpoint is signed by the key for the origin, and the proof leads to its root.
  public func isValid(key: String, origin: String) -> Bool {
    guard let signed = try? Checkpoint.verified(note: checkpoint, key: key, origin: origin) else {
      return false
    }
    return verifyInclusion(
      leafHash: leafHash(entryBytes), index: index, size: signed.size, proof: proof,
      root: signed.root)
  }
}

extension Receipt: Codable {
  private enum CodingKeys: String, CodingKey { case index, entry, proof, checkpoint }

  /// Reads the object; entry and proof are hex.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func bytes(_ text: String, _ key: CodingKeys) throws -> [UInt8] {
      guard let bytes = Hex.decode(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: fields, debugDescription: "not lower-case hex")
      }
      return bytes
    }
    self.init(
      index: try fields.decode(Int.self, forKey: .index),
      entryBytes: try bytes(fields.decode(String.self, forKey: .entry), .entry),
      proof: try fields.decode([String].self, forKey: .proof).map { try bytes($0, .proof) },
      checkpoint: try fields.decode(String.self, forKey: .checkpoint))
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(index, forKey: .index)
    try fields.encode(Hex.encode(entryBytes), forKey: .entry)
    try fields.encode(proof.map(Hex.encode), forKey: .proof)
    try fields.encode(checkpoint, forKey: .checkpoint)
  }
}
