import BlindRecord

extension ProtocolReader {
  /// The names of the schemes, with the keys of each.
  private static let schemes: [(name: String, keys: [String])] = [
    ("complete", ["slots", "active"]), ("blocks", ["sizes", "active"]), ("pairs", ["count"]),
    ("alternation", ["slots", "active", "longestRun"]), ("periods", ["pairs", "length", "drop"]),
    ("phases", ["kind", "slots", "shortest"]), ("coin", ["slots", "fewest"]),
    ("weekly", ["weeks", "activeWeeks", "patterns", "alternating"]), ("listed", ["assignments"]),
  ]

  /// The scheme: a mapping with one key, its name.
  func scheme(_ node: YAMLNode?, arms: [Arm]?) -> RandomizationScheme? {
    let names = ProtocolReader.schemes.map(\.name)
    let before = faults.count
    guard let node, let fields = fields(node, "scheme", known: names) else { return nil }
    guard fields.values.count == 1, let (name, value) = fields.values.first else {
      if faults.count == before {
        faults.add(
          node, found: fields.values.isEmpty ? "no scheme" : "\(fields.values.count) schemes",
          expected: "one of \(names.joined(separator: ", "))")
      }
      return nil
    }
    let keys = ProtocolReader.schemes.first { $0.name == name }?.keys ?? []
    guard let details = self.fields(value, name, known: keys),
      let scheme = parameters(name, details, arms)
    else { return nil }
    do {
      _ = try scheme.automaton()
    } catch {
      faults.add(
        value, found: "in \(name): " + error.found, expected: error.expected, hint: error.hint)
      return nil
    }
    return scheme
  }

  private func number(
    _ fields: Fields, _ key: String, _ range: ClosedRange<Int> = 1...SchemeError.mostSlots
  ) -> Int? {
    whole(
      fields.required(key, expected: "\(key) from \(range.lowerBound) to \(range.upperBound)"),
      key, in: range)
  }

  /// The scheme of a name.
  private func parameters(
    _ name: String, _ fields: Fields, _ arms: [Arm]?
  ) -> RandomizationScheme? {
    switch name {
    case "pairs":
      return number(fields, "count").map { .pairs(RandomizedPairs(count: $0)) }
    case "blocks": return blocks(fields)
    case "complete":
      guard let (slots, active) = balance(fields) else { return nil }
      return .complete(CompleteRandomization(slots: slots, active: active))
    case "alternation":
      let run = number(fields, "longestRun")
      guard let (slots, active) = balance(fields), let run else { return nil }
      return .alternation(RestrictedAlternation(slots: slots, active: active, longestRun: run))
    case "periods":
      let (pairs, length) = (number(fields, "pairs"), number(fields, "length"))
      let drop = fields["drop"] == nil ? 0 : number(fields, "drop", 0...SchemeError.mostSlots)
      guard let pairs, let length, let drop else { return nil }
      guard drop < length else {
        fields["drop"].map {
          faults.add($0, expected: "drop below \(length), the length of a period")
        }
        return nil
      }
      return .periods(RandomizedPeriods(pairs: pairs, length: length, drop: drop))
    case "phases":
      let kind = word(
        fields.required("kind", expected: "kind: AB or ABAB"), "kind",
        as: RandomizedPhases.Kind.self)
      let (slots, shortest) = (number(fields, "slots"), number(fields, "shortest"))
      guard let kind, let slots, let shortest else { return nil }
      return .phases(RandomizedPhases(kind: kind, slots: slots, shortest: shortest))
    case "coin":
      let slots = number(fields, "slots")
      let fewest = number(fields, "fewest", 0...SchemeError.mostSlots)
      guard let slots, let fewest else { return nil }
      return .coin(BoundedCoin(slots: slots, fewest: fewest))
    case "weekly": return weekly(fields, arms)
    default:
      let node = fields.required(
        "assignments", expected: "assignments: a list such as [PAAP, APPA]")
      return list(node, "assignments", most: 100_000) {
        sequence($0, arms: arms, "an assignment").map(Assignment.init(arms:))
      }.map { .listed($0) }
    }
  }

  /// `slots` and `active`, with at least one slot of each arm.
  private func balance(_ fields: Fields) -> (slots: Int, active: Int)? {
    let (slots, active) = (number(fields, "slots"), number(fields, "active"))
    guard let slots, let active else { return nil }
    guard active < slots else {
      faults.add(
        fields["active"] ?? fields.node, found: "\(active) active of \(slots) slots",
        expected: "fewer active slots than slots")
      return nil
    }
    return (slots, active)
  }

  private func blocks(_ fields: Fields) -> RandomizationScheme? {
    func numbers(_ key: String) -> (node: YAMLNode, values: [Int], nodes: [YAMLNode])? {
      guard let node = fields.required(key, expected: "\(key): one number for each block"),
        let nodes = list(node, key),
        let values = list(node, key, each: { whole($0, key, in: 1...SchemeError.mostSlots) })
      else { return nil }
      return (node, values, nodes)
    }
    let (sizes, active) = (numbers("sizes"), numbers("active"))
    guard let sizes, let active else { return nil }
    guard sizes.values.count == active.values.count else {
      faults.add(
        active.node, found: "\(active.values.count) active for \(sizes.values.count) sizes",
        expected: "one number of active slots for each block")
      return nil
    }
    var isBalanced = true
    for (block, size) in sizes.values.enumerated() where active.values[block] >= size {
      faults.add(
        active.nodes[block], found: "\(active.values[block]) active in a block of \(size)",
        expected: "at least one slot of each arm in each block")
      isBalanced = false
    }
    return isBalanced
      ? .blocks(PermutedBlocks(sizes: sizes.values, active: active.values)) : nil
  }

  private func weekly(_ fields: Fields, _ arms: [Arm]?) -> RandomizationScheme? {
    let (weeks, active) = (number(fields, "weeks", 1...200), number(fields, "activeWeeks", 1...200))
    let node = fields.required("patterns", expected: "patterns: a list such as [MpMp, MppM]")
    let patterns = list(node, "patterns", most: 1000) { sequence($0, arms: arms, "a pattern") }
    let turns = fields["alternating"] == nil ? false : flag(fields["alternating"], "alternating")
    guard let weeks, let active, let patterns, let turns else { return nil }
    guard active <= weeks else {
      faults.add(
        fields["activeWeeks"] ?? fields.node, found: "\(active) active weeks of \(weeks)",
        expected: "at most as many active weeks as weeks")
      return nil
    }
    return .weekly(
      WeeklySets(weeks: weeks, activeWeeks: active, patterns: patterns, alternating: turns))
  }
}
