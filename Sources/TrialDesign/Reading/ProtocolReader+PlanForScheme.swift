extension ProtocolReader {
  /// Refuses a plan that cannot be carried out with the scheme it stands beside.
  ///
  /// - Parameter root: the whole file, in which the fault's place is looked up.
  func check(
    _ plan: AnalysisPlan, _ root: YAMLNode, for scheme: RandomizationScheme,
    _ automaton: SlotAutomaton
  ) {
    if plan.statistic == .signedRank, !scheme.isMadeOfPairs {
      add(
        root, "statistic", found: "signed-rank with the scheme \(scheme.name)",
        expected: "a scheme of pairs: pairs, blocks of two, or periods in pairs",
        hint: "rank-sum takes every scheme")
    }
    // A run as long as that keeps no slot, under no assignment: nothing would be left to compare.
    let longest = automaton.longestRun
    if let drop = plan.carryOver?.dropUpTo, drop > 0, drop >= longest {
      add(
        root, "carryOver",
        found: "dropUpTo: \(drop) where no arm has more than \(longest) slots in a row",
        expected: longest > 1 ? "dropUpTo below \(longest), so that slots are left" : "no dropUpTo",
        hint: longest > 1 ? "leave out fewer slots" : "periods give an arm several slots in a row")
    }
  }

  /// Notes a fault at a key of the analysis.
  private func add(
    _ root: YAMLNode, _ key: String, found: String, expected: String, hint: String
  ) {
    let place = root.value("analysis")?.value(key) ?? root
    faults.add(place, found: found, expected: expected, hint: hint)
  }
}

extension YAMLNode {
  /// The value of a key of a mapping.
  fileprivate func value(_ name: String) -> YAMLNode? {
    guard case .mapping(let entries) = kind else { return nil }
    return entries.first {
      if case .scalar(name, _) = $0.key.kind { true } else { false }
    }?.value
  }
}

extension RandomizationScheme {
  /// Whether the blocks are pairs of slots, or pairs of whole periods.
  package var isMadeOfPairs: Bool {
    switch self {
    case .pairs: true
    case .blocks(let blocks): blocks.counts.allSatisfy { $0 == [1, 1] }
    case .periods(let periods): periods.arms == 2
    case .complete, .alternation, .phases, .coin, .weekly, .listed: false
    }
  }
}
