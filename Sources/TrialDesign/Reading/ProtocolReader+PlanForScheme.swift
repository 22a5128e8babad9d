import BigInt

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
    let pairs = scheme.blocks.count
    if plan.statistic == .signedRank, pairs > AnalysisPlan.mostSignedPairs {
      add(
        root, "statistic", found: "signed-rank with \(pairs) pairs",
        expected: "at most \(AnalysisPlan.mostSignedPairs) pairs",
        hint: "rank-sum and mean-difference take any number")
    }
    checkMonitoring(plan, root, for: scheme)
    if plan.carryOver?.lag == true, case .periods(let periods) = scheme, periods.drop > 0 {
      add(
        root, "carryOver",
        found:
          "lag: true where \(periods.drop == 1 ? "the first slot" : "the first \(periods.drop) slots") "
          + "of each period \(periods.drop == 1 ? "is" : "are") left out",
        expected: "no lag: at every slot that is left the arm before is the slot's own",
        hint: "the slots that are left out are the guard against carry-over")
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

  /// Looks need blocks that are drawn independently of each other, and two arms.
  private func checkMonitoring(
    _ plan: AnalysisPlan, _ root: YAMLNode, for scheme: RandomizationScheme
  ) {
    guard let rule = plan.monitoring else { return }
    guard scheme.armCount == 2, let sizes = scheme.blockCounts, sizes.count > 1 else {
      return add(
        root, "monitoring", found: "monitoring with the scheme \(scheme.name)",
        expected: "two arms in blocks of a fixed order, pairs, or pairs of periods",
        hint: "only blocks that are drawn independently can be looked at one by one")
    }
    if sizes.contains(where: { $0 > AnalysisPlan.Monitoring.mostSequences }) {
      add(
        root, "monitoring", found: "monitoring of a block with more sequences than can be listed",
        expected: "at most \(AnalysisPlan.Monitoring.mostSequences) sequences in each block",
        hint: "smaller blocks can be looked at more often")
    }
    if rule.from > sizes.count {
      add(
        root, "monitoring", found: "the first look after \(rule.from) blocks",
        expected: "at most \(sizes.count), which is all there are",
        hint: "leave monitoring out for a trial that runs to its end")
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

  /// The sequences of each block, where blocks are drawn independently; `nil` for other schemes.
  fileprivate var blockCounts: [BigUInt]? {
    switch self {
    case .pairs(let pairs): Array(repeating: 2, count: pairs.count)
    case .blocks(let blocks) where !blocks.isShuffled:
      blocks.counts.map { DesignReach.binomial($0.reduce(0, +), $0.last ?? 0) }
    case .periods(let periods): Array(repeating: 2, count: periods.sets)
    case .blocks, .complete, .alternation, .phases, .coin, .weekly, .listed: nil
    }
  }
}

extension AnalysisPlan.Monitoring {
  /// The most sequences that one block may have.
  fileprivate static let mostSequences = 200_000
}
