import BlindRecord
import Foundation
import LocalWeb
import MerkleLog
import Synchronization
import Testing
import TrialJournal

@testable import TrialWeb

/// A running trial, its pages, and somebody who uses them; without a server.
final class Desk {
  static let firstDay = CalendarDay(ordinal: 20_000)
  static let seed = [UInt8](repeating: 9, count: 32)

  let path: String
  let manifest: Manifest
  let journal: Journal
  let site: TrialSite
  let visitor = Visitor(number: "1", formToken: "t1")
  private let clock: ClockBox

  init(
    slots: Int = 6, items: [Item] = Desk.items, guess: String? = "Was it not the reference?",
    window: Int = 2, zone: String = "UTC", alone: Bool = false,
    spares: [KitCode]? = nil,
    contact: String = "Dr. Weiss"
  ) throws {
    path = FileManager.default.temporaryDirectory.path + "/selfblind-web-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let occasions = (1...slots).map {
      Occasion(slot: $0, day: Desk.firstDay.advanced(by: $0 - 1), kit: Desk.kit($0))
    }
    let labels = (1...(slots + 4)).map { Desk.kit(100 + $0) }.sorted { $0.text < $1.text }
    let helped = Manifest.Packing(
      by: "helper", kits: slots + (spares?.count ?? 0), replacements: 1, spareKits: spares,
      labels: nil, cups: nil, matching: nil)
    let packing = Manifest.Packing(
      by: "participant", kits: slots + 2, replacements: 2, spareKits: nil, labels: labels,
      cups: nil, matching: nil)
    manifest = Manifest(
      trial: "00112233aabbccdd", title: "Caffeine <and> mood", simulated: true,
      sealedAt: Moment(seconds: 19_990 * 86_400, zone: "UTC", offset: 0),
      schedule: Schedule(occasions: occasions, entryWindow: window, zone: zone), items: items,
      guessPrompt: guess, packing: alone ? packing : spares == nil ? nil : helped,
      safety: Manifest.Safety(emergencyContact: contact, stoppingRules: ["chest pain"]),
      recorderKey: try NoteSigner(name: "selfblind.example/t", seed: Desk.seed).verifierKey,
      commitments: Manifest.Commitments(
        protocolDigest: contentDigest([]), shareCommitment: contentDigest([1]),
        planRoot: contentDigest([2]), custody: "self", mixing: "none", commitment: "",
        sealedFiles: [:], abandonedSealings: 0))
    let clock = ClockBox(day: 0)
    self.clock = clock
    journal = try Journal.create(
      in: path, for: CommittedJSON.encode(manifest, endsLine: true), recorderSeed: Desk.seed,
      clock: clock.clock(zone: zone) ?? .set(to: Moment(seconds: 0, zone: "UTC", offset: 0)))
    site = TrialSite(journal) { clock.clock(zone: $0 ?? zone) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Sets the time: 20:00 UTC on the day of a slot, day 0 being the one before slot 1.
  func go(toDay day: Int, seconds: Int = 72_000) { clock.set(day: day, seconds: seconds) }

  /// What a page of a path is, with its status.
  func get(_ path: String, _ fields: [String: String] = [:]) async -> (WebResponse, String) {
    let answer = await site.respond(
      to: WebRequest(.get, path, fields: fields, visitor: visitor))
    return (answer, String(decoding: answer.body, as: UTF8.self))
  }

  /// The text of a page.
  func page(_ path: String, _ fields: [String: String] = [:]) async -> String {
    await get(path, fields).1
  }

  /// Sends a form; follows no redirect.
  func post(
    _ path: String, _ fields: [String: String], file: [UInt8]? = nil
  ) async -> (WebResponse, String) {
    let answer = await site.respond(
      to: WebRequest(.post, path, fields: fields, file: file, visitor: visitor))
    return (answer, String(decoding: answer.body, as: UTF8.self))
  }

  /// The entries after the opening one.
  func events() throws -> [JournalEntry.Event] {
    try journal.entries().dropFirst().map(\.event)
  }

  /// A token that no other form has.
  static func token(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// A full form of the usual items.
  static func form(_ slot: Int, once: Int, _ more: [String: String] = [:]) -> [String: String] {
    [
      "once": token(once), "slot": "\(slot)", "answer-mood": "6", "answer-hours": "7,5",
      "answer-sleep": "well", "answer-note": "", "guess": "60",
    ].merging(more) { $1 }
  }

  static func kit(_ number: Int) -> KitCode {
    KitCode(values: [number / 961 % 31, number / 31 % 31, number % 31, 4, 5, 6])
  }

  static let items = [
    Item(
      name: "mood", prompt: "How was your mood?",
      kind: .number(
        lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 10), decimals: 0, unit: nil)),
    Item(
      name: "hours", prompt: "How long did you sleep?",
      kind: .number(
        lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 16), decimals: 1, unit: "h")),
    Item(name: "sleep", prompt: "How did you sleep?", kind: .choice(["well", "badly"])),
    Item(name: "note", prompt: "Anything else?", kind: .text),
  ]
}

/// The time, as the test sets it.
private final class ClockBox: Sendable {
  private let seconds: Mutex<Int>

  init(day: Int) { seconds = Mutex((Desk.firstDay.ordinal + day - 1) * 86_400 + 72_000) }

  func set(day: Int, seconds ofDay: Int) {
    seconds.withLock { $0 = (Desk.firstDay.ordinal + day - 1) * 86_400 + ofDay }
  }

  func clock(zone: String) -> WallClock? {
    WallClock.moment(seconds: seconds.withLock { $0 }, zone: zone).map { .set(to: $0) }
  }
}
