import BlindRecord
import Foundation
import OpenSSLCrypto
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialSeal

/// Every custody: who opens the seal, and who does not.
@Suite struct CustodyTests {
  static func seal(
    _ custody: Custody, second: SecondKey = .none
  ) throws -> (trial: SealedTrial, arms: [String]) {
    let design = try TrialProtocol(bytes: ExampleProtocols.pairs, file: "protocol.yaml")
    var arms: [String] = []
    let (trial, _) = try SealedTrial.seal(
      design, custody: custody, second: second,
      circumstances: SealedTrial.Circumstances(sealedAt: SealTests.moment)
    ).deliver { list in arms = list.read { _, arm in arm.name } }
    return (trial, arms)
  }

  /// What a key gives: the whole allocation, drawn again.
  static func arms(_ trial: SealedTrial, _ key: OpenedKey) throws -> [String] {
    let plan = try Plan(
      share: trial.share(with: key), design: trial.design,
      trial: try #require(Hex.decode(trial.manifest.trial)))
    return plan.leaves.map(\.arm)
  }

  /// All subsets of all thresholds that there are: k or more open it, fewer do not.
  @Test(arguments: (2...5).flatMap { count in (2...count).map { (count, $0) } })
  func anyKOfNOpenAThresholdAndFewerDoNot(_ count: Int, _ needed: Int) throws {
    let helpers = try (0..<count).map { _ in try AgeIdentity.generate() }
    let threshold = try HelperThreshold(helpers: helpers.map(\.recipient), needed: needed)
    let (trial, arms) = try Self.seal(.threshold(threshold))
    let keys = trial.sealedFiles.keys.filter { $0.hasPrefix("sealed/key-") }
    // n over k, by Pascal's rule.
    func sets(_ n: Int, _ k: Int) -> Int {
      k == 0 || k == n ? 1 : sets(n - 1, k - 1) + sets(n - 1, k)
    }
    #expect(keys.count == sets(count, needed))
    for mask in 0..<(1 << count) {
      let present = helpers.indices.filter { mask >> $0 & 1 == 1 }.map { helpers[$0] }
      if present.count >= needed {
        let key = try trial.unlock(identities: present.reversed())
        #expect(try Self.arms(trial, key) == arms)
      } else if present.isEmpty {
        #expect(throws: SealError.tooFewHelpers(0, needed: needed)) {
          try trial.unlock(identities: [])
        }
      } else {
        #expect(throws: SealError.tooFewHelpers(present.count, needed: needed)) {
          try trial.unlock(identities: present)
        }
        // Nor does trying every file by force, layer by layer.
        for path in keys {
          #expect(throws: AgeError.wrongIdentity) {
            try HelperThreshold.open(
              try #require(trial.sealedFiles[path]), layers: needed, with: present)
          }
        }
      }
    }
  }

  /// Three came where two are enough: each of their files opens the seal, whichever is damaged.
  @Test func oneDamagedSetShutsNoOther() throws {
    let helpers = try (0..<3).map { _ in try AgeIdentity.generate() }
    let threshold = try HelperThreshold(helpers: helpers.map(\.recipient), needed: 2)
    let (whole, arms) = try Self.seal(.threshold(threshold))
    func trial(without gone: Set<String>) throws -> SealedTrial {
      try SealedTrial(
        emergency: whole.manifestBytes, protocolBytes: whole.design.bytes,
        read: { gone.contains($0) ? nil : SealTests.file($0, of: whole) })
    }
    for gone: Set in [["sealed/key-1-2.age"], ["sealed/key-1-2.age", "sealed/key-1-3.age"]] {
      let damaged = try trial(without: gone)
      #expect(try Self.arms(damaged, damaged.unlock(identities: helpers)) == arms)
    }
    let none = try trial(
      without: Set(whole.sealedFiles.keys.filter { $0.hasPrefix("sealed/key-") }))
    #expect(throws: SealError.missingFile("sealed/key-1-2.age")) {
      try none.unlock(identities: helpers)
    }
  }

  @Test func thresholdsThatCannotBe() throws {
    let keys = try (0..<6).map { _ in try AgeIdentity.generate().recipient }
    #expect(throws: ThresholdError.helpers(6)) { try HelperThreshold(helpers: keys, needed: 3) }
    #expect(throws: ThresholdError.helpers(1)) {
      try HelperThreshold(helpers: [keys[0]], needed: 1)
    }
    #expect(throws: ThresholdError.needed(1, of: 3)) {
      try HelperThreshold(helpers: Array(keys.prefix(3)), needed: 1)
    }
    #expect(throws: ThresholdError.needed(4, of: 3)) {
      try HelperThreshold(helpers: Array(keys.prefix(3)), needed: 4)
    }
    #expect(throws: ThresholdError.sameKey(1, 3)) {
      try HelperThreshold(helpers: [keys[0], keys[1], keys[0]], needed: 2)
    }
    #expect(
      ThresholdError.helpers(1).message
        == "custody threshold: found 1 helper, expected 2 to 5")
    #expect(
      ThresholdError.needed(4, of: 3).message
        == "custody threshold: found 4 needed of 3 helpers, expected 2 to 3")
    #expect(
      ThresholdError.sameKey(1, 3).message
        == "custody threshold: helpers 1 and 3 have the same key, expected different ones")
  }

  @Test func anEnvelopeOpensWithWhatIsPrintedAndHoweverItIsTyped() throws {
    let paper = try PaperPassphrase.generate()
    let (trial, arms) = try Self.seal(.envelope(paper, workFactor: 4))
    let printed = String(decoding: paper.bytes, as: UTF8.self)
    #expect(printed.count == 29)
    for typed in [
      printed, printed.lowercased(), printed.replacing("-", with: " "),
      printed.replacing("-", with: ""),
    ] {
      #expect(try Self.arms(trial, trial.unlock(passphrase: Array(typed.utf8))) == arms)
    }
    let other = try PaperPassphrase.generate()
    #expect(throws: SealError.wrongKey(custody: "envelope")) {
      try trial.unlock(passphrase: other.bytes)
    }
    // Stock programs take it as it is printed.
    let file = try #require(trial.sealedFiles["sealed/key.age"])
    #expect(
      try AgeIdentity(file: AgeFile.decrypt(file, passphrase: paper.bytes)).recipient.text
        == trial.committed.commitment.custody.recipients[0])
  }

  /// Each single wrong character and each exchange of neighbours is found, and its group named.
  @Test func aSlipInAPrintedPassphraseIsFoundBeforeItIsTried() throws {
    let paper = try PaperPassphrase.generate()
    let letters = KitCode.alphabet
    // The formula of the specification, worked out from the printed characters.
    for (group, text) in paper.bytes.split(separator: UInt8(ascii: "-")).enumerated() {
      let values = text.compactMap { letters.firstIndex(of: $0) }
      #expect(values.count == 5)
      let sum = zip(1...5, values).reduce(group + 1) { $0 + $1.0 * $1.1 }
      #expect(sum % 31 == 0)
    }
    for place in paper.bytes.indices where paper.bytes[place] != UInt8(ascii: "-") {
      for letter in letters where letter != paper.bytes[place] {
        var typed = paper.bytes
        typed[place] = letter
        #expect(throws: PaperFault.group(place / 6 + 1)) { try PaperPassphrase(typed: typed) }
      }
      let next = place + 1
      if next < paper.bytes.count, paper.bytes[next] != UInt8(ascii: "-"),
        paper.bytes[next] != paper.bytes[place]
      {
        var typed = paper.bytes
        typed.swapAt(place, next)
        #expect(throws: PaperFault.group(place / 6 + 1)) { try PaperPassphrase(typed: typed) }
      }
    }
    #expect(throws: PaperFault.length(24)) {
      try PaperPassphrase(typed: Array(paper.bytes.dropLast()))
    }
    #expect(throws: PaperFault.character(group: 1)) {
      try PaperPassphrase(typed: Array("O".utf8) + paper.bytes.dropFirst())
    }
    let swapped = Array(paper.bytes[6..<12] + paper.bytes[0..<6] + paper.bytes[12...])
    if paper.bytes[0..<5] != paper.bytes[6..<11] {
      #expect(throws: PaperFault.self) { try PaperPassphrase(typed: swapped) }
    }
    #expect(
      PaperFault.group(2).message == "the passphrase from the envelope: found a slip in group 2")
    #expect(
      PaperFault.length(3).message
        == "the passphrase from the envelope: found 3 characters, expected 25 in 5 groups")
    #expect(
      PaperFault.character(group: 1).message
        == "the passphrase from the envelope: found a character that is never used in group 1")
    #expect(
      PaperFault.length(3).hint
        == "compare with the page; 0, O, 1, I and U are never used, small letters are as good")
    #expect("\(paper)" == "PaperPassphrase")
  }

  @Test func printedPassphrasesAreUniform() throws {
    // 2,000 passphrases of 20 random characters: each of 31 letters 1,290 times, give or take 35.
    var counts = [Int](repeating: 0, count: 31)
    for _ in 0..<2_000 {
      let groups = try PaperPassphrase.generate().bytes.split(separator: UInt8(ascii: "-"))
      #expect(groups.count == 5)
      for group in groups {
        for letter in group.prefix(4) {
          counts[try #require(KitCode.alphabet.firstIndex(of: letter))] += 1
        }
      }
    }
    for count in counts { #expect((1_090...1_490).contains(count), "\(counts)") }
  }

  @Test(arguments: ["self", "helper", "envelope", "threshold", "timelock"])
  func theSecondKeyOpensEverythingByItself(_ kind: String) throws {
    let (clinician, helper) = (try AgeIdentity.generate(), try AgeIdentity.generate())
    let custody: Custody =
      switch kind {
      case "self": .passphrase(Array("abc".utf8), workFactor: 4)
      case "helper": .recipient(helper.recipient)
      case "envelope": .envelope(try PaperPassphrase.generate(), workFactor: 4)
      case "threshold":
        .threshold(
          try HelperThreshold(
            helpers: [helper.recipient, try AgeIdentity.generate().recipient], needed: 2))
      default: .timelock(seconds: 1_000_000, rate: 1_000_000)
      }
    let (trial, arms) = try Self.seal(custody, second: .clinician(clinician.recipient))
    #expect(trial.manifest.commitments.custody == kind)
    #expect(try Self.arms(trial, trial.unlock(identity: clinician)) == arms)
    for (place, arm) in arms.enumerated() {
      let name = String(place + 1)
      let path = "sealed/slot-" + String(repeating: "0", count: 4 - name.count) + name + ".age"
      let envelope = try AgeFile.decrypt(
        try #require(trial.sealedFiles[path]), with: [clinician])
      #expect(try #require(Envelope(text: envelope)).leaf.arm == arm)
      let card = try AgeFile.decrypt(
        try #require(trial.emergencyCard(slot: place + 1)), with: [clinician])
      #expect(String(decoding: card, as: UTF8.self).hasPrefix("slot \(place + 1): \(arm)\n"))
    }
    let cards = (1...arms.count).compactMap { trial.emergencyCard(slot: $0)?.count }
    #expect(Set(cards).count == 1, "a card's size must not tell its arm")
    #expect(throws: SealError.self) { try trial.unlock(identity: AgeIdentity.generate()) }
  }

  @Test func theSecondKeyIsAnotherOne() throws {
    let helper = try AgeIdentity.generate()
    #expect(throws: SealError.sameKeyTwice) {
      try Self.seal(.recipient(helper.recipient), second: .clinician(helper.recipient))
    }
    #expect(
      SealError.sameKeyTwice.message
        == "the second key is the custodian's own, expected another person's")
  }

  @Test func withoutASecondKeyThereAreNoCards() throws {
    let (trial, _) = try Self.seal(.passphrase(Array("abc".utf8), workFactor: 4))
    #expect(trial.emergencyCard(slot: 1) == nil)
    #expect(trial.sealedFiles.count == 30)
  }

  @Test func decoysGoToTheirHoldersAlone() throws {
    let (one, two, clinician) = (
      try AgeIdentity.generate(), try AgeIdentity.generate(), try AgeIdentity.generate()
    )
    let threshold = try HelperThreshold(helpers: [one.recipient, two.recipient], needed: 2)
    let (trial, _) = try Self.seal(
      .threshold(threshold), second: .clinician(clinician.recipient))
    let seal = trial.committed
    #expect(seal.holders.map(\.name) == ["helper-1", "helper-2", "clinician"])
    let seed = [UInt8](repeating: 7, count: 32)
    var codes: Set<KitCode> = []
    for (holder, owner) in zip(seal.holders, [one, two, clinician]) {
      let code = try seal.rehearsalCode(of: holder, seed: seed)
      codes.insert(code)
      let decoy = try seal.decoy(for: holder, code: code)
      for identity in [one, two, clinician] {
        #expect(seal.openDecoy(decoy, with: identity) == (identity == owner ? code : nil))
      }
      #expect(seal.holder(of: owner) == holder)
    }
    #expect(codes.count == 3)
    #expect(throws: SealError.notAHolder("helper")) {
      try seal.decoy(
        for: try #require(KeyHolder("helper")), code: KitCode(values: [1, 2, 3, 4, 5, 6]))
    }
  }
}
