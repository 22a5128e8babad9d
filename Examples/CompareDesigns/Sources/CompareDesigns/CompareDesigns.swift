import TrialDesign

/// Three ways to give 28 slots half to each arm: how many sequences each can draw, and how often the
/// best guesser, who knows the scheme and all earlier arms, is right.
@main struct CompareDesigns {
  static func main() throws {
    let designs: [(String, RandomizationScheme)] = [
      ("14 pairs", .pairs(RandomizedPairs(count: 14))),
      ("two blocks of 14", .blocks(PermutedBlocks(sizes: [14, 14], active: [7, 7]))),
      ("one block of 28", .complete(CompleteRandomization(slots: 28, active: 14))),
    ]
    for (name, scheme) in designs {
      let automaton = try scheme.automaton()
      let share = automaton.expectedCorrectGuesses / Double(scheme.slotCount)
      let percent = (share * 1000).rounded() / 10
      print("\(name): \(automaton.count) possible sequences, \(percent) % guessed right at best")
      for assignment in automaton.assignments().prefix(2) {
        print("  " + assignment.arms.map { $0 == 0 ? "P" : "A" }.joined())
      }
      // One opened slot: what does it tell about its neighbour?
      let neighbour = automaton.posterior(fixing: [0: 1])[1]
      print("  if slot 1 is opened and active, slot 2 is active with \(neighbour[1])")
    }
  }
}
