/// That the kit list was delivered, to whom, and whether they said so; the list is not in it.
public struct KitListNote: Hashable, Sendable, Codable {
  /// Who has it, in the participant's words; never empty.
  public let to: String
  /// SHA-256 of the word that stands on the list, in hex (packing.md, section 8).
  public let receipt: String
  /// Whether the word was said back: then whoever has the list confirmed it.
  public let confirmed: Bool

  /// Makes the note.
  public init(to: String, receipt: String, confirmed: Bool) {
    self.to = to
    self.receipt = receipt
    self.confirmed = confirmed
  }
}

/// One step of a test whether somebody who does not know which is which can tell the capsules apart.
public struct MatchingNote: Hashable, Sendable, Codable {
  /// What the answers were, and what opens the order of the cups.
  public struct Result: Hashable, Sendable, Codable {
    /// For each round the cup that was called the odd one: 1, 2 or 3.
    public let answers: [Int]
    /// The secret behind the commitment, in hex: whoever has it finds the order of the cups again.
    public let secret: String
    /// In how many rounds the answer was right.
    public let right: Int
    /// The cues that were noticed: colour, size, …; may be empty.
    public let cues: [String]

    /// Makes the result.
    public init(answers: [Int], secret: String, right: Int, cues: [String]) {
      self.answers = answers
      self.secret = secret
      self.right = right
      self.cues = cues
    }
  }

  /// The number of the test in this trial, from 1.
  public let test: Int
  /// The commitment to the order of the cups, in hex; written before a cup is filled.
  public let commitment: String
  /// The result; without it the test was begun.
  public let result: Result?

  /// Makes the note.
  public init(test: Int, commitment: String, result: Result?) {
    self.test = test
    self.commitment = commitment
    self.result = result
  }
}
