import BlindRecord

extension ProtocolReader {
  /// The arms, the reference first: two to six, clearly different, at least two of them with a pill.
  func arms(_ node: YAMLNode?) -> [Arm]? {
    guard let node, let elements = list(node, "the arms", most: 20) else { return nil }
    guard (2...TrialProtocol.mostArms).contains(elements.count) else {
      faults.add(
        node, found: elements.count == 1 ? "one arm" : "\(elements.count) arms",
        expected: "2 to \(TrialProtocol.mostArms) arms, the reference first")
      return nil
    }
    let read = elements.map(arm)
    let arms = read.compactMap { $0 }
    guard arms.count == elements.count else { return nil }
    for (place, arm) in arms.enumerated()
    where arms[..<place].contains(where: { $0.name.lowercased() == arm.name.lowercased() }) {
      faults.add(
        elements[place], found: "the arm \(YAMLNode.quoted(arm.name)) again",
        expected: "arms with different names")
      return nil
    }
    guard arms[0].hasPill else {
      faults.add(
        elements[0], found: "a reference without a pill",
        expected: "a reference that can be taken for the others", hint: "name the placebo first")
      return nil
    }
    guard arms.count(where: \.hasPill) >= 2 else {
      faults.add(
        node, found: "one arm with a pill", expected: "at least two arms with a pill",
        hint: "without a placebo nobody is blind; an arm without a pill comes beside it")
      return nil
    }
    return arms
  }

  /// A name, or `{name: nothing, pill: none}`.
  private func arm(_ node: YAMLNode) -> Arm? {
    guard case .mapping = node.kind else { return armName(node).map { Arm(name: $0) } }
    guard let fields = fields(node, "an arm", known: ["name", "pill"]) else { return nil }
    let name = armName(fields.required("name", expected: "name: what the arm is called"))
    guard let pill = fields["pill"] else { return name.map { Arm(name: $0) } }
    guard case .scalar("none", _) = pill.kind else {
      faults.add(
        pill, expected: "pill: none, for an arm without one",
        hint: "leave pill out for an arm with something to take")
      return nil
    }
    return name.map { Arm(name: $0, hasPill: false) }
  }

  /// A name that fits into the fixed width of a sealed leaf.
  private func armName(_ node: YAMLNode?) -> String? {
    guard let node, let name = text(node, "an arm's name", limit: 60) else { return nil }
    guard name.utf8.count <= Arm.nameWidth else {
      faults.add(
        node, found: "an arm's name of \(name.utf8.count) bytes",
        expected: "at most \(Arm.nameWidth) bytes in UTF-8", hint: "shorten the name")
      return nil
    }
    guard isReadable(name) else {
      faults.add(
        node, found: "an arm's name that begins with a mark or shows nothing",
        expected: "a name that can be read aloud")
      return nil
    }
    return name
  }

  /// Whether a name begins with a character of its own and has something to see.
  private func isReadable(_ name: String) -> Bool {
    let marks: [Unicode.GeneralCategory] = [.nonspacingMark, .spacingMark, .enclosingMark]
    guard let first = name.unicodeScalars.first,
      !marks.contains(first.properties.generalCategory)
    else { return false }
    return name.unicodeScalars.contains {
      !$0.properties.isDefaultIgnorableCodePoint && !$0.properties.isWhitespace
    }
  }

  /// A sequence written with the initials of the arms, capital or small: `PAAP`.
  func sequence(_ node: YAMLNode, arms: [Arm]?, _ what: String) -> [Int]? {
    guard case .scalar(let text, _) = node.kind, !node.isNothing, text.count <= 1000 else {
      faults.add(node, expected: "\(what) written with the arms' initials")
      return nil
    }
    guard let arms else { return nil }
    let initials = arms.map { $0.name.prefix(1).lowercased() }
    guard Set(initials).count == arms.count else {
      faults.add(
        node, found: "arms that start with the same letter",
        expected: "arms with different first letters for \(what)", hint: "rename one of the arms")
      return nil
    }
    var result: [Int] = []
    for letter in text {
      guard let arm = initials.firstIndex(of: letter.lowercased()) else {
        faults.add(
          node, expected: "\(what) written with the letters \(ProtocolReader.joined(initials))")
        return nil
      }
      result.append(arm)
    }
    return result
  }

  /// "p and a", "p, a and n".
  private static func joined(_ letters: [String]) -> String {
    letters.dropLast().joined(separator: ", ") + " and " + (letters.last ?? "")
  }
}
