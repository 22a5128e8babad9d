public import BlindRecord
import TrialSeal

/// What the packer may know of the job before it begins: all public, nothing follows from the allocation.
public struct PackingJob: Sendable, Equatable {
  /// An arm to be filled.
  public struct Arm: Sendable, Equatable {
    /// Its name; the packer fills it, so it is said while it is filled and not later.
    public let name: String
    /// Whether its kits are left empty (an arm without a pill).
    public let isEmpty: Bool
    /// How many kits of it are filled: the most that any allocation needs, and the spares.
    public let kits: Int

    /// Describes an arm.
    public init(name: String, isEmpty: Bool, kits: Int) {
      self.name = name
      self.isEmpty = isEmpty
      self.kits = kits
    }
  }

  /// The trial's identity: 16 hex digits.
  public let trial: String
  /// The trial's title.
  public let title: String
  /// The arms, in the order in which they are filled.
  public let arms: [Arm]
  /// Slots of the trial.
  public let slots: Int
  /// Kits that may be lost while packing, and replaced later, whatever their arms.
  public let mostLost: Int
  /// The codes on the labels, sorted: their order says nothing.
  ///
  /// They are printed in another one.
  public let labels: [KitCode]
  /// The codes on the labels of the matching test's cups; no kit bears one.
  public let cups: [KitCode]

  /// Describes a job.
  public init(
    trial: String, title: String, arms: [Arm], slots: Int, mostLost: Int, labels: [KitCode],
    cups: [KitCode]
  ) {
    self.trial = trial
    self.title = title
    self.arms = arms
    self.slots = slots
    self.mostLost = mostLost
    self.labels = labels
    self.cups = cups
  }

  /// Labels in an order for one printing, which is new at every call and kept nowhere.
  ///
  /// Labels are stuck on in the order of the sheet, one arm after the other: who knew that order would know
  /// the arms. A sheet that is printed again has another order; its file goes when it is printed.
  ///
  /// - Throws: an error of the system's entropy.
  public static func printingOrder(of labels: [KitCode]) throws -> [KitCode] {
    try PackingKey.shuffled(labels)
  }

  /// The names of the two arms that a matching test compares, the reference first.
  public var matched: [String] { arms.filter { !$0.isEmpty }.prefix(2).map(\.name) }
  /// Kits that are filled in all.
  public var kits: Int { arms.reduce(0) { $0 + $1.kits } }
  /// Spares among them.
  public var spares: Int { kits - slots }
}
