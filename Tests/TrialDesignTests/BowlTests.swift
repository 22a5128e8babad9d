import Foundation
import Testing
import TrialDesign
import TrialTestSupport

/// Envelopes that are taken out of a bowl one after the other.
@Suite struct BowlTests {
  /// The bowl of the citizen-science study, as letters.
  private let capsules = ["MpMp", "MpMp", "MppM", "pMMp"]

  private func arms(_ text: String) -> [Int] { text.map { $0 == "M" ? 1 : 0 } }

  private func scheme(
    weeks: Int, active: Int, _ patterns: [String], alternating: Bool = false
  ) -> RandomizationScheme {
    .weekly(
      WeeklySets(
        weeks: weeks, activeWeeks: active, patterns: patterns.map(arms), alternating: alternating,
        replacement: false))
  }

  /// Every order of some of the places below a number.
  private func orders(_ count: Int, of all: Int) -> [[Int]] {
    (0..<count).reduce([[]]) { begun, _ in
      begun.flatMap { taken in (0..<all).filter { !taken.contains($0) }.map { taken + [$0] } }
    }
  }

  /// Every draw by hand: which weeks, then the envelopes one after the other; sorted.
  private func byHand(
    weeks: Int, active: Int, _ patterns: [String], alternating: Bool = false
  ) -> [[Int]] {
    var draws: [[Int]] = []
    for chosen in 0..<(1 << weeks) where chosen.nonzeroBitCount == active {
      let isActive = (0..<weeks).map { chosen >> $0 & 1 == 1 }
      if alternating, zip(isActive, isActive.dropFirst()).contains(where: { $0 == $1 }) { continue }
      for order in orders(active, of: patterns.count) {
        var rest = order[...]
        draws.append(
          isActive.flatMap { active in
            active ? arms(patterns[rest.removeFirst()]) : arms("pppp")
          })
      }
    }
    return draws.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test(
    "weights, posteriors and guesses are those of all draws by hand",
    arguments: [(4, 2, true), (4, 2, false), (4, 3, false), (4, 4, false), (3, 1, false)])
  func twin(weeks: Int, active: Int, alternating: Bool) throws {
    let automaton = try scheme(weeks: weeks, active: active, capsules, alternating: alternating)
      .automaton()
    let draws = byHand(weeks: weeks, active: active, capsules, alternating: alternating)
    let common = draws.count / automaton.everyDraw.count
    #expect(automaton.everyDraw.flatMap { repeatElement($0.arms, count: common) } == draws)
    for one in Set(draws) {
      let share = Double(draws.count { $0 == one }) / Double(draws.count)
      #expect(abs(automaton.weight(of: Assignment(arms: one)) - share) < 1e-15)
    }
    for fixed in [[:], [0: 1], [0: 1, 3: 1], [2: 1, 8: 0], [15: 1]] {
      let left = draws.filter { draw in
        fixed.allSatisfy { draw.indices.contains($0.key) && draw[$0.key] == $0.value }
      }
      for (slot, shares) in automaton.posterior(fixing: fixed).enumerated() {
        let share =
          left.isEmpty ? 0 : Double(left.count { $0[slot] == 1 }) / Double(left.count)
        #expect(abs(shares[1] - share) < 1e-15)
      }
    }
    var right = 0
    for slot in 0..<(4 * weeks) {
      for group in Dictionary(grouping: draws, by: { Array($0.prefix(slot)) }).values {
        let ones = group.count { $0[slot] == 1 }
        right += max(ones, group.count - ones)
      }
    }
    let expected = Double(right) / Double(draws.count)
    #expect(abs(automaton.expectedCorrectGuesses - expected) < 1e-12)
  }

  /// The groups as their people's weeks have them: totals in `../shared`.
  @Test func thePublishedGroups() throws {
    struct Study: Decodable {
      let active_sets_per_person: [String]
      let MD_arm_sequences: Int
      let HH_pairs: [String: Int]
    }
    guard
      let url = SharedFiles.url("reference/self-experiments/citizen-science-schedule.json")
    else { return }
    let study = try JSONDecoder().decode(Study.self, from: Data(contentsOf: url))
    let bowl = study.active_sets_per_person
    let four = try scheme(weeks: 4, active: 4, bowl).automaton()
    #expect(four.countText == String(study.MD_arm_sequences))
    #expect(four.ends == [1])
    // Half and half: the two sets of a person, whatever their order, and how many people had them.
    let half = try scheme(weeks: 4, active: 2, bowl, alternating: true).automaton()
    var shares: [String: Double] = [:]
    for assignment in half.assignments() {
      let text = String(assignment.arms.map { $0 == 1 ? "M" : "p" })
      let weeks = stride(from: 0, to: 16, by: 4).map { text.dropFirst($0).prefix(4) }
      let sets = weeks.filter { $0.contains("M") }.sorted().joined(separator: "+")
      shares[sets, default: 0] += half.weight(of: assignment)
    }
    #expect(Set(shares.keys) == Set(study.HH_pairs.keys))
    let people = Double(study.HH_pairs.values.reduce(0, +))
    var distance = 0.0
    for (sets, share) in shares {
      let expected = share * people
      let found = Double(study.HH_pairs[sets] ?? 0)
      distance += (found - expected) * (found - expected) / expected
    }
    // Three degrees of freedom: 7.8 is exceeded by one study in twenty that draws so. Patterns that
    // went back into the bowl, and equally likely ones, would miss their people by far more.
    #expect(distance < 7.8)
  }

  @Test func whatABowlCannotGive() {
    #expect(throws: SchemeError.impossible) {
      try scheme(weeks: 6, active: 5, capsules).automaton()
    }
    #expect(throws: SchemeError.repeated(2)) {
      try RandomizationScheme.weekly(
        WeeklySets(weeks: 4, activeWeeks: 2, patterns: capsules.map(arms))
      ).automaton()
    }
    // All of a bowl with one envelope without the reference leaves no arm out; two of two such would.
    #expect(throws: Never.self) { try scheme(weeks: 3, active: 3, ["Mp", "MM", "Mp"]).automaton() }
    #expect(throws: SchemeError.armLeftOut) {
      try scheme(weeks: 2, active: 2, ["MM", "MM", "Mp"]).automaton()
    }
    // Forty of 200 envelopes can be taken in some 2¹⁶⁰ times as many ways as forty of forty.
    let patterns = Array(repeating: "Mp", count: 200) + Array(repeating: "pM", count: 40)
    #expect(throws: SchemeError.tooManyDraws) {
      try scheme(weeks: 40, active: 40, patterns).automaton()
    }
  }

  /// The smallest p is that of the rarest sequence; a larger bowl of the same kind reaches the level.
  @Test func reach() throws {
    let half = scheme(weeks: 4, active: 2, capsules, alternating: true)
    let text = """
      arms: [placebo, Microdose]
      scheme:
        weekly:
          weeks: 4
          activeWeeks: 2
          patterns: [MpMp, MpMp, MppM, pMMp]
          alternating: true
          replacement: false
      """
    #expect(try OpenDesign(bytes: Array(text.utf8), file: "design.yaml").scheme == half)
  }
}
