public import BlindRecord
import MerkleLog

/// What a sealing promises before anybody can know the schedule; the content of `commitment.json`.
///
/// It is written and shown before the public value exists, and everything about the draw follows from
/// it, that value and the share that it hides (seal.md, section 2).
public struct SealCommitment: Hashable, Sendable, Codable {
  /// The format's name and version.
  public static let format = "selfblind/commitment/v1"

  /// Who can open the seal, as public keys.
  public struct Custody: Hashable, Sendable, Codable {
    /// Which kind of custody.
    public let kind: TrialSeal.Custody.Kind
    /// Which second key there is.
    public let second: SecondKey.Kind
    /// The public keys that share and envelopes are sealed to: the custodian's, or that of the trial's
    /// own key; then the second key, where there is one.
    public let recipients: [String]
    /// Custody `threshold`: the helpers' public keys, by their numbers from 1.
    public let helpers: [String]?
    /// Custody `threshold`: how many of them are needed.
    public let needed: Int?
  }

  /// The format's name and version.
  public let format: String
  /// The trial's identity: 16 hex digits.
  public let trial: String
  /// Whether the participant is simulated.
  public let simulated: Bool
  /// When it was committed to.
  public let committedAt: Moment
  /// `set` where that time was set by hand; `nil` where it was the system's clock.
  public let clock: String?
  /// Sealings of this protocol in this folder that were begun and not finished.
  public let abandonedSealings: Int
  /// SHA-256 of the stored bytes of `protocol.yaml`.
  public let protocolDigest: String
  /// Commitment to the share of the seed.
  public let shareCommitment: String
  /// Which public value will take part.
  public let mixing: MixingRule
  /// Who can open the seal.
  public let custody: Custody
  /// SHA-256 of the sealed share and of the files that lock its key away, by their paths.
  public let sealedFiles: [String: String]

  init(
    trial: String, simulated: Bool, committedAt: Moment, clockIsSet: Bool,
    abandonedSealings: Int, protocolDigest: String, shareCommitment: String, mixing: MixingRule,
    custody: Custody,
    sealedFiles: [String: String]
  ) {
    self.format = SealCommitment.format
    self.trial = trial
    self.simulated = simulated
    self.committedAt = committedAt
    clock = clockIsSet ? "set" : nil
    self.abandonedSealings = abandonedSealings
    self.protocolDigest = protocolDigest
    self.shareCommitment = shareCommitment
    self.mixing = mixing
    self.custody = custody
    self.sealedFiles = sealedFiles
  }

  /// Reads the stored bytes.
  ///
  /// - Throws: `FormatError` for another format, `SealError.commitmentDisagrees` for parts that do not
  ///   belong together.
  public init(bytes: [UInt8], path: String = "commitment.json") throws {
    self = try CommittedJSON.decode(
      SealCommitment.self, from: bytes, place: path, endsLine: true)
    guard format == SealCommitment.format else {
      throw FormatError(
        path, found: "the format \"\(format.prefix(60))\"",
        expected: "\"\(SealCommitment.format)\"")
    }
    guard clock == nil || clock == "set" else {
      throw SealError.commitmentDisagrees("a clock")
    }
    let hasSecond = custody.second != .none
    guard custody.recipients.count == (hasSecond ? 2 : 1),
      custody.recipients.allSatisfy({ (try? AgeRecipient($0)) != nil })
    else { throw SealError.commitmentDisagrees("a list of recipients") }
    guard (custody.kind == .threshold) == (custody.helpers != nil && custody.needed != nil),
      (custody.helpers == nil) == (custody.needed == nil)
    else { throw SealError.commitmentDisagrees("a threshold") }
    guard custody.kind != .threshold || threshold != nil else {
      throw SealError.commitmentDisagrees("a threshold")
    }
    guard abandonedSealings >= 0 else {
      throw SealError.commitmentDisagrees("a count of abandoned sealings")
    }
    if case .beacon(let rule) = mixing, rule.seconds <= committedAt.seconds {
      throw SealError.beaconHasPassed
    }
    guard Set(sealedFiles.keys) == expectedFiles else {
      throw SealError.commitmentDisagrees("a list of sealed files")
    }
  }

  /// The helpers of custody `threshold`.
  var threshold: HelperThreshold? {
    guard let helpers = custody.helpers, let needed = custody.needed else { return nil }
    let keys = helpers.compactMap { try? AgeRecipient($0) }
    guard keys.count == helpers.count else { return nil }
    return try? HelperThreshold(helpers: keys, needed: needed)
  }

  /// The share, the files of the custody, and the beacon's certificate (seal.md, sections 2 and 5).
  private var expectedFiles: Set<String> {
    if case .beacon = mixing { return custodyFiles.union([SealedTrial.Path.beacon]) }
    return custodyFiles
  }

  private var custodyFiles: Set<String> {
    let share = SealedTrial.Path.share
    switch custody.kind {
    case .own, .envelope: return [share, SealedTrial.Path.key]
    case .helper: return [share]
    case .timelock: return [share, SealedTrial.Path.timelock]
    case .threshold:
      return Set([share] + (threshold?.sets ?? []).map(HelperThreshold.path(of:)))
    }
  }

  /// One line for a witness, who keeps it and can compare it with the folder's at any time later.
  public static func line(trial: String, bytes: [UInt8]) -> String {
    "selfblind commitment \(trial) \(contentDigest(bytes))"
  }
}
