package import BlindRecord
import Foundation
package import TrialKits
import TrialSeal

/// Packing of a made-up job in a temporary folder, for tests of the wizard's faces; the folder goes with it.
///
/// Two arms of 10 kits, one of 6 that stay empty; 20 slots and 6 spares; labels that follow from a number.
package final class SamplePacking: Sendable {
  /// The folder.
  package let folder: String
  /// The job.
  package let job: PackingJob
  /// By arm, its places: what a test may know and a session never says.
  package let places: [[Int]]
  private let sealedTickets: [UInt8]

  /// Lays the key and the tickets into a new folder.
  ///
  /// - Parameter given: by arm, its places, unless they follow from the number.
  package init(seed: Int = 1, places given: [[Int]]? = nil) throws {
    var codes = SplitMix(seed: seed)
    var labels: [KitCode] = []
    while labels.count < 26 + 8 + 12 {
      let code = KitCode(values: (0..<KitCode.length).map { _ in codes.below(31) })
      if !labels.contains(code) { labels.append(code) }
    }
    job = PackingJob(
      trial: "00112233aabbccdd", title: "Caffeine and my sleep",
      arms: [
        .init(name: "placebo", isEmpty: false, kits: 10),
        .init(name: "caffeine", isEmpty: false, kits: 10),
        .init(name: "nothing", isEmpty: true, kits: 6),
      ], slots: 20, mostLost: 2, labels: Array(labels.prefix(34)), cups: Array(labels.suffix(12)))
    let all = codes.shuffled(26).map { $0 + 1 }
    places = given ?? [Array(all[..<10]), Array(all[10..<20]), Array(all[20...])]
    folder =
      FileManager.default.temporaryDirectory.appending(path: "pack-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    sealedTickets = try PackingSession.prepare(
      PackingTickets(places: places), trial: job.trial, in: folder)
  }

  /// A manifest of a trial that is packed alone, for tests of what codes mean; its labels are not the job's.
  package static func manifest(slots: Int) throws -> Manifest {
    let day = CalendarDay(ordinal: 20_000)
    let kits = (0..<slots).map { KitCode(values: [$0 / 31, $0 % 31, 1, 2, 3, 4]) }
    return Manifest(
      trial: "00112233aabbccdd", title: "A trial", simulated: true,
      sealedAt: Moment(seconds: 0, zone: "UTC", offset: 0),
      schedule: Schedule(
        occasions: kits.enumerated().map {
          Occasion(slot: $0.offset + 1, day: day.advanced(by: $0.offset), kit: $0.element)
        }, entryWindow: 1),
      items: [], guessPrompt: nil,
      packing: Manifest.Packing(
        by: "participant", kits: slots + 6, replacements: 2, spareKits: nil, labels: [], cups: nil,
        matching: nil), safety: .init(emergencyContact: "A", stoppingRules: []), recorderKey: "",
      commitments: .init(
        protocolDigest: "", shareCommitment: "", planRoot: "", custody: "self", mixing: "none",
        commitment: "", sealedFiles: [:], abandonedSealings: 0))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The job with labels for the cups of a matching test of six rounds.
  package var matchingJob: PackingJob {
    PackingJob(
      trial: job.trial, title: job.title, arms: job.arms, slots: job.slots, mostLost: 2,
      labels: Array(job.labels.prefix(20)), cups: job.cups + Array(job.labels.suffix(14)))
  }

  /// Opens packing where it was left; the session before must be gone.
  package func open() throws -> PackingSession {
    try PackingSession(job, sealedTickets: sealedTickets, in: folder)
  }
}

/// A small generator of numbers for tests (Steele, Lea and Flood 2014), the same everywhere.
package struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  /// The stream of a number.
  package init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 }

  /// The stream of one of many simulations; those of neighbouring numbers have nothing in common.
  ///
  /// The streams of `seed` n and n + 1 are the same but for one number, which makes simulations that follow
  /// each other alike.
  package init(simulation number: Int) {
    var other = SplitMix(seed: number)
    state = other.next()
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below a bound.
  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// The numbers below a bound in a random order.
  package mutating func shuffled(_ count: Int) -> [Int] { (0..<count).shuffled(using: &self) }
}
