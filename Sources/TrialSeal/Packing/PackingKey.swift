import BlindRecord
import OpenSSLCrypto

/// The key that tickets and register are sealed to while the participant packs alone.
///
/// Its file, `packing.key`, is an age identity. What it seals is wiped here, so that the target that packs
/// needs no cryptography of its own.
package struct PackingKey: Sendable, CustomReflectable {
  /// The file's name in the trial's folder.
  package static let fileName = "packing.key"

  private let identity: AgeIdentity

  /// A new key.
  package static func generate() throws(AgeError) -> PackingKey {
    PackingKey(identity: try AgeIdentity.generate())
  }

  private init(identity: AgeIdentity) { self.identity = identity }

  /// Reads the bytes of `packing.key`, which are overwritten.
  package init(file bytes: consuming [UInt8]) throws(AgeError) {
    var text = consume bytes
    defer { wipe(&text) }
    identity = try AgeIdentity(file: text)
  }

  /// The bytes of `packing.key`, which the caller writes and forgets.
  package var fileBytes: [UInt8] { identity.fileBytes }

  /// Seals what is given, and overwrites it.
  package func seal(_ plaintext: consuming [UInt8]) throws(AgeError) -> [UInt8] {
    var plaintext = consume plaintext
    defer { wipe(&plaintext) }
    return try AgeFile.encrypt(plaintext, to: [identity.recipient])
  }

  /// Opens what was sealed, for as long as `read` takes.
  package func open<Value>(
    _ sealed: [UInt8], read: ([UInt8]) -> Value?
  ) throws(AgeError) -> Value? {
    var plaintext = try AgeFile.decrypt(sealed, with: [identity])
    defer { wipe(&plaintext) }
    return read(plaintext)
  }

  /// The elements of a list in an order drawn from the system's entropy.
  package static func shuffled<Element>(_ list: [Element]) throws -> [Element] {
    var seed = try randomBytes(32)
    defer { wipe(&seed) }
    return try list.shuffled(by: SeedStream(seed: seed, for: .printing))
  }

  /// Nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
