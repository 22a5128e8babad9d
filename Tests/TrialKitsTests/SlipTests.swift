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

  /// Who packed, how many spares of each arm, and how often a kit of each holds another arm.
  struct Packer: Sendable, CustomTestStringConvertible {
    let hasPill: [Bool]
    let spares: Int
    let rates: [Double]
    var testDescription: String { "\(spares) of each, \(rates)" }

    /// Two arms with a pill.
    static func two(_ rate: Double) -> Packer {
      Packer(hasPill: [true, true], spares: 6, rates: [rate, rate])
    }

    /// A third arm without one.
    static func three(_ rate: Double, nothing: Double? = nil) -> Packer {
      Packer(hasPill: [true, true, false], spares: 20, rates: [rate, rate, nothing ?? rate])
    }
  }

  /// 2,000 audits of a packer who fills a kit with any other arm at a given rate, one spare of ten unclear: the
  /// interval holds the rate at least as often as it says, up to three standard errors of the simulation, and the
  /// upper bound that the effect goes by is not below the rate of the arms with a pill.
  @Test(arguments: [
    Packer.two(0), .two(0.01), .two(0.05), .two(0.2), .three(0), .three(0.01), .three(0.05),
    .three(0.2), .three(0.2, nothing: 0), .three(0.05, nothing: 0.3),
  ])
  func theAuditCoversTheRate(_ packer: Packer) throws {
    var random = SplitMix(seed: 31)
    let arms = ["placebo", "caffeine", "nothing"].prefix(packer.rates.count).map(\.self)
    let spareArms = (0..<packer.spares * arms.count).map { $0 % arms.count }
    let mean = packer.rates.reduce(0, +) / Double(arms.count)
    let runs = 2_000
    var (covered, bounded) = (0, 0)
    for _ in 0..<runs {
      let findings = spareArms.enumerated().map { place, arm in
        let isWrong = Double.random(in: 0..<1, using: &random) < packer.rates[arm]
        let other = (arm + 1 + random.below(arms.count - 1)) % arms.count
        let isUnclear = random.below(10) == 0
        return AuditFinding(
          spare: place + 1, content: isUnclear ? nil : arms[isWrong ? other : arm])
      }
      let audit = PackingAudit(
        findings, spareArms: spareArms, arms: arms, hasPill: packer.hasPill,
        primary: Self.noOutcome)
      let (lower, upper) = (try #require(audit.lower), try #require(audit.upper))
      if (lower...upper).contains(mean) { covered += 1 }
      if try #require(audit.upperWithPill) >= packer.rates[0] { bounded += 1 }
    }
    func least(_ level: Double) -> Double {
      level - 3 * (level * (1 - level) / Double(runs)).squareRoot()
    }
    #expect(Double(covered) / Double(runs) >= least(0.95), "\(covered) of \(runs)")
    #expect(Double(bounded) / Double(runs) >= least(0.975), "\(bounded) of \(runs)")
  }

  private static let noOutcome = OutcomeResult(
    name: "mood", prompt: "", unit: nil, set: "", arms: [], contrasts: [], global: nil)

  @Test func anUnclearSpareIsNotCounted() {
    let audit = PackingAudit(
      [
        AuditFinding(spare: 2, content: "b"), AuditFinding(spare: 1, content: nil),
        AuditFinding(spare: 3, content: "a"), AuditFinding(spare: 9, content: "a"),
      ], spareArms: [0, 1, 1], arms: ["a", "b", "c"], hasPill: [true, true, true],
      primary: Self.noOutcome)
    #expect(audit.lines.map(\.spare) == [1, 2, 3])
    #expect((audit.examined, audit.errors, audit.unclear) == (2, 1, 1))
    // Clopper and Pearson for 1 of 2: √0.025 from above, 1 − √0.025.
    #expect(abs((audit.lower ?? 0) - 0.012579) < 1e-6)
    #expect(abs((audit.upper ?? 0) - 0.987421) < 1e-6)
    #expect(audit.attenuation == nil, "1 − 0.987 · 3/2 is below 0")
  }

  /// Four of twelve are of the arm without a pill: they count, and what the effect loses goes by the other eight.
  @Test func aSpareOfTheArmWithoutAPillCounts() throws {
    let audit = try Self.audit([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]) { $0 }
    #expect((audit.examined, audit.errors) == (12, 0))
    // Clopper and Pearson for 0 of n: 1 - 0.025^(1/n); of two arms an effect shrinks by 1 - 2ε.
    #expect(abs((audit.upper ?? 0) - 0.264648) < 1e-6)
    #expect(abs((audit.upperWithPill ?? 0) - 0.369417) < 1e-6)
    #expect(abs((audit.attenuation ?? 0) - 0.261167) < 1e-6)
  }

  /// A dummy's kit with a pill in it, and a pill's kit that is empty: slips like any other.
  @Test func aPillTooManyAndOneTooFewAreErrors() throws {
    let dummy = try Self.audit([0, 0, 0, 1, 1, 1, 2, 2, 2]) { $0 == 2 ? 1 : $0 }
    #expect((dummy.examined, dummy.errors) == (9, 3))
    // 0 of the six with a pill.
    #expect(abs((dummy.upperWithPill ?? 0) - 0.459258) < 1e-6)
    let empty = try Self.audit([0, 0, 0, 1, 1, 1, 2, 2, 2]) { $0 == 1 ? 2 : $0 }
    #expect((empty.examined, empty.errors) == (9, 3))
    #expect(empty.attenuation == nil, "3 of 6: nothing need be left")
  }

  /// An audit of spares of three arms, the last one without a pill.
  private static func audit(_ spareArms: [Int], holding: (Int) -> Int) throws -> PackingAudit {
    let arms = ["placebo", "caffeine", "nothing"]
    return PackingAudit(
      spareArms.enumerated().map { AuditFinding(spare: $0 + 1, content: arms[holding($1)]) },
      spareArms: spareArms, arms: arms, hasPill: [true, true, false], primary: noOutcome)
  }
}
