/// Which kit code belongs to which slot after the participant has packed alone; names no arm.
///
/// The body of the journal's `packed` entry. From there on these codes count, and those of the manifest's
/// schedule stand on no container (packing.md, section 8).
public struct PackedKits: Hashable, Sendable, Codable {
  /// A kit that was packed and has no slot.
  public struct Spare: Hashable, Sendable, Codable {
    /// Its number, from 1.
    public let spare: Int
    /// The code on its label.
    public let kit: KitCode

    /// Makes a spare.
    public init(spare: Int, kit: KitCode) {
      self.spare = spare
      self.kit = kit
    }
  }

  /// The code of each slot's kit, slot 1 first.
  public let kits: [KitCode]
  /// The spares that are there, by their numbers.
  public let spares: [Spare]

  /// Makes the list.
  public init(kits: [KitCode], spares: [Spare]) {
    self.kits = kits
    self.spares = spares
  }
}
