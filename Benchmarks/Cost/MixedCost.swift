import Foundation
import TrialStatistics

/// What a mixed model of 850 rows of 240 people costs, against its limit and lme4 in the same run.
enum MixedCost {
  /// Milliseconds that a fit may take, its columns, sums and contrasts included.
  private static let limit = 20.0
  private static let people = 240
  private static let rows = 850

  /// Rows as of a study: a few per person, an arm, a guess that is right in two of three rows.
  private struct Table {
    var persons: [Int] = []
    var active: [Double] = []
    var guess: [Double] = []
    var outcome: [Double] = []

    init() {
      var level: [Double] = []
      var noise = CounterGenerator(seed: 1, simulation: 0, stream: .noise)
      var arms = CounterGenerator(seed: 1, simulation: 0, stream: .assignment)
      for _ in 0..<people { level.append(6 * noise.normal()) }
      for row in 0..<rows {
        let person = row % people
        let isActive = arms.uniform() < 0.5
        let isRight = arms.uniform() < 0.65
        persons.append(person)
        active.append(isActive ? 1 : 0)
        guess.append(isActive == isRight ? 1 : 0)
        outcome.append(
          13 + (active.last ?? 0) + 5 * (guess.last ?? 0) + level[person] + 9 * noise.normal())
      }
    }

    var csv: String {
      (["person,active,guess,y"]
        + persons.indices.map { "\(persons[$0]),\(active[$0]),\(guess[$0]),\(outcome[$0])" })
        .joined(separator: "\n") + "\n"
    }

    func columns(_ names: [String]) -> [MixedDesign.Column] {
      names.map { name in
        MixedDesign.Column(
          name,
          name == "active" ? active : name == "guess" ? guess : zip(active, guess).map { $0 * $1 })
      }
    }

    func model(_ names: [String]) throws -> RandomInterceptModel {
      try RandomInterceptModel(
        MixedDesign(outcome: outcome, persons: persons, columns: columns(names)))
    }
  }

  private static let models = [
    ("active", ["active"]), ("active + guess", ["active", "guess"]),
    ("active * guess", ["active", "guess", "both"]),
  ]

  /// - Parameter peer: Rscript and the script that fits the same with lme4; `nil` leaves it out.
  static func measure(peer: (program: String, script: String)?) throws {
    let table = Table()
    print("model,milliseconds,limit,ratio,lme4 alone,with lmerTest,times,estimates differ by")
    for (name, columns) in models {
      let time = try Timing.shortest {
        let model = try table.model(columns)
        for column in model.design.names { _ = try model.contrast(of: column) }
      }
      var line = [name, text(time), "\(limit)", text(time / limit)]
      if let peer {
        let (alone, whole, estimates) = try run(peer, name, table.csv)
        let ours = try table.model(columns).coefficients
        let most = zip(ours, estimates).map { abs($0 - $1) }.max() ?? .nan
        line += [text(alone), text(whole), "\(Int((whole / time).rounded()))", "\(most)"]
      }
      print(line.joined(separator: ","))
    }
    let model = try table.model(["active", "guess", "both"])
    let bootstrap = PersonBootstrap(seed: 1, replicates: 200)
    let time = try Timing.shortest {
      for replicate in 0..<bootstrap.replicates {
        _ = model.coefficients(
          times: bootstrap.times(persons: people, replicate: replicate))
      }
    }
    print("one replicate of active * guess with people drawn anew,\(text(time / 200)),,")
  }

  private static func text(_ value: Double) -> String { String(format: "%.3f", value) }

  /// The times and the coefficients of lme4.
  private static func run(
    _ peer: (program: String, script: String), _ model: String, _ csv: String
  ) throws -> (alone: Double, whole: Double, estimates: [Double]) {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "selfblind-mixed-\(ProcessInfo.processInfo.processIdentifier).csv")
    try csv.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = Child.run(peer.program, [peer.script, model, file.path])
    let words = run.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard run.status == 0, words.count > 3 else {
      throw PeerFailure(
        description: "\(peer.program) \(peer.script) failed; it needs lme4 and lmerTest")
    }
    return (words[0], words[1], Array(words.dropFirst(2)))
  }
}
