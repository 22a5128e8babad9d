/// To how many keys the files of a seal are sealed, read from their headers.
///
/// An age header shows how many recipients a file has and of which kind, though not who they are. So a
/// file with one key more than `commitment.json` names, or with a key where a passphrase is named, is
/// found without opening anything (seal.md, section 5).
enum SealedRecipients {
  private enum Kind: Equatable {
    case keys(Int)
    case passphrase
  }

  /// What is wrong with the files of a seal, by path.
  static func faults(
    in files: [String: [UInt8]], of commitment: SealCommitment
  ) -> [String: SealError] {
    var faults: [String: SealError] = [:]
    for (path, bytes) in files {
      guard let expected = kind(of: path, commitment) else { continue }
      do {
        if try found(in: bytes) != expected { faults[path] = .otherRecipients(path) }
      } catch { faults[path] = .notAnAgeFile(path, error) }
    }
    return faults
  }

  /// What the header of a file must hold; `nil` for what is no age file.
  private static func kind(of path: String, _ commitment: SealCommitment) -> Kind? {
    let all = commitment.custody.recipients.count
    if path == SealedTrial.Path.key { return .passphrase }
    if path == SealedTrial.Path.share { return .keys(all) }
    // One layer for each helper of a set, and of a card for the second key alone.
    if ["sealed/key-", "sealed/card-"].contains(where: path.hasPrefix) { return .keys(1) }
    if ["sealed/slot-", "sealed/spares-"].contains(where: path.hasPrefix) { return .keys(all) }
    return nil
  }

  private static func found(in file: [UInt8]) throws(AgeError) -> Kind? {
    let header = try AgeHeader(AgeArmor.isArmored(file) ? AgeArmor.decode(file) : file)
    if header.stanzas.allSatisfy({ $0.type == AgePassphrase.stanzaType }) { return .passphrase }
    guard header.stanzas.allSatisfy({ $0.type == X25519Stanza.stanzaType }) else { return nil }
    return .keys(header.stanzas.count)
  }
}
