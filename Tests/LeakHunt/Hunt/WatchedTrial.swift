import BlindRecord
import Foundation
import TrialTestSupport

/// One trial, run with the finished program as its user does, and watched by somebody who sees every file,
/// every answer and every clock: sealed, packed alone in the terminal and as pages, taken, rated, replaced.
///
/// The simulated person answers the same every day, whatever they took, so that nothing they say tells an
/// arm. Fillings, the shuffle of the bag and the order of scans follow from the trial's number; the draw
/// itself follows from the system's entropy, as it must.
final class WatchedTrial {
  /// What is watched.
  struct Design {
    let name: String
    let scheme: String
    let arms: [String]
    /// The arms as they stand in the protocol.
    let armsText: [String]
    let slots: Int
  }

  /// Fourteen of twenty-eight days, any order.
  static let twoArms = Design(
    name: "two arms", scheme: "complete: {slots: 28, active: 14}",
    arms: ExampleProtocols.canaryArms, armsText: ExampleProtocols.canaryArms, slots: 28)

  /// Eight of twenty-four days each, the third arm without a pill.
  static let threeArms = Design(
    name: "three arms", scheme: "complete: {counts: [8, 8, 8]}",
    arms: ExampleProtocols.canaryArms + [ExampleProtocols.emptyArm],
    armsText: ExampleProtocols.canaryArms + ["{name: \(ExampleProtocols.emptyArm), pill: none}"],
    slots: 24)

  /// Six of twelve days: 924 plans.
  static let twelveDays = Design(
    name: "twelve days", scheme: "complete: {slots: 12, active: 6}",
    arms: ExampleProtocols.canaryArms, armsText: ExampleProtocols.canaryArms, slots: 12)

  static let spares = 2
  /// Slots whose kit is said to be lost, the same in every trial.
  static let lost = [5, 19]

  let design: Design
  let program: String
  let place: String
  var random: SplitMix
  var table: NumberTable
  var exhibits: [Exhibit] = []
  /// By label, the arm that its kit was filled with.
  var filled: [String: Int] = [:]
  /// By slot, the label on its kit; spares by minus their number.
  var kits: [Int: String] = [:]
  var whole: [UInt8] = []
  var bytes: [[UInt8]]
  var byteParts: [(name: String, count: Int)] = []
  private(set) var manifest = ManifestView()

  var folder: String { "\(place)/trial" }

  /// What the hunt reads of the manifest.
  struct ManifestView: Decodable {
    struct Packing: Decodable { let labels: [String] }
    struct Occasion: Decodable { let kit: String }
    struct Schedule: Decodable { let occasions: [Occasion] }
    var packing: Packing? = nil
    var schedule: Schedule? = nil
  }

  /// Makes the folder with the protocol.
  init(_ design: Design, number: Int, program: String) throws {
    (self.design, self.program) = (design, program)
    random = SplitMix(simulation: number)
    table = NumberTable(slots: design.slots)
    bytes = Array(repeating: [], count: design.slots)
    place = FileManager.default.temporaryDirectory.appending(path: "leak-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text =
      ExampleProtocols.text(
        scheme: design.scheme, arms: design.armsText, start: "2031-03-03", zone: "UTC")
      + Array("packing: {by: participant, spares: \(WatchedTrial.spares)}\n".utf8)
    try Data(text).write(to: URL(filePath: "\(folder)/protocol.yaml"))
    try Data("correct horse battery staple\n".utf8).write(to: URL(filePath: "\(place)/passphrase"))
  }

  deinit { try? FileManager.default.removeItem(atPath: place) }

  /// Runs a command on the folder at an instant.
  @discardableResult
  func run(_ command: String, _ rest: [String] = [], at clock: String? = nil) throws -> Child.Ended
  {
    let words = [command, folder] + rest + (clock.map { ["--clock", $0] } ?? [])
    let run = try Child.run(program, words)
    guard run.status == 0 else {
      throw HuntFault(
        "\(words.joined(separator: " ")): status \(run.status): "
          + String(decoding: run.out, as: UTF8.self))
    }
    exhibits.append(Exhibit("output of \(command)", run.out))
    return run
  }

  /// The instant of an hour of a slot's day; slot 0 is the eve.
  static func clock(slot: Int, hour: Int) -> String {
    // 2031-03-03 is the day 22,341 after 1970-01-01.
    let day = CalendarDay(ordinal: 22_341 + slot)
    return "\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"
  }

  /// Seals, and looks at what was written.
  func seal() throws {
    try run(
      "seal",
      [
        "--custody", "self", "--passphrase-file", "\(place)/passphrase", "--work-factor", "1",
        "--recovery-key", "\(place)/recovery.html",
      ], at: WatchedTrial.clock(slot: 0, hour: 18))
    manifest = try JSONDecoder().decode(
      ManifestView.self, from: Data(contentsOf: URL(filePath: "\(folder)/manifest.json")))
    try lookAtSealedFiles()
    try run("emergency-sheet", ["--output", "\(place)/sheet.html"])
    exhibits.append(
      Exhibit(
        "the emergency sheet", Array(try Data(contentsOf: URL(filePath: "\(place)/sheet.html")))))
    for name in ["sealed/packing.age", "sealed/share.age", "packing.key"] {
      whole += Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }
  }

  /// Arms by slot, from what was filled and where it went.
  func arms() throws -> [Int] {
    try (1...design.slots).map { slot in
      guard let label = kits[slot], let arm = filled[label] else {
        throw HuntFault("slot \(slot) has no kit")
      }
      return arm
    }
  }

  /// Sizes, times, places in the directory and bytes of the files of each slot.
  private func lookAtSealedFiles() throws {
    let order = try WatchedTrial.directoryOrder("\(folder)/sealed")
    for kind in ["slot", "card", "spares"] {
      // In microseconds since the first of its kind, and since the one before: as seconds of the day they would
      // not fit into a number of 24 bits.
      var (first, before): (Double?, Double?)
      for slot in 1...design.slots {
        let digits = String(repeating: "0", count: 4 - "\(slot)".count) + "\(slot)"
        let name = "\(kind)-\(digits).age"
        var facts = stat()
        guard stat("\(folder)/sealed/\(name)", &facts) == 0 else {
          throw HuntFault("sealed/\(name) is not there")
        }
        let content = Array(try Data(contentsOf: URL(filePath: "\(folder)/sealed/\(name)")))
        table.note("\(kind) file: size", slot: slot, Double(facts.st_size))
        table.note(
          "\(kind) file: number of its place on the disk", slot: slot, Double(facts.st_ino))
        let time = Double(facts.st_mtim.tv_sec) * 1e6 + Double(facts.st_mtim.tv_nsec / 1000)
        table.note("\(kind) file: time", slot: slot, time - (first ?? time))
        table.note("\(kind) file: time after the one before", slot: slot, time - (before ?? time))
        (first, before) = (first ?? time, time)
        table.note(
          "\(kind) file: place in the directory", slot: slot,
          Double(order.firstIndex(of: name) ?? -1))
        bytes[slot - 1] += content
        if slot == 1 { byteParts.append(("\(kind) file", content.count)) }
      }
    }
    let sorted = manifest.packing?.labels ?? []
    for (slot, occasion) in (manifest.schedule?.occasions ?? []).enumerated() {
      noteCode(occasion.kit, "code in the manifest", slot: slot + 1)
      table.note(
        "code in the manifest: place among labels", slot: slot + 1,
        Double(sorted.firstIndex { $0 > occasion.kit } ?? sorted.count))
    }
  }

  /// The characters of a code as numbers, and as bytes.
  func noteCode(_ code: String, _ name: String, slot: Int) {
    for (place, letter) in code.utf8.enumerated() {
      table.note("\(name): character \(place + 1)", slot: slot, Double(letter))
    }
  }

  private static func directoryOrder(_ path: String) throws -> [String] {
    guard let folder = opendir(path) else { throw HuntFault("\(path): cannot be listed") }
    defer { closedir(folder) }
    var names: [String] = []
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return names }
    while let entry = readdir(folder) {
      // Read where it lies: the field is declared longer than the entry is.
      let name = UnsafeRawPointer(entry).advanced(by: offset)
      names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
    }
    return names
  }
}
