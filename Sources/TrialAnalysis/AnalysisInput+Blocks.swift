import TrialDesign

extension AnalysisInput {
  /// The scheme's blocks, or runs of seven slots where it has none.
  var tableBlocks: [Range<Int>] {
    let designed = scheme.blocks
    if designed.count > 1 { return designed }
    let slots = observed.count
    return stride(from: 0, to: slots, by: 7).map { $0..<min(slots, $0 + 7) }
  }

  /// The block of a slot (both 0-based).
  func blockIndex(_ slot: Int) -> Int {
    tableBlocks.firstIndex { $0.contains(slot) } ?? 0
  }

  /// The means of the primary outcome by block.
  func blockLines(_ slots: [SlotLine]) -> [BlockLine] {
    tableBlocks.enumerated().map { number, range in
      let inside = slots[range]
      let values = arms.indices.map { arm in
        inside.filter { $0.arm == arm && $0.isAnalysed }.compactMap(\.value)
      }
      let means = values.map { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
      var difference: Double?
      if means.count == 2, let reference = means[0], let active = means[1] {
        difference = active - reference
      }
      return BlockLine(
        number: number + 1, first: range.lowerBound + 1, last: range.upperBound,
        planned: arms.indices.map { arm in inside.count { $0.arm == arm } },
        rated: values.map(\.count), means: means, difference: difference)
    }
  }

  /// The scheme, in a sentence without its full stop.
  var schemeInWords: String {
    let (reference, active) = (arms[0], arms[1])
    switch scheme {
    case .complete(let complete):
      return "complete randomization of \(observed.count) slots, \(complete.counts[1]) of them "
        + "\(active), in any order"
    case .blocks(let blocks):
      let sizes = blocks.counts.map { String($0.reduce(0, +)) }
      return Set(sizes).count == 1
        ? "\(sizes.count) blocks of \(sizes[0]) slots, balanced within each"
        : "\(sizes.count) blocks of \(sizes.joined(separator: ", ")) slots"
    case .pairs(let pairs):
      return "\(pairs.count) pairs of slots, each in a random order"
    case .alternation(let rule):
      return "\(rule.slots) slots, \(rule.active) of them \(active), no more than "
        + "\(rule.longestRun) in a row alike"
    case .periods(let periods):
      return "\(periods.pairs) pairs of periods of \(periods.length) slots, each pair in a random "
        + "order" + (periods.drop > 0 ? ", the first \(periods.drop) slots left out" : "")
    case .phases(let phases):
      return "phases \(phases.kind) over \(phases.slots) slots, each at least "
        + "\(phases.shortest) long, with random change points"
    case .coin(let coin):
      return "a coin for each of \(coin.slots) slots, with at least \(coin.fewest) of each arm"
    case .weekly(let weeks):
      return "\(weeks.weeks) weeks, \(weeks.activeWeeks) of them after a pattern with \(active), "
        + "the others \(reference)"
    case .listed(let list):
      return "one of \(list.count) listed sequences of \(observed.count) slots"
    }
  }
}
