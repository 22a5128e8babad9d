import BlindRecord
import Foundation
import MerkleLog
import OpenSSLCrypto
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialSeal

/// Commit, then draw: the schedule follows from the committed share and a value that came later.
@Suite struct CommitmentTests {
  private let custody = Custody.passphrase(Array("abc".utf8), workFactor: 4)
  private let circumstances = SealedTrial.Circumstances(sealedAt: SealTests.moment)

  private func design() throws -> TrialProtocol {
    try TrialProtocol(bytes: ExampleProtocols.pairs, file: "protocol.yaml")
  }

  private func commit(
    _ mixing: MixingRule, certificate: [UInt8]? = nil
  ) throws -> (seal: CommittedSeal, key: OpenedKey) {
    try CommittedSeal.make(
      design(), custody: custody, mixing: mixing, certificate: certificate,
      circumstances: circumstances)
  }

  private func draw(
    _ seal: CommittedSeal, _ key: OpenedKey, _ value: PublicValue
  ) throws -> (trial: SealedTrial, arms: [String]) {
    var arms: [String] = []
    let (trial, _) = try seal.draw(
      with: key, publicValue: value, sealedAt: SealTests.moment
    ).deliver { list in arms = list.read { _, arm in arm.name } }
    return (trial, arms)
  }

  @Test func theWitnesssWordDecidesAndTheSameWordDecidesTheSame() throws {
    let (seal, key) = try commit(.string)
    let (trial, arms) = try draw(seal, key, PublicValue(text: " blue whale "))
    let (again, same) = try draw(seal, key, PublicValue(text: "blue whale"))
    #expect(arms == same)
    #expect(trial.manifest.schedule == again.manifest.schedule)
    #expect(trial.manifest.commitments.planRoot == again.manifest.commitments.planRoot)
    let others = try (0..<8).map { try draw(seal, key, PublicValue(text: "\($0)")).arms }
    #expect(Set(others + [arms]).count > 5)
    #expect(trial.manifest.commitments.publicValue == "blue whale")
    #expect(trial.manifest.commitments.mixing == "string")
  }

  /// The seed by hand: HKDF-SHA256 (RFC 5869) as two HMACs, salt and all.
  @Test func theSeedIsTheDocumentedOne() throws {
    let (seal, key) = try commit(.string)
    let (trial, _) = try draw(seal, key, PublicValue(text: "grün"))
    let share = try trial.share(with: key)
    let pseudorandom = hmacSHA256(key: Array("grün".utf8), share)
    let info = Array("selfblind/seed/v1".utf8) + [0] + sha256(ExampleProtocols.pairs)
    let seed = hmacSHA256(key: pseudorandom, info + [1])
    let plan = try Plan(
      share: share, salt: trial.publicValue.salt, design: trial.design,
      trial: try #require(Hex.decode(trial.manifest.trial)))
    #expect(plan.seed == seed)
    #expect(Hex.encode(plan.root) == trial.manifest.commitments.planRoot)
  }

  @Test func itGoesOnFromTheSealedShare() throws {
    let (seal, key) = try commit(.string)
    let (_, arms) = try draw(seal, key, PublicValue(text: "7"))
    let read = try CommittedSeal(
      commitmentBytes: seal.commitmentBytes, protocolBytes: ExampleProtocols.pairs,
      read: { seal.sealedFiles[$0] })
    let later = try read.unlock(passphrase: Array("abc".utf8))
    #expect(try draw(read, later, PublicValue(text: "7")).arms == arms)
    #expect(
      seal.line == "selfblind commitment \(seal.commitment.trial) "
        + contentDigest(seal.commitmentBytes))
  }

  @Test func aValueOfAnotherRuleIsRefused() throws {
    let (none, noneKey) = try commit(.none)
    #expect(throws: SealError.otherPublicValue(rule: "none")) {
      try draw(none, noneKey, PublicValue(text: "x"))
    }
    let (string, stringKey) = try commit(.string)
    #expect(throws: SealError.otherPublicValue(rule: "string")) {
      try draw(string, stringKey, .none)
    }
    #expect(throws: FormatError.self) { try PublicValue(text: " \t ") }
    #expect(throws: FormatError.self) { try PublicValue(text: "a\nb") }
    #expect(throws: FormatError.self) {
      try PublicValue(text: String(repeating: "x", count: 201))
    }
    #expect(
      SealError.otherPublicValue(rule: "string").message
        == "the public value: found none, expected the text that the witness chose")
    #expect(
      SealError.otherPublicValue(rule: "none").message
        == "the public value: found one, and the commitment takes none")
    #expect(
      SealError.otherPublicValue(rule: "beacon").message
        == "the public value: found none, expected the pulse that the commitment names")
  }

  /// A manifest with another value than the one that was mixed in does not lead to its own root.
  @Test func anotherValueInTheManifestIsFound() throws {
    let (seal, key) = try commit(.string)
    let (trial, _) = try draw(seal, key, PublicValue(text: "blue whale"))
    func reread(_ change: (String) -> String) throws -> SealedTrial {
      try SealedTrial(
        manifestBytes: Array(change(String(decoding: trial.manifestBytes, as: UTF8.self)).utf8),
        protocolBytes: ExampleProtocols.pairs, read: { SealTests.file($0, of: trial) })
    }
    let forged = try reread { $0.replacing("blue whale", with: "blue shark") }
    let plan = try Plan(
      share: trial.share(with: key), salt: forged.publicValue.salt, design: trial.design,
      trial: try #require(Hex.decode(trial.manifest.trial)))
    #expect(Hex.encode(plan.root) != forged.manifest.commitments.planRoot)
    for (from, to, what) in [
      ("\"mixing\":\"string\"", "\"mixing\":\"none\"", "a public value"),
      ("\"publicValue\":\"blue whale\",", "", "a public value"),
      ("\"blue whale\"", "\" blue whale\"", "a public value"),
      ("\"custody\":\"self\"", "\"custody\":\"helper\"", "a custody"),
      ("\"abandonedSealings\":0", "\"abandonedSealings\":1", "a count of abandoned sealings"),
    ] {
      #expect(throws: SealError.manifestDisagrees(what, with: "commitment.json"), "\(from)") {
        try reread { text in
          #expect(text.contains(from))
          return text.replacing(from, with: to)
        }
      }
    }
  }

  @Test func aCommitmentWhosePartsDoNotFitIsRefused() throws {
    let (seal, _) = try commit(.string)
    func refused(_ from: String, _ to: String) -> (any Error)? {
      let text = String(decoding: seal.commitmentBytes, as: UTF8.self)
      #expect(text.contains(from), "\(from)")
      return #expect(throws: (any Error).self) {
        try CommittedSeal(
          commitmentBytes: Array(text.replacing(from, with: to).utf8),
          protocolBytes: ExampleProtocols.pairs, read: { seal.sealedFiles[$0] })
      }
    }
    let disagree = SealError.commitmentDisagrees
    #expect(
      refused("\"kind\":\"self\"", "\"kind\":\"helper\"") as? SealError
        == disagree("a list of sealed files"))
    #expect(
      refused("\"second\":\"none\"", "\"second\":\"page\"") as? SealError
        == disagree("a list of recipients"))
    #expect(
      refused("\"kind\":\"self\"", "\"kind\":\"threshold\"") as? SealError
        == disagree("a threshold"))
    #expect(
      refused("\"abandonedSealings\":0", "\"abandonedSealings\":-1") as? SealError
        == disagree("a count of abandoned sealings"))
    #expect(refused("commitment/v1", "commitment/v0") is FormatError)
    #expect(refused("\"rule\":\"string\"", "\"rule\":\"dice\"") is FormatError)
    #expect(
      disagree("a threshold").message
        == "commitment.json: found a threshold that does not fit its custody")
  }
}
