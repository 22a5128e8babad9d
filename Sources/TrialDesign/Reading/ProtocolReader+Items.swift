import BlindRecord

extension ProtocolReader {
  private enum ItemType: String, CaseIterable { case number, choice, text }
  private enum Better: String, CaseIterable { case higher, lower, neither }

  /// Names that are columns of the exported table.
  private static let reserved = ["slot", "day", "arm", "kit", "guess"]

  /// The daily form.
  func items(_ node: YAMLNode?) -> [Item]? {
    guard let node, let elements = list(node, "items", most: 50) else { return nil }
    var names: [String: Int] = [:]
    var result: [Item] = []
    for element in elements {
      guard let (item, nameNode) = item(element) else { continue }
      if let line = names[item.name.lowercased()] {
        faults.add(
          nameNode, found: "the item \(YAMLNode.quoted(item.name)) again, after line \(line)",
          expected: "items with different names")
        continue
      }
      names[item.name.lowercased()] = nameNode.line
      result.append(item)
    }
    return result.count == elements.count ? result : nil
  }

  private func item(_ node: YAMLNode) -> (Item, YAMLNode)? {
    guard
      let fields = fields(
        node, "an item",
        known: ["name", "prompt", "type", "range", "decimals", "unit", "direction", "options"])
    else { return nil }
    let nameNode = fields.required("name", expected: "name: a short name for files")
    let name = itemName(nameNode)
    let prompt = text(
      fields.required("prompt", expected: "prompt: the question as it is asked"), "a prompt")
    let type = word(
      fields.required("type", expected: "type: number, choice or text"), "type", as: ItemType.self)
    let direction =
      fields["direction"] == nil
      ? Better.neither : word(fields["direction"], "direction", as: Better.self)
    guard let type else { return nil }
    let kind = kind(type, fields)
    guard let name, let nameNode, let prompt, let direction, let kind,
      let direction = Item.Direction(rawValue: direction.rawValue)
    else { return nil }
    return (Item(name: name, prompt: prompt, kind: kind, direction: direction), nameNode)
  }

  private func itemName(_ node: YAMLNode?) -> String? {
    guard let node else { return nil }
    guard case .scalar(let name, _) = node.kind, (1...40).contains(name.utf8.count),
      name.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x2D
      }), !name.hasPrefix("-")
    else {
      faults.add(node, expected: "a name of 1 to 40 letters, digits and hyphens")
      return nil
    }
    guard !ProtocolReader.reserved.contains(name.lowercased()) else {
      faults.add(
        node, expected: "a name other than \(ProtocolReader.reserved.joined(separator: ", "))",
        hint: "these are columns of the exported table")
      return nil
    }
    return name
  }

  private func kind(_ type: ItemType, _ fields: Fields) -> Item.Kind? {
    let allowed: [ItemType: [String]] = [
      .number: ["range", "decimals", "unit"], .choice: ["options"], .text: [],
    ]
    var isRight = true
    for key in ["range", "decimals", "unit", "options"] {
      guard let value = fields[key], allowed[type]?.contains(key) != true else { continue }
      faults.add(
        value, found: "\(key) in an item of type \(type.rawValue)",
        expected: "no \(key) there")
      isRight = false
    }
    let kind: Item.Kind?
    switch type {
    case .number: kind = numberKind(fields)
    case .choice: kind = choiceKind(fields)
    case .text: kind = .text
    }
    return isRight ? kind : nil
  }

  private func numberKind(_ fields: Fields) -> Item.Kind? {
    let node = fields.required(
      "range", expected: "range: [lowest, highest]",
      hint: "without a range a slip of the keyboard enters the analysis")
    let decimals = fields["decimals"] == nil ? 0 : whole(fields["decimals"], "decimals", in: 0...6)
    let unit = fields["unit"].map { text($0, "unit", limit: 40) }
    let bounds = list(node, "range", most: 2) { decimal($0, "a bound of the range") }
    guard let node, let decimals, let bounds, unit == nil || unit != .some(nil) else { return nil }
    guard bounds.count == 2 else {
      faults.add(node, found: "one bound", expected: "range: [lowest, highest]")
      return nil
    }
    guard bounds[0] < bounds[1] else {
      faults.add(
        node, found: "a range from \(bounds[0]) to \(bounds[1])",
        expected: "the lowest first, then a higher one")
      return nil
    }
    guard bounds.allSatisfy({ $0.decimals <= decimals }) else {
      faults.add(
        node, found: "bounds with more than \(decimals) decimals",
        expected: "bounds that can be answered", hint: "raise decimals")
      return nil
    }
    return .number(
      lower: bounds[0], upper: bounds[1], decimals: decimals, unit: unit.flatMap { $0 })
  }

  private func choiceKind(_ fields: Fields) -> Item.Kind? {
    let node = fields.required("options", expected: "options: a list such as [none, some, much]")
    guard let node,
      let options = list(node, "options", most: 50, each: { text($0, "an option", limit: 100) })
    else { return nil }
    guard options.count >= 2, Set(options).count == options.count else {
      faults.add(
        node, found: options.count < 2 ? "one option" : "an option twice",
        expected: "at least two different options")
      return nil
    }
    return .choice(options)
  }
}
