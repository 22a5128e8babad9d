import Foundation
import OpenSSLCrypto
import TrialSeal

/// The days after packing, watched: check-ins, lost kits, the status; and the end, which tells the truth.
extension WatchedTrial {
  /// Takes and rates every slot.
  func live() throws {
    for slot in 1...design.slots {
      var kit = kits[slot] ?? ""
      if WatchedTrial.lost.contains(slot) {
        let run = try run(
          "replace",
          [
            "--slot", "\(slot)", "--kit", "lost", "--reason", "fell behind the shelf",
            "--passphrase-file", "\(place)/passphrase",
          ], at: WatchedTrial.clock(slot: slot - 1, hour: 20))
        table.note("replace", slot: slot, run)
        let text = String(decoding: run.out, as: UTF8.self)
        let spare = Int(text.text(after: "take spare ", before: ",") ?? "") ?? 0
        table.note("replace: number of the spare", slot: slot, spare == 0 ? -1 : Double(spare))
        // Its code is read on the container that has this number, as the participant does.
        kit = kits[-spare] ?? ""
      }
      let run = try run(
        "checkin",
        ["mood=5", "sleep=7", "nap=none", "guess=60", "--skip", "notes", "--kit", kit],
        at: WatchedTrial.clock(slot: slot - 1, hour: 21))
      table.note("checkin", slot: slot, run)
      let status = try self.run("status", at: WatchedTrial.clock(slot: slot - 1, hour: 22))
      table.note("status", slot: slot, status)
      var facts = stat()
      stat("\(folder)/journal.sqlite", &facts)
      table.note("journal: size", slot: slot, Double(facts.st_size))
    }
  }

  /// What somebody with the right to trace, or with a core file, finds in a program of the blind phase: one
  /// that waits for an answer, and is then ended by a crash.
  func lookIntoWaitingProgram() throws {
    let waiting = try Child(
      program,
      ["checkin", folder, "--kit", kits[1] ?? "", "--clock", WatchedTrial.clock(slot: 0, hour: 21)])
    _ = try waiting.read(until: "not taken")
    waiting.type("1")
    _ = try waiting.read(until: "mood")
    if let memory = MemoryOfProcess.read(waiting.process) {
      exhibits.append(Exhibit("memory of checkin, waiting", memory))
    }
    let end = waiting.end(signal: SIGSEGV)
    guard end.status == -SIGSEGV else {
      throw HuntFault("a crashed checkin ended with status \(end.status)")
    }
    exhibits.append(Exhibit("output of a crashed checkin", end.out))
    for name in try FileManager.default.contentsOfDirectory(
      atPath: FileManager.default.currentDirectoryPath)
    where name.hasPrefix("core") {
      exhibits.append(Exhibit("a core file", Array(try Data(contentsOf: URL(filePath: name)))))
    }
  }

  /// The secret keys there are: two that lie somewhere for a while, and the passphrase.
  func keys() throws -> [Canary] {
    var keys = [Canary("the passphrase", Array("correct horse battery staple".utf8))]
    var packing: AgeIdentity?
    for (name, path) in [
      ("packing.key", "\(folder)/packing.key"), ("the second key", "\(place)/recovery.html"),
    ] {
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      guard let start = text.firstRange(of: "AGE-SECRET-KEY-1") else {
        throw HuntFault("\(path) holds no key")
      }
      let line = String(
        text[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" })
      let identity = try AgeIdentity(line)
      keys += [Canary(name, Array(line.utf8)), Canary("\(name) in bytes", identity.secretBytes)]
      if name == "packing.key" { packing = identity }
    }
    guard let packing else { return keys }
    let tickets = try AgeFile.decrypt(
      Array(try Data(contentsOf: URL(filePath: "\(folder)/sealed/packing.age"))), with: [packing])
    for line in String(decoding: tickets, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("places ") {
      let places = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      let words = places.prefix(6).flatMap { place in
        (0..<8).map { UInt8(truncatingIfNeeded: place >> (8 * $0)) }
      }
      keys.append(Canary("tickets", Array(line.dropFirst(7).prefix(29).utf8)))
      keys.append(Canary("tickets as numbers", words))
    }
    return keys
  }

  /// What stands before something that is digested, and is public: the protocol's digest, the identity.
  func publicBytes() throws -> [[UInt8]] {
    let design = Array(try Data(contentsOf: URL(filePath: "\(folder)/protocol.yaml")))
    let manifest = String(
      decoding: try Data(contentsOf: URL(filePath: "\(folder)/manifest.json")), as: UTF8.self)
    let trial = manifest.text(after: "\"trial\":\"", before: "\"") ?? ""
    return [sha256(design), Hex.decode(trial) ?? [], Array(trial.utf8)]
  }

  /// Locks and opens the trial; what was secret until then.
  func secrets(_ keys: [Canary]) throws -> Secrets {
    let eve = WatchedTrial.clock(slot: design.slots, hour: 20)
    exhibits += try Exhibit.files(of: folder, at: "before the lock")
    let lock = try Child.run(program, ["lock", folder, "--reason", "over", "--clock", eve])
    guard lock.status == 0 else { throw HuntFault(String(decoding: lock.out, as: UTF8.self)) }
    exhibits.append(Exhibit("output of lock", lock.out))
    exhibits += try Exhibit.files(of: folder, at: "locked")
    let opened = try Child.run(
      program,
      [
        "unblind", folder, "--passphrase-file", "\(place)/passphrase", "--prediction", "none",
        "--clock", eve,
      ])
    guard opened.status == 0 else { throw HuntFault(String(decoding: opened.out, as: UTF8.self)) }
    return try Secrets(
      unblinding: Array(try Data(contentsOf: URL(filePath: "\(folder)/unblinding.json"))),
      arms: design.arms, keys: keys)
  }
}
