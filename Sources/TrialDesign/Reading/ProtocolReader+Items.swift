import BlindRecord

extension ProtocolReader {
  private enum Better: String, CaseIterable { case higher, lower, neither }

  /// Names that are columns of the exported table.
  private static let reserved = ["slot", "day", "arm", "kit", "guess"]

  /// The daily form.
  func items(_ node: YAMLNode?) -> [Item]? {
    guard let node, let elements = list(node, "items", most: 50) else { return nil }
    var names: [String: Int] = [:]
    var result: [Item] = []
    for element in elements {
      guard let (item, nameNode) = item(element, after: result) else { continue }
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

  private func item(_ node: YAMLNode, after earlier: [Item]) -> (Item, YAMLNode)? {
    guard
      let fields = fields(
        node, "an item",
        known: ["name", "prompt", "type", "direction", "recall", "import"] + ItemType.keys)
    else { return nil }
    let nameNode = fields.required("name", expected: "name: a short name for files")
    let name = itemName(nameNode)
    let prompt = text(
      fields.required("prompt", expected: "prompt: the question as it is asked"), "a prompt")
    let type = word(
      fields.required("type", expected: "type: number, slider, likert, choice, text or another"),
      "type", as: ItemType.self)
    let recall = fields["recall"].map { text($0, "the time that is asked about", limit: 100) }
    let direction =
      fields["direction"] == nil
      ? Better.neither : word(fields["direction"], "direction", as: Better.self)
    guard let type else { return nil }
    let shape = shape(type, fields, after: earlier)
    let imported = fields["import"].map { self.imported($0, shape) }
    guard let name, let nameNode, let prompt, let direction, let shape,
      let direction = Item.Direction(rawValue: direction.rawValue),
      recall == nil || recall != .some(nil), imported == nil || imported != .some(nil)
    else { return nil }
    let item = Item(
      name: name, prompt: prompt, kind: shape.kind, direction: direction, face: shape.face,
      score: shape.score, recall: recall.flatMap { $0 },
      imported: imported.flatMap { $0 })
    return (item, nameNode)
  }

  /// The columns of a file that has an item's answers.
  private func imported(_ node: YAMLNode, _ shape: ItemShape?) -> ItemImport? {
    guard let fields = fields(node, "import", known: ["day", "value", "daysBack"]) else {
      return nil
    }
    let day = text(
      fields.required("day", expected: "day: the name of the column of days"), "a column")
    let value = text(
      fields.required("value", expected: "value: the name of the column of values"), "a column")
    if let shape, shape.score != nil {
      faults.add(node, found: "a score that is imported", expected: "no import there")
      return nil
    }
    let back =
      fields["daysBack"] == nil
      ? 0 : whole(fields["daysBack"], "daysBack", in: 0...ItemImport.mostDaysBack)
    guard let day, let value, let back else { return nil }
    return ItemImport(day: day, value: value, daysBack: back)
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
}
