/// Why a note was not signed or not believed.
public enum NoteError: Error, Equatable, CustomStringConvertible {
  /// A key name that is empty or holds a space, a plus sign or a control character.
  case badName(String)
  /// A text that is no verifier key.
  case badVerifierKey(String)
  /// A text that is no note, or that no note can hold; with what is wrong.
  case malformed(String)
  /// A well-formed note without a signature by the key: what it says, unverified.
  case unsigned(UnverifiedNote, keyName: String)
  /// A note whose signature by the key is wrong: what it says, unverified.
  case wrongSignature(UnverifiedNote, keyName: String)

  /// One sentence; a note's text is never part of it.
  public var description: String {
    switch self {
    case .badName(let name): "\"\(name)\" cannot be the name of a key"
    case .badVerifierKey(let reason): "verifier key: \(reason)"
    case .malformed(let reason): "signed note: \(reason)"
    case .unsigned(_, let name): "the note has no signature by \(name)"
    case .wrongSignature(_, let name): "the note's signature by \(name) is wrong"
    }
  }
}

/// What a note says that nobody vouches for; found only inside an error.
public struct UnverifiedNote: Hashable, Sendable {
  /// The text, ending in a newline.
  public let text: String
  /// The names in the signature lines, in their order.
  public let signerNames: [String]
}
