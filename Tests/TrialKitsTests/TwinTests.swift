import BlindRecord
import Foundation
import Testing
import TrialKits
import TrialTestSupport

@testable import TrialSeal

/// L0 of the leak hunt: the same packing with the arms exchanged shows the same, byte for byte.
@Suite struct TwinTests {
  /// Everything that is shown or stored while a job is packed, ciphertext by its length only.
  private static func transcript(_ places: [[Int]], labels: [[KitCode]]) throws -> [String] {
    let packing = try SamplePacking(seed: 4, places: places)
    var lines: [String] = []
    func note(_ text: String) throws {
      let names = try FileManager.default.subpathsOfDirectory(atPath: packing.folder).sorted()
      let sizes = try names.map { name in
        let facts = try FileManager.default.attributesOfItem(atPath: packing.folder + "/" + name)
        return "\(name) \(facts[.size] ?? 0) \(facts[.posixPermissions] ?? 0)"
      }
      lines.append("\(text) | \(sizes.joined(separator: ", "))")
    }
    let session = try packing.open()
    for arm in labels {
      for label in arm { try note("\(session.scan(label.text)) \(session.progress)") }
      try session.undo()
      try note("undone \(session.progress)")
      _ = try session.scan(arm.last?.text ?? "")
      try session.goOn()
    }
    try session.goOn()
    var random = SplitMix(seed: 9)
    // The bag: the same containers come out in the same order, whatever is in them.
    let bag = labels.joined().sorted { $0.text < $1.text }.shuffled(using: &random)
    for label in bag.dropLast() { try note("\(session.scan(label.text)) \(session.progress)") }
    let moves = try session.giveUpOpenKits()
    try note("moves \(moves.map { "\($0.spare)-\($0.slot)" })")
    try session.goOn()
    try session.finish { packed in
      lines.append(String(decoding: try CommittedJSON.encode(packed), as: UTF8.self))
    }
    return lines
  }

  @Test func exchangedArmsShowTheSame() throws {
    let sample = try SamplePacking(seed: 4)
    let codes = sample.job.labels
    let (one, other) = (Array(codes[..<10]), Array(codes[10..<20]))
    let empty = Array(codes[20..<26])
    let places = sample.places
    let first = try Self.transcript(places, labels: [one, other, empty])
    // The complement: every slot has the other arm, so each container was filled with the other one.
    let second = try Self.transcript(
      [places[1], places[0], places[2]], labels: [other, one, empty])
    #expect(first == second)
    #expect(first.count > 50)
  }

  @Test func aPlantedDifferenceIsSeen() throws {
    let sample = try SamplePacking(seed: 4)
    let codes = sample.job.labels
    let (one, other) = (Array(codes[..<10]), Array(codes[10..<20]))
    let empty = Array(codes[20..<26])
    let first = try Self.transcript(sample.places, labels: [one, other, empty])
    let second = try Self.transcript(sample.places, labels: [other, one, empty])
    #expect(first != second)
  }

  @Test func sealedFilesHaveTheSameLengthsForEveryDraw() throws {
    let design = try ExampleProtocols.read(PackingExamples.alone)
    var shapes: Set<[String]> = []
    for share in UInt8(1)...6 {
      let plan = try Plan(
        share: Array(repeating: share, count: 32), design: design,
        trial: Array(repeating: 7, count: 8))
      let packing = try #require(plan.packing)
      let notes = (1...plan.leaves.count).map { slot in
        ReplacementNote.bytes(
          slot: slot, spares: packing.replacements(slot: slot, slots: plan.leaves.count, most: 3),
          width: ReplacementNote.width(spares: 3)
        ).count
      }
      shapes.insert(
        ["\(packing.tickets.bytes(trial: "00112233aabbccdd").count)"] + notes.map { "\($0)" })
      #expect(Set(notes) == [24 + 12 * 3])
    }
    #expect(shapes.count == 1, "\(shapes)")
  }
}
