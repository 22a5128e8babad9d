/// What a blinded participant may know of a sealed trial; the content of `manifest.json`.
///
/// The recorder needs nothing else. It names no arm, and its commitments are opaque here: they are
/// made and checked by the sealing side.
public struct Manifest: Hashable, Sendable, Codable {
  /// The format's name and version.
  public static let format = "selfblind/manifest/v1"

  /// The most days after the due day that an entry window may have.
  static let longestEntryWindow = 3_660

  /// The public commitments of the seal, as lower-case hex where they are digests.
  public struct Commitments: Hashable, Sendable, Codable {
    /// SHA-256 of the stored bytes of `protocol.yaml`.
    public let protocolDigest: String
    /// Commitment to the sealed share of the seed.
    public let shareCommitment: String
    /// Root of the tree of salted plan leaves, one per slot.
    public let planRoot: String
    /// Who holds the key: `self`, `helper`, `envelope`, `threshold` or `timelock`.
    public let custody: String
    /// Which public value was mixed into the seed: `none`, `string` or `beacon`.
    public let mixing: String
    /// The public value: the witness's text, or a pulse's 64 bytes in hex; `nil` without one.
    public let publicValue: String?
    /// SHA-256 of the stored bytes of `commitment.json`.
    public let commitment: String
    /// SHA-256 of every sealed file, by its path in the folder.
    public let sealedFiles: [String: String]
    /// Sealings of this protocol in this folder that were begun and not finished.
    public let abandonedSealings: Int

    /// Makes the commitments.
    public init(
      protocolDigest: String, shareCommitment: String, planRoot: String, custody: String,
      mixing: String, publicValue: String? = nil, commitment: String,
      sealedFiles: [String: String], abandonedSealings: Int
    ) {
      self.protocolDigest = protocolDigest
      self.shareCommitment = shareCommitment
      self.planRoot = planRoot
      self.custody = custody
      self.mixing = mixing
      self.publicValue = publicValue
      self.commitment = commitment
      self.sealedFiles = sealedFiles
      self.abandonedSealings = abandonedSealings
    }
  }

  /// What a participant needs in an emergency, from the protocol's safety part.
  public struct Safety: Hashable, Sendable, Codable {
    /// Whom to call.
    public let emergencyContact: String
    /// When to stop.
    public let stoppingRules: [String]

    /// Makes the safety part.
    public init(emergencyContact: String, stoppingRules: [String]) {
      self.emergencyContact = emergencyContact
      self.stoppingRules = stoppingRules
    }
  }

  /// How the kits are packed, as far as a blinded participant may know (packing.md).
  public struct Packing: Hashable, Sendable, Codable {
    /// When the capsules count as looking alike.
    public struct Matching: Hashable, Sendable, Codable {
      /// Rounds of three cups.
      public let rounds: Int
      /// The most rounds in which the odd cup may be found.
      public let mostRight: Int

      /// Makes the rule.
      public init(rounds: Int, mostRight: Int) {
        self.rounds = rounds
        self.mostRight = mostRight
      }
    }

    /// Who packs: `helper`, `pharmacy` or `participant`.
    public let by: String
    /// Kits that are packed in all, spares included.
    public let kits: Int
    /// Kits that can be replaced, whatever their arms.
    public let replacements: Int
    /// The codes of the spares that a helper or a pharmacy packs, by their numbers.
    public let spareKits: [KitCode]?
    /// The codes on the labels of a participant who packs alone, sorted.
    public let labels: [KitCode]?
    /// The codes on the labels of the matching test's cups, sorted.
    public let cups: [KitCode]?
    /// The matching test, where one is demanded.
    public let matching: Matching?

    /// Describes the packing.
    public init(
      by: String, kits: Int, replacements: Int, spareKits: [KitCode]?, labels: [KitCode]?,
      cups: [KitCode]?, matching: Matching?
    ) {
      self.by = by
      self.kits = kits
      self.replacements = replacements
      self.spareKits = spareKits
      self.labels = labels
      self.cups = cups
      self.matching = matching
    }

    /// Whether the participant packs alone, so that the journal says which kit is whose.
    public var isAlone: Bool { labels != nil }
  }

  /// The format's name and version.
  public let format: String
  /// The trial's identity: 16 hex digits, drawn at sealing.
  public let trial: String
  /// The trial's title.
  public let title: String
  /// Whether the participant is simulated (a demonstration, not a person's record).
  public let simulated: Bool
  /// When the trial was sealed.
  public let sealedAt: Moment
  /// Which kit on which day.
  public let schedule: Schedule
  /// The daily form, in the order asked.
  public let items: [Item]
  /// The question for the guess; `nil` when the protocol asks for none.
  public let guessPrompt: String?
  /// How the kits are packed; `nil` where the protocol says nothing of it.
  public let packing: Packing?
  /// What to do in an emergency.
  public let safety: Safety
  /// The key that signs the journal's checkpoints, as a C2SP verifier key.
  public let recorderKey: String
  /// What the seal commits to.
  public let commitments: Commitments

  /// Makes a manifest of the current format.
  public init(
    trial: String, title: String, simulated: Bool, sealedAt: Moment, schedule: Schedule,
    items: [Item], guessPrompt: String?, packing: Packing? = nil, safety: Safety,
    recorderKey: String, commitments: Commitments
  ) {
    self.format = Manifest.format
    self.trial = trial
    self.title = title
    self.simulated = simulated
    self.sealedAt = sealedAt
    self.schedule = schedule
    self.items = items
    self.guessPrompt = guessPrompt
    self.packing = packing
    self.safety = safety
    self.recorderKey = recorderKey
    self.commitments = commitments
  }

  /// The zone the participant lives in, by name.
  public var zone: String { schedule.zone }

  /// The origin line of the journal's checkpoints (c2sp.org/tlog-checkpoint).
  public var journalOrigin: String { "selfblind/journal/\(trial)" }

  /// The item of a name, if there is one.
  public func item(_ name: String) -> Item? { items.first { $0.name == name } }

  /// Reads the stored bytes.
  ///
  /// - Throws: `FormatError` for truncated, foreign and newer files.
  public init(bytes: [UInt8]) throws(FormatError) {
    struct Head: Decodable { let format: String }
    let head = try CommittedJSON.peek(Head.self, at: bytes, place: "manifest.json")
    guard head.format == Manifest.format else {
      throw FormatError(
        "manifest.json", found: "the format \"\(head.format.prefix(60))\"",
        expected: "\"\(Manifest.format)\"",
        hint: head.format.hasPrefix("selfblind/manifest/")
          ? "it was made by another version of selfblind; use that version" : nil)
    }
    self = try CommittedJSON.decode(
      Manifest.self, from: bytes, place: "manifest.json", endsLine: true)
    guard !schedule.occasions.isEmpty,
      schedule.occasions.map(\.slot) == Array(1...schedule.occasions.count),
      zip(schedule.occasions, schedule.occasions.dropFirst()).allSatisfy({ $0.day < $1.day })
    else {
      throw FormatError(
        "manifest.json", found: "a schedule out of order",
        expected: "slots numbered from 1 on increasing days")
    }
    guard (0...Manifest.longestEntryWindow).contains(schedule.entryWindow) else {
      throw FormatError(
        "manifest.json", found: "an entry window of \(schedule.entryWindow) days",
        expected: "0 to \(Manifest.longestEntryWindow)")
    }
  }
}
