import BlindRecord
import Foundation

/// What `status` shows, as text and as JSON.
struct StatusOverview {
  let manifest: Manifest
  let rows: [SlotRecord]
  let entries: [JournalEntry]
  let today: CalendarDay
  let isLocked: Bool

  private var pauses: Pauses { Pauses(entries) }

  private static let order: [SlotRecord.Status] = [
    .recorded, .recordedLate, .open, .upcoming, .missing,
  ]

  /// The calendar and the counts.
  var summary: String {
    var lines = [manifest.title, "trial \(manifest.trial), \(isLocked ? "locked" : "running")", ""]
    if let kits = kitsLine { lines.insert(kits, at: 2) }
    lines += calendar
    let legend = "# recorded  + late  o open  . upcoming  x missing"
    lines += ["", rows.contains(where: isPaused) ? legend + "  = paused" : legend]
    lines.append(StatusOverview.order.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", "))
    if adverseEvents > 0 { lines.append("adverse events: \(adverseEvents)") }
    return lines.joined(separator: "\n")
  }

  /// Whether codes stand on containers: packing alone, those of the manifest never do.
  private var hasCodes: Bool {
    manifest.packing?.isAlone != true
      || entries.havePackedKits
  }

  /// How far the kits are, where the protocol says who packs.
  private var kitsLine: String? {
    guard let packing = manifest.packing else { return nil }
    if packing.isAlone, !hasCodes { return "kits: not packed yet; selfblind pack" }
    let index = KitIndex(manifest, entries: entries)
    let free = isLocked ? index.sparesLeft(afterLock: rows) : index.sparesLeft
    // Who packed alone finds a spare by the number on it; a code could be typed without a look at the kit.
    return free.isEmpty
      ? "kits: no spare is left"
      : "spares: "
        + free.map { packing.isAlone ? "\($0.spare)" : "\($0.spare) \($0.kit)" }
        .joined(separator: ", ")
  }

  /// The code of a slot's kit where it may be shown: not while who packed alone is still to scan it, as it could
  /// be typed from here without a look at the kit.
  private func code(of row: SlotRecord) -> String? {
    guard hasCodes else { return nil }
    let isToBeScanned = manifest.packing?.isAlone == true && !isLocked && !row.isRecorded
    return isToBeScanned || row.hasNoDose || row.hasUnknownKit ? nil : row.takenKit.text
  }

  /// The spare that stands for a slot's kit, where no code says it.
  private func spare(of row: SlotRecord) -> String? {
    guard hasCodes, !row.hasNoDose, !row.hasUnknownKit, code(of: row) == nil,
      case .spare(let number) = KitIndex(manifest, entries: entries).meaning(of: row.takenKit)
    else { return nil }
    return "spare \(number)"
  }

  /// The calendar, the counts, and a line for every slot.
  var text: String { ([summary, ""] + rows.map(line)).joined(separator: "\n") }

  /// One object: the trial, the counts, one object per slot.
  func json() throws -> String {
    struct Row: Encodable {
      let slot: Int
      let day, kit, status: String
      let delay, corrections: Int
      let deviations: [String]
      let codeBroken: Bool
    }
    struct Whole: Encodable {
      let trial, title, today: String
      let locked: Bool
      let counts: [String: Int]
      let entries, adverseEvents: Int
      let slots: [Row]
    }
    let whole = Whole(
      trial: manifest.trial, title: manifest.title, today: today.description, locked: isLocked,
      counts: Dictionary(
        uniqueKeysWithValues: StatusOverview.order.map { ($0.rawValue, count($0)) }),
      entries: entries.count, adverseEvents: adverseEvents,
      slots: rows.map { row in
        Row(
          slot: row.occasion.slot, day: row.occasion.day.description,
          kit: code(of: row) ?? "",
          status: row.status.rawValue, delay: row.delay, corrections: row.corrections.count,
          deviations: row.deviations.map(\.kind.rawValue), codeBroken: row.codeBroken)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(whole), as: UTF8.self)
  }

  /// One line a week, Monday first, from the first slot's week to the last one's.
  private var calendar: [String] {
    guard let first = rows.first?.occasion.day, let last = rows.last?.occasion.day else {
      return []
    }
    let marks = Dictionary(
      rows.map { ($0.occasion.day, isPaused($0) ? "=" : StatusOverview.mark($0.status)) },
      uniquingKeysWith: { a, _ in a })
    var lines = ["            Mo Tu We Th Fr Sa Su"]
    var monday = first.advanced(by: 1 - first.weekday)
    while monday <= last {
      let week = (0..<7).map { " " + (marks[monday.advanced(by: $0)] ?? " ") }
      lines.append("\(monday) " + week.joined(separator: " "))
      monday = monday.advanced(by: 7)
    }
    return lines
  }

  private func line(_ row: SlotRecord) -> String {
    var text = "slot \(row.occasion.slot)  \(row.occasion.day)  "
    text += [code(of: row), spare(of: row), row.status.rawValue].compactMap(\.self)
      .joined(separator: "  ")
    if row.delay > 0 { text += " by \(row.delay) \(row.delay == 1 ? "day" : "days")" }
    if !row.corrections.isEmpty { text += ", corrected" }
    if isPaused(row) { text += ", paused" }
    for deviation in row.deviations { text += ", \(deviation.kind.rawValue)" }
    return row.codeBroken ? text + ", code broken" : text
  }

  /// Whether a slot is missing because its day lies in a pause.
  private func isPaused(_ row: SlotRecord) -> Bool {
    row.status == .missing && pauses.pause(over: row.occasion.day) != nil
  }

  private var adverseEvents: Int {
    entries.count { if case .adverseEvent = $0.event { true } else { false } }
  }

  private func count(_ status: SlotRecord.Status) -> Int { rows.count { $0.status == status } }

  private static func mark(_ status: SlotRecord.Status) -> String {
    switch status {
    case .recorded: "#"
    case .recordedLate: "+"
    case .open: "o"
    case .upcoming: "."
    case .missing: "x"
    }
  }
}
