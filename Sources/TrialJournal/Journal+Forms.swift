package import BlindRecord
import GRDB
import Synchronization

/// A filled-in form on its way into the journal.
package struct FormEntry: Sendable {
  /// What tells it from every other form.
  package let token: FormToken
  /// The clock of whoever sent it.
  package let clock: WallClock
  /// Seconds for which it waited on the device that it was filled in on.
  package let kept: Int?
  /// What it says, given what is recorded by then.
  package let event: @Sendable (EntryRules) throws -> JournalEntry.Event
  /// What is to be written after it, in the same transaction: why it says so.
  package let remark: Deviation?

  /// A form.
  ///
  /// - Parameter event: is asked while the journal is held, and not at all for a form that was recorded
  ///   before; what it throws refuses this form and no other.
  package init(
    token: FormToken, clock: WallClock, kept: Int? = nil, remark: Deviation? = nil,
    event: @escaping @Sendable (EntryRules) throws -> JournalEntry.Event
  ) {
    self.token = token
    self.clock = clock
    self.kept = kept
    self.remark = remark
    self.event = event
  }
}

/// What became of a form.
package struct RecordedForm: Sendable, Hashable {
  /// The index of its entry.
  package let index: Int
  /// Whether the entry was there before: the same form was sent again.
  package let isRepeated: Bool
}

extension Journal {
  /// Records forms that came in together, in one transaction: one `fdatasync` for all of them.
  ///
  /// When the call returns, every entry that it names and its signed checkpoint are on the disk. A form
  /// that was recorded before, also by a program that was killed since, is not recorded again.
  ///
  /// - Returns: for each form its entry, or the rule that it breaks.
  /// - Throws: `JournalError` when the journal cannot be written; then none of them is recorded.
  package func append(_ forms: [FormEntry]) throws -> [Result<RecordedForm, any Error>] {
    let results = try state.withLock { state in
      try state.refresh(in: files)
      // A locked journal still answers for the forms that it has.
      if state.recorded.rules.isLocked {
        let known = state.recorded.rules.forms
        return forms.map { form -> Result<RecordedForm, any Error> in
          known[form.token].map { .success(RecordedForm(index: $0, isRepeated: true)) }
            ?? .failure(JournalError.locked)
        }
      }
      let recorder = try Recorder(manifest, in: files)
      if state.isReadOnly { throw JournalError.readOnly }
      return try JournalDatabase.translating(files) {
        try Journal.write(forms, &state, manifest, recorder, in: files)
      }
    }
    publishHead()
    return results
  }

  /// One transaction over all forms.
  private static func write(
    _ forms: [FormEntry], _ state: inout State, _ manifest: Manifest, _ recorder: Recorder,
    in files: TrialFiles
  ) throws -> [Result<RecordedForm, any Error>] {
    var results: [Result<RecordedForm, any Error>] = []
    var next = state.takeRecorded(manifest)
    try state.database.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        try refresh(&next, database)
        try recorder.demandExtension(
          of: next, heads: { try JournalDatabase.heads(database, from: $0).first }, in: files)
        results = try forms.map { try add($0, to: &next, recorder, database) }
        return .commit
      }
    }
    state.recorded = next
    return results
  }

  /// Adds one form; what it breaks is its own, what the database refuses ends the transaction.
  private static func add(
    _ form: FormEntry, to recorded: inout RecordedEntries, _ recorder: Recorder,
    _ database: Database
  ) throws -> Result<RecordedForm, any Error> {
    if let index = recorded.rules.forms[form.token] {
      return .success(RecordedForm(index: index, isRepeated: true))
    }
    let moment = form.clock.now
    let event: JournalEntry.Event
    do {
      event = try form.event(recorded.rules)
      try recorded.rules.check(event, form: form.token, kept: form.kept, at: moment)
      if let remark = form.remark { try recorded.rules.check(.deviation(remark), at: moment) }
    } catch {
      return .failure(error)
    }
    let entry = JournalEntry(
      index: recorded.count, moment: moment, clockIsSet: form.clock.isSet, form: form.token,
      kept: form.kept, event: event)
    _ = try write(entry, to: &recorded, recorder, database)
    while let due = recorded.rules.due.first {
      _ = try add(.correction(due), clock: form.clock, to: &recorded, recorder, database)
    }
    if let remark = form.remark {
      _ = try add(.deviation(remark), clock: form.clock, to: &recorded, recorder, database)
    }
    return .success(RecordedForm(index: entry.index, isRepeated: false))
  }
}
