import BlindRecord
import Foundation
import MerkleLog
import TrialJournal

/// A sealed trial in a temporary folder, for one test; removed with the value.
final class TrialFolder {
  static let firstDay = CalendarDay(ordinal: 20_000)
  static let seed = [UInt8](repeating: 7, count: 32)

  let path: String
  let manifest: Manifest
  let manifestBytes: [UInt8]

  /// Makes the folder; no journal in it yet.
  init(
    slots: Int = 6, trial: String = "00112233aabbccdd", asksGuess: Bool = true,
    entryWindow: Int = 2, below: String? = nil, scored: Bool = false, imported: Bool = false,
    daysBack: Int = 0
  ) throws {
    let base = below ?? FileManager.default.temporaryDirectory.path
    path = base + "/selfblind-journal-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    manifest = try TrialFolder.manifest(
      slots, trial, asksGuess, entryWindow, scored,
      imported ? ItemImport(day: "Date", value: "Sleep score", daysBack: daysBack) : nil)
    manifestBytes = try CommittedJSON.encode(manifest, endsLine: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Begins the journal on the day before the first slot.
  @discardableResult func create() throws -> Journal {
    try Journal.create(
      in: path, for: manifestBytes, recorderSeed: TrialFolder.seed, clock: clock(day: 0))
  }

  /// A clock that stands at 20:00 UTC of the day of a slot; day 0 is the day before slot 1.
  func clock(day: Int, seconds: Int = 0) -> WallClock {
    let day = TrialFolder.firstDay.advanced(by: day - 1)
    return .set(
      to: Moment(seconds: day.ordinal * 86_400 + 72_000 + seconds, zone: "UTC", offset: 0))
  }

  /// A complete check-in for a slot.
  func checkIn(
    _ slot: Int, kit: KitCode? = nil, mood: String = "6.5", guess: Int? = 70
  ) -> CheckIn {
    CheckIn(
      slot: slot, kit: kit ?? TrialFolder.kit(slot),
      answers: [
        "mood": .number(DecimalNumber(mood) ?? DecimalNumber(units: 0)),
        "sleep": .choice("well"), "note": .skipped(reason: nil),
      ], guess: manifest.guessPrompt == nil ? nil : TreatmentGuess(percent: guess))
  }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, sorted.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  /// Puts bytes in place of a file.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
  }

  /// The kit of a slot.
  static func kit(_ slot: Int) -> KitCode {
    KitCode(values: [slot / 961 % 31, slot / 31 % 31, slot % 31, 4, 5, 6])
  }

  private static func manifest(
    _ slots: Int, _ trial: String, _ asksGuess: Bool, _ entryWindow: Int, _ scored: Bool,
    _ imported: ItemImport?
  ) throws -> Manifest {
    let occasions = (1...slots).map {
      Occasion(slot: $0, day: firstDay.advanced(by: $0 - 1), kit: kit($0))
    }
    var items = [
      Item(
        name: "mood", prompt: "How was your mood?",
        kind: .number(
          lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 10), decimals: 1,
          unit: nil), direction: .higher),
      Item(name: "sleep", prompt: "How did you sleep?", kind: .choice(["well", "badly"])),
      Item(name: "note", prompt: "Anything else?", kind: .text),
    ]
    if scored {
      items.append(
        Item(
          name: "double", prompt: "mood", kind: items[0].kind,
          score: ItemScore(method: .sum, items: ["mood"])))
    }
    if let imported {
      items.append(
        Item(
          name: "score", prompt: "the ring's score",
          kind: .number(
            lower: DecimalNumber(units: 0), upper: DecimalNumber(units: 100), decimals: 1, unit: nil
          ),
          imported: imported))
    }
    return Manifest(
      trial: trial, title: "Caffeine and mood", simulated: true,
      sealedAt: Moment(seconds: 19_990 * 86_400, zone: "UTC", offset: 0),
      schedule: Schedule(occasions: occasions, entryWindow: entryWindow), items: items,
      guessPrompt: asksGuess ? "Which was it?" : nil,
      safety: Manifest.Safety(emergencyContact: "112", stoppingRules: ["chest pain"]),
      recorderKey: try NoteSigner(name: "selfblind.example/\(trial)", seed: seed).verifierKey,
      commitments: Manifest.Commitments(
        protocolDigest: contentDigest([]), shareCommitment: contentDigest([1]),
        planRoot: contentDigest([2]), custody: "self", mixing: "none", commitment: "",
        sealedFiles: [:],
        abandonedSealings: 0))
  }
}
