import BlindRecord
import TrialDesign
import TrialSeal

/// Sealing 365 slots to a public key, and opening every envelope of them.
enum SealingBenchmark {
  static func run() throws {
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "protocol.yaml")
    let identity = try AgeIdentity(secret: [UInt8](1...32))
    let circumstances = SealedTrial.Circumstances(
      sealedAt: Moment(seconds: 1_900_000_000, zone: "UTC", offset: 0))
    func sealed() throws -> SealedTrial {
      try SealedTrial.seal(
        design, custody: .recipient(identity.recipient), circumstances: circumstances
      ).deliver { _ in }.trial
    }
    let sealing = try shortest(of: 9, byClock: true) { try sealed() }
    let processors = try shortest(of: 9) { try sealed() }
    let trial = try sealed()
    let opening = try shortest(of: 9, byClock: true) {
      for file in trial.sealedFiles.values { _ = try AgeFile.decrypt(file, with: [identity]) }
    }
    say(
      "seal 365 slots: \(sealing) ms, \(processors) ms of all processors; open them: \(opening) ms")
    report("seal and open 365 slots, no passphrase", sealing + opening, limit: 50, "ms")
  }

  private static let text = """
    selfblind: 1
    title: A benchmark
    arms: [placebo, active]
    scheme:
      complete: {slots: 365, active: 182}
    schedule: {start: 2031-01-01, zone: UTC, every: 1, entryWindow: 1}
    items:
      - {name: mood, prompt: "How was your mood?", type: number, range: [0, 10]}
    analysis: {outcome: mood, statistic: mean-difference, whitening: none, level: 0.95}
    safety:
      stoppingRules: [Stop when anything feels wrong.]
      emergencyContact: nobody, this is a benchmark
      clinicianAsked: not-needed
      lawful: true

    """
}
