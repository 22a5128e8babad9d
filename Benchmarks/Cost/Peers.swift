import Foundation
import TrialStatistics

/// The same trials in scipy's `permutation_test`, in the same run: how many times longer it takes.
///
/// It gives one p-value, with a sampling error; ours is exact and has the intervals with it.
struct Peers {
  let python: String
  let script: String

  private static let trials = [
    (kind: "independent", name: "complete"), (kind: "independent", name: "blocks of four"),
    (kind: "samples", name: "pairs"),
  ]

  /// Prints a line for each trial of 56 slots.
  func compare() throws {
    print("scheme,ours p,ours ms,permutation_test p,permutation_test ms,times")
    for trial in Peers.trials {
      let cases = CostCase.all.filter {
        $0.group == "resolution" && $0.name == trial.name && $0.resolution == .integers
      }
      for item in cases {
        let made = try item.made()
        let timing = try Timing(made.test)
        let p = try made.test.result().pGreater
        let run = Child.run(
          python,
          [
            script, trial.kind, made.units.map { "\($0 ?? 0)" }.joined(separator: ","),
            made.observed.map { "\($0)" }.joined(separator: ","),
          ])
        let words = run.output.split(whereSeparator: \.isWhitespace)
        guard run.status == 0, words.count == 2, let theirs = Double(words[0]) else {
          throw PeerFailure(description: "\(python) \(script) failed; it needs numpy and scipy")
        }
        let times = Int((theirs / timing.milliseconds).rounded())
        print(
          "\(trial.name),\(String(format: "%.5f", p)),\(String(format: "%.3f", timing.milliseconds))",
          words[1], words[0], times, separator: ",")
      }
    }
  }
}

/// The peer could not be run.
struct PeerFailure: Error, CustomStringConvertible {
  let description: String
}
