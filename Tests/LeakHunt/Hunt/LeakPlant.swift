import Foundation
import OpenSSLCrypto

/// A secret that is put among the exhibits on purpose, in one of the forms that a leak could have.
package struct LeakPlant: Sendable {
  /// What it is.
  package let name: String
  /// The exhibit that holds it.
  package let exhibit: Exhibit

  /// One for each form of each place: an arm in the name and in the bytes of a file, in an answer, in the
  /// memory of a process that is running; share, seed and a salt.
  package static func all(for searched: SearchedTrial) -> [LeakPlant] {
    guard let arm = searched.secrets.arms.last else { return [] }
    let around: ([UInt8]) -> [UInt8] = { Array("\0log 17: ".utf8) + $0 + Array("!\n".utf8) }
    var plants: [LeakPlant] = []
    for canary in [arm] + searched.secrets.hidden.prefix(3) {
      for (form, bytes) in forms(of: canary.bytes) {
        plants.append(
          LeakPlant(
            name: "\(canary.name), \(form)", exhibit: Exhibit("a planted file", around(bytes))))
      }
    }
    plants.append(
      LeakPlant(
        name: "an arm in a file's name",
        exhibit: Exhibit("a planted file", Array("notes-".utf8) + arm.bytes + [0])))
    if searched.sawMemory, let memory = memory(holding: arm.bytes) {
      plants.append(
        LeakPlant(
          name: "an arm in the memory of a process",
          exhibit: Exhibit("the memory of a planted process", memory)))
    }
    return plants
  }

  /// Digests that can be guessed: of the true plan without a salt, and of a share that is a clock.
  package static func digests(for searched: SearchedTrial, clock: Int) -> [LeakPlant] {
    let plan = searched.secrets.hidden.first { $0.name == "the plan as letters" }?.bytes ?? []
    let share = BruteForce.shares(of: clock)[2]
    return [
      ("the digest of the plan without a salt", sha256(searched.publicBytes[1] + plan)),
      (
        "the commitment to a share made from the clock",
        BruteForce.commitment(to: share, searched.publicBytes[0])
      ),
    ].map { name, digest in
      LeakPlant(
        name: name,
        exhibit: Exhibit("a planted file", Array("{\"digest\":\"\(Hex.encode(digest))\"}".utf8)))
    }
  }

  private static func forms(of bytes: [UInt8]) -> [(String, [UInt8])] {
    let hex = Hex.encode(bytes)
    return [
      ("raw", bytes), ("hex", Array(hex.utf8)), ("hex in capitals", Array(hex.uppercased().utf8)),
      ("reversed", bytes.reversed()), ("UTF-16", bytes.flatMap { [$0, 0] }),
    ]
      + (0..<3).map { phase in
        let text = Data([UInt8](repeating: 0x20, count: phase) + bytes + [0x20, 0x20])
          .base64EncodedString()
        return ("base64, phase \(phase)", Array(text.utf8))
      }
  }

  /// The memory of another program that holds a text, read as that of a program of the blind phase is.
  private static func memory(holding text: [UInt8]) -> [UInt8]? {
    let word = String(decoding: text, as: UTF8.self)
    guard let process = try? Child("/bin/sh", ["-c", "word=\(word); echo started; read line"])
    else { return nil }
    _ = try? process.read(until: "started\n")
    let memory = MemoryOfProcess.read(process.process)
    _ = process.end()
    return memory
  }
}
