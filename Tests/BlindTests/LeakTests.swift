import BlindRecord
import Foundation
import LeakHunt
import OpenSSLCrypto
import Testing
import TrialArchive
import TrialDesign
import TrialJournal
import TrialKits
import TrialTestSupport

@testable import TrialSeal

/// Nothing of the blind phase holds an arm, the share, the seed or a salt.
///
/// The sample's arms occur nowhere else. What is searched is every file of the folder, raw and in the
/// encodings a leak would have; `protocol.yaml` is left out, because it names the arms by nature and
/// was written before the draw.
@Suite struct LeakTests {
  static func canaries(_ sample: SampleTrial) throws -> [Canary] {
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let share = try sample.trial.share(with: key)
    let trial = try #require(Hex.decode(sample.trial.manifest.trial))
    let plan = try Plan(share: share, design: sample.design, trial: trial)
    return (ExampleProtocols.canaryArms + [ExampleProtocols.emptyArm]).map {
      Canary("an arm", Array($0.utf8))
    } + [
      Canary("the share", share), Canary("the seed", plan.seed),
      Canary("a salt", plan.leaves[0].salt), Canary("the passphrase", SampleTrial.passphrase),
    ]
  }

  static func leaks(in sample: SampleTrial) throws -> [String] {
    let canaries = try canaries(sample)
    return try sample.folder.files().filter { $0 != TrialFolder.Name.design }.flatMap { name in
      let bytes = try #require(try sample.folder.read(name))
      return canaries.filter { $0.isIn(bytes) || $0.isIn(Array(name.utf8)) }
        .map { "\(name) holds \($0.name)" }
    }
  }

  @Test(arguments: [ExampleProtocols.pairs, ExampleProtocols.threeArms])
  func noFileOfTheBlindPhaseHoldsASecret(text: [UInt8]) throws {
    let sample = try SampleTrial(text)
    #expect(try Self.leaks(in: sample) == [])
    try sample.record(1...14)
    #expect(try Self.leaks(in: sample) == [])
    // While the database is open, its log file lies there too.
    let journal = try sample.openJournal()
    try TrialFolder.simulate(
      slots: 15...28, of: sample.body, into: journal, zone: sample.design.zone)
    #expect(try sample.folder.files().contains("journal.sqlite-wal"))
    #expect(try Self.leaks(in: sample) == [])
  }

  @Test func noFileOfTheLockedRecordHoldsASecret() throws {
    let sample = try SampleTrial(ExampleProtocols.pairs)
    try sample.record()
    _ = try sample.folder.lock(reason: "over", clock: sample.clock())
    #expect(try Self.leaks(in: sample) == [])
  }

  @Test(arguments: ["raw", "hex", "base64", "utf16", "name"])
  func aPlantedLeakIsFound(_ form: String) throws {
    let sample = try SampleTrial()
    let arm = Array(ExampleProtocols.canaryArms[1].utf8)
    let planted: [UInt8] =
      switch form {
      case "hex": Array(Hex.encode(arm).utf8)
      case "base64": Array(Data([0x20] + arm + [0x20]).base64EncodedString().utf8)
      case "utf16": arm.flatMap { [$0, 0] }
      default: arm
      }
    let name = form == "name" ? "\(ExampleProtocols.canaryArms[1]).txt" : "notes.txt"
    try sample.folder.write(form == "name" ? [] : Array("note ".utf8) + planted, to: name)
    #expect(try Self.leaks(in: sample).count == 1)
  }

  @Test func nothingPrintsASecret() throws {
    let sample = try SampleTrial()
    let key = try sample.trial.unlock(passphrase: SampleTrial.passphrase)
    let custody = Custody.passphrase(SampleTrial.passphrase)
    let identity = try AgeIdentity.generate()
    struct Wrapper {
      let trial: SealedTrial
      let key: OpenedKey
      let custody: Custody
      let body: SimulatedBody
    }
    let wrapper = Wrapper(trial: sample.trial, key: key, custody: custody, body: sample.body)
    var said = ""
    for value in [sample.trial, key, custody, sample.body, wrapper] as [Any] {
      said += "\(value)" + String(reflecting: value)
      dump(value, to: &said)
      print(value, to: &said)
    }
    said += String(reflecting: identity) + "\(identity)"
    dump(identity, to: &said)
    #expect(!said.contains("AGE-SECRET-KEY"))
    for canary in try Self.canaries(sample) {
      #expect(!canary.isIn(Array(said.utf8)), "printing shows \(canary.name)")
    }
    // A raw byte array prints as decimals.
    let decimals = SampleTrial.passphrase.prefix(6).map(String.init).joined(separator: ", ")
    #expect(!said.contains(decimals))
  }

  @Test func noErrorRepeatsASecret() throws {
    let identity = try AgeIdentity.generate()
    let text = identity.secretText
    for mistake in [text, String(text.dropLast()), text.lowercased(), text + "X"] {
      do {
        _ = try AgeRecipient(mistake)
        Issue.record("a secret key was taken as a recipient")
      } catch {
        #expect(!"\(error)".uppercased().contains(text.dropFirst(20).prefix(12)))
      }
    }
  }

  /// The twin: what differs between two allocations is ciphertext, digests and identities only.
  @Test(arguments: [ExampleProtocols.pairs, ExampleProtocols.threeArms])
  func theManifestOfTwoAllocationsDiffersInDigestsAndCodesOnly(text: [UInt8]) throws {
    let one = try SampleTrial(text, simulation: 1)
    let two = try SampleTrial(text, simulation: 2)
    #expect(one.trial.manifestBytes.count == two.trial.manifestBytes.count)
    #expect(try one.folder.files() == two.folder.files())
    for name in try one.folder.files() where !name.hasPrefix("journal") {
      #expect(try one.folder.read(name)?.count == two.folder.read(name)?.count, "\(name)")
    }
  }
}
