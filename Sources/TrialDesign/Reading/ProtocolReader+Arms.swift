import BlindRecord

extension ProtocolReader {
  /// The arms, the reference first: exactly two in this version, clearly different.
  func arms(_ node: YAMLNode?) -> [Arm]? {
    guard let node,
      let elements = list(node, "the arms", most: 20)
    else { return nil }
    guard elements.count == 2 else {
      faults.add(
        node, found: elements.count == 1 ? "one arm" : "\(elements.count) arms",
        expected: "two arms in this version, the reference first")
      return nil
    }
    let names = elements.map { armName($0) }
    guard let first = names[0], let second = names[1] else { return nil }
    guard first.lowercased() != second.lowercased() else {
      faults.add(
        elements[1], found: "the arm \(YAMLNode.quoted(second)) again",
        expected: "arms with different names")
      return nil
    }
    return [Arm(name: first), Arm(name: second)]
  }

  /// A name that fits into the fixed width of a sealed leaf.
  private func armName(_ node: YAMLNode) -> String? {
    guard let name = text(node, "an arm's name", limit: 60) else { return nil }
    guard name.utf8.count <= Arm.nameWidth else {
      faults.add(
        node, found: "an arm's name of \(name.utf8.count) bytes",
        expected: "at most \(Arm.nameWidth) bytes in UTF-8", hint: "shorten the name")
      return nil
    }
    return name
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
          node, expected: "\(what) written with the letters \(initials.joined(separator: " and "))")
        return nil
      }
      result.append(arm)
    }
    return result
  }
}
