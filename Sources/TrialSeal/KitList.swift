public import BlindRecord
public import TrialDesign

/// What the packer reads once: which kit holds which arm.
///
/// Cannot be copied, printed or kept; it exists only inside `Sealing.deliver`.
public struct KitList: ~Copyable {
  private let occasions: [Occasion]
  private let assignment: Assignment
  /// The arms, in the protocol's order.
  package let arms: [Arm]
  private let spares: [(kit: PackedKits.Spare, arm: Int)]
  /// The trial's title, for the sheet.
  public let title: String
  /// The trial's identity.
  public let trial: String

  init(manifest: Manifest, assignment: Assignment, arms: [Arm], spareArms: [Int] = []) {
    self.spares = zip(manifest.packing?.spareKits ?? [], spareArms).enumerated().map {
      index, pair in
      (PackedKits.Spare(spare: index + 1, kit: pair.0), pair.1)
    }
    self.occasions = manifest.schedule.occasions
    self.assignment = assignment
    self.arms = arms
    self.title = manifest.title
    self.trial = manifest.trial
  }

  /// Hands every occasion with its arm to the packer, in the order of the slots, once.
  public consuming func read<Line, Failure: Error>(
    _ body: (Occasion, Arm) throws(Failure) -> Line
  ) throws(Failure) -> [Line] {
    let none: (PackedKits.Spare, Arm) throws(Failure) -> Void = { _, _ in }
    return try read(body, spare: none).slots
  }

  /// Hands the spares to the packer too, in the order of their numbers.
  public consuming func read<Line, Spare, Failure: Error>(
    _ body: (Occasion, Arm) throws(Failure) -> Line,
    spare: (PackedKits.Spare, Arm) throws(Failure) -> Spare
  ) throws(Failure) -> (slots: [Line], spares: [Spare]) {
    var lines: [Line] = []
    for (occasion, arm) in zip(occasions, assignment.arms) {
      lines.append(try body(occasion, arms[arm]))
    }
    var others: [Spare] = []
    for (kit, arm) in spares { others.append(try spare(kit, arms[arm])) }
    return (lines, others)
  }
}
