import OpenSSLCrypto

/// The head of a log at one size (c2sp.org/tlog-checkpoint): the text that its note signs.
///
/// ```
/// example.com/behind-the-sofa
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// ```
public struct Checkpoint: Hashable, Sendable {
  /// The log's name: the first line.
  public let origin: String
  /// The number of leaves: the second line.
  public let size: Int
  /// The root hash, 32 bytes: the third line.
  public let root: [UInt8]
  /// Further lines, which the format allows and advises against.
  public let extensions: [String]

  /// Makes the head of a log.
  ///
  /// - Precondition: `origin` is one line and not empty, `size` is not negative, `root` has 32 bytes.
  public init(origin: String, size: Int, root: [UInt8]) {
    precondition(!origin.isEmpty && !origin.utf8.contains(0x0A), "an origin is one line")
    precondition(size >= 0 && root.count == SHA256.byteCount, "no tree has this head")
    self.origin = origin
    self.size = size
    self.root = root
    extensions = []
  }

  /// Reads a checkpoint strictly: there is one text for each head.
  public init(text: String) throws(CheckpointError) {
    let bytes = Array(text.utf8)
    guard bytes.last == 0x0A else { throw .malformed("it does not end in a newline") }
    let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }) else {
      throw .malformed("it is not three lines")
    }
    // Int's own parser takes signs and leading zeros; the text of a size is unique.
    guard let size = Int(lines[1]), size >= 0, String(size) == lines[1] else {
      throw .malformed("its second line is no tree size")
    }
    guard let root = Base64.decode(lines[2]), root.count == SHA256.byteCount else {
      throw .malformed("its third line is no root hash")
    }
    origin = lines[0]
    self.size = size
    self.root = root
    extensions = Array(lines.dropFirst(3))
  }

  /// The text to be signed.
  public var text: String {
    ([origin, String(size), Base64.encode(root)] + extensions).map { $0 + "\n" }.joined()
  }

  /// The checkpoint in a signed note, verified by a key, of the log that is meant.
  ///
  /// - Throws: `NoteError` if the key did not sign it, `CheckpointError` if what it signed is no
  ///   checkpoint, or one of another log.
  public static func verified(note: String, key: String, origin: String) throws -> Checkpoint {
    let note = try NoteVerifier(key).verified(note)
    let checkpoint = try Checkpoint(text: note.text)
    guard checkpoint.origin.utf8.elementsEqual(origin.utf8) else {
      throw CheckpointError.otherLog(found: checkpoint.origin, expected: origin)
    }
    return checkpoint
  }
}

/// Why a text is not the checkpoint that was asked for.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The text has not the form of a checkpoint; with what is wrong.
  case malformed(String)
  /// A checkpoint of another log.
  case otherLog(found: String, expected: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .malformed(let reason): "the checkpoint cannot be read: \(reason)"
    case .otherLog(let found, let expected):
      "the checkpoint is of the log \"\(found)\", expected \"\(expected)\""
    }
  }
}
