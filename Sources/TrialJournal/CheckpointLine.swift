public import BlindRecord
import MerkleLog

/// A journal's checkpoint as one line, short enough for any messenger: what a helper keeps.
///
/// ```
/// selfblind 00112233aabbccdd 3 p7IXWEvY8nfBuBk5u0tYLEmjLmEAXVNVnjd5rMVGXPQ= 3b1c
/// ```
///
/// The trial, the number of entries, the whole root, and four digits that find a line that was
/// damaged on its way (Documentation/Specifications/witness.md, section 4). It is not signed: whoever
/// kept it knows that they did.
public struct CheckpointLine: Hashable, Sendable {
  private static let word = "selfblind"

  /// The trial's identity: 16 hex digits.
  public let trial: String
  /// The number of entries.
  public let size: Int
  /// The root hash over them, 32 bytes.
  public let root: [UInt8]

  /// Makes the line of a head.
  package init(trial: String, size: Int, root: [UInt8]) {
    self.trial = trial
    self.size = size
    self.root = root
  }

  /// Reads a line as a messenger shows it; blanks around it and between its parts are forgiven.
  ///
  /// - Throws: `CheckpointLineError.unreadable`, and `damaged` where the check digits do not fit.
  public init(_ text: String) throws(CheckpointLineError) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count == 5, words[0] == Self.word, words[1].utf8.count == 16,
      words[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
      let size = Int(words[2]), size > 0, String(size) == words[2], words[4].utf8.count == 4
    else { throw .unreadable(String(text.prefix(120).filter { !$0.isNewline })) }
    let head = words[..<4].joined(separator: " ")
    guard Self.check(head) == words[4] else {
      throw .damaged(found: words[4], expected: Self.check(head))
    }
    guard let root = Base64.decode(words[3]), root.count == 32 else {
      throw .unreadable(String(text.prefix(120).filter { !$0.isNewline }))
    }
    self.init(trial: words[1], size: size, root: root)
  }

  /// The line, without a line end.
  public var text: String {
    let head = "\(Self.word) \(trial) \(size) \(Base64.encode(root))"
    return "\(head) \(Self.check(head))"
  }

  /// The first four hex digits of the SHA-256 of what stands before them.
  private static func check(_ head: String) -> String {
    String(contentDigest(Array(head.utf8)).prefix(4))
  }
}

/// Why a line is not a checkpoint that this journal extends.
public enum CheckpointLineError: Refusal, Equatable {
  /// The text is no line.
  case unreadable(String)
  /// The check digits do not fit: something was changed on the way.
  case damaged(found: String, expected: String)
  /// A line of another trial.
  case otherTrial(found: String, expected: String)
  /// The line counts more entries than the journal has.
  case entriesMissing(line: Int, found: Int)
  /// The journal's beginning is not the one that the line names.
  case otherHistory(size: Int)

  /// The sentence.
  public var message: String {
    switch self {
    case .unreadable(let text):
      "checkpoint line: found \"\(text)\", expected \"selfblind TRIAL ENTRIES ROOT CHECK\""
    case .damaged(let found, let expected):
      "checkpoint line: found the check \(found), expected \(expected): "
        + "the line was changed on its way"
    case .otherTrial(let found, let expected):
      "checkpoint line: found a line of trial \(found), expected \(expected)"
    case .entriesMissing(let line, let found):
      "checkpoint line: found \(found) entries in the journal, expected at least the \(line) "
        + "of the line: entries were taken away"
    case .otherHistory(let size):
      "checkpoint line: found another beginning of \(size) entries in the journal, "
        + "expected the one of the line: the journal was made again"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .unreadable: "give the whole line as it was sent, in quotes"
    case .damaged: "ask for the line again; nothing was compared"
    case .otherTrial: "give the line of this trial"
    case .entriesMissing, .otherHistory:
      "put back the folder that the line was made from; what was signed twice cannot be repaired"
    }
  }
}
