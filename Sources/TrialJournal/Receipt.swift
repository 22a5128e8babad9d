import BlindRecord

/// What the journal hands back for an entry it has kept: proof that it is in the signed record.
///
/// `proof` is the inclusion proof (RFC 9162, 2.1.3) of the entry's leaf in the tree of `size` leaves
/// whose `root` the `checkpoint` signs. A code break demands one before it opens an envelope.
public struct Receipt: Hashable, Sendable {
  /// The entry's position, from 0.
  public let index: Int
  /// The entry's stored bytes, the leaf.
  public let entryBytes: [UInt8]
  /// The number of leaves under `root`.
  public let size: Int
  /// The root of the journal's tree.
  public let root: [UInt8]
  /// The hashes that lead from the leaf to the root.
  public let proof: [[UInt8]]
  /// The signed checkpoint over `size` and `root`.
  public let checkpoint: String

  /// Makes a receipt.
  public init(
    index: Int, entryBytes: [UInt8], size: Int, root: [UInt8], proof: [[UInt8]],
    checkpoint: String
  ) {
    self.index = index
    self.entryBytes = entryBytes
    self.size = size
    self.root = root
    self.proof = proof
    self.checkpoint = checkpoint
  }
}

extension Receipt: Codable {
  private enum CodingKeys: String, CodingKey { case index, entry, size, root, proof, checkpoint }

  /// Reads the written form: the entry as text, hashes as lower-case hex.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func hash(_ text: String) throws -> [UInt8] {
      guard let bytes = HexText.decode(text), bytes.count == 32 else {
        throw FormatError("receipt", found: "\"\(text.prefix(80))\"", expected: "64 hex digits")
      }
      return bytes
    }
    self.init(
      index: try fields.decode(Int.self, forKey: .index),
      entryBytes: Array(try fields.decode(String.self, forKey: .entry).utf8),
      size: try fields.decode(Int.self, forKey: .size),
      root: try hash(fields.decode(String.self, forKey: .root)),
      proof: try fields.decode([String].self, forKey: .proof).map(hash),
      checkpoint: try fields.decode(String.self, forKey: .checkpoint))
  }

  /// Writes the same form.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(index, forKey: .index)
    try fields.encode(String(decoding: entryBytes, as: UTF8.self), forKey: .entry)
    try fields.encode(size, forKey: .size)
    try fields.encode(HexText.encode(root), forKey: .root)
    try fields.encode(proof.map(HexText.encode), forKey: .proof)
    try fields.encode(checkpoint, forKey: .checkpoint)
  }
}

/// Lower-case hex text.
enum HexText {
  static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes, or `nil` for an odd count, capitals and other characters.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for unit in text.utf8 {
      let digit: UInt8
      switch unit {
      case 0x30...0x39: digit = unit - 0x30
      case 0x61...0x66: digit = unit - 0x61 + 10
      default: return nil
      }
      if let upper = high {
        bytes.append(upper << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }
}
