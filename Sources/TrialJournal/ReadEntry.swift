import BlindRecord
import Dispatch
import MerkleLog
import Synchronization

/// A stored row, read by itself: what its bytes say, before its place among the others is looked at.
struct ReadEntry: Sendable {
  let row: StoredEntry
  /// The hash of the bytes, as a leaf of the journal's tree.
  let leaf: [UInt8]
  let entry: Result<JournalEntry, FormatError>

  init(_ row: StoredEntry) {
    self.row = row
    leaf = leafHash(row.body)
    entry = Result { () throws(FormatError) in
      try CommittedJSON.decode(JournalEntry.self, from: row.body, place: "entry")
    }
  }

  /// Rows that one processor reads without being helped: a day's, or a few.
  private static let few = 256

  /// All rows in their order.
  ///
  /// Nearly all of the time that a long journal takes is spent here, so the processors share it.
  static func all(_ rows: [StoredEntry]) -> [ReadEntry] {
    guard rows.count > few else { return rows.map(ReadEntry.init) }
    let parts = (rows.count + few - 1) / few
    let read = Mutex<[[ReadEntry]]>(Array(repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let own = rows[(part * few)..<min((part + 1) * few, rows.count)].map(ReadEntry.init)
      read.withLock { $0[part] = own }
    }
    return read.withLock { Array($0.joined()) }
  }
}
