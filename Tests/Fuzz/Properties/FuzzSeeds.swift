import BlindRecord
import Foundation
import MerkleLog
import TrialSeal
import TrialTestSupport

/// Inputs that are read to the end: what a fuzzer, which cannot forge, could not come upon.
package enum FuzzSeeds {
  /// The first inputs of a target.
  package static func inputs(of target: FuzzTarget) throws -> [[UInt8]] {
    switch target {
    case .age: try files(armored: false) + files(armored: true)
    case .armor: try files(armored: true)
    case .key: try keys()
    case .note: try notes()
    case .checkpoint: (1...3).map { Array(LogProperties.checkpoint($0).text.utf8) }
    case .proof: (0..<64).map { (n: UInt8) -> [UInt8] in [n &* 7 % 33, n % 2, n] }
    case .receipt: try receipts() + trialSeeds(target)
    case .trialProtocol: protocols
    case .design: designs
    case .table: tables
    case .study: StudyProperties.seeds
    case .manifest, .entry, .unblinding, .codeBreak, .commitment, .line, .opened:
      try trialSeeds(target)
    case .pulse, .timestamp, .timeLock, .progress: try stored(target)
    }
  }

  /// What cannot be made anew: its keys were another's, or are gone.
  private static func stored(_ target: FuzzTarget) throws -> [[UInt8]] {
    let folder = SharedFiles.packageRoot.appending(path: "Tests/Fuzz/Corpus/\(target.rawValue)")
    return try SharedFiles.files(below: folder).map(SharedFiles.bytes)
  }

  private static func trialSeeds(_ target: FuzzTarget) throws -> [[UInt8]] {
    try FuzzTrial.get().seeds[target] ?? []
  }

  /// Files for the fixed identity, among others, and for the fixed passphrase.
  private static func files(armored: Bool) throws -> [[UInt8]] {
    let ours = try AgeIdentity(secret: AgeProperties.secret).recipient
    let other = try AgeIdentity(secret: [UInt8](repeating: 9, count: 32)).recipient
    var files: [[UInt8]] = []
    for count in AgeProperties.plaintextCounts.sorted() where count < 100 || !armored {
      let plaintext = AgeProperties.plaintext(count)
      files.append(try AgeFile.encrypt(plaintext, to: [ours], armored: armored))
    }
    let text = AgeProperties.plaintext(37)
    files.append(try AgeFile.encrypt(text, to: [other, ours], armored: armored))
    files.append(try AgeFile.encrypt(text, to: [other], armored: armored))
    files.append(
      try AgeFile.encrypt(text, passphrase: AgeProperties.passphrase, logN: 1, armored: armored))
    return files
  }

  private static func keys() throws -> [[UInt8]] {
    let identity = try AgeIdentity(secret: AgeProperties.secret)
    let texts = [
      identity.secretText, identity.recipient.text, identity.recipient.text.uppercased(),
    ]
    return texts.map { Array($0.utf8) } + [AgeProperties.secret]
  }

  private static func notes() throws -> [[UInt8]] {
    guard let signer = LogProperties.signer else { return [] }
    let other = try NoteSigner(name: "other", seed: [UInt8](repeating: 7, count: 32))
    return try LogProperties.texts.flatMap { text in
      let ours = try signer.sign(text)
      let theirs = try other.sign(text)
      let cosigned = ours + theirs.split(separator: "\n").suffix(1).joined() + "\n"
      return [ours, theirs, cosigned].map { Array($0.utf8) }
    }
  }

  private static func receipts() throws -> [[UInt8]] {
    guard let signer = LogProperties.signer else { return [] }
    let tree = MerkleTree(leaves: LogProperties.entries)
    let checkpoint = try signer.sign(LogProperties.checkpoint(3).text)
    return try LogProperties.entries.indices.map { index in
      try CommittedJSON.encode(
        Receipt(
          index: index, entryBytes: LogProperties.entries[index],
          proof: tree.inclusionProof(index), checkpoint: checkpoint))
    }
  }

  private static var protocols: [[UInt8]] {
    let schemes = [
      "complete: {slots: 8, active: 4}", "pairs: {count: 3}",
      "blocks: {sizes: [4, 4], active: [2, 2]}",
      "alternation: {slots: 10, active: 5, longestRun: 2}",
      "periods: {pairs: 3, length: 2, drop: 1}", "phases: {kind: AB, slots: 12, shortest: 3}",
      "coin: {slots: 8, fewest: 2}", "listed: {assignments: [ZQQZ, QZZQ, ZZQQ, QQZZ]}",
      "weekly: {weeks: 4, activeWeeks: 2, patterns: [ZZQ, ZQZ, ZZQ], alternating: true, replacement: false}",
    ]
    return schemes.map { ExampleProtocols.text(scheme: $0, level: "0.5") } + [
      ExampleProtocols.complete
    ]
  }

  private static var designs: [[UInt8]] {
    protocols + [Array(TableProperties.designText.utf8)]
  }

  private static var tables: [[UInt8]] {
    [
      "slot,arm,mood\n1,a,3\n2,b,4\n3,b,5\n4,a,4\n5,a,2.5\n6,b,7\n",
      "slot,arm,mood,guess\r\n1,b,3,0.5\r\n2,a,,dk\r\n3,a,-1e3,1\r\n4,b,0,\r\n5,a,2,0\r\n6,b,1,.5\r\n",
      "\u{FEFF}slot,\"arm\",\"mood, daily\",sleep\n1,a,3,8\n2,b,4,7\n\n3,a,5,6\n4,b,4,9\n5,a,2,1\n6,b,7,2\n",
    ].map { Array($0.utf8) }
  }
}
