import BlindRecord
import Foundation
import Testing
import TrialArchive
import TrialDesign
import TrialKits
import TrialSeal
import TrialTestSupport

/// What is done with the kit list of a trial of three arms, one of them without a pill.
@Suite struct KitTests {
  /// Seals the same allocation anew, and gives its kit list away.
  private static func seal<Value>(_ read: (consuming KitList) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory.appending(path: "kits-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = TrialFolder(path: path)
    try folder.makeFolder()
    try folder.write(ExampleProtocols.threeArms, to: TrialFolder.Name.design)
    let clock = try TrialFolder.time(
      on: #require(CalendarDay("2026-03-01")), hour: 12, zone: "Europe/Berlin")
    var value: Value?
    _ = try folder.seal(
      custody: .passphrase(SampleTrial.passphrase, workFactor: 1), clock: clock, simulation: 3
    ) { list in value = try read(list) }
    return try #require(value)
  }

  /// The arm of each slot, as the packer reads it.
  private static func arms() throws -> [Arm] { try seal { $0.read { _, arm in arm } } }

  @Test func theSheetSaysWhichKitsStayEmpty() throws {
    let sheet = try Self.seal { KitSheet($0).bytes }
    let lines = String(decoding: sheet, as: UTF8.self).split(separator: "\n")
    let rows = lines.suffix(30).map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0[0] } == (1...30).map(String.init))
    let contents = Dictionary(grouping: rows.map { $0[3] }) { $0 }.mapValues(\.count)
    #expect(
      contents == [
        ExampleProtocols.canaryArms[0]: 10, ExampleProtocols.canaryArms[1]: 10,
        "\(ExampleProtocols.emptyArm) (leave empty)": 10,
      ])
    #expect(try Self.arms().map(\.name) == rows.map { String($0[3].prefix { $0 != " " }) })
  }

  @Test func onlyAPillThatIsNotTheReferenceHasAnEffect() throws {
    let design = try ExampleProtocols.read(ExampleProtocols.threeArms)
    let (arms, manifest) = (
      try Self.arms(), try SampleTrial(ExampleProtocols.threeArms, simulation: 3)
    )
    func answers(_ effect: Double) throws -> [(mood: DecimalNumber?, guess: Int?)] {
      let body = try Self.seal { SimulatedBody($0, design: design, seed: 3, effect: effect) }
      return manifest.trial.manifest.schedule.occasions.map { occasion in
        guard
          case .answers(let checkIn, _) = body.behaviour(
            at: occasion, form: manifest.trial.manifest)
        else { return (nil, nil) }
        guard case .number(let mood) = checkIn.answers["mood"] else { return (nil, nil) }
        return (mood, checkIn.guess?.percent)
      }
    }
    let (without, with) = (try answers(0), try answers(3))
    var changed = 0
    for (slot, arm) in arms.enumerated() where without[slot].mood != nil {
      let isActive = arm.name == ExampleProtocols.canaryArms[1]
      if with[slot].mood != without[slot].mood {
        #expect(isActive, "slot \(slot + 1) has \(arm)")
        changed += 1
      }
      #expect((with[slot].guess == 100) == !arm.hasPill, "slot \(slot + 1) has \(arm)")
    }
    #expect(changed >= 5)
  }
}
