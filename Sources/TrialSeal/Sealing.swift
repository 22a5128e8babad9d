public import BlindRecord
import MerkleLog
import OpenSSLCrypto
public import TrialDesign

/// What sealing produces: things for three different people, each handed over once.
public struct Sealing: ~Copyable {
  private let trial: SealedTrial
  private let recorderSeed: [UInt8]
  private let list: KitList

  init(trial: SealedTrial, recorderSeed: [UInt8], list: consuming KitList) {
    self.trial = trial
    self.recorderSeed = recorderSeed
    self.list = list
  }

  /// Hands the kit list to the packer and keeps what is left.
  ///
  /// - Parameter hand: is given the kit list, which exists only in here. When it throws, nothing of
  ///   the sealing survives, so that a list that was not delivered is never used.
  /// - Returns: the sealed trial, and the seed of the key that signs the recorder's checkpoints.
  public consuming func deliver<Failure: Error>(
    _ hand: (consuming KitList) throws(Failure) -> Void
  ) throws(Failure) -> (trial: SealedTrial, recorderSeed: [UInt8]) {
    let trial = self.trial
    let recorderSeed = self.recorderSeed
    try hand(list)
    return (trial, recorderSeed)
  }
}

extension SealedTrial {
  /// The circumstances of a sealing that the manifest states.
  public struct Circumstances: Sendable {
    let sealedAt: Moment
    let abandonedSealings: Int
    let simulation: Int?

    /// A sealing of a person's trial, with entropy from the system.
    ///
    /// - Parameter abandonedSealings: earlier sealings of this folder that were not finished.
    public init(sealedAt: Moment, abandonedSealings: Int = 0) {
      self.init(sealedAt: sealedAt, abandonedSealings: abandonedSealings, simulation: nil)
    }

    /// A sealing of a demonstration: the draw follows from `simulation` and hides nothing.
    ///
    /// The manifest says so, and no report of such a trial can pass for a person's.
    public init(sealedAt: Moment, simulation: Int) {
      self.init(sealedAt: sealedAt, abandonedSealings: 0, simulation: simulation)
    }

    private init(sealedAt: Moment, abandonedSealings: Int, simulation: Int?) {
      self.sealedAt = sealedAt
      self.abandonedSealings = abandonedSealings
      self.simulation = simulation
    }
  }

  /// Draws the allocation of a trial, commits to it, and hides it (seal.md).
  ///
  /// - Parameters:
  ///   - design: the protocol, frozen from here on.
  ///   - custody: who can open the seal.
  ///   - circumstances: when it happens, and what the manifest has to say about it.
  /// - Throws: an error of libcrypto.
  public static func seal(
    _ design: TrialProtocol, custody: Custody, circumstances: Circumstances
  ) throws -> Sealing {
    var share = try freshShare(circumstances.simulation)
    defer { wipe(&share) }
    let trial = try identity(circumstances.simulation)
    let plan = try Plan(share: share, design: design, trial: trial)
    let signer = try NoteSigner.generate(name: "selfblind/journal/\(Hex.encode(trial))")
    let files = try sealedFiles(plan: plan, share: share, trial: trial, custody: custody)
    let protocolDigest = sha256(design.bytes)
    let commitments = Manifest.Commitments(
      protocolDigest: Hex.encode(protocolDigest),
      shareCommitment: Hex.encode(Plan.commitment(to: share, protocolDigest: protocolDigest)),
      planRoot: Hex.encode(plan.root), custody: custody.name, mixing: "none",
      sealedFiles: files.mapValues(contentDigest),
      abandonedSealings: circumstances.abandonedSealings)
    let manifest = Manifest(
      trial: Hex.encode(trial), title: design.title,
      simulated: circumstances.simulation != nil, sealedAt: circumstances.sealedAt,
      schedule: schedule(of: design, kits: plan.kits), items: design.items,
      guessPrompt: design.guessPrompt, safety: design.safety.forTheParticipant,
      recorderKey: signer.verifierKey, commitments: commitments)
    let bytes = try CommittedJSON.encode(manifest, endsLine: true)
    return Sealing(
      trial: SealedTrial(
        manifest: manifest, manifestBytes: bytes, design: design, sealedFiles: files),
      recorderSeed: signer.seed,
      list: KitList(manifest: manifest, assignment: plan.assignment, arms: design.arms))
  }

  /// Which kit on which day.
  static func schedule(of design: TrialProtocol, kits: [KitCode]) -> Schedule {
    Schedule(
      occasions: zip(design.days, kits).enumerated().map { index, pair in
        Occasion(slot: index + 1, day: pair.0, kit: pair.1)
      }, entryWindow: design.entryWindow, zone: design.zone)
  }

  /// 8 public bytes from the system, or for a demonstration from its number.
  private static func identity(_ simulation: Int?) throws -> [UInt8] {
    guard let simulation else { return try randomBytes(8) }
    return Array(sha256(Array("selfblind/simulation-identity/v1\0\(simulation)".utf8)).prefix(8))
  }

  /// 32 bytes from the system, or for a demonstration from its number.
  private static func freshShare(_ simulation: Int?) throws -> [UInt8] {
    guard let simulation else { return try randomBytes(32) }
    return sha256(Array("selfblind/simulation/v1\0\(simulation)".utf8))
  }

  /// The share and every slot's envelope, as age files for the custodian.
  private static func sealedFiles(
    plan: Plan, share: [UInt8], trial: [UInt8], custody: Custody
  ) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let recipient: AgeRecipient
    switch custody {
    case .recipient(let given): recipient = given
    case .passphrase(let passphrase, let workFactor):
      let identity = try AgeIdentity.generate()
      recipient = identity.recipient
      var secret = Array((identity.secretText + "\n").utf8)
      defer { wipe(&secret) }
      files[Path.key] = try AgeFile.encrypt(secret, passphrase: passphrase, logN: workFactor)
    }
    var text = SealedShare(trial: trial, share: share).bytes
    defer { wipe(&text) }
    files[Path.share] = try AgeFile.encrypt(text, to: [recipient])
    let width = Envelope.width(leaves: plan.leaves.count)
    for leaf in plan.leaves {
      let envelope = Envelope(leaf: leaf, proof: plan.tree.inclusionProof(leaf.index))
      var content = envelope.bytes(width: width)
      defer { wipe(&content) }
      files[Path.envelope(slot: leaf.index + 1)] = try AgeFile.encrypt(content, to: [recipient])
    }
    return files
  }
}
