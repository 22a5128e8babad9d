import TrialDesign

/// Ways to give 28 slots half to each of two arms, and 27 slots a third to each of three: how many
/// sequences each can draw, and how often the best guesser, who knows the scheme and all earlier arms,
/// is right.
@main struct CompareDesigns {
  static func main() throws {
    let mixed = [2, 4, 6, 8, 8].map { [$0 / 2, $0 / 2] }
    let designs: [(String, RandomizationScheme)] = [
      ("14 pairs", .pairs(RandomizedPairs(count: 14))),
      ("blocks of 2, 4, 6, 8 and 8", .blocks(PermutedBlocks(counts: mixed))),
      (
        "the same blocks in a hidden order",
        .blocks(PermutedBlocks(counts: mixed, isShuffled: true))
      ),
      ("two blocks of 14", .blocks(PermutedBlocks(sizes: [14, 14], active: [7, 7]))),
      ("one block of 28", .complete(CompleteRandomization(slots: 28, active: 14))),
      (
        "three arms in nine blocks of 3",
        .blocks(PermutedBlocks(counts: Array(repeating: [1, 1, 1], count: 9)))
      ),
      ("three arms in one block of 27", .complete(CompleteRandomization(counts: [9, 9, 9]))),
    ]
    for (name, scheme) in designs {
      let automaton = try scheme.automaton()
      let share = automaton.expectedCorrectGuesses / Double(scheme.slotCount)
      let percent = (share * 1000).rounded() / 10
      print("\(name): \(automaton.count) possible sequences, \(percent) % guessed right at best")
      for assignment in automaton.assignments().prefix(2) {
        print("  " + assignment.arms.map { ["P", "A", "B"][$0] }.joined())
      }
      // One opened slot: what does it tell about its neighbour?
      let neighbour = automaton.posterior(fixing: [0: 1])[1]
      print("  if slot 1 is opened and active, slot 2 is the same with \(neighbour[1])")
    }
  }
}
