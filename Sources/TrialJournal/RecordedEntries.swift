import BlindRecord
import MerkleLog

/// The entries read so far, with what follows from them: the rules' state and the tree.
///
/// Entries never change, so what was read once is kept and only what came after it is read again.
struct RecordedEntries: Sendable {
  private(set) var entries: [JournalEntry] = []
  private(set) var bytes: [[UInt8]] = []
  private(set) var leafHashes: [[UInt8]] = []
  private(set) var rules: EntryRules
  private(set) var frontier = Frontier()

  /// Nothing read yet.
  init(_ manifest: Manifest) { rules = EntryRules(manifest) }

  /// The number of entries.
  var count: Int { entries.count }

  /// Takes the next stored rows.
  ///
  /// - Throws: where the place, kind, slot and leaf of one do not follow from its bytes.
  mutating func take(_ rows: [StoredEntry]) throws(JournalError) {
    for read in ReadEntry.all(rows) {
      let (index, row) = (count, read.row)
      guard row.position == index else { throw .entryMismatch(index) }
      guard read.leaf == row.leaf else { throw .leafMismatch(index) }
      let entry: JournalEntry
      do { entry = try read.entry.get() } catch {
        throw .unreadableEntry(index, reason: error.message)
      }
      guard entry.index == index, row.kind == entry.event.kind, row.slot == entry.event.slot else {
        throw .entryMismatch(index)
      }
      take(entry, stored: row)
    }
  }

  /// Takes an entry that was made here, with its row: nothing about it has to be read.
  mutating func take(_ entry: JournalEntry, stored row: StoredEntry) {
    entries.append(entry)
    bytes.append(row.body)
    leafHashes.append(row.leaf)
    rules.take(entry)
    frontier.append(leafHash: row.leaf)
  }
}

/// One row of the table `entry`.
struct StoredEntry: Sendable {
  var position: Int
  var kind: String
  var slot: Int?
  var body: [UInt8]
  var leaf: [UInt8]
}

extension JournalEntry.Event {
  /// The kind as it is written.
  var kind: String {
    switch self {
    case .opened: "opened"
    case .checkIn: "check-in"
    case .correction: "correction"
    case .deviation: "deviation"
    case .adverseEvent: "adverse-event"
    case .codeBreak: "code-break"
    case .kitList: "kit-list"
    case .matching: "matching"
    case .packed: "packed"
    case .rehearsal: "rehearsal"
    case .look: "look"
    case .locked: "locked"
    }
  }

  /// The slot that the event names, if it names one.
  var slot: Int? {
    switch self {
    case .checkIn(let checkIn): checkIn.slot
    case .correction(let correction): correction.slot
    case .deviation(let deviation): deviation.slot
    case .codeBreak(let slot, _): slot
    case .opened, .adverseEvent, .kitList, .matching, .packed, .rehearsal, .look, .locked: nil
    }
  }
}
