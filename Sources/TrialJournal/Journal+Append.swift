public import BlindRecord
import GRDB
public import MerkleLog
import Synchronization

extension Journal {
  /// Records the answers at one occasion.
  ///
  /// When the call returns, the entry and its signed checkpoint are on the disk.
  ///
  /// - Throws: `JournalError`: the rule that the check-in breaks, or why it could not be written;
  ///   nothing was written then.
  public func append(_ checkIn: CheckIn, clock: WallClock) throws -> Receipt {
    try append(event: .checkIn(checkIn), clock: clock)
  }

  /// Records a later answer; what was there stays readable.
  public func append(_ correction: Correction, clock: WallClock) throws -> Receipt {
    try append(event: .correction(correction), clock: clock)
  }

  /// Records a departure from the protocol.
  public func append(_ deviation: Deviation, clock: WallClock) throws -> Receipt {
    try append(event: .deviation(deviation), clock: clock)
  }

  /// Records an unwanted medical occurrence.
  public func append(_ adverse: AdverseEvent, clock: WallClock) throws -> Receipt {
    try append(event: .adverseEvent(adverse), clock: clock)
  }

  /// Records that the kit list was delivered, or that whoever has it confirmed it.
  public func append(_ note: KitListNote, clock: WallClock) throws -> Receipt {
    try append(event: .kitList(note), clock: clock)
  }

  /// Records a step of a matching test.
  public func append(_ note: MatchingNote, clock: WallClock) throws -> Receipt {
    try append(event: .matching(note), clock: clock)
  }

  /// Records which kit belongs to which slot, after packing alone.
  ///
  /// What is in the record already is taken as it is, so that a packing that was cut off can be finished.
  ///
  /// - Returns: `nil` when the same was recorded before.
  public func append(_ kits: PackedKits, clock: WallClock) throws -> Receipt? {
    let isThere = try entries().contains {
      if case .packed(kits) = $0.event { true } else { false }
    }
    return isThere ? nil : try append(event: .packed(kits), clock: clock)
  }

  /// Records that a key of the seal was seen to open a decoy.
  public func append(rehearsalOf holder: KeyHolder, clock: WallClock) throws -> Receipt {
    try append(event: .rehearsal(holder), clock: clock)
  }

  /// Records that the key's holder looked at the first so many slots, and the one word they pass on.
  ///
  /// What else they saw is in nobody's journal.
  public func append(
    lookAt slots: Int, mayStop: Bool, clock: WallClock
  ) throws -> Receipt {
    try append(event: .look(slots: slots, mayStop: mayStop), clock: clock)
  }

  /// Announces that the envelope of one slot is about to be opened, and why.
  ///
  /// The receipt is what the opening demands, so the reason is in the record first.
  public func announceCodeBreak(
    slot: Int, reason: String, clock: WallClock
  ) throws -> Receipt {
    try append(event: .codeBreak(slot: slot, reason: reason), clock: clock)
  }

  /// The receipt of a code break that was announced before, against the newest checkpoint.
  ///
  /// - Returns: `nil` when the slot's code was not broken.
  public func codeBreakReceipt(slot: Int) throws -> Receipt? {
    try reading { recorded, database in
      let found = recorded.entries.first {
        if case .codeBreak(slot, _) = $0.event { true } else { false }
      }
      return try found.map {
        Journal.receipt($0.index, recorded, try Journal.lastHead(recorded, database))
      }
    }
  }

  /// Checks an event, writes it and the signed new head in one transaction, and publishes the head.
  func append(event: JournalEntry.Event, clock: WallClock) throws -> Receipt {
    let receipt = try state.withLock { state in
      try state.refresh(in: files)
      if state.recorded.rules.isLocked { throw JournalError.locked }
      let recorder = try Recorder(manifest, in: files)
      if state.isReadOnly { throw JournalError.readOnly }
      return try JournalDatabase.translating(files) {
        var receipt: Receipt?
        var refusal: (any Error)?
        var next = state.takeRecorded(manifest)
        try state.database.writeWithoutTransaction { database in
          try database.inTransaction(.immediate) {
            try Journal.refresh(&next, database)
            try recorder.demandExtension(
              of: next, heads: { try JournalDatabase.heads(database, from: $0).first }, in: files)
            let index = next.count
            do {
              var head = try Journal.add(event, clock: clock, to: &next, recorder, database)
              while let due = next.rules.due.first {
                head = try Journal.add(
                  .correction(due), clock: clock, to: &next, recorder, database)
              }
              receipt = Journal.receipt(index, next, head)
              return .commit
            } catch  where next.count == index {
              // Refused by the rules: what is recorded is still what was read.
              refusal = error
              return .rollback
            }
          }
        }
        state.recorded = next
        if let refusal { throw refusal }
        guard let receipt else { throw JournalError.database("the entry was not committed") }
        return receipt
      }
    }
    publishHead()
    return receipt
  }

  /// Writes the newest signed checkpoint beside the database, while no other program writes.
  ///
  /// Failing is no harm: the file only guards against a restored backup, and the entry is safe.
  func publishHead() {
    state.withLock { state in
      try? state.database.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try Journal.refresh(&state.recorded, database)
          if !state.recorded.rules.isLocked {
            let head = try Journal.lastHead(state.recorded, database)
            try files.replace(TrialFiles.head, with: Array(head.note.utf8), sync: false)
          }
          return .rollback
        }
      }
    }
  }

  /// Adds one event and its head to what is recorded, and to the database.
  static func add(
    _ event: JournalEntry.Event, clock: WallClock, to recorded: inout RecordedEntries,
    _ recorder: Recorder, _ database: Database
  ) throws -> StoredHead {
    let moment = clock.now
    try recorded.rules.check(event, at: moment)
    return try write(
      JournalEntry(index: recorded.count, moment: moment, clockIsSet: clock.isSet, event: event),
      to: &recorded, recorder, database)
  }

  /// Adds an entry that is allowed, and its head.
  static func write(
    _ entry: JournalEntry, to recorded: inout RecordedEntries, _ recorder: Recorder,
    _ database: Database
  ) throws -> StoredHead {
    let body = try CommittedJSON.encode(entry)
    let row = StoredEntry(
      position: entry.index, kind: entry.event.kind, slot: entry.event.slot, body: body,
      leaf: leafHash(body))
    recorded.take(entry, stored: row)
    try JournalDatabase.insert(row, database)
    let head = try recorder.sign(recorded.frontier)
    try JournalDatabase.insert(head, database)
    return head
  }

  /// The proof that an entry is under a head over all that is recorded.
  static func receipt(_ index: Int, _ recorded: RecordedEntries, _ head: StoredHead) -> Receipt {
    let tree = MerkleTree(leafHashes: recorded.leafHashes)
    return Receipt(
      index: index, entryBytes: recorded.bytes[index],
      proof: tree.inclusionProof(index), checkpoint: head.note)
  }

  /// Takes the rows that were written since the last look.
  static func refresh(_ recorded: inout RecordedEntries, _ database: Database) throws {
    let stored =
      try Int.fetchOne(database, sql: "SELECT coalesce(max(position) + 1, 0) FROM entry") ?? 0
    guard stored >= recorded.count else {
      throw JournalError.restoredBackup(signed: recorded.count, found: stored)
    }
    try recorded.take(JournalDatabase.entries(database, from: recorded.count))
  }

  /// The head over all that is recorded.
  static func lastHead(_ recorded: RecordedEntries, _ database: Database) throws -> StoredHead {
    guard let head = try JournalDatabase.heads(database, from: recorded.count).first else {
      throw JournalError.treeHeadMismatch(size: recorded.count)
    }
    return head
  }

  /// Whether the database belongs to this manifest.
  static func checkTrial(_ database: Database, _ manifest: Manifest, _ bytes: [UInt8]) throws {
    let row = try Row.fetchOne(database, sql: "SELECT trial, manifest FROM journal")
    guard let row else { throw JournalError.damaged("it names no trial") }
    let trial: String = row["trial"]
    guard trial == manifest.trial else {
      throw JournalError.otherTrial(found: trial, expected: manifest.trial)
    }
    guard row["manifest"] == contentDigest(bytes) else { throw JournalError.manifestChanged }
  }

  /// Whether the first entry opens this journal, and the newest head is that of the entries.
  static func checkHead(_ recorded: RecordedEntries, _ database: Database) throws {
    let digest = try String.fetchOne(database, sql: "SELECT manifest FROM journal") ?? ""
    guard recorded.entries.first?.event == .opened(manifestDigest: digest) else {
      throw JournalError.firstEntry
    }
    guard try lastHead(recorded, database).root == recorded.frontier.root else {
      throw JournalError.treeHeadMismatch(size: recorded.count)
    }
  }
}

extension Journal.State {
  /// Takes what is new.
  mutating func refresh(in files: TrialFiles) throws(JournalError) {
    try JournalDatabase.translating(files) {
      try database.read { database in try Journal.refresh(&recorded, database) }
    }
  }
}
