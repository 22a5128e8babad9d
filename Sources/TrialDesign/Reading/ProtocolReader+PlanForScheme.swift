extension ProtocolReader {
  /// Refuses a plan that cannot be carried out with the scheme it stands beside.
  ///
  /// - Parameter root: the whole file, in which the fault's place is looked up.
  func check(_ plan: AnalysisPlan, _ root: YAMLNode, for scheme: RandomizationScheme) {
    if plan.statistic == .signedRank, !scheme.isMadeOfPairs {
      add(
        root, "statistic", found: "signed-rank with the scheme \(scheme.name)",
        expected: "a scheme of pairs: pairs, blocks of two, or periods in pairs",
        hint: "rank-sum takes every scheme")
    }
    if let drop = plan.carryOver?.dropUpTo, let (shortest, what) = scheme.shortestRun,
      drop >= shortest
    {
      add(
        root, "carryOver", found: "dropUpTo: \(drop) with \(what)",
        expected: "dropUpTo below \(shortest), so that slots are left",
        hint: "leave out fewer slots")
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

  /// The shortest run of one arm, counted in slots of the endpoint, where the scheme fixes one.
  fileprivate var shortestRun: (slots: Int, what: String)? {
    switch self {
    case .periods(let periods):
      (periods.length - periods.drop, "periods of \(periods.length - periods.drop) counted slots")
    case .phases(let phases): (phases.shortest, "phases of at least \(phases.shortest) slots")
    default: nil
    }
  }
}
