/// Where a record came from, and with it what it can and cannot show.
public enum Provenance: Hashable, Sendable {
  /// A trial sealed, locked and unblinded by this program.
  case sealed(SealFacts)
  /// A file with the arms in it: nothing was sealed by this program.
  case declared(file: String)
}

/// How a trial was blinded and sealed.
public struct SealFacts: Hashable, Sendable, Codable {
  /// The trial's identity, drawn at sealing.
  public let trial: String
  /// Whether the participant was simulated.
  public let simulated: Bool
  /// When it was sealed, in UTC.
  public let sealedAt: String
  /// When the record was locked, in UTC.
  public let lockedAt: String
  /// The reason given for the lock.
  public let lockReason: String
  /// When the seal was opened, in UTC; `nil` where that is not known.
  public let openedAt: String?
  /// What the participant expected, said before the opening; `nil` where nothing was said.
  public let prediction: String?
  /// Who held the key, by the name of the custody: `self`, `envelope`, `helper`, …
  public let custody: String
  /// The second key, which opens everything too: `none`, `clinician`, or `page`.
  public let secondKey: String
  /// The public value that was mixed into the draw, or `none`.
  public let mixing: String
  /// Sealings begun and given up before this one.
  public let abandonedSealings: Int
  /// SHA-256 of the protocol's bytes.
  public let protocolDigest: String
  /// The root of the committed schedule.
  public let planRoot: String
  /// Entries in the journal.
  public let entries: Int
  /// Entries whose time was set by hand and not read from the system's clock.
  public let entriesWithSetClock: Int
  /// The journal's final checkpoint, a signed note.
  public let checkpoint: String
  /// Times that authorities put on it, those known when this was written.
  public let anchors: [Anchor]
  /// How many entries the journal had in each checkpoint line that came back, ascending.
  public let returnedCheckpoints: [Int]

  /// A time that an authority put on a part of the trial.
  public struct Anchor: Hashable, Sendable, Codable {
    /// What it was put on: `seal` or `lock`.
    public let part: String
    /// When, by the authority's clock, in UTC.
    public let at: String
    /// The name in the certificate that signed.
    public let authority: String
    /// SHA-256 of the certificate at the root of its chain.
    public let root: String
    /// Whether it came before the first check-in (`seal`), or before the opening (`lock`).
    public let isEarly: Bool
  }

  /// Whether nobody has seen anything.
  public var isUnseen: Bool { anchors.isEmpty && returnedCheckpoints.isEmpty }
}
