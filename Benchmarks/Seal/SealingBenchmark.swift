import BlindRecord
import TrialDesign
import TrialSeal

/// Sealing 365 slots to a public key, and opening every envelope of them.
///
/// In blocks, and once more completely randomized: 65,000 states of the rule are compiled then.
enum SealingBenchmark {
  static func run() throws {
    try run("in blocks of five", "blocks: {each: [3, 2], repeat: 73}")
    try run("completely randomized", "complete: {slots: 365, active: 182}")
  }

  private static func run(_ name: String, _ scheme: String) throws {
    let design = try TrialProtocol(bytes: Array(text(scheme).utf8), file: "protocol.yaml")
    let identity = try AgeIdentity(secret: [UInt8](1...32))
    let circumstances = SealedTrial.Circumstances(
      sealedAt: Moment(seconds: 1_900_000_000, zone: "UTC", offset: 0))
    func sealed() throws -> SealedTrial {
      try SealedTrial.seal(
        design, custody: .recipient(identity.recipient), circumstances: circumstances
      ).deliver { _ in }.trial
    }
    let sealing = try shortest(of: 9, byClock: true) { try sealed() }
    let trial = try sealed()
    let opening = try shortest(of: 9, byClock: true) {
      for file in trial.sealedFiles.values { _ = try AgeFile.decrypt(file, with: [identity]) }
    }
    report("seal 365 slots \(name)", sealing, limit: 50, "ms")
    report("open all of them", opening, limit: 50, "ms")
    report("both, no passphrase", sealing + opening, limit: 50, "ms")
  }

  private static func text(_ scheme: String) -> String {
    """
    selfblind: 1
    title: A benchmark
    arms: [placebo, active]
    scheme:
      \(scheme)
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
}
