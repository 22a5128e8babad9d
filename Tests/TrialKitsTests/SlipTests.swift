import BlindRecord
import Testing
import TrialStatistics
import TrialTestSupport

@testable import TrialAnalysis
@testable import TrialKits

/// A packer who makes slips: what is put into a wrong place is found at the dose, and what was filled wrongly
/// is estimated by the spares.
@Suite struct SlipTests {
  /// Sorts a job, now and then into the compartment of another slot.
  ///
  /// - Returns: the container that stands at each slot, and what the record says.
  private static func sort(
    slipRate: Double, seed: Int
  ) throws -> (stands: [KitCode], packed: PackedKits) {
    let packing = try SamplePacking(seed: seed)
    let session = try packing.open()
    var random = SplitMix(seed: 77 + seed)
    var rest = packing.job.labels[...]
    var bag: [KitCode] = []
    for arm in packing.job.arms {
      for _ in 0..<arm.kits {
        let label = rest.removeFirst()
        _ = try session.scan(label.text)
        bag.append(label)
      }
      try session.goOn()
    }
    try session.goOn()
    for label in bag.shuffled(using: &random) { _ = try session.scan(label.text) }
    try session.goOn()
    var packed = PackedKits(kits: [], spares: [])
    try session.finish { packed = $0 }
    var stands = packed.kits
    for slot in stands.indices where Double.random(in: 0..<1, using: &random) < slipRate {
      stands.swapAt(slot, random.below(stands.count))
    }
    return (stands, packed)
  }

  @Test func everySlipIsFoundAtTheDose() throws {
    var slips = 0
    for seed in 1...12 {
      let (stands, packed) = try Self.sort(slipRate: 0.1, seed: seed)
      let manifest = try SamplePacking.manifest(slots: 20)
      let entry = JournalEntry(
        index: 1, moment: Moment(seconds: 0, zone: "UTC", offset: 0), clockIsSet: true,
        event: .packed(packed))
      let index = KitIndex(manifest, entries: [entry])
      for (place, kit) in stands.enumerated() {
        let isRight = kit == packed.kits[place]
        #expect((index.meaning(of: kit) == .slot(place + 1)) == isRight)
        if !isRight { slips += 1 }
      }
    }
    #expect(slips > 10, "a test that meets slips")
  }

  /// 2,000 audits of 12 spares of a packer who fills a kit with the other arm at a given rate: the interval
  /// holds the rate at least as often as it says, up to three standard errors of the simulation.
  @Test(arguments: [0.0, 0.01, 0.05, 0.2])
  func theAuditCoversTheRate(_ rate: Double) throws {
    var random = SplitMix(seed: 31)
    let arms = ["placebo", "caffeine"]
    let spareArms = (0..<12).map { $0 % 2 }
    let primary = OutcomeResult(
      name: "mood", prompt: "", unit: nil, set: "", arms: [], contrasts: [], global: nil)
    let runs = 2_000
    var covered = 0
    for _ in 0..<runs {
      let findings = spareArms.enumerated().map { place, arm in
        let isWrong = Double.random(in: 0..<1, using: &random) < rate
        return AuditFinding(spare: place + 1, content: arms[isWrong ? 1 - arm : arm])
      }
      let audit = PackingAudit(
        findings, spareArms: spareArms, arms: arms, hasPill: [true, true], primary: primary)
      let (lower, upper) = (try #require(audit.lower), try #require(audit.upper))
      if (lower...upper).contains(rate) { covered += 1 }
    }
    let share = Double(covered) / Double(runs)
    let error = (0.95 * 0.05 / Double(runs)).squareRoot()
    #expect(share >= 0.95 - 3 * error, "\(share)")
  }

  @Test func anUnclearSpareIsNotCounted() {
    let primary = OutcomeResult(
      name: "mood", prompt: "", unit: nil, set: "", arms: [], contrasts: [], global: nil)
    let audit = PackingAudit(
      [
        AuditFinding(spare: 2, content: "b"), AuditFinding(spare: 1, content: nil),
        AuditFinding(spare: 3, content: "a"), AuditFinding(spare: 9, content: "a"),
      ], spareArms: [0, 1, 1], arms: ["a", "b", "c"], hasPill: [true, true, true],
      primary: primary)
    #expect(audit.lines.map(\.spare) == [1, 2, 3])
    #expect((audit.examined, audit.errors) == (2, 1))
    // Clopper and Pearson for 1 of 2: √0.025 from above, 1 − √0.025.
    #expect(abs((audit.lower ?? 0) - 0.012579) < 1e-6)
    #expect(abs((audit.upper ?? 0) - 0.987421) < 1e-6)
    #expect(audit.attenuation == nil, "1 − 0.987 · 3/2 is below 0")
  }

  /// Eight spares with a pill, none wrong, and four that are empty: the empty ones prove nothing.
  @Test func anEmptySpareIsNotCounted() throws {
    let primary = OutcomeResult(
      name: "mood", prompt: "", unit: nil, set: "", arms: [], contrasts: [], global: nil)
    let arms = ["placebo", "caffeine", "nothing"]
    let spareArms = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    let audit = PackingAudit(
      spareArms.enumerated().map { AuditFinding(spare: $0 + 1, content: arms[$1]) },
      spareArms: spareArms, arms: arms, hasPill: [true, true, false], primary: primary)
    #expect(audit.lines.count == 12)
    #expect((audit.examined, audit.errors) == (8, 0))
    // Clopper and Pearson for 0 of 8: 1 - 0.025^(1/8); of two arms an effect shrinks by 1 - 2ε.
    #expect(abs((audit.upper ?? 0) - 0.369417) < 1e-6)
    #expect(abs((audit.attenuation ?? 0) - 0.261167) < 1e-6)
  }

  /// At a dose it would have been swallowed, so it is a slip like any other.
  @Test func anEmptySpareThatHeldAPillIsCounted() {
    let primary = OutcomeResult(
      name: "mood", prompt: "", unit: nil, set: "", arms: [], contrasts: [], global: nil)
    let held = ["placebo", "caffeine", "caffeine", "nothing", nil]
    let audit = PackingAudit(
      held.enumerated().map { AuditFinding(spare: $0 + 1, content: $1) },
      spareArms: [0, 1, 2, 2, 2], arms: ["placebo", "caffeine", "nothing"],
      hasPill: [true, true, false], primary: primary)
    #expect((audit.examined, audit.errors) == (3, 1))
  }
}
