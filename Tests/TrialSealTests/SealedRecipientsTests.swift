import Foundation
import MerkleLog
import Testing
import TrialArchive
import TrialTestSupport

@testable import TrialDesign
@testable import TrialSeal

/// Headers of sealed files, identity files and names of arms that a second audit found wanting.
@Suite struct SealedRecipientsTests {
  @Test(arguments: SampleTrial.Kind.allCases)
  func everySealHasTheRecipientsThatItNames(_ kind: SampleTrial.Kind) throws {
    let trial = try SampleTrial.eventful(kind).trial
    #expect(
      SealedRecipients.faults(in: trial.sealedFiles, of: trial.committed.commitment).isEmpty)
  }

  /// A share for one more key, which opens all the same for the key that is named.
  @Test func oneKeyMoreThanNamedIsFound() throws {
    let sample = try SampleTrial()
    let commitment = sample.trial.committed.commitment
    let own = try #require(commitment.custody.recipients.first)
    let both = [try AgeRecipient(own), try AgeIdentity.generate().recipient]
    for path in ["sealed/share.age", "sealed/slot-0001.age", "sealed/card-0001.age"] {
      let alone = try AgeFile.encrypt([1], to: [both[0]], armored: path.contains("card"))
      #expect(SealedRecipients.faults(in: [path: alone], of: commitment).isEmpty, "\(path)")
      let shared = try AgeFile.encrypt([1], to: both)
      #expect(
        SealedRecipients.faults(in: [path: shared], of: commitment)
          == [path: .otherRecipients(path)])
    }
    let key = try AgeFile.encrypt([1], to: [both[0]])
    #expect(
      SealedRecipients.faults(in: ["sealed/key.age": key], of: commitment)
        == ["sealed/key.age": .otherRecipients("sealed/key.age")])
  }

  /// In an emergency the slot opens all the same, and what is wrong with its file is said.
  @Test func oneKeyMoreIsSaidInAnEmergencyToo() throws {
    let trial = try SampleTrial().trial
    let path = "sealed/slot-0001.age"
    let own = try AgeRecipient(#require(trial.committed.commitment.custody.recipients.first))
    let shared = try AgeFile.encrypt([1], to: [own, AgeIdentity.generate().recipient])
    let old = contentDigest(try #require(trial.sealedFiles[path]))
    let manifest = Array(
      String(decoding: trial.manifestBytes, as: UTF8.self)
        .replacing(old, with: contentDigest(shared)).utf8)
    func read(_ name: String) -> [UInt8]? {
      switch name {
      case path: shared
      case SealedTrial.Path.commitment: trial.committed.commitmentBytes
      default: trial.sealedFiles[name]
      }
    }
    #expect(throws: SealError.otherRecipients(path)) {
      try SealedTrial(manifestBytes: manifest, protocolBytes: trial.design.bytes, read: read)
    }
    let opened = try SealedTrial(
      emergency: manifest, protocolBytes: trial.design.bytes, read: read)
    #expect(opened.damage == [.otherRecipients(path)])
  }

  /// Where the digest was made anew with the file, the sentence says what the file is, and not that a key is
  /// wrong.
  @Test(arguments: ["a version", "a tail", "armor"])
  func aFileThatIsNoAgeFileIsSaidToBeThat(_ fault: String) throws {
    let trial = try SampleTrial().trial
    let path = "sealed/slot-0001.age"
    let whole = try #require(trial.sealedFiles[path])
    let changed =
      switch fault {
      case "a version":
        Array("age-encryption.org/v0".utf8) + whole.dropFirst("age-encryption.org/v1".utf8.count)
      case "a tail": whole + [0]
      default: Array("-----BEGIN AGE ENCRYPTED FILE-----\nÄ\n".utf8)
      }
    let manifest = Array(
      String(decoding: trial.manifestBytes, as: UTF8.self)
        .replacing(contentDigest(whole), with: contentDigest(changed)).utf8)
    let opened = try SealedTrial(
      emergency: manifest, protocolBytes: trial.design.bytes,
      read: { name in
        switch name {
        case path: changed
        case SealedTrial.Path.commitment: trial.committed.commitmentBytes
        default: trial.sealedFiles[name]
        }
      })
    let identity = try AgeIdentity.generate()
    if fault == "a tail" {
      // Its header is whole, so only opening shows it, and only to whom it is sealed.
      #expect(opened.damage == [])
      let error = #expect(throws: SealError.self) { try opened.open(path, with: identity) }
      guard case .wrongKey = error else {
        return #expect(Bool(false), "\(String(describing: error))")
      }
    } else {
      guard case .notAnAgeFile(path, _) = opened.damage.first else {
        return #expect(Bool(false), "\(opened.damage)")
      }
      #expect(opened.damage[0].message.hasPrefix("sealed/slot-0001.age: age file: the "))
    }
  }

  @Test func anIdentityFileMayHoldSeveral() throws {
    let keys = [try AgeIdentity.generate(), try AgeIdentity.generate()]
    let text = "# two\r\n\(keys[0].secretText)\r\n\n\(keys[1].secretText)\n"
    #expect(try AgeIdentity.all(inFile: Array(text.utf8)) == keys)
    #expect(throws: AgeError.badIdentity("found 2 keys, not one")) {
      try AgeIdentity(file: Array(text.utf8))
    }
    let sealed = try AgeFile.encrypt(Array(text.utf8), passphrase: [1], logN: 4)
    let error = #expect(throws: AgeError.self) { try AgeIdentity.all(inFile: sealed) }
    #expect("\(String(describing: error))".contains("itself encrypted"))
  }

  @Test func anArmThatBeginsWithAMarkIsReadAsItWasWritten() throws {
    let leaf = PlanLeaf(
      trial: [UInt8](repeating: 1, count: 8), index: 0, salt: [UInt8](repeating: 2, count: 32),
      arm: "\u{301}x")
    let envelope = Envelope(leaf: leaf, proof: [[UInt8](repeating: 3, count: 32)])
    let bytes = envelope.bytes(width: 400)
    #expect(Envelope(text: bytes) == envelope)
    let lines = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n")
    #expect(Envelope(text: Array(lines.utf8)) == envelope)
  }

  @Test(arguments: ["\"\\u0301x\"", "\"\\u200b\\u200b\""])
  func anArmThatCannotBeReadAloudIsRefused(_ name: String) throws {
    let text = String(decoding: ExampleProtocols.small, as: UTF8.self)
      .replacing(#/arms: \[(\w+), \w+\]/#) { "arms: [\($0.output.1), \(name)]" }
    let error = #expect(throws: (any Error).self) {
      try TrialProtocol(bytes: Array(text.utf8), file: "p.yaml")
    }
    #expect("\(String(describing: error))".contains("begins with a mark or shows nothing"))
  }
}
