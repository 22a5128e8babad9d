import BlindRecord

extension ProtocolReader {
  /// The names of the schemes, with the keys of each.
  private static let schemes: [(name: String, keys: [String])] = [
    ("complete", ["slots", "active", "counts"]),
    ("blocks", ["sizes", "active", "counts", "each", "repeat", "order"]),
    ("pairs", ["count"]), ("alternation", ["slots", "active", "counts", "longestRun"]),
    ("periods", ["pairs", "sets", "length", "drop"]), ("phases", ["kind", "slots", "shortest"]),
    ("coin", ["slots", "fewest"]),
    ("weekly", ["weeks", "activeWeeks", "patterns", "alternating", "replacement"]),
    ("listed", ["assignments"]),
  ]

  /// The scheme, a mapping with one key, its name; and its reference set.
  func scheme(
    _ node: YAMLNode?, arms: [Arm]?
  ) -> (scheme: RandomizationScheme, automaton: SlotAutomaton)? {
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
    // Without readable arms the parameters are still read, for their own faults.
    let details = self.fields(value, name, known: keys)
    guard let details, isForArms(name, value, arms),
      let scheme = SchemeReader(reader: self, fields: details, arms: arms).scheme(name)
    else { return nil }
    do {
      return (scheme, try scheme.automaton())
    } catch {
      faults.add(
        value, found: "in \(name): " + error.found, expected: error.expected, hint: error.hint)
      return nil
    }
  }

  /// Refuses more than two arms where the scheme is one of two.
  private func isForArms(_ name: String, _ node: YAMLNode, _ arms: [Arm]?) -> Bool {
    let instead = [
      "pairs": "blocks: {each: [\(arms?.map { _ in "1" }.joined(separator: ", ") ?? "")], "
        + "repeat: …} is the same for more arms",
      "phases": "listed: {assignments: …} takes any sequences of phases",
    ]
    guard let arms, arms.count > 2, let instead = instead[name] else { return true }
    faults.add(
      node, found: "\(name) with \(arms.count) arms", expected: "\(name) with two arms",
      hint: instead)
    return false
  }
}

/// The parameters of one scheme, for the arms of its file.
struct SchemeReader {
  let reader: ProtocolReader
  let fields: Fields
  /// `nil` where the arms themselves are wrong.
  let arms: [Arm]?

  private var faults: FaultList { reader.faults }
  private var armCount: Int { arms?.count ?? 2 }

  /// The scheme of a name.
  func scheme(_ name: String) -> RandomizationScheme? {
    switch name {
    case "pairs":
      return number("count").map { .pairs(RandomizedPairs(count: $0)) }
    case "blocks": return BlockReader(scheme: self).blocks()
    case "complete":
      return balance().map { .complete(CompleteRandomization(counts: $0)) }
    case "alternation":
      let run = number("longestRun")
      guard let counts = balance(), let run else { return nil }
      return .alternation(RestrictedAlternation(counts: counts, longestRun: run))
    case "periods": return periods()
    case "phases":
      let kind = reader.word(
        fields.required("kind", expected: "kind: AB or ABAB"), "kind",
        as: RandomizedPhases.Kind.self)
      let (slots, shortest) = (number("slots"), number("shortest"))
      guard let kind, let slots, let shortest else { return nil }
      return .phases(RandomizedPhases(kind: kind, slots: slots, shortest: shortest))
    case "coin":
      let slots = number("slots")
      let fewest = number("fewest", 0...SchemeError.mostSlots)
      guard let slots, let fewest else { return nil }
      return .coin(BoundedCoin(slots: slots, fewest: fewest, arms: armCount))
    case "weekly": return weekly()
    default:
      let node = fields.required(
        "assignments", expected: "assignments: a list such as [PAAP, APPA]")
      let sequences = reader.list(node, "assignments", most: 100_000) {
        reader.sequence($0, arms: arms, "an assignment")
      }
      guard let node, let sequences, everyArm(in: sequences, node, "assignment") else {
        return nil
      }
      return .listed(sequences.map(Assignment.init(arms:)))
    }
  }

  /// A whole number that must be there.
  func number(_ key: String, _ range: ClosedRange<Int> = 1...SchemeError.mostSlots) -> Int? {
    reader.whole(
      fields.required(key, expected: "\(key) from \(range.lowerBound) to \(range.upperBound)"),
      key, in: range)
  }

  /// Slots of each arm: `counts`, or with two arms `slots` and `active`.
  private func balance() -> [Int]? {
    if let node = fields["counts"] {
      guard isAlone("counts", beside: ["slots", "active"]) else { return nil }
      return counts(node, "counts")
    }
    guard armCount == 2 else {
      faults.add(
        fields.node, found: "\(fields.what) without counts",
        expected: "counts: the slots of each of the \(armCount) arms, the reference first")
      return nil
    }
    let (slots, active) = (number("slots"), number("active"))
    guard let slots, let active else { return nil }
    guard active < slots else {
      faults.add(
        fields["active"] ?? fields.node, found: "\(active) active of \(slots) slots",
        expected: "fewer active slots than slots")
      return nil
    }
    return [slots - active, active]
  }

  /// One number for each arm, at least 1.
  func counts(_ node: YAMLNode, _ what: String) -> [Int]? {
    guard
      let counts = reader.list(
        node, what, each: { reader.whole($0, what, in: 1...SchemeError.mostSlots) })
    else { return nil }
    guard arms == nil || counts.count == armCount else {
      faults.add(
        node, found: counts.count == 1 ? "one number" : "\(counts.count) numbers",
        expected: "one number for each of the \(armCount) arms, the reference first")
      return nil
    }
    return counts
  }

  /// Whether the scheme is written in one way only.
  func isAlone(_ key: String, beside others: [String]) -> Bool {
    guard let other = others.first(where: { fields[$0] != nil }) else { return true }
    faults.add(
      fields[other] ?? fields.node, found: "\(other) beside \(key)",
      expected: "one way to write the numbers", hint: "remove one of the two")
    return false
  }

  private func periods() -> RandomizationScheme? {
    let key = fields["sets"] != nil || armCount > 2 ? "sets" : "pairs"
    guard fields["sets"] == nil || isAlone("sets", beside: ["pairs"]) else { return nil }
    let (sets, length) = (number(key), number("length"))
    let drop = fields["drop"] == nil ? 0 : number("drop", 0...SchemeError.mostSlots)
    guard let sets, let length, let drop else { return nil }
    guard drop < length else {
      fields["drop"].map {
        faults.add($0, expected: "drop below \(length), the length of a period")
      }
      return nil
    }
    return .periods(RandomizedPeriods(sets: sets, arms: armCount, length: length, drop: drop))
  }

  private func weekly() -> RandomizationScheme? {
    let (weeks, active) = (number("weeks", 1...200), number("activeWeeks", 1...200))
    let node = fields.required("patterns", expected: "patterns: a list such as [MpMp, MppM]")
    let patterns = reader.list(node, "patterns", most: 1000) {
      reader.sequence($0, arms: arms, "a pattern")
    }
    let turns =
      fields["alternating"] == nil ? false : reader.flag(fields["alternating"], "alternating")
    let replacement =
      fields["replacement"] == nil ? true : reader.flag(fields["replacement"], "replacement")
    guard let weeks, let active, let node, let patterns, let turns, let replacement,
      everyArm(in: patterns, node, "pattern")
    else { return nil }
    guard active <= weeks else {
      faults.add(
        fields["activeWeeks"] ?? fields.node, found: "\(active) active weeks of \(weeks)",
        expected: "at most as many active weeks as weeks")
      return nil
    }
    guard replacement || active <= patterns.count else {
      faults.add(
        fields["activeWeeks"] ?? fields.node,
        found: "\(active) active weeks, and \(patterns.count) patterns to draw without replacement",
        expected: "at most as many active weeks as patterns")
      return nil
    }
    return .weekly(
      WeeklySets(
        weeks: weeks, activeWeeks: active, patterns: patterns, alternating: turns,
        replacement: replacement))
  }

  /// Whether every arm beyond the second occurs at all: with two arms a missing one is found later.
  private func everyArm(in sequences: [[Int]], _ node: YAMLNode, _ what: String) -> Bool {
    guard let arms, arms.count > 2 else { return true }
    let there = Set(sequences.joined())
    guard let missing = arms.indices.first(where: { $0 > 0 && !there.contains($0) }) else {
      return true
    }
    faults.add(
      node, found: "no \(what) with \(YAMLNode.quoted(arms[missing].name))",
      expected: "every arm in some \(what)")
    return false
  }
}
