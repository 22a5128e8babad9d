import BlindRecord
import MerkleLog

extension Journal {
  /// A key for sessions of pages over this journal: the same for as long as the trial runs, and nobody's
  /// but the owner's of the folder.
  ///
  /// SHA-256 of a word and the recorder's seed. It ends with the lock, which removes the seed.
  ///
  /// - Parameter purpose: what the key is for; another purpose has another key.
  /// - Throws: `JournalError.missingFile` once the record is locked.
  package func sessionKey(for purpose: String) throws -> [UInt8] {
    let seed = try files.read(TrialFiles.key)
    return Array(contentDigest(Array("selfblind/session-key/\(purpose)\n".utf8) + seed).utf8)
  }
}
