import BlindRecord
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialKits
import TrialTestSupport

@testable import TrialSeal

/// What follows from the seed: tickets, spares, labels, notes for a custodian.
@Suite struct PackingPlanTests {
  private static func plan(_ protocolBytes: [UInt8], share: UInt8 = 5) throws -> Plan {
    try Plan(
      share: Array(repeating: share, count: 32), design: ExampleProtocols.read(protocolBytes),
      trial: Array(repeating: 7, count: 8))
  }

  @Test func theNumbersToFillSayNothing() throws {
    let design = try ExampleProtocols.read(PackingExamples.alone)
    // A coin of 20 slots with at least 4 of each arm: at most 16 of either.
    #expect(design.kitsToFillAlone(spares: 3) == [19, 19])
    for share in UInt8(1)...5 {
      let packing = try #require(Self.plan(PackingExamples.alone, share: share).packing)
      #expect(packing.tickets.places.map(\.count) == [19, 19])
      #expect(packing.spareArms.count == 18)
    }
  }

  @Test func everyTicketLeadsToAPlaceOfItsArm() throws {
    let plan = try Self.plan(PackingExamples.threeArms)
    let packing = try #require(plan.packing)
    let arms = plan.assignment.arms + packing.spareArms
    #expect(packing.tickets.places.joined().sorted() == Array(1...36))
    for (arm, places) in packing.tickets.places.enumerated() {
      #expect(places.allSatisfy { arms[$0 - 1] == arm })
      #expect(places != places.sorted(), "shuffled")
    }
    let text = packing.tickets.bytes(trial: "00112233aabbccdd")
    #expect(
      PackingTickets(text: text, trial: "00112233aabbccdd")?.places == packing.tickets.places)
    #expect(PackingTickets(text: text, trial: "00112233aabbccde") == nil)
    #expect(PackingTickets(text: Array(text.dropLast(6)), trial: "00112233aabbccdd") == nil)
  }

  @Test func labelsAreSortedAndOfTheirOwn() throws {
    let plan = try Self.plan(PackingExamples.alone)
    let packing = try #require(plan.packing)
    #expect(packing.labels.count == 38 + 10)
    #expect(packing.cups.count == 18 + 8)
    #expect(packing.labels.map(\.text) == packing.labels.map(\.text).sorted())
    #expect(Set(packing.labels + packing.cups + plan.kits).count == 48 + 26 + 20)
    let (one, other) = (
      try PackingJob.printingOrder(of: packing.labels),
      try PackingJob.printingOrder(of: packing.labels)
    )
    #expect(Set(one) == Set(packing.labels))
    #expect(one != other && one != packing.labels, "another order at every printing")
  }

  @Test func replacementsAreSparesOfTheSameArm() throws {
    let plan = try Self.plan(PackingExamples.threeArms)
    let packing = try #require(plan.packing)
    for slot in 1...30 {
      let spares = packing.replacements(slot: slot, slots: 30, most: 2)
      #expect(spares.count == 2)
      for spare in spares {
        #expect(packing.spareArms[spare - 1] == plan.assignment.arms[slot - 1])
      }
      let note = ReplacementNote.bytes(slot: slot, spares: spares, width: 48)
      #expect(note.count == 48)
      #expect(ReplacementNote.spares(in: note, slot: slot) == spares)
      #expect(ReplacementNote.spares(in: note, slot: slot + 1) == nil)
    }
  }

  @Test func aSealedTrialIsPackedAndOpened() throws {
    let sample = try SampleTrial(PackingExamples.alone)
    let session = try PackingSession.open(sample.trial, in: sample.folder.path)
    #expect(session.job.arms.map(\.kits) == [19, 19])
    var truth: [KitCode: String] = [:]
    var rest = try PackingJob.printingOrder(of: session.job.labels)[...]
    for arm in session.job.arms {
      for _ in 0..<arm.kits {
        let label = rest.removeFirst()
        #expect(try session.scan(label.text) == .registered)
        truth[label] = arm.name
      }
      try session.goOn()
    }
    try session.goOn()
    for label in truth.keys.shuffled() { _ = try session.scan(label.text) }
    try session.goOn()
    let clock = try TrialFolder.time(
      on: sample.design.days[0].advanced(by: -1), hour: 20, zone: sample.design.zone)
    try session.finish { packed in
      _ = try sample.openJournal().append(packed, clock: clock)
      #expect(try sample.openJournal().append(packed, clock: clock) == nil, "once")
    }
    let entries = try sample.openJournal().entries()
    let index = KitIndex(sample.trial.manifest, entries: entries)
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    #expect(try sample.trial.replacements(slot: 1, with: key).count == 3)
    _ = try sample.folder.lock(reason: "enough", clock: sample.clock())
    let opened = try sample.folder.unblind(with: key, prediction: "", clock: sample.clock())
    for (slot, arm) in opened.allocation.assignment.arms.enumerated() {
      #expect(truth[index.schedule.occasions[slot].kit] == sample.design.arms[arm].name)
    }
    for spare in index.spares {
      #expect(truth[spare.kit] == sample.design.arms[opened.spareArms[spare.spare - 1]].name)
    }
    #expect(sample.folder.verify().verified, "\(sample.folder.verify().transcript)")
  }
}
