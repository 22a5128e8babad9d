import OpenSSLCrypto

/// The public half of a ``NoteSigner``: believes a note if that key signed it.
public struct NoteVerifier: Hashable, Sendable {
  /// The name in the signature line.
  public let name: String

  private let publicKey: [UInt8]
  private let keyID: [UInt8]

  /// Reads a verifier key: `name+key id+base64(type || public key)`.
  ///
  /// - Throws: `NoteError.badVerifierKey` for anything else, a key id that does not belong to the
  ///   key and keys that are not Ed25519 included.
  public init(_ verifierKey: String) throws(NoteError) {
    // The base64 part may hold plus signs itself.
    let parts = verifierKey.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false
    ).map { String(decoding: Array($0), as: UTF8.self) }
    guard parts.count == 3, (try? NoteFormat.checkName(parts[0])) != nil else {
      throw .badVerifierKey("not of the form name+id+key")
    }
    guard let key = Base64.decode(parts[2]), key.count == 33, key[0] == NoteFormat.ed25519Type
    else { throw .badVerifierKey("no Ed25519 key") }
    name = parts[0]
    publicKey = Array(key.dropFirst())
    keyID = NoteFormat.keyID(name: parts[0], publicKey: publicKey)
    guard Hex.decode(parts[1]) == keyID else {
      throw .badVerifierKey("the id \(parts[1]) does not belong to the key")
    }
  }

  /// The note's text, if this key signed it.
  ///
  /// Signatures of other keys are ignored; one wrong signature of this key condemns the note.
  ///
  /// - Throws: `NoteError`: `malformed`, `unsigned` or `wrongSignature`.
  public func verified(_ note: String) throws(NoteError) -> VerifiedNote {
    let format = try NoteFormat(note)
    let ours = format.signatures.filter { $0.isBy(name: name, keyID: keyID) }
    guard !ours.isEmpty else { throw .unsigned(format.unverified, keyName: name) }
    let text = Array(format.text.utf8)
    for signature in ours {
      guard Ed25519.verify(text, signature.bytes, publicKey: publicKey) else {
        throw .wrongSignature(format.unverified, keyName: name)
      }
    }
    return VerifiedNote(text: format.text, signerName: name)
  }
}

/// A note's text whose signature was verified; only ``NoteVerifier`` makes one.
public struct VerifiedNote: Hashable, Sendable {
  /// The text that was signed, ending in a newline.
  public let text: String
  /// The name of the key that signed it.
  public let signerName: String

  init(text: String, signerName: String) {
    self.text = text
    self.signerName = signerName
  }
}
