import BlindRecord

/// What an item of a protocol may be called, and the keys that it then has.
enum ItemType: String, CaseIterable {
  case number, slider, likert, time, duration, choice, choices, text, vigilance, symbols, score

  /// Every key that only some types have.
  static let keys = [
    "range", "decimals", "unit", "options", "most", "ends", "labels", "from", "of", "method",
    "reversed", "source",
  ]

  /// Those of them that this type has.
  var own: [String] {
    switch self {
    case .number: ["range", "decimals", "unit"]
    case .slider: ["range", "ends", "unit"]
    case .likert: ["labels", "from"]
    case .time: ["from"]
    case .duration: ["range"]
    case .choice: ["options"]
    case .choices: ["options", "most"]
    case .text, .vigilance, .symbols: []
    case .score: ["of", "method", "reversed", "decimals", "source"]
    }
  }
}

extension ProtocolReader {
  /// What an answer looks like, how it is asked for, or how it follows from others.
  struct ItemShape {
    var kind: Item.Kind
    var face: ItemFace?
    var score: ItemScore?
  }

  /// The shape of an item of a type; keys of other types are noted.
  func shape(_ type: ItemType, _ fields: Fields, after earlier: [Item]) -> ItemShape? {
    var isRight = true
    for key in ItemType.keys {
      guard let value = fields[key], !type.own.contains(key) else { continue }
      faults.add(
        value, found: "\(key) in an item of type \(type.rawValue)",
        expected: "no \(key) there")
      isRight = false
    }
    let shape: ItemShape?
    switch type {
    case .number: shape = numberKind(fields).map { ItemShape(kind: $0) }
    case .slider: shape = slider(fields)
    case .likert: shape = likert(fields)
    case .time: shape = time(fields)
    case .duration: shape = duration(fields)
    case .choice: shape = options(fields).map { ItemShape(kind: .choice($0)) }
    case .choices: shape = choices(fields)
    case .text: shape = ItemShape(kind: .text)
    case .vigilance: shape = ProtocolReader.task(.vigilance, 100, 2_000, "ms")
    case .symbols: shape = ProtocolReader.task(.symbols, 0, 200, nil)
    case .score: shape = score(fields, after: earlier)
    }
    return isRight ? shape : nil
  }

  static func whole(_ lower: Int, _ upper: Int, unit: String? = nil) -> Item.Kind {
    .number(
      lower: DecimalNumber(units: lower), upper: DecimalNumber(units: upper), decimals: 0,
      unit: unit)
  }

  private static func task(
    _ task: ItemFace.Task, _ lower: Int, _ upper: Int, _ unit: String?
  ) -> ItemShape {
    ItemShape(kind: whole(lower, upper, unit: unit), face: .task(task))
  }

  /// A line from 0 to 100, or another range, with a word at each end.
  private func slider(_ fields: Fields) -> ItemShape? {
    let unit = fields["unit"].map { text($0, "unit", limit: 40) }
    let endsNode = fields.required(
      "ends", expected: "ends: [not at all, extremely], the words at both ends")
    let ends = list(endsNode, "ends", most: 2) { text($0, "the words at an end", limit: 60) }
    let bounds = fields["range"].map { node in
      list(node, "range", most: 2) { whole($0, "a bound", in: -100_000...100_000) }
    }
    guard let endsNode, let ends, unit == nil || unit != .some(nil),
      bounds == nil || bounds != .some(nil)
    else { return nil }
    guard ends.count == 2 else {
      faults.add(endsNode, found: "the words of one end", expected: "ends: two texts")
      return nil
    }
    let range = (bounds.flatMap { $0 }) ?? [0, 100]
    guard range.count == 2, range[0] < range[1] else {
      if let node = fields["range"] {
        faults.add(node, expected: "range: [lowest, highest], the lowest first")
      }
      return nil
    }
    return ItemShape(
      kind: ProtocolReader.whole(range[0], range[1], unit: unit.flatMap { $0 }),
      face: .slider(low: ends[0], high: ends[1]))
  }

  /// Words for whole numbers in a row.
  private func likert(_ fields: Fields) -> ItemShape? {
    let node = fields.required(
      "labels", expected: "labels: a list such as [not at all, a little, very]")
    let first = fields["from"] == nil ? 1 : whole(fields["from"], "from", in: -100...100)
    guard let node, let first,
      let labels = list(node, "labels", most: 11, each: { text($0, "a label", limit: 100) })
    else { return nil }
    guard labels.count >= 2, Set(labels).count == labels.count else {
      faults.add(
        node, found: labels.count < 2 ? "one label" : "a label twice",
        expected: "2 to 11 different labels")
      return nil
    }
    return ItemShape(
      kind: ProtocolReader.whole(first, first + labels.count - 1), face: .scale(labels))
  }

  /// A time of day, as minutes after midnight; the day begins at `from`.
  private func time(_ fields: Fields) -> ItemShape? {
    let first = fields["from"] == nil ? 0 : minutes(fields["from"], "from", below: 24)
    guard let first else { return nil }
    return ItemShape(
      kind: ProtocolReader.whole(first, first + ClockText.day - 1, unit: "min"), face: .time)
  }

  /// Hours and minutes, as minutes.
  private func duration(_ fields: Fields) -> ItemShape? {
    let bounds = fields["range"].map { node in
      list(node, "range", most: 2) { minutes($0, "a bound of the range", below: 100) }
    }
    guard bounds == nil || bounds != .some(nil) else { return nil }
    let range = bounds.flatMap { $0 } ?? [0, ClockText.day]
    guard range.count == 2, range[0] < range[1] else {
      if let node = fields["range"] {
        faults.add(node, expected: "range: [0:00, 12:00], the shortest first")
      }
      return nil
    }
    return ItemShape(kind: ProtocolReader.whole(range[0], range[1], unit: "min"), face: .duration)
  }

  private func minutes(_ node: YAMLNode?, _ what: String, below hours: Int) -> Int? {
    guard let node else { return nil }
    guard case .scalar(let text, _) = node.kind,
      let minutes = ClockText.minutes(text, below: hours)
    else {
      faults.add(node, expected: "\(what) as HH:MM")
      return nil
    }
    return minutes
  }

  private func choices(_ fields: Fields) -> ItemShape? {
    guard let options = options(fields) else { return nil }
    if let node = fields["options"], options.contains(where: { $0.contains(";") }) {
      faults.add(node, found: "an option with a semicolon", expected: "options without one")
      return nil
    }
    let most =
      fields["most"] == nil
      ? options.count : whole(fields["most"], "most", in: 1...options.count)
    return most.map { ItemShape(kind: .choices(options, most: $0)) }
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

  private func options(_ fields: Fields) -> [String]? {
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
    return options
  }
}
