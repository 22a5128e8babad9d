public import BlindRecord
import TrialDesign
import TrialStatistics

/// What became of the kits: who packed, whether the capsules could be told apart, what was taken, and what
/// the spares held.
public struct KitsResult: Sendable, Codable {
  /// One matching test.
  public struct Matching: Hashable, Sendable, Codable {
    /// Its number.
    public let test: Int
    /// Rounds of the rule.
    public let rounds: Int
    /// The most right answers of the rule.
    public let mostRight: Int
    /// Right answers; `nil` for a test that was begun and not finished.
    public let right: Int?
    /// The probability of so many right answers or more by chance.
    public let p: Double?
    /// The cues that were noticed.
    public let cues: [String]
    /// Whether it was passed.
    public var isPassed: Bool { right.map { $0 <= mostRight } ?? false }
  }

  /// A delivery of the kit list.
  public struct Delivery: Hashable, Sendable, Codable {
    /// Whom it was for.
    public let to: String
    /// Whether they said the word that was on it.
    public let confirmed: Bool
  }

  /// Who packed: `helper`, `pharmacy` or `participant`; `nil` where the protocol does not say.
  public let packer: String?
  /// When packing alone was finished, in UTC.
  public let packedAt: String?
  /// The matching test that the plan asked for.
  public let plannedMatching: Manifest.Packing.Matching?
  /// The matching tests, in their order.
  public let matching: [Matching]
  /// Deliveries of the kit list.
  public let deliveries: [Delivery]
  /// Spares that there were after packing.
  public let spares: Int
  /// Spares that were given for a slot whose kit was gone, and taken there.
  public let sparesUsed: Int
  /// Spares that lay there after the lock, opened or not.
  public let sparesLeft: Int
  /// Slots whose kit held another arm than the schedule gave them (from 1).
  public let otherArm: [Int]
  /// Slots without a dose, by the record (from 1).
  public let notTaken: [Int]
  /// The primary outcome by the arm that was taken, the reference first: as treated, no test.
  public let asTreated: [ArmSummary]
  /// The spares, opened and compared, where that was done.
  public let audit: PackingAudit?

  /// How many spares that were left were not opened, where others were: whoever opens one after the other can stop
  /// when it looks good.
  public var leftShut: Int { audit.map { max(0, sparesLeft - $0.lines.count) } ?? 0 }

  /// Reads it from a record; `nil` where neither the protocol nor the record says anything of kits.
  init?(
    _ record: LockedRecord, rows: [SlotRecord], slots: [SlotLine], arms: [String], hasPill: [Bool],
    spareArms: [Int],
    primary: OutcomeResult, findings: [AuditFinding]
  ) {
    let packing = record.manifest.packing
    var deliveries: [Delivery] = []
    var matching: [Matching] = []
    var packedAt: String?
    for entry in record.entries {
      switch entry.event {
      case .kitList(let note):
        deliveries.append(Delivery(to: note.to, confirmed: note.confirmed))
      case .matching(let note):
        guard let rule = packing?.matching else { break }
        let line = Matching(note, rule)
        if note.result != nil, matching.last?.test == note.test { matching.removeLast() }
        matching.append(line)
      case .packed: packedAt = entry.moment.utc
      default: break
      }
    }
    guard packing != nil || !deliveries.isEmpty else { return nil }
    packer = packing?.by
    plannedMatching = packing?.matching
    self.packedAt = packedAt
    self.matching = matching
    self.deliveries = deliveries
    let index = KitIndex(record.manifest, entries: record.entries)
    spares = index.spares.count
    sparesUsed = index.spares.count { index.isTaken($0.kit, in: rows) }
    sparesLeft = index.sparesLeft(afterLock: rows).count
    otherArm = slots.filter { $0.takenArm != $0.arm && $0.takenArm != nil }.map(\.slot)
    notTaken = slots.filter(\.hasNoDose).map(\.slot)
    asTreated = arms.enumerated().map { arm, name in
      ArmSummary(
        arm: name,
        values: slots.filter {
          $0.takenArm == arm && $0.isAnalysed && !$0.hasNoDose
        }.compactMap(\.value))
    }
    audit =
      findings.isEmpty
      ? nil
      : PackingAudit(
        findings, spareArms: spareArms, arms: arms, hasPill: hasPill, primary: primary)
  }
}

extension KitsResult.Matching {
  init(_ note: MatchingNote, _ rule: Manifest.Packing.Matching) {
    test = note.test
    rounds = rule.rounds
    mostRight = rule.mostRight
    right = note.result?.right
    cues = note.result?.cues ?? []
    let exact = try? TriangleTest(rounds: rule.rounds, mostRight: rule.mostRight)
    p = note.result.flatMap { result in exact?.p(right: result.right) }
  }
}

extension SlotLine {
  /// The arm that was taken, as far as the kit says: the other kit's, or the slot's own; `nil` for a kit
  /// that is not of this trial.
  var takenArm: Int? { otherKit == nil ? arm : otherArm }
}
