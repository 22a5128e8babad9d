import BlindRecord
import FoundationEssentials
import TrialJournal
import TrialSeal

/// What must hold of the files of a record.
enum RecordProperties {
  /// A manifest has one spelling, and every slot of it can be asked for.
  static func checkManifest(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let manifest = try? Manifest(bytes: bytes) else { return }
    try hold(
      (try? CommittedJSON.encode(manifest, endsLine: true)) == bytes, "another spelling of it")
    for (place, occasion) in manifest.schedule.occasions.enumerated() {
      try hold(
        manifest.schedule.occasion(slot: place + 1) == occasion, "slot \(place + 1) is not found")
    }
    guard let first = manifest.schedule.occasions.first else {
      throw BrokenProperty("a schedule without a slot")
    }
    let rows = SlotRecord.rows(of: manifest.schedule, entries: [], today: first.day)
    try hold(rows.count == manifest.schedule.occasions.count, "not one row for each slot")
  }

  /// An entry has one spelling, and the rules answer in a sentence, at any place of a record.
  static func checkEntry(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let entry = try? CommittedJSON.decode(JournalEntry.self, from: bytes, place: "entry")
    else { return }
    try hold((try? CommittedJSON.encode(entry)) == bytes, "another spelling of it")
    let trial = try FuzzTrial.get()
    var rules = EntryRules(trial.record.manifest)
    // The places where the state differs: before anything, after some slots, after a code break.
    for (place, earlier) in trial.record.entries.dropLast().enumerated() {
      rules.take(earlier)
      guard [0, 3, trial.record.entries.count - 2].contains(place) else { continue }
      do {
        try rules.check(entry.event, form: entry.form, kept: entry.kept, at: entry.moment)
      } catch {
        try hold(!error.message.isEmpty && !error.message.contains("\n"), "no sentence: \(error)")
        continue
      }
      var after = rules
      after.take(entry)
      let rows = SlotRecord.rows(
        of: trial.record.manifest.schedule,
        entries: Array(trial.record.entries.prefix(place + 1)) + [entry], today: nil)
      try hold(rows.count == trial.record.manifest.schedule.occasions.count, "a slot is lost")
    }
  }

  /// Of an unblinding only time and prediction can differ: all else is derived.
  static func checkUnblinding(_ bytes: [UInt8]) throws(BrokenProperty) {
    let trial = try FuzzTrial.get()
    guard
      let opened = try? Unblinding(
        file: bytes, of: trial.trial, over: trial.record, codeBreaks: [])
    else { return }
    try hold((try? opened.fileBytes()) == bytes, "another spelling of it")
    try hold(
      open(bytes) == open(trial.unblinding), "another plan, share or root was accepted")
  }

  /// What is left of an unblinding without the two values that nothing commits to.
  private static func open(_ bytes: [UInt8]) -> [String: String]? {
    struct Stored: Decodable {
      struct Slot: Decodable { let slot: Int, arm: String, salt: String }
      let format: String, trial: String, share: String, seed: String, journalRoot: String
      let plan: [Slot]
    }
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)) else { return nil }
    return [
      "head": [stored.format, stored.trial, stored.share, stored.seed, stored.journalRoot]
        .joined(separator: " "),
      "plan": stored.plan.map { "\($0.slot) \($0.arm) \($0.salt)" }.joined(separator: ";"),
    ]
  }

  /// A code break that is accepted says of its slot what was sealed.
  static func checkCodeBreak(_ bytes: [UInt8]) throws(BrokenProperty) {
    let trial = try FuzzTrial.get()
    let path = FuzzTrial.codeBreakPath
    guard let found = try? CodeBreak(file: bytes, path: path, of: trial.trial) else { return }
    try hold((try? found.fileBytes(of: trial.trial)) == bytes, "another spelling of it")
    let genuine = try? CodeBreak(file: trial.codeBreak, path: path, of: trial.trial)
    try hold(found.slot == genuine?.slot && found.arm == genuine?.arm, "another arm or slot")
  }
}
