/// A treatment that is compared: a label, never a dose and never a source.
///
/// The first arm of a protocol is the reference; effects are "other arm minus reference".
public struct Arm: Hashable, Sendable, CustomStringConvertible {
  /// Bytes that a name may have in UTF-8: what fits into the fixed width of a sealed leaf.
  public static let nameWidth = 63

  /// The name as written in the protocol.
  public let name: String
  /// Whether there is something to take.
  ///
  /// An arm without a pill is open by nature: its kit is empty, and its slots take no part in what is
  /// said about guesses.
  public let hasPill: Bool

  /// Makes an arm.
  public init(name: String, hasPill: Bool = true) {
    self.name = name
    self.hasPill = hasPill
  }

  /// The name.
  public var description: String { name }
}
