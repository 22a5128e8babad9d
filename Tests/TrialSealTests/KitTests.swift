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

  /// Each powder is taken out once: all kits of an arm stand together, to be ticked off by their codes.
  @Test func theSheetIsOrderedByArm() throws {
    let sheet = String(decoding: try Self.seal { KitSheet($0).bytes }, as: UTF8.self)
    let arms = ExampleProtocols.canaryArms + [ExampleProtocols.emptyArm]
    let parts = sheet.split(separator: "\n\n").suffix(3).map { $0.split(separator: "\n") }
    let contents = arms.prefix(2) + ["\(ExampleProtocols.emptyArm) (no capsule, a dummy)"]
    var slots: [Int: String] = [:]
    for (part, content) in zip(parts, contents) {
      #expect(part[0] == "\(content): 10 kits")
      #expect(part[1] == "slot\tday\tkit\tcontent\tdone")
      let rows = part.dropFirst(2).map { $0.split(separator: "\t").map(String.init) }
      #expect(rows.count == 10)
      #expect(rows.map { $0[2] } == rows.map { $0[2] }.sorted(), "by code")
      #expect(rows.allSatisfy { $0[3] == content && $0[4] == "[ ]" })
      for row in rows { slots[try #require(Int(row[0]))] = String(content.prefix { $0 != " " }) }
    }
    #expect(try Self.arms().map(\.name) == (1...30).map { slots[$0] ?? "" })
    for sentence in [
      "selfblind label DIR --all", "a dummy that weighs, lies and rattles like one",
      "One arm after the other",
    ] { #expect(sheet.contains(sentence)) }
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
