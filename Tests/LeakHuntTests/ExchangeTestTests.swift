import Foundation
import LeakHunt
import Testing
import TrialTestSupport

/// The test of the leak hunt: exact where it can be counted, quiet where nothing is, loud where a leak is put.
@Suite struct ExchangeTestTests {
  /// Sightings of nothing but noise, with the names that plants look for.
  static func noise(trials: Int, slots: Int = 16, seed: Int) -> SightingSet {
    var random = SplitMix(seed: seed)
    let names = [
      "checkin: duration", "slot file: size", "page: length of the answer",
      "code on the kit: place among labels", "terminal: turn",
    ]
    let sightings = (0..<trials).map { _ in
      let ones = Set(random.shuffled(slots).prefix(slots / 2))
      return Sighting(
        arms: (0..<slots).map { ones.contains($0) ? 1 : 0 },
        numbers: names.indices.map { number in
          // Sizes hardly differ, durations and places do.
          (0..<slots).map { _ in
            number == 1
              ? 811 : number == 2 ? Float(4000 + random.below(2)) : Float(random.below(1000))
          }
        },
        bytes: (0..<slots).map { _ in (0..<12).map { _ in UInt8(random.below(256)) } },
        whole: (0..<4).map { _ in UInt8(random.below(256)) })
    }
    return SightingSet(
      numberNames: names, byteParts: [("slot file", 12)], armCount: 2, trials: sightings)
  }

  /// A family with one score: the matrix itself.
  private static func family(_ matrix: [Float], trials: Int) -> ExchangeTest.Family {
    ExchangeTest.Family(
      name: "one", trials: trials, count: 1, label: { _ in "it" },
      fill: { _, into in for place in matrix.indices { into[place] = matrix[place] } })
  }

  @Test func theDistanceIsThatOfAllExchanges() {
    // Four trials: all 24 exchanges can be counted.
    let matrix: [Float] = [9, 1, 4, 1, 2, 7, 2, 6, 5, 3, 8, 1, 1, 2, 3, 5]
    var sums: [Double] = []
    func exchange(_ left: [Int], _ sum: Double) {
      guard !left.isEmpty else { return sums.append(sum) }
      for column in left {
        exchange(left.filter { $0 != column }, sum + Double(matrix[(4 - left.count) * 4 + column]))
      }
    }
    exchange([0, 1, 2, 3], 0)
    let mean = sums.reduce(0, +) / 24
    let spread = (sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 24).squareRoot()
    let finding = ExchangeTest(exchanges: 1_999, seed: 3).run(Self.family(matrix, trials: 4))
    #expect(abs(finding.z - (9 + 7 + 8 + 5 - mean) / spread) < 1e-5)
    let extreme = sums.count { abs($0 - mean) >= abs(29 - mean) - 1e-9 }
    #expect(abs(finding.p - Double(extreme) / 24) < 0.06, "\(finding.p), \(extreme) of 24")
  }

  @Test func whatIsTheSameForEveryScheduleIsNoScore() {
    let finding = ExchangeTest(exchanges: 199, seed: 3).run(
      Self.family(Array(repeating: 7, count: 16), trials: 4))
    #expect(finding.p == 1)
  }

  /// The largest of all scores of a family is below 5 % in 5 % of runs: 120 runs, three standard errors.
  @Test func nullRunsStayQuiet() {
    var alarms = 0
    for run in 0..<120 {
      let set = Self.noise(trials: 16, slots: 8, seed: 1_000 + run)
      let families = Families(set)
      for family in [families.numbers] {
        if ExchangeTest(exchanges: 199, seed: run).run(family).p <= 0.05 { alarms += 1 }
      }
    }
    #expect(alarms <= 13, "\(alarms) of 120")
    #expect(alarms >= 1)
  }

  @Test(arguments: [
    Plant.sheetOrder, .unshuffledBag, .longFile, .longPage, .flagBit, .keyStream, .wholeBit,
  ])
  func aPlantedLeakIsFound(_ plant: Plant) {
    let set = Self.noise(trials: plant == .flagBit ? 160 : 64, seed: 9)
    let hunt = LeakHunt(program: "", seed: 4, exchanges: 9_999)
    let (isFound, finding) = hunt.finds(plant, in: set)
    #expect(isFound, "\(finding)")
    // The same family is quiet without it.
    let quiet = ExchangeTest(exchanges: 1_999, seed: 4).run(plant.family(of: Families(set)))
    #expect(quiet.p > LeakHunt.level, "\(quiet)")
  }

  @Test func treesFindWhatOnlyTwoNumbersTell() {
    var set = Self.noise(trials: 96, seed: 12)
    for trial in set.trials.indices {
      for slot in 0..<set.slots {
        let isHigh = set.trials[trial].numbers[0][slot] > 500
        let isArm = set.trials[trial].arms[slot] == 1
        set.trials[trial].numbers[3][slot] = isHigh == isArm ? 900 : 100
      }
    }
    let test = ExchangeTest(exchanges: 1_999, seed: 1)
    #expect(test.run(Families(set).prediction).p <= 0.001)
    #expect(test.run(Families(set).numbers).p > 0.01)
    #expect(test.run(Families(Self.noise(trials: 96, seed: 12)).prediction).p > 0.01)
  }
}
