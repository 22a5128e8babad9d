public import BlindRecord
import Dispatch
import MerkleLog
import OpenSSLCrypto
import Synchronization
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
    let clockIsSet: Bool
    let abandonedSealings: Int
    let simulation: Int?

    /// A sealing of a person's trial, with entropy from the system.
    ///
    /// - Parameters:
    ///   - clockIsSet: whether that time was set by hand, which the commitment then says.
    ///   - abandonedSealings: earlier sealings of this folder that were not finished.
    public init(sealedAt: Moment, clockIsSet: Bool = false, abandonedSealings: Int = 0) {
      self.init(
        sealedAt: sealedAt, clockIsSet: clockIsSet, abandonedSealings: abandonedSealings,
        simulation: nil)
    }

    /// A sealing of a demonstration: the draw follows from `simulation` and hides nothing.
    ///
    /// The manifest says so, and no report of such a trial can pass for a person's.
    public init(sealedAt: Moment, simulation: Int) {
      self.init(
        sealedAt: sealedAt, clockIsSet: true, abandonedSealings: 0, simulation: simulation)
    }

    private init(
      sealedAt: Moment, clockIsSet: Bool, abandonedSealings: Int, simulation: Int?
    ) {
      self.sealedAt = sealedAt
      self.clockIsSet = clockIsSet
      self.abandonedSealings = abandonedSealings
      self.simulation = simulation
    }
  }
}

extension SealedTrial {
  /// Commits to a share and draws at once, with no public value (seal.md).
  ///
  /// - Parameters:
  ///   - design: the protocol, frozen from here on.
  ///   - custody: who can open the seal.
  ///   - second: a second key.
  ///   - circumstances: when it happens, and what the manifest has to say about it.
  /// - Throws: an error of libcrypto.
  public static func seal(
    _ design: TrialProtocol, custody: Custody, second: SecondKey = .none,
    circumstances: Circumstances
  ) throws -> Sealing {
    let (seal, key) = try CommittedSeal.make(
      design, custody: custody, second: second, circumstances: circumstances)
    return try seal.draw(with: key, sealedAt: circumstances.sealedAt)
  }

  /// Which kit on which day.
  static func schedule(of design: TrialProtocol, kits: [KitCode]) -> Schedule {
    Schedule(
      occasions: zip(design.days, kits).enumerated().map { index, pair in
        Occasion(slot: index + 1, day: pair.0, kit: pair.1)
      }, entryWindow: design.entryWindow, zone: design.zone)
  }
}

extension CommittedSeal {
  /// Draws the allocation from the committed share and a public value, and hides it (seal.md).
  ///
  /// The same share and value give the same schedule, however often it is drawn.
  ///
  /// - Parameters:
  ///   - key: a key that fits.
  ///   - publicValue: the value that the rule of the commitment asks for.
  ///   - sealedAt: now.
  /// - Throws: `SealError.otherPublicValue`; an error of libcrypto.
  public func draw(
    with key: OpenedKey, publicValue: PublicValue = .none, sealedAt: Moment
  ) throws -> Sealing {
    guard publicValue.fits(commitment.mixing) else {
      throw SealError.otherPublicValue(rule: commitment.mixing.name)
    }
    var share = try share(with: key)
    defer { wipe(&share) }
    let trial = Hex.decode(commitment.trial) ?? []
    var plan = try Plan(share: share, salt: publicValue.salt, design: design, trial: trial)
    defer { plan.clear() }
    let signer = try NoteSigner.generate(name: "selfblind/journal/\(commitment.trial)")
    var files = try sealedFiles.merging(slotFiles(of: plan)) { $1 }
    if case .pulse(let evidence) = publicValue { files[SealedTrial.Path.pulse] = evidence.pulse }
    let commitments = Manifest.Commitments(
      protocolDigest: commitment.protocolDigest, shareCommitment: commitment.shareCommitment,
      planRoot: Hex.encode(plan.root), custody: commitment.custody.kind.rawValue,
      mixing: commitment.mixing.name, publicValue: publicValue.stored,
      commitment: contentDigest(commitmentBytes), sealedFiles: files.mapValues(contentDigest),
      abandonedSealings: commitment.abandonedSealings)
    let manifest = Manifest(
      trial: commitment.trial, title: design.title, simulated: commitment.simulated,
      sealedAt: sealedAt, schedule: SealedTrial.schedule(of: design, kits: plan.kits),
      items: design.items, guessPrompt: design.guessPrompt,
      safety: design.safety.forTheParticipant, recorderKey: signer.verifierKey,
      commitments: commitments)
    return Sealing(
      trial: SealedTrial(
        manifest: manifest, manifestBytes: try CommittedJSON.encode(manifest, endsLine: true),
        committed: self, publicValue: publicValue, sealedFiles: files),
      recorderSeed: signer.seed,
      list: KitList(manifest: manifest, assignment: plan.assignment, arms: design.arms))
  }

  /// Every slot's envelope, and for the second key every slot's card, as age files.
  ///
  /// Each is sealed by itself, so the processors share the slots.
  private func slotFiles(of plan: Plan) throws -> [String: [UInt8]] {
    let recipients = try recipients
    let shares = min(4, max(1, plan.leaves.count / 16))
    let made = Mutex<(files: [String: [UInt8]], failure: (any Error)?)>(([:], nil))
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      do {
        let slots = stride(from: share, to: plan.leaves.count, by: shares)
        let files = try slotFiles(of: plan, slots: slots, recipients: recipients)
        made.withLock { $0.files.merge(files) { $1 } }
      } catch {
        made.withLock { $0.failure = error }
      }
    }
    return try made.withLock { made in
      if let failure = made.failure { throw failure }
      return made.files
    }
  }

  /// The files of some slots, by their indices from 0.
  private func slotFiles(
    of plan: Plan, slots: StrideTo<Int>, recipients: [AgeRecipient]
  ) throws -> [String: [UInt8]] {
    let width = Envelope.width(leaves: plan.leaves.count)
    let cardWidth = EmergencyCard.width(arms: design.arms.map(\.name))
    var files: [String: [UInt8]] = [:]
    for index in slots {
      let leaf = plan.leaves[index]
      let envelope = Envelope(leaf: leaf, proof: plan.tree.inclusionProof(index))
      var content = envelope.bytes(width: width)
      defer { wipe(&content) }
      files[SealedTrial.Path.envelope(slot: index + 1)] = try AgeFile.encrypt(
        content, to: recipients)
      guard commitment.custody.second != .none else { continue }
      var card = EmergencyCard.bytes(slot: index + 1, arm: leaf.arm, width: cardWidth)
      defer { wipe(&card) }
      files[SealedTrial.Path.card(slot: index + 1)] = try AgeFile.encrypt(
        card, to: [recipients[1]], armored: true)
    }
    return files
  }
}

/// What a clinician reads of one slot in an emergency: as short as it can be, to be typed from paper.
///
/// One line, `slot 17: caffeine`, filled with line feeds to one width for the trial (seal.md,
/// section 4).
enum EmergencyCard {
  /// The width of every card of a trial, in bytes.
  static func width(arms: [String]) -> Int { 16 + (arms.map(\.utf8.count).max() ?? 0) }

  /// The line, filled to its width.
  static func bytes(slot: Int, arm: String, width: Int) -> [UInt8] {
    let line = Array("slot \(slot): \(arm)\n".utf8)
    return line + [UInt8](repeating: 0x0A, count: max(0, width - line.count))
  }
}
