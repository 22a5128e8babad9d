import BlindRecord
import TrialJournal

/// The trial as one page shows it: what is recorded, judged by one moment.
struct TrialView: Sendable {
  let manifest: Manifest
  let entries: [JournalEntry]
  /// When and where it is, for whoever looks.
  let now: Moment
  /// One row for each slot.
  let rows: [SlotRecord]
  let kits: KitIndex
  let isLocked: Bool
  /// The days on which nothing is asked.
  let pauses: Pauses

  init(_ manifest: Manifest, _ entries: [JournalEntry], now: Moment) {
    self.manifest = manifest
    self.entries = entries
    self.now = now
    isLocked = entries.contains { if case .locked = $0.event { true } else { false } }
    pauses = Pauses(entries)
    rows = SlotRecord.rows(
      of: manifest.schedule, entries: entries, today: isLocked ? nil : now.day)
    kits = KitIndex(manifest, entries: entries)
  }

  var today: CalendarDay { now.day }

  /// The day on which the trial was paused; `nil` while it runs.
  var pausedOn: CalendarDay? { pauses.since }

  /// Whether a slot is missing because its day lies in a pause.
  func isPaused(_ row: SlotRecord) -> Bool {
    row.status == .missing && pauses.pause(over: row.occasion.day) != nil
  }

  /// The other slot for which a kit was taken, says the record.
  func taker(of kit: KitCode, besides row: SlotRecord) -> Int? {
    kits.doses.fate(of: kit)?.slotOfTheDose.flatMap { $0 == row.occasion.slot ? nil : $0 }
  }

  /// Whether a kit was taken for another slot by a mere note, which may be wrong; a check-in stands.
  func isOnlyNoted(_ kit: KitCode, besides row: SlotRecord) -> Bool {
    taker(of: kit, besides: row).map { kits.doses.fate(of: kit) == .noted(slot: $0) } ?? false
  }

  /// The row of a slot, by the number as it was typed or linked.
  func row(_ number: String?) -> SlotRecord? {
    number.flatMap { Int($0) }.flatMap { slot in rows.first { $0.occasion.slot == slot } }
  }

  /// What stands on the container of a slot for who packed alone: the slot's number, or the spare's that took
  /// its place.
  ///
  /// Its code is not said where it is to be scanned: it could be typed from the page, and the kit not looked at.
  func container(of row: SlotRecord) -> String {
    switch kits.meaning(of: row.takenKit) {
    case .slot(let slot): "slot \(slot)"
    case .spare(let spare): "spare \(spare)"
    case .label, .foreign: "slot \(row.occasion.slot)"
    }
  }

  /// The kit that a note says was taken, by what it is: its code is no longer to be read on anything.
  func takenKit(of row: SlotRecord) -> String {
    isPackedAlone ? kits.words(for: row.takenKit) : "kit \(row.takenKit.text)"
  }

  /// What was taken at a recorded slot, in words.
  func takenWords(of row: SlotRecord) -> String {
    if row.hasNoDose { return "without a dose" }
    return row.hasUnknownKit ? "with a kit that is not known" : "kit \(row.takenKit.text)"
  }

  /// A slot's kit as a page may name it: by its code, or, while who packed alone is still to scan that, by what
  /// is marked on the container.
  func kit(of row: SlotRecord) -> String {
    hidesCode(of: row) ? "the kit marked \(container(of: row))" : "kit \(row.takenKit.text)"
  }

  /// Whether a slot's code is still to be read on the container.
  func hidesCode(of row: SlotRecord) -> Bool { isPackedAlone && !isLocked && !row.isRecorded }

  /// Whether the participant packs alone, so that codes are compared at the dose.
  var isPackedAlone: Bool { manifest.packing?.isAlone == true }

  /// Whether the kits still have to be packed.
  var isUnpacked: Bool {
    isPackedAlone
      && !entries.havePackedKits
  }

  /// Slots that can be recorded now, the latest day first.
  var open: [SlotRecord] { rows.filter { $0.status == .open }.reversed() }

  /// The next slot whose day has not come.
  var next: SlotRecord? { rows.first { $0.status == .upcoming } }

  /// Why a slot cannot be recorded now; `nil` where it can.
  func refusal(of row: SlotRecord) -> JournalError? {
    let occasion = row.occasion
    if isLocked { return .locked }
    if isUnpacked { return .notPacked }
    if let pause = pauses.pause(over: occasion.day) {
      return .paused(slot: occasion.slot, since: pause.from, until: pause.to)
    }
    switch row.status {
    case .open: return nil
    case .recorded, .recordedLate: return .alreadyRecorded(slot: occasion.slot)
    case .upcoming: return .notDue(slot: occasion.slot, due: occasion.day, today: today)
    case .missing:
      let last = occasion.day.advanced(by: manifest.schedule.entryWindow)
      return .tooLate(slot: occasion.slot, lastDay: last, today: today)
    }
  }

  /// Recorded slots in a row, up to the last one that is over or recorded.
  var streak: Int {
    let over = rows.filter { $0.status != .upcoming && $0.status != .open }
    return over.reversed().prefix { $0.status != .missing }.count
  }

  func count(_ status: SlotRecord.Status) -> Int { rows.count { $0.status == status } }
}
