import Foundation
import LeakHunt
import Testing
import TrialTestSupport

/// The leak hunt in little: two trials really run with the built program, one of them to its unblinding.
@Suite struct ShortHuntTests {
  /// The binary beside the test bundle.
  static var program: String {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("selfblind").path
  }

  @Test func aTrialShowsNoSecretAndNoDigestThatCanBeGuessed() throws {
    let searched = try LeakHunt(program: Self.program, seed: 40).watchClosely(.short, number: 1)
    #expect(searched.exhibits.count > 100)
    #expect(searched.leaks == [])
    for plant in LeakPlant.all(for: searched) {
      #expect(Canary.search([plant.exhibit], for: searched.secrets).count == 1, "\(plant.name)")
    }
    let now = Int(Date().timeIntervalSince1970)
    let force = try searched.guessed(around: [])
    #expect(force.count > 20, "public values")
    #expect(force.hits == [])
    let plants = LeakPlant.digests(for: searched, clock: now)
    #expect(try searched.guessed(around: [], with: [plants[0].exhibit]).hits.count == 1)
    #expect(try searched.guessed(around: [now], with: [plants[1].exhibit]).hits.count == 1)
  }

  @Test func watchedTrialsShowTheSameNumbers() throws {
    let set = try LeakHunt(program: Self.program, seed: 70).watch(.short, trials: 2)
    #expect(set.trials.map(\.arms.count) == [12, 12])
    #expect(set.trials.allSatisfy { $0.arms.count { $0 == 1 } == 6 })
    #expect(set.numberNames.count > 40, "\(set.numberNames)")
    #expect(Set(set.numberNames).count == set.numberNames.count)
    // Lengths are the same in every slot: what differs by arm would be seen at once.
    for name in set.numberNames where name.hasSuffix("file: size") {
      let place = try #require(set.numberNames.firstIndex(of: name))
      #expect(Set(set.trials.flatMap { $0.numbers[place] }).count == 1, "\(name)")
    }
  }
}
