public import TrialDesign

/// *The* assignment that a trial was given; only a verified unblinding holds one.
///
/// An `Assignment` is a possible sequence of arms and freely constructible. The secret is which one
/// is true, so this type has no initialiser outside the sealing target and no coding.
public struct Allocation: Sendable {
  /// The sequence of arms, slot by slot.
  public let assignment: Assignment

  init(_ assignment: Assignment) { self.assignment = assignment }
}
