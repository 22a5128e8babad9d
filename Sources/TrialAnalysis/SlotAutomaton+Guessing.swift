import BigInt
import TrialDesign

extension SlotAutomaton {
  /// The share of pill slots that the best guesser gets right, saying "reference" or "not".
  ///
  /// The guesser knows the scheme and all earlier arms, sees whether there is a pill, and names the
  /// side with more completions (Blackwell and Hodges 1957). With two arms and a pill in both this
  /// is `expectedCorrectGuesses` over the slots.
  func bestGuesserShare(hasPill: [Bool]) -> Double {
    var before: [BigUInt] = [1]
    var right: BigUInt = 0
    var pills: BigUInt = 0
    for slot in layers.indices {
      var following = [BigUInt](repeating: 0, count: completions[slot + 1].count)
      for (state, row) in layers[slot].enumerated() {
        var sides: [BigUInt] = [0, 0]
        for (arm, next) in row.enumerated() where next >= 0 {
          following[Int(next)] += before[state]
          if hasPill[arm] { sides[arm == 0 ? 0 : 1] += completions[slot + 1][Int(next)] }
        }
        right += before[state] * Swift.max(sides[0], sides[1])
        pills += before[state] * (sides[0] + sides[1])
      }
      before = following
    }
    return SlotAutomaton.share(right, of: pills)
  }
}
