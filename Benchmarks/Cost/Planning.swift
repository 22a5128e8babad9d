import BlindRecord
import Foundation
import TrialAnalysis
import TrialDesign

/// A thousand simulated trials of 56 days, each with exact p-values and intervals, beside the same
/// simulation in scipy with 1,000 resamples and no interval.
struct Planning {
  private static let simulations = 1_000
  /// Wall-clock seconds that a thousand trials may take on two cores.
  private static let limit = 0.3

  private static let text = """
    selfblind: 1
    title: A plan to be measured
    arms: [placebo, active]
    scheme:
      blocks: {each: [2, 2], repeat: 14}
    schedule: {start: 2031-03-03, zone: Europe/Berlin, every: 1}
    items:
      - {name: mood, prompt: How was your mood?, type: number, range: [0, 10]}
    analysis: {outcome: mood, statistic: mean-difference, whitening: none, level: 0.95}
    safety:
      stoppingRules: [Stop when anything feels wrong.]
      emergencyContact: A friend
      clinicianAsked: not-needed
      lawful: true
    """

  /// Prints our figures, and the peer's where there is one.
  ///
  /// - Parameter peer: the interpreter and the script.
  static func measure(peer: (python: String, script: String)?) async throws {
    let design = try TrialProtocol(bytes: Array(text.utf8), file: "plan.yaml")
    let trial = try PlannedTrial(design)
    let model = OutcomeModel(effect: 1, noise: .known(sd: 2, autocorrelation: 0.3))
    var (wall, processor) = (Double.infinity, Double.infinity)
    var power: Double?
    for _ in 0..<5 {
      let (start, work) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
      let found = try await Diagnosis(
        of: trial, under: model, simulations: simulations, seed: 1, withoutEffect: false, tasks: 2)
      wall = min(wall, now(CLOCK_MONOTONIC) - start)
      processor = min(processor, now(CLOCK_PROCESS_CPUTIME_ID) - work)
      power = found.power.value
    }
    print("what,seconds,limit,ratio")
    print(row("1000 trials with exact p and interval on two cores", wall, limit: limit))
    print(row("the same, processor time", processor, limit: nil))
    print("power,\(String(format: "%.3f", power ?? .nan)),,")
    guard let peer else { return }
    let run = Child.run(peer.python, [peer.script, "\(simulations)"])
    let words = run.output.split(whereSeparator: \.isWhitespace)
    guard run.status == 0, words.count == 2, let theirs = Double(words[0]) else {
      throw PeerFailure(
        description: "\(peer.python) \(peer.script) failed; it needs numpy and scipy")
    }
    print(row("scipy permutation_test, 1000 resamples, processor time", theirs, limit: nil))
    print("its power,\(words[1]),,")
    print("times as long,\(String(format: "%.0f", theirs / processor)),30,")
  }

  private static func row(_ what: String, _ seconds: Double, limit: Double?) -> String {
    let rest =
      limit.map { String(format: "%.2f,%.2f", $0, seconds / $0) } ?? ","
    return "\"\(what)\"," + String(format: "%.4f", seconds) + "," + rest
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
