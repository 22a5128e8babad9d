/// An explicit set of sequences, each equally likely, as a rule.
package struct ListedAssignments: SlotRule {
  /// In lexicographic order; a state is the range of those that agree with the past.
  private let sorted: [[Int]]
  private let listed: [Assignment]
  package let armCount: Int

  package init(_ assignments: [Assignment]) {
    listed = assignments
    sorted = assignments.sorted().map(\.arms)
    armCount = max(2, (sorted.joined().max() ?? 0) + 1)
  }

  package var slotCount: Int { listed.first?.arms.count ?? 0 }
  package var start: Range<Int> { sorted.indices }

  package func next(_ state: Range<Int>, arm: Int, slot: Int) -> Range<Int>? {
    guard let first = state.first(where: { sorted[$0][slot] == arm }) else { return nil }
    let end = state[first...].first { sorted[$0][slot] != arm } ?? state.upperBound
    return first..<end
  }

  package func validate() throws(SchemeError) {
    var seen: Set<Assignment> = []
    for (place, assignment) in listed.enumerated() {
      if assignment.arms.count != slotCount { throw .unequalLength(place + 1) }
      if !seen.insert(assignment).inserted { throw .repeated(place + 1) }
    }
  }
}
