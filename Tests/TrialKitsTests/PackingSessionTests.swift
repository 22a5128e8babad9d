import BlindRecord
import Foundation
import Testing
import TrialTestSupport

@testable import TrialKits

/// The wizard's machine: what each scan is answered, and that a crash at any moment loses nothing.
@Suite struct PackingSessionTests {
  /// Fills every arm with the next free labels; the labels by arm.
  private static func fill(_ packing: SamplePacking) throws -> [[KitCode]] {
    var rest = packing.job.labels[...]
    return try packing.job.arms.map { arm in
      try (0..<arm.kits).map { kit in
        let label = rest.removeFirst()
        // A new session for every scan: what is not on the disk is lost.
        let session = try packing.open()
        #expect(try session.scan(label.text) == .registered)
        if kit == arm.kits - 1 { try session.goOn() }
        return label
      }
    }
  }

  @Test func eachKitGoesWhereATicketOfItsArmLeads() throws {
    let packing = try SamplePacking()
    let labels = try Self.fill(packing)
    #expect(try packing.open().step == .shuffle)
    #expect(try packing.open().goOn() == .sort)
    var places: [KitCode: Int] = [:]
    var random = SplitMix(seed: 5)
    for (count, label) in labels.joined().shuffled(using: &random).enumerated() {
      let session = try packing.open()
      #expect(session.progress == .init(done: count, total: 26, scans: count))
      let answer = try session.scan(label.text.lowercased())
      #expect(try session.scan(label.text) == answer, "the same at each scan")
      switch answer {
      case .slot(let slot): places[label] = slot
      case .spare(let spare): places[label] = packing.job.slots + spare
      case .registered, .known: Issue.record("\(answer)")
      }
    }
    for (arm, codes) in labels.enumerated() {
      #expect(Set(codes.compactMap { places[$0] }) == Set(packing.places[arm]))
    }
    let session = try packing.open()
    #expect(try session.goOn() == .finish)
    var packed: PackedKits?
    try session.finish { packed = $0 }
    #expect(packed?.kits.map { places[$0] } == Array(1...20))
    #expect(packed?.spares.map(\.spare) == Array(1...6))
    #expect(packed?.spares.map { places[$0.kit] } == Array(21...26))
    #expect(try FileManager.default.contentsOfDirectory(atPath: packing.folder) == [])
    #expect(throws: PackingError.noKey) { try session.finish { _ in } }
    #expect(throws: PackingError.noKey) { try packing.open() }
  }

  @Test func aKitThatWasTakenBackGivesItsTicketToTheNext() throws {
    let packing = try SamplePacking()
    let session = try packing.open()
    let labels = packing.job.labels
    #expect(throws: PackingError.nothingToUndo) { try session.undo() }
    _ = try session.scan(labels[0].text)
    _ = try session.scan(labels[1].text)
    #expect(try session.scan(labels[0].text) == .known)
    #expect(throws: PackingError.scanIsPast(3)) { try session.undo(3) }
    try session.undo(2)
    #expect(throws: PackingError.scanIsPast(2)) { try session.undo(2) }
    #expect(session.progress == .init(done: 1, total: 10, scans: 1))
    #expect(try session.scan(labels[1].text) == .registered)
    for label in labels[2..<10] { _ = try session.scan(label.text) }
    #expect(session.step == .clear(arm: 0))
    #expect(throws: PackingError.notScanned(step: "clear")) { try session.scan(labels[10].text) }
    try session.undo()
    #expect(session.step == .fill(arm: 0))
    _ = try session.scan(labels[11].text)
    #expect(try session.goOn() == .fill(arm: 1))
    #expect(throws: PackingError.nothingToUndo) { try session.undo() }
    #expect(throws: PackingError.notConfirmed(step: "fill")) { try session.goOn() }
  }

  @Test func lostKitsGiveTheirSlotsToSparesOfTheirArm() throws {
    let packing = try SamplePacking(seed: 3)
    let labels = try Self.fill(packing)
    let session = try packing.open()
    try session.goOn()
    let armOf = Dictionary(
      uniqueKeysWithValues: labels.enumerated().flatMap { arm, codes in codes.map { ($0, arm) } })
    let lost = [labels[0][1], labels[2][0]]
    for label in labels.joined() where !lost.contains(label) { _ = try session.scan(label.text) }
    #expect(throws: PackingError.notSorted(2)) { try session.goOn() }
    #expect(session.codeOfTheLastKit == nil)
    let moves = try session.giveUpOpenKits()
    #expect(throws: PackingError.wasLost(lost[0])) { try session.scan(lost[0].text) }
    try session.goOn()
    var packed: PackedKits?
    try session.finish { packed = $0 }
    let kits = try #require(packed).kits
    #expect(kits.count == 20)
    for (index, kit) in kits.enumerated() {
      let arm = try #require(armOf[kit])
      #expect(packing.places[arm].contains(index + 1), "slot \(index + 1) got its arm")
    }
    #expect(try #require(packed).spares.count == 4)
    #expect(
      moves.allSatisfy { move in !(packed?.spares.contains { $0.spare == move.spare } ?? true) })
  }

  @Test func whatIsToBeBroughtOutlivesACrash() throws {
    let packing = try SamplePacking(seed: 3)
    let labels = try Self.fill(packing)
    try packing.open().goOn()
    let slots = Set(1...packing.job.slots)
    let lost = zip(labels, packing.places).compactMap { codes, places -> KitCode? in
      let hasSpare = !slots.isSuperset(of: places)
      return hasSpare ? zip(codes, places).first { slots.contains($1) }?.0 : nil
    }.prefix(2)
    #expect(lost.count > 0)
    do {
      let session = try packing.open()
      for label in labels.joined() where !lost.contains(label) { _ = try session.scan(label.text) }
      #expect(session.moves == [])
    }
    let moves = try packing.open().giveUpOpenKits()
    #expect(moves.count == lost.count)
    #expect(try packing.open().moves == moves, "after a crash")
    let session = try packing.open()
    try session.goOn()
    #expect(session.moves == [], "they stand")
  }

  @Test func whatAKilledProgramLeftIsSwept() throws {
    let packing = try SamplePacking()
    let place = packing.folder + "/packing"
    do { _ = try packing.open() }
    let left = ["register.age.77-0.partial", "matching.age.78-3.partial"]
    for name in left + ["mine.txt"] {
      #expect(FileManager.default.createFile(atPath: "\(place)/\(name)", contents: Data([1])))
    }
    _ = try packing.open()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place).sorted()
        == ["mine.txt", "register.age"])
  }

  @Test func theRegisterTellsNothingByItsSize() throws {
    let packing = try SamplePacking()
    let path = packing.folder + "/packing/register.age"
    var sizes: Set<Int> = []
    var contents: Set<Data> = []
    let session = try packing.open()
    for label in packing.job.labels.prefix(10) {
      _ = try session.scan(label.text)
      let bytes = try Data(contentsOf: URL(filePath: path))
      sizes.insert(bytes.count)
      contents.insert(bytes)
      #expect(bytes.range(of: Data(label.text.utf8)) == nil)
    }
    #expect(sizes.count == 1)
    #expect(contents.count == 10)
  }

  /// That the memory is free of it is looked at by the leak hunt.
  @Test func aRegisterForgetsWhichLabelHoldsWhat() {
    var register = PackingRegister(quotas: [2, 1], labels: 4)
    _ = register.register(3)
    _ = register.register(1)
    _ = register.goOn()
    _ = register.register(0)
    #expect(register.entries.contains { $0.arm == 1 } && !register.scans.isEmpty)
    register.forget()
    #expect(register.entries == Array(repeating: PackingRegister.Entry(), count: 4))
    #expect(register.scans.isEmpty)
  }

  @Test func whatCannotBeTakenIsSaid() throws {
    let packing = try SamplePacking()
    let other = try SamplePacking(seed: 2)
    let session = try packing.open()
    #expect(throws: PackingError.busy) { try packing.open() }
    let foreign = other.job.labels[0]
    #expect(throws: PackingError.foreignLabel(foreign)) { try session.scan(foreign.text) }
    let cup = packing.job.cups[0]
    #expect(throws: PackingError.cupLabel(cup)) { try session.scan(cup.text) }
    #expect(throws: PackingError.unreadableCode) { try session.scan("7GQ2MX1") }
    #expect(throws: PackingError.notConfirmed(step: "fill")) { try session.finish { _ in } }
    #expect(session.progress.done == 0)
  }
}
