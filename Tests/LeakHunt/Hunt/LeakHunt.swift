import Foundation
package import TrialDesign
import TrialTestSupport

/// The leak hunt of Documentation/Design/blind.md, layers L1 to L4, over trials that are really run.
package struct LeakHunt: Sendable {
  /// The finished program.
  package let program: String
  /// The first trial's number; the numbers that follow are the other trials'.
  package let seed: Int
  /// Exchanges of schedules for a p-value.
  package let exchanges: Int

  /// The level of all families of a hunt together (Bonferroni).
  package static let level = 0.001

  /// A hunt.
  package init(program: String, seed: Int, exchanges: Int = 19_999) {
    (self.program, self.seed, self.exchanges) = (program, seed, exchanges)
  }

  /// What is watched.
  package enum Kind: String, CaseIterable, Sendable {
    /// Twenty-eight days of two arms.
    case two = "two arms"
    /// Twenty-four days, the third arm without a pill.
    case three = "three arms, one without a pill"
    /// Twelve days, of which there are so few plans that all can be tried.
    case short = "twelve days"

    var design: WatchedTrial.Design {
      switch self {
      case .two: WatchedTrial.twoArms
      case .three: WatchedTrial.threeArms
      case .short: WatchedTrial.twelveDays
      }
    }

    /// The compiled scheme.
    package func automaton() throws -> SlotAutomaton {
      let text = ExampleProtocols.text(scheme: design.scheme, arms: design.armsText)
      return try ExampleProtocols.read(text).scheme.automaton()
    }
  }

  // MARK: L1

  /// Runs trials, and keeps what was seen of each.
  package func watch(
    _ kind: Kind, trials: Int, progress: (Int) -> Void = { _ in }
  ) throws -> SightingSet {
    var set: SightingSet?
    for number in 0..<trials {
      let trial = try WatchedTrial(kind.design, number: seed + number, program: program)
      try trial.seal()
      try trial.pack(looksAtMemory: false)
      try trial.live()
      let table = trial.table.sorted
      let sighting = Sighting(
        arms: try trial.arms(), numbers: table.rows, bytes: trial.bytes, whole: trial.whole)
      if set == nil {
        set = SightingSet(
          numberNames: table.names, byteParts: trial.byteParts,
          armCount: trial.design.arms.count, trials: [])
      }
      guard set?.numberNames == table.names,
        set?.trials.first.map({ $0.whole.count == sighting.whole.count }) ?? true,
        set?.trials.first.map({ $0.bytes.map(\.count) == sighting.bytes.map(\.count) }) ?? true
      else { throw HuntFault("trial \(number) shows something else than those before") }
      set?.trials.append(sighting)
      progress(number + 1)
    }
    guard let set else { throw HuntFault("no trial was watched") }
    return set
  }

  /// Tests every family of a set.
  package func test(_ set: SightingSet) -> [ExchangeTest.Finding] {
    let test = ExchangeTest(exchanges: exchanges, seed: seed)
    return Families(set).all.map(test.run)
  }

  /// The families that are below the level, which is divided by their number.
  package static func alarms(
    _ findings: [ExchangeTest.Finding], level: Double = LeakHunt.level
  ) -> [ExchangeTest.Finding] {
    findings.filter { $0.p <= level / Double(findings.count) }
  }

  /// Puts a leak in and looks with the family that it is for, at that family's share of the level.
  package func finds(_ plant: Plant, in set: SightingSet) -> (Bool, ExchangeTest.Finding) {
    let families = Families(plant.put(into: set, seed: seed))
    let finding = ExchangeTest(exchanges: exchanges, seed: seed).run(plant.family(of: families))
    return (finding.p <= LeakHunt.level / Double(families.all.count), finding)
  }

  // MARK: L2 and L3

  /// Runs one trial to its unblinding and keeps everything that was shown before.
  package func watchClosely(_ kind: Kind, number: Int) throws -> SearchedTrial {
    let trial = try WatchedTrial(kind.design, number: seed + number, program: program)
    try trial.seal()
    let keys = try trial.keys()
    let sealed = try Exhibit.files(of: trial.folder, at: "sealed")
    try trial.pack(looksAtMemory: true)
    try trial.lookIntoWaitingProgram()
    try trial.live()
    return SearchedTrial(
      kind: kind, secrets: try trial.secrets(keys), publicBytes: try trial.publicBytes(),
      // While packing, the packer's key lies there by design (packing.md, section 9).
      exhibits: (sealed + trial.exhibits).filter { !$0.name.hasSuffix(": packing.key") })
  }

  // MARK: L4

  /// Guesses the schedules of a set by the scheme alone.
  package func guess(_ set: SightingSet, of kind: Kind) throws -> BestGuesser {
    BestGuesser(set.trials.map(\.arms), of: try kind.automaton())
  }
}
