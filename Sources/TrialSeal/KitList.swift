public import BlindRecord
public import TrialDesign

/// What the packer reads once: which kit holds which arm.
///
/// Cannot be copied, printed or kept; it exists only inside `Sealing.deliver`.
public struct KitList: ~Copyable {
  private let occasions: [Occasion]
  private let assignment: Assignment
  private let arms: [Arm]
  /// The trial's title, for the sheet.
  public let title: String
  /// The trial's identity.
  public let trial: String

  init(manifest: Manifest, assignment: Assignment, arms: [Arm]) {
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
    var lines: [Line] = []
    for (occasion, arm) in zip(occasions, assignment.arms) {
      lines.append(try body(occasion, arms[arm]))
    }
    return lines
  }
}
