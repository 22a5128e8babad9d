import Foundation
import LeakHunt
import TrialTestSupport

/// `leak-hunt SELFBLIND [TRIALS] [SEED]`: looks for the allocation in all that the blind phase shows.
///
/// Prints the tables of Documentation/Design/blind.md. Exit status 1 when something was found that repeats
/// with other trials, when a planted leak was missed, or when null runs cry too often. Everything but the
/// draws themselves follows from the seed; those are made by the finished program, from the system.
@main struct LeakHuntProgram {
  private var faults: [String] = []
  private let program: String
  private let trials: Int
  private let seed: Int

  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 2, let trials = words.count > 2 ? Int(words[2]) : 512, trials >= 16,
      let seed = words.count > 3 ? Int(words[3]) : 5
    else {
      say("leak-hunt SELFBLIND [TRIALS, 16 and more] [SEED]")
      exit(64)
    }
    var hunt = LeakHuntProgram(program: words[1], trials: trials, seed: seed)
    let start = ContinuousClock.now
    try hunt.search()
    let two = try hunt.hunt(.two, trials: trials)
    _ = try hunt.hunt(.three, trials: trials / 2)
    hunt.plant(in: two)
    hunt.nullRuns(of: two)
    say("\n\(Int((ContinuousClock.now - start) / .seconds(1))) s, \(hunt.faults.count) faults")
    for fault in hunt.faults { say(fault) }
    exit(hunt.faults.isEmpty ? 0 : 1)
  }

  private init(program: String, trials: Int, seed: Int) {
    (self.program, self.trials, self.seed) = (program, trials, seed)
  }

  // MARK: L1 and L4

  /// Watches trials and tests them; what is found is looked for again in as many others.
  private mutating func hunt(_ kind: LeakHunt.Kind, trials: Int) throws -> SightingSet {
    say("\n## \(kind.rawValue): \(trials) trials")
    let (set, alarms) = try round(kind, trials, seed: seed * 1_000_000)
    if !alarms.isEmpty {
      say("\nonce more, with other trials:")
      let again = try round(kind, trials, seed: seed * 1_000_000 + 500_000).alarms
      faults += alarms.filter { again.contains($0) }.map { "\(kind.rawValue): \($0)" }
    }
    return set
  }

  private mutating func round(
    _ kind: LeakHunt.Kind, _ trials: Int, seed: Int
  ) throws -> (set: SightingSet, alarms: [String]) {
    let hunt = LeakHunt(program: program, seed: seed)
    let set = try hunt.watch(kind, trials: trials) { done in
      if done % 64 == 0 { complain("\(kind.rawValue): \(done) of \(trials)") }
    }
    let bytes = set.byteParts.map(\.count).reduce(0, +)
    say(
      "\(set.numberNames.count) numbers and \(bytes) bytes a slot, "
        + "\(set.trials.first?.whole.count ?? 0) bytes a trial\n")
    say("| scores | how many | the loudest of them | z | p of the family |\n|---|--:|---|--:|--:|")
    let findings = hunt.test(set)
    for finding in findings {
      say(
        "| \(finding.family) | \(finding.count) | \(finding.loudest) | \(text(finding.z, 1)) "
          + "| \(probability(finding)) |")
    }
    let guesser = try hunt.guess(set, of: kind)
    say(
      "\nbest guesser by the scheme: \(text(100 * guesser.share, 2)) % right, "
        + "bound \(text(100 * guesser.bound, 2)) %, standard error \(text(100 * guesser.error, 2))")
    // One-sided 0.001 of a normal number.
    var alarms = LeakHunt.alarms(findings).map(\.family)
    if guesser.z > 3.09 { alarms.append("the best guesser") }
    return (set, alarms)
  }

  // MARK: L2 and L3

  private mutating func search() throws {
    say("## Secrets in everything that was shown or left")
    let hunt = LeakHunt(program: program, seed: seed)
    var exhibits = 0
    var bytes = 0
    var memories = 0
    var secrets = 0
    var found: Set<String> = []
    for kind in [LeakHunt.Kind.two, .three] {
      for number in 0..<8 {
        let searched = try hunt.watchClosely(kind, number: number)
        exhibits += searched.exhibits.count
        bytes += searched.exhibits.reduce(0) { $0 + $1.bytes.count }
        memories += searched.exhibits.count { $0.name.hasPrefix("memory") }
        secrets += searched.secrets.arms.count + searched.secrets.hidden.count
        found.formUnion(searched.leaks)
      }
    }
    say(
      "16 trials: \(secrets) secrets, each in every form, in \(exhibits) exhibits of "
        + "\(bytes >> 20) MB, \(memories) of them the memory of a process: \(found.count) found")
    for leak in found.sorted() { say("- \(leak)") }
    faults += found.sorted()
    try search(hunt.watchClosely(.short, number: 90))
  }

  private mutating func search(_ searched: SearchedTrial) throws {
    let missed = LeakPlant.all(for: searched).filter {
      Canary.search([$0.exhibit], for: searched.secrets).isEmpty
    }
    say("planted: \(LeakPlant.all(for: searched).count), missed: \(missed.map(\.name))")
    faults += missed.map { "a planted secret was missed: \($0.name)" }
    // The clock that was set, and the one of the machine.
    let instants = [1_930_327_200, Int(Date().timeIntervalSince1970)]
    let force = try searched.guessed(around: instants)
    say("\n## Guesses at public digests")
    say("\(force.tried) digests against \(force.count) public values: \(force.hits.count) right")
    faults += force.hits.sorted()
    for plant in LeakPlant.digests(for: searched, clock: instants[1] - 4_000) {
      let isFound = try searched.guessed(around: instants, with: [plant.exhibit]).hits.count == 1
      say("planted: \(plant.name): \(isFound ? "found" : "missed")")
      if !isFound { faults.append("a planted digest was missed: \(plant.name)") }
    }
  }

  // MARK: Controls

  private mutating func plant(in set: SightingSet) {
    say("\n## Planted leaks\n\n| leak | found by | z | p of the family |\n|---|---|--:|--:|")
    let hunt = LeakHunt(program: program, seed: seed)
    for plant in Plant.allCases {
      let (isFound, finding) = hunt.finds(plant, in: set)
      say(
        "| \(plant.rawValue) | \(isFound ? finding.loudest : "missed") | \(text(finding.z, 1)) "
          + "| \(probability(finding)) |")
      if !isFound { faults.append("a planted leak was missed: \(plant.rawValue)") }
    }
  }

  /// The same sightings with schedules that are not theirs: how often something is found where nothing is.
  private mutating func nullRuns(of set: SightingSet) {
    let (runs, level, some) = (200, 0.05, 96)
    var random = SplitMix(seed: seed)
    var alarms = 0
    for run in 0..<runs {
      var part = set
      part.trials = Array(set.trials.shuffled(using: &random).prefix(some))
      let hunt = LeakHunt(program: program, seed: run, exchanges: 1_999)
      let findings = hunt.test(part.exchanged(using: &random))
      if !LeakHunt.alarms(findings, level: level).isEmpty { alarms += 1 }
      if run % 20 == 19 { complain("null runs: \(run + 1) of \(runs), \(alarms) alarms") }
    }
    let share = Double(alarms) / Double(runs)
    let error = (level * (1 - level) / Double(runs)).squareRoot()
    say(
      "\n\(runs) null runs of \(some) trials at level \(text(100 * level, 0)) %: an alarm in "
        + "\(text(100 * share, 1)) %, standard error \(text(100 * error, 1))")
    if share > level + 3 * error { faults.append("null runs cry too often: \(alarms) of \(runs)") }
  }
}

private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

private func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// A number with some decimals.
private func text(_ number: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let whole = (number * scale).rounded() / scale
  return decimals == 0 ? "\(Int(whole))" : "\(whole)"
}

private func probability(_ finding: ExchangeTest.Finding) -> String {
  "\(text(finding.p, 5)) ± \(text(finding.standardError, 5))"
}
