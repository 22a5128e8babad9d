extension ProtocolReader {
  /// Who packs, how many spares, and what a matching test demands.
  func packing(_ node: YAMLNode?, arms: [Arm]?) -> PackingPart? {
    guard let fields = fields(node, "packing", known: ["by", "spares", "matching"]) else {
      return nil
    }
    let packer = word(
      fields.required("by", expected: "by: helper, pharmacy or participant"), "by",
      as: PackingPart.Packer.self)
    let spares = whole(
      fields.required("spares", expected: "spares: how many of each arm"), "spares",
      in: 0...PackingPart.mostSpares)
    guard let matchingNode = fields["matching"] else {
      guard let packer, let spares else { return nil }
      return PackingPart(packer: packer, spares: spares, matching: nil)
    }
    let matching = matching(matchingNode)
    if packer != nil, packer != .participant {
      faults.add(
        matchingNode, found: "a matching test with another packer",
        expected: "matching with by: participant only",
        hint: "leave matching out: whoever packs can compare the capsules")
    }
    if let arms, arms.count(where: \.hasPill) > 2 {
      faults.add(
        matchingNode, found: "a matching test of \(arms.count(where: \.hasPill)) arms with a pill",
        expected: "two arms with a pill", hint: "leave matching out and compare them by pairs")
    }
    guard let packer, let spares, let matching else { return nil }
    return PackingPart(packer: packer, spares: spares, matching: matching)
  }

  /// The rounds, and the most right answers.
  private func matching(_ node: YAMLNode) -> PackingPart.MatchingRule? {
    guard let fields = fields(node, "matching", known: ["rounds", "mostRight"]) else { return nil }
    let roundsNode = fields.required("rounds", expected: "rounds: such as 12")
    let rounds = whole(roundsNode, "rounds", in: PackingPart.rounds)
    if let roundsNode, let rounds, rounds % 2 != 0 {
      faults.add(
        roundsNode, found: "\(rounds) rounds", expected: "an even number of rounds",
        hint: "each of the two is the odd one in half of them")
      return nil
    }
    guard let rounds,
      let most = whole(
        fields.required("mostRight", expected: "mostRight: such as 7 of 12 rounds"), "mostRight",
        in: 0...(rounds - 1))
    else { return nil }
    return PackingPart.MatchingRule(rounds: rounds, mostRight: most)
  }
}
