import TrialDesign

extension AnalysisInput {
  /// The scheme, in a sentence without its full stop.
  var schemeInWords: String {
    switch scheme {
    case .complete(let complete):
      return
        "complete randomization of \(observed.count) slots, \(shares(complete.counts)), in any "
        + "order"
    case .blocks(let blocks):
      let order = blocks.isShuffled ? ", in a hidden order" : ""
      return inWords(blocks) + order
    case .pairs(let pairs):
      return "\(pairs.count) pairs of slots, each in a random order"
    case .alternation(let rule):
      return
        "\(observed.count) slots, \(shares(rule.counts)), no more than \(rule.longestRun) in a "
        + "row alike"
    case .periods(let periods):
      let what = periods.arms == 2 ? "pairs" : "sets of \(periods.arms)"
      return "\(periods.sets) \(what) of periods of \(periods.length) slots, each "
        + "\(periods.arms == 2 ? "pair" : "set") in a random order"
        + (periods.drop > 0
          ? ", the first \(periods.drop == 1 ? "slot" : "\(periods.drop) slots") left out" : "")
    case .phases(let phases):
      return "phases \(phases.kind) over \(phases.slots) slots, each at least "
        + "\(phases.shortest) long, with random change points"
    case .coin(let coin):
      return "a \(arms.count == 2 ? "coin" : "die") for each of \(coin.slots) slots, with at least "
        + "\(coin.fewest) of each arm"
    case .weekly(let weeks):
      return "\(weeks.weeks) weeks, \(weeks.activeWeeks) of them after a pattern with "
        + "\(arms.dropFirst().joined(separator: " or ")), the others \(arms[0])"
    case .listed(let list):
      return "one of \(list.count) listed sequences of \(observed.count) slots"
    }
  }

  private func inWords(_ blocks: PermutedBlocks) -> String {
    let sizes = blocks.counts.map { String($0.reduce(0, +)) }
    guard Set(sizes).count == 1 else {
      return "\(sizes.count) blocks of \(sizes.joined(separator: ", ")) slots"
    }
    let isEven = blocks.counts.allSatisfy { Set($0).count == 1 }
    guard !isEven, Set(blocks.counts).count == 1 else {
      return "\(sizes.count) blocks of \(sizes[0]) slots, balanced within each"
    }
    return "\(sizes.count) blocks of \(sizes[0]) slots, in each \(shares(blocks.counts[0]))"
  }

  /// "14 of them active", or with more arms "10 placebo, 10 caffeine and 8 nothing".
  private func shares(_ counts: [Int]) -> String {
    if arms.count == 2 { return "\(counts[1]) of them \(arms[1])" }
    let parts = zip(counts, arms).map { "\($0) \($1)" }
    return parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
  }
}
