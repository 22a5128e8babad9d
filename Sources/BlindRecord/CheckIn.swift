/// The answers at one occasion, and the kit that was taken.
public struct CheckIn: Hashable, Sendable, Codable {
  /// 1-based number of the slot it belongs to.
  public let slot: Int
  /// The kit that was taken, the scheduled one unless a deviation says otherwise; `nil` where none was,
  /// which a deviation of the slot says as well.
  public let kit: KitCode?
  /// The answers by item name.
  public let answers: [String: Answer]
  /// The guess, where the protocol asks for one.
  public let guess: TreatmentGuess?

  /// Makes a check-in.
  public init(slot: Int, kit: KitCode?, answers: [String: Answer], guess: TreatmentGuess?) {
    self.slot = slot
    self.kit = kit
    self.answers = answers
    self.guess = guess
  }
}

/// A later answer to one item of a check-in that is already recorded.
///
/// The earlier answer stays in the journal and stays readable; the latest correction counts.
public struct Correction: Hashable, Sendable, Codable {
  /// 1-based number of the slot that is corrected.
  public let slot: Int
  /// The item's name.
  public let item: String
  /// What counts from now on.
  public let answer: Answer
  /// Why; never empty.
  public let reason: String

  /// Makes a correction.
  public init(slot: Int, item: String, answer: Answer, reason: String) {
    self.slot = slot
    self.item = item
    self.answer = answer
    self.reason = reason
  }
}
