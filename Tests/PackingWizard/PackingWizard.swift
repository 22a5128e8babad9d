import BlindRecord
import Foundation
import LocalWeb
import PackingWeb
import TrialKits
import TrialSeal

/// Serves the packer's pages of a made-up job, for Tests/Browser: `packing-wizard FOLDER PORT SEED`.
///
/// Lays the key and the tickets into the folder when it is empty, and goes on there otherwise, as
/// `selfblind pack` does with a sealed trial. The first line of output is the pairing code; `packed.json` in
/// the folder is what would go into the record. Two arms of 5 kits and one of 3 that stay empty.
@main enum PackingWizard {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let port = Int(arguments[2]), let seed = UInt64(arguments[3]) else {
      FileHandle.standardError.write(Data("packing-wizard FOLDER PORT SEED\n".utf8))
      exit(64)
    }
    let folder = arguments[1]
    let job = job(seed: seed)
    let tickets = URL(filePath: "\(folder)/tickets.age")
    if !FileManager.default.fileExists(atPath: tickets.path) {
      var source = SplitMix(state: seed)
      let all = Array(1...job.kits).shuffled(using: &source)
      var start = 0
      let places = job.arms.map { arm in
        defer { start += arm.kits }
        return Array(all[start..<start + arm.kits])
      }
      let sealed = try PackingSession.prepare(
        PackingTickets(places: places), trial: job.trial, in: folder)
      try Data(sealed).write(to: tickets)
      try JSONEncoder().encode(places).write(to: URL(filePath: "\(folder)/places.json"))
    }
    let session = try PackingSession(
      job, sealedTickets: Array(try Data(contentsOf: tickets)), in: folder)
    let site = PackingSite(session) { packed in
      try JSONEncoder().encode(packed).write(to: URL(filePath: "\(folder)/packed.json"))
    }
    let gate = try Gate()
    let server = LocalServer(
      reach: .loopback, port: port, gate: gate, frame: PackingSite.frame,
      site: { await site.respond(to: $0) })
    try await server.run { bound in
      FileHandle.standardOutput.write(
        Data("\(gate.code) \(bound)\n\(job.labels.map(\.text).joined(separator: " "))\n".utf8))
    }
  }

  private static func job(seed: UInt64) -> PackingJob {
    var source = SplitMix(state: seed &+ 1)
    var labels: [KitCode] = []
    while labels.count < 21 + 3 {
      let code = KitCode(
        values: (0..<KitCode.length).map { _ in Int.random(in: 0..<31, using: &source) })
      if !labels.contains(code) { labels.append(code) }
    }
    return PackingJob(
      trial: "00112233aabbccdd", title: "Caffeine and my sleep",
      arms: [
        .init(name: "placebo", isEmpty: false, kits: 5),
        .init(name: "caffeine", isEmpty: false, kits: 5),
        .init(name: "nothing", isEmpty: true, kits: 3),
      ], slots: 10, mostLost: 2, labels: Array(labels.prefix(21)), cups: Array(labels.suffix(3)))
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): for the made-up job only.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
