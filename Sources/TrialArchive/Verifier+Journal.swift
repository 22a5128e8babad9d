import BlindRecord
import MerkleLog
import OpenSSLCrypto
import TrialJournal
import TrialSeal

/// The journal, locked or running.
extension Verifier {
  /// What the journal holds, locked or running.
  struct JournalFacts {
    let locked: LockedRecord?
    let entries: [JournalEntry]
    let leafHashes: [[UInt8]]
  }

  mutating func checkJournal(of trial: SealedTrial) -> JournalFacts? {
    guard
      folder.exists(TrialFolder.Name.sums) || folder.exists(TrialFolder.Name.unblinding)
    else { return checkRunningJournal(of: trial) }
    return check("journal") { folder in
      let record = try Journal.lockedRecord(in: folder.path)
      try Unblinding.check(record, against: trial)
      try trial.checkMatching(record.entries)
      let leaves = record.entryBytes.map(leafHash)
      let root = Hex.encode(MerkleTree(leafHashes: leaves).root)
      return (
        JournalFacts(locked: record, entries: record.entries, leafHashes: leaves),
        "\(record.entries.count) entries have the signed root \(root.prefix(16))…, locked"
      )
    }
  }

  mutating func checkRunningJournal(of trial: SealedTrial) -> JournalFacts? {
    check("journal") { folder in
      let record = try Journal.runningRecord(in: folder.path)
      if let first = record.entries.first,
        trial.manifest.sealedAt.seconds > first.moment.seconds
      {
        throw UnblindingError.sealedAfterwards
      }
      let count = record.entries.count
      let root = Hex.encode(MerkleTree(leafHashes: record.leafHashes).root)
      let state =
        switch (record.isLocked, record.hasKey) {
        case (true, true): "a lock begun and not finished: run `selfblind lock` again"
        case (true, false): "locked, \(TrialFolder.Name.sums) is not written yet"
        case (false, true): "not locked yet"
        case (false, false): "not locked yet, and a copy without recorder.key: nothing can be added"
        }
      return (
        JournalFacts(locked: nil, entries: record.entries, leafHashes: record.leafHashes),
        "\(count) \(count == 1 ? "entry" : "entries") under a signed checkpoint, root "
          + "\(root.prefix(16))…, \(state)"
      )
    }
  }
}
