import BlindRecord

extension ProtocolReader {
  /// The score of items that stand above it.
  func score(_ fields: Fields, after earlier: [Item]) -> ItemShape? {
    let node = fields.required("of", expected: "of: the names of the items that it is made of")
    let method = word(
      fields.required("method", expected: "method: sum or mean"), "method",
      as: ItemScore.Method.self)
    let decimals =
      fields["decimals"] == nil ? 0 : whole(fields["decimals"], "decimals", in: 0...6)
    let source = fields["source"].map { text($0, "source") }
    let names = list(node, "of", most: 50) { part($0, of: earlier)?.name }
    let reversed = fields["reversed"].map {
      list($0, "reversed", most: 50) { part($0, of: earlier)?.name }
    }
    guard let node, let method, let decimals, let names, source == nil || source != .some(nil),
      reversed == nil || reversed != .some(nil)
    else { return nil }
    let turned = reversed.flatMap { $0 } ?? []
    guard Set(names).count == names.count, Set(turned).count == turned.count,
      Set(turned).isSubset(of: names)
    else {
      faults.add(node, expected: "each item once, and all of reversed among them")
      return nil
    }
    let parts = earlier.filter { names.contains($0.name) }
    guard let kind = ProtocolReader.scoreKind(of: parts, method, decimals) else {
      faults.add(
        node, found: "items with more digits than the score", expected: "decimals that are enough",
        hint: "raise decimals")
      return nil
    }
    return ItemShape(
      kind: kind,
      score: ItemScore(
        method: method, items: names, reversed: turned, source: source.flatMap { $0 }))
  }

  /// A numeric item above the score.
  private func part(_ node: YAMLNode, of earlier: [Item]) -> Item? {
    if case .scalar(let name, _) = node.kind,
      let item = earlier.first(where: { $0.name == name }), item.isNumeric, item.isAsked
    {
      return item
    }
    faults.add(node, expected: "the name of an item above, whose answers are numbers")
    return nil
  }

  /// The range of a score, from those of its parts.
  private static func scoreKind(
    of parts: [Item], _ method: ItemScore.Method, _ decimals: Int
  ) -> Item.Kind? {
    var (lower, upper, most) = (0, 0, 0)
    for part in parts {
      guard case .number(let low, let high, let places, _) = part.kind, places <= 6 else {
        return nil
      }
      lower += low.scaled(to: 6)
      upper += high.scaled(to: 6)
      most = max(most, places)
    }
    guard method == .mean || most <= decimals else { return nil }
    let count = method == .mean ? parts.count : 1
    // A mean of the bounds may have no end of digits: outwards, to the decimals that it is given with.
    var step = count
    for _ in decimals..<6 { step *= 10 }
    let low = Int((Double(lower) / Double(step)).rounded(.down))
    let high = Int((Double(upper) / Double(step)).rounded(.up))
    return .number(
      lower: DecimalNumber(units: low, decimals: decimals),
      upper: DecimalNumber(units: high, decimals: decimals), decimals: decimals, unit: nil)
  }
}
