import BlindRecord
import Foundation
import MerkleLog
import OpenSSLCrypto
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialSeal

/// The seal in the formats of Documentation/Specifications/seal.md.
@Suite struct SealTests {
  static let moment = Moment(seconds: 1_772_000_000, zone: "UTC", offset: 0)

  static func seal(
    _ text: [UInt8] = ExampleProtocols.pairs, custody: Custody? = nil, simulation: Int? = nil
  ) throws -> (trial: SealedTrial, arms: [String]) {
    let design = try TrialProtocol(bytes: text, file: "protocol.yaml")
    let circumstances =
      simulation.map { SealedTrial.Circumstances(sealedAt: moment, simulation: $0) }
      ?? SealedTrial.Circumstances(sealedAt: moment)
    var arms: [String] = []
    let (trial, _) = try SealedTrial.seal(
      design, custody: custody ?? .passphrase(Array("abc".utf8), workFactor: 4),
      circumstances: circumstances
    ).deliver { list in arms = list.read { _, arm in arm.name } }
    return (trial, arms)
  }

  /// A file of a sealed trial, as its folder would give it.
  static func file(_ path: String, of trial: SealedTrial) -> [UInt8]? {
    path == "commitment.json" ? trial.committed.commitmentBytes : trial.sealedFiles[path]
  }

  @Test func leavesHaveOneWidth() throws {
    let short = PlanLeaf(
      trial: .init(repeating: 1, count: 8), index: 0, salt: .init(repeating: 2, count: 32),
      arm: "a")
    let long = PlanLeaf(
      trial: .init(repeating: 1, count: 8), index: 300, salt: .init(repeating: 2, count: 32),
      arm: String(repeating: "é", count: 31))
    #expect(short.bytes.count == 131)
    #expect(long.bytes.count == 131)
    #expect(short.hash != long.hash)
  }

  @Test func everyEnvelopeOfATrialHasOneSize() throws {
    let (trial, arms) = try Self.seal(ExampleProtocols.blocks)
    #expect(Set(arms).count == 2)
    let envelopes = trial.sealedFiles.filter { $0.key.contains("slot-") }
    #expect(envelopes.count == 28)
    #expect(Set(envelopes.values.map(\.count)).count == 1)
  }

  @Test func theManifestFollowsFromTheShareAlone() throws {
    let (one, first) = try Self.seal(simulation: 11)
    let (two, second) = try Self.seal(simulation: 11)
    let (_, other) = try Self.seal(simulation: 12)
    #expect(first == second)
    #expect(first != other)
    #expect(one.manifest.schedule == two.manifest.schedule)
    #expect(one.manifest.trial == two.manifest.trial)
    #expect(one.manifest.commitments.planRoot == two.manifest.commitments.planRoot)
    #expect(one.manifest.recorderKey != two.manifest.recorderKey)
    #expect(one.manifest.simulated)
  }

  @Test func personsSealingsDiffer() throws {
    let plans = try (0..<6).map { _ in try Self.seal().arms }
    #expect(Set(plans).count > 1)
  }

  @Test func aSlotOpensAloneAndTheOthersStayHidden() throws {
    let identity = try AgeIdentity.generate()
    let (trial, arms) = try Self.seal(custody: .recipient(identity.recipient))
    let file = try #require(trial.sealedFiles["sealed/slot-0003.age"])
    let text = try AgeFile.decrypt(file, with: [identity])
    let envelope = try #require(Envelope(text: text))
    #expect(envelope.leaf.index == 2)
    #expect(envelope.leaf.arm == arms[2])
    let root = try #require(Hex.decode(trial.manifest.commitments.planRoot))
    #expect(envelope.isCommitted(root: root, size: 28))
    var forged = envelope
    forged = Envelope(
      leaf: PlanLeaf(
        trial: envelope.leaf.trial, index: 3, salt: envelope.leaf.salt, arm: envelope.leaf.arm),
      proof: forged.proof)
    #expect(!forged.isCommitted(root: root, size: 28))
    // Its salt is one output of the seed: no other leaf can be tried with it.
    let plan = try Plan(
      share: try trial.share(with: trial.unlock(identity: identity)), design: trial.design,
      trial: try #require(Hex.decode(trial.manifest.trial)))
    #expect(Set(plan.leaves.map(\.salt)).count == 28)
    #expect(plan.leaves[2].salt == envelope.leaf.salt)
  }

  @Test func aStrangerCanMakeTheCommitmentAgain() throws {
    let (trial, _) = try Self.seal(simulation: 5)
    let share = sha256(Array("selfblind/simulation/v1\u{0}5".utf8))
    let digest = sha256(ExampleProtocols.pairs)
    let commitment = sha256(Array("selfblind/share/v1".utf8) + [0] + digest + share)
    #expect(trial.manifest.commitments.shareCommitment == Hex.encode(commitment))
    #expect(trial.manifest.commitments.protocolDigest == Hex.encode(digest))
  }

  @Test func wrongKeysAreRefusedInTheirOwnWords() throws {
    let identity = try AgeIdentity.generate()
    let (helper, _) = try Self.seal(custody: .recipient(identity.recipient))
    let (own, _) = try Self.seal()
    #expect(throws: SealError.wrongKey(custody: "helper")) {
      try helper.unlock(identity: AgeIdentity.generate())
    }
    #expect(throws: SealError.wrongKey(custody: "self")) {
      try own.unlock(passphrase: Array("abd".utf8))
    }
    #expect(throws: SealError.otherCustody(custody: "helper")) {
      try helper.unlock(passphrase: Array("abc".utf8))
    }
    #expect(throws: SealError.notTheOpened("share")) {
      try own.unlock(shareText: Array("nonsense".utf8))
    }
    let foreign = try #require(helper.sealedFiles["sealed/share.age"])
    let text = try AgeFile.decrypt(foreign, with: [identity])
    #expect(throws: SealError.notTheOpened("share")) { try own.unlock(shareText: text) }
    #expect("\(try helper.unlock(shareText: text))" == "OpenedKey(\(helper.manifest.trial))")
  }

  @Test func theLongestNameFitsIntoALeaf() throws {
    // 31 two-byte letters and one more: 63 bytes.
    let arm = String(repeating: "é", count: 31) + "x"
    let text = ExampleProtocols.text(scheme: "pairs: {count: 14}", arms: ["placebo", arm])
    #expect(try Self.seal(text).arms.contains(arm))
    let longer = ExampleProtocols.text(scheme: "pairs: {count: 14}", arms: ["placebo", arm + "x"])
    #expect(throws: ProtocolFaults.self) { try Self.seal(longer) }
  }

  @Test func eachChangedPartOfASealedTrialHasItsOwnError() throws {
    let (trial, _) = try Self.seal()
    var files = trial.sealedFiles
    files["commitment.json"] = trial.committed.commitmentBytes
    let whole = files
    func reread(
      manifest: [UInt8]? = nil, design: [UInt8]? = nil
    ) throws -> SealedTrial {
      try SealedTrial(
        manifestBytes: manifest ?? trial.manifestBytes,
        protocolBytes: design ?? ExampleProtocols.pairs, read: { files[$0] })
    }
    #expect(try reread().manifest == trial.manifest)
    #expect(throws: SealError.protocolChanged) {
      try reread(design: ExampleProtocols.pairs + [0x0A])
    }
    files["sealed/slot-0004.age"]?[40] ^= 1
    #expect(throws: SealError.fileChanged("sealed/slot-0004.age")) { try reread() }
    files["sealed/slot-0004.age"] = nil
    #expect(throws: SealError.missingFile("sealed/slot-0004.age")) { try reread() }
    files = whole
    files["commitment.json"]?.append(0x0A)
    #expect(throws: SealError.fileChanged("commitment.json")) { try reread() }
    files["commitment.json"] = nil
    #expect(throws: SealError.missingFile("commitment.json")) { try reread() }
    files = whole
    #expect(throws: FormatError.self) {
      try reread(manifest: Array(trial.manifestBytes.dropLast(9)))
    }
    let newer = String(decoding: trial.manifestBytes, as: UTF8.self)
      .replacing("manifest/v1", with: "manifest/v2")
    let error = #expect(throws: FormatError.self) { try reread(manifest: Array(newer.utf8)) }
    #expect(error?.hint == "it was made by another version of selfblind; use that version")
    let moved = String(decoding: trial.manifestBytes, as: UTF8.self)
      .replacing("2026-03-02", with: "2026-03-01")
    #expect(throws: SealError.manifestDisagrees("a schedule")) {
      try reread(manifest: Array(moved.utf8))
    }
  }
}
