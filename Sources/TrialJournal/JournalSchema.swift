/// The tables of `journal.sqlite`, and the rules that the database itself keeps.
///
/// Several programs may write (a web page, the command line), so what must never happen is refused
/// by triggers, whoever asks. `Documentation/Specifications/journal.md` describes every column.
enum JournalSchema {
  /// Marks the file as a journal of this program ("SBJ1").
  static let applicationID = 0x5342_4A31
  /// The version of the format.
  static let version = 1

  /// One table, index or trigger: its name, and the statement that makes it.
  static let objects: [(name: String, sql: String)] =
    [
      (
        "journal",
        """
        CREATE TABLE journal (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          trial TEXT NOT NULL CHECK (length(trial) > 0),
          manifest TEXT NOT NULL CHECK (length(manifest) = 64)
        ) STRICT
        """
      ),
      (
        "entry",
        """
        CREATE TABLE entry (
          position INTEGER PRIMARY KEY CHECK (position >= 0),
          kind TEXT NOT NULL,
          slot INTEGER,
          body BLOB NOT NULL,
          leaf BLOB NOT NULL CHECK (length(leaf) = 32),
          CHECK (position IS json_extract(CAST(body AS TEXT), '$.index')),
          CHECK (kind IS json_extract(CAST(body AS TEXT), '$.event')),
          CHECK (slot IS json_extract(CAST(body AS TEXT), '$.body.slot')),
          CHECK (kind IN ('opened', 'check-in', 'correction', 'deviation', 'adverse-event',
                          'code-break', 'kit-list', 'matching', 'packed', 'rehearsal', 'look',
                          'locked'))
        ) STRICT
        """
      ),
      (
        "checkpoint",
        """
        CREATE TABLE checkpoint (
          size INTEGER PRIMARY KEY CHECK (size >= 1),
          root BLOB NOT NULL CHECK (length(root) = 32),
          note TEXT NOT NULL CHECK (length(note) > 0)
        ) STRICT
        """
      ),
      (
        "one_check_in_per_slot",
        "CREATE UNIQUE INDEX one_check_in_per_slot ON entry (slot) WHERE kind = 'check-in'"
      ),
    ]
    + refusing("journal", "UPDATE", always, "the trial of a journal never changes")
    + refusing("journal", "DELETE", always, "the trial of a journal never changes")
    + refusing("entry", "UPDATE", always, "entries are never changed")
    + refusing("entry", "DELETE", always, "entries are never deleted")
    + refusing(
      "entry", "INSERT", "NEW.position IS NOT (SELECT coalesce(max(position) + 1, 0) FROM entry)",
      "entries follow each other without a gap", named: "gap")
    + refusing(
      "entry", "INSERT",
      // Nothing follows a lock, so the newest entry tells it; to look for it would read them all.
      "(SELECT kind FROM entry ORDER BY position DESC LIMIT 1) IS 'locked'", lockedSentence,
      named: "lock")
    + refusing(
      "entry", "INSERT", "(NEW.position = 0) IS NOT (NEW.kind = 'opened')",
      "the opening entry is the first one, and only that", named: "opening")
    + refusing(
      "entry", "INSERT",
      "NEW.kind = 'check-in' AND EXISTS "
        + "(SELECT 1 FROM entry WHERE kind = 'check-in' AND slot IS NEW.slot)",
      "a slot has one check-in", named: "once")
    + refusing(
      "entry", "INSERT",
      "NEW.position > 0 AND NOT EXISTS (SELECT 1 FROM checkpoint WHERE size IS "
        + "(SELECT max(position) + 1 FROM entry))",
      "every entry is signed before the next", named: "unsigned")
    + refusing("checkpoint", "UPDATE", always, "checkpoints are never changed")
    + refusing("checkpoint", "DELETE", always, "checkpoints are never deleted")
    + refusing(
      "checkpoint", "INSERT",
      "NEW.size IS NOT (SELECT max(position) + 1 FROM entry) "
        + "OR NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoint)",
      "a checkpoint signs all entries, once", named: "order")

  /// What the database says to a write after the lock.
  static let lockedSentence = "the journal is locked"

  private static let always = "1"

  /// A trigger that refuses an operation where a condition holds.
  private static func refusing(
    _ table: String, _ operation: String, _ condition: String, _ sentence: String,
    named suffix: String? = nil
  ) -> [(name: String, sql: String)] {
    let name = "\(table)_no_" + (suffix ?? operation.lowercased())
    return [
      (
        name,
        """
        CREATE TRIGGER \(name) BEFORE \(operation) ON \(table) WHEN \(condition)
        BEGIN SELECT RAISE(ABORT, '\(sentence)'); END
        """
      )
    ]
  }
}
