import OpenSSLCrypto

/// A named Ed25519 key that signs notes (c2sp.org/signed-note).
///
/// ```
/// example.com/log
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — example.com/log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/…
/// ```
///
/// A log must never sign two checkpoints that contradict each other: its keeper persists what was
/// signed last and checks that the new tree is consistent with it before each signature.
public struct NoteSigner: Sendable {
  /// The name in the signature line, such as a schema-less URL.
  public let name: String
  /// The secret: 32 bytes, written to the recorder's own file and nowhere else.
  public let seed: [UInt8]

  private let publicKey: [UInt8]

  /// Makes the signer of a name and a secret seed of 32 bytes.
  ///
  /// - Throws: `NoteError.badName`, or `CryptoError` for a seed of another length.
  public init(name: String, seed: [UInt8]) throws {
    try NoteFormat.checkName(name)
    publicKey = try Ed25519.publicKey(seed)
    self.name = name
    self.seed = seed
  }

  /// Makes a signer with a new random key.
  public static func generate(name: String) throws -> NoteSigner {
    try NoteSigner(name: name, seed: randomBytes(32))
  }

  /// What others verify with: `name+key id+base64(type || public key)`.
  public var verifierKey: String {
    let key = Base64.encode([NoteFormat.ed25519Type] + publicKey)
    return "\(name)+\(Hex.encode(keyID))+\(key)"
  }

  /// The signed note of a text.
  ///
  /// - Parameter text: Ends in a newline and holds no other control character.
  /// - Throws: `NoteError.malformed` for another text.
  public func sign(_ text: String) throws -> String {
    try NoteFormat.checkText(text)
    let signature = try Ed25519.sign(Array(text.utf8), seed: seed)
    return NoteFormat.write(text, name: name, keyID: keyID, signature: signature)
  }

  private var keyID: [UInt8] { NoteFormat.keyID(name: name, publicKey: publicKey) }
}

extension NoteSigner: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The public half; printing a signer never prints its secret.
  public var description: String { verifierKey }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// The public half only, so that `dump` does not show the secret.
  public var customMirror: Mirror { Mirror(self, children: ["verifierKey": verifierKey]) }
}
