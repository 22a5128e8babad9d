public import BigInt

extension SlotAutomaton {
  /// Every assignment in lexicographic order, arms in protocol order.
  public func assignments() -> Assignments { Assignments(automaton: self) }

  /// The assignments of an automaton, in lexicographic order.
  public struct Assignments: Sequence, Sendable {
    fileprivate let automaton: SlotAutomaton

    /// Starts at the first assignment.
    public func makeIterator() -> Iterator { Iterator(automaton) }

    /// Steps from one assignment to the next.
    public struct Iterator: IteratorProtocol {
      private let automaton: SlotAutomaton
      private var states = [0]
      private var arms: [Int] = []
      private var isDone: Bool

      fileprivate init(_ automaton: SlotAutomaton) {
        self.automaton = automaton
        isDone = automaton.layers.isEmpty
      }

      /// The next assignment, or `nil` after the last.
      public mutating func next() -> Assignment? {
        guard !isDone else { return nil }
        var least = 0
        if arms.count == automaton.slotCount { least = retreat() }
        while arms.count < automaton.slotCount {
          if let arm = step(from: least) {
            arms.append(arm)
            least = 0
          } else if arms.isEmpty {
            isDone = true
            return nil
          } else {
            least = retreat()
          }
        }
        return Assignment(arms: arms)
      }

      /// Takes the last arm back; returns the arm to try next.
      private mutating func retreat() -> Int {
        states.removeLast()
        return arms.removeLast() + 1
      }

      /// The first allowed arm at or after `least`; its state is pushed.
      private mutating func step(from least: Int) -> Int? {
        let state = states[states.count - 1]
        for arm in least..<Swift.max(least, automaton.armCount) {
          if let next = automaton.next(slot: arms.count, state: state, arm: arm) {
            states.append(next)
            return arm
          }
        }
        return nil
      }
    }
  }

  /// Draws one assignment: the one at a uniformly drawn rank of the lexicographic order.
  ///
  /// - Throws: `SchemeError.foreignNumber`, and what the source throws.
  package func draw(from source: inout some UniformSource) throws -> Assignment {
    let rank = try source.uniform(below: count)
    guard rank < count else { throw SchemeError.foreignNumber }
    return assignment(rank: rank)
  }

  /// The assignment of the draw at a place of the lexicographic order, counted from 0.
  ///
  /// Total: a rank at or beyond `count` gives the last assignment. `draw` refuses such a rank, so it never
  /// enters an allocation.
  public func assignment(rank: BigUInt) -> Assignment {
    var rest = rank
    var state = 0
    var arms: [Int] = []
    arms.reserveCapacity(slotCount)
    for slot in layers.indices {
      var chosen = (arm: 0, next: 0)
      for arm in 0..<armCount {
        guard let next = next(slot: slot, state: state, arm: arm) else { continue }
        let below = completions[slot + 1][next]
        chosen = (arm, next)
        if rest < below { break }
        let isLast = !((arm + 1)..<Swift.max(arm + 1, armCount)).contains {
          self.next(slot: slot, state: state, arm: $0) != nil
        }
        if isLast { break }
        rest -= below
      }
      arms.append(chosen.arm)
      state = chosen.next
    }
    return Assignment(arms: arms)
  }

  /// The place of an assignment in the lexicographic order, that of its first draw where it has several;
  /// `nil` when it is not in the set.
  public func rank(of assignment: Assignment) -> BigUInt? {
    guard assignment.arms.count == slotCount else { return nil }
    var rank: BigUInt = 0
    var state = 0
    for (slot, arm) in assignment.arms.enumerated() {
      guard let next = next(slot: slot, state: state, arm: arm) else { return nil }
      for smaller in 0..<arm {
        if let other = self.next(slot: slot, state: state, arm: smaller) {
          rank += completions[slot + 1][other]
        }
      }
      state = next
    }
    return rank
  }

  /// The first slot (0-based) that cannot be what the assignment says; `nil` for an element.
  ///
  /// For a sequence of another length it is the first slot that is missing or too many.
  public func contains(_ assignment: Assignment) -> Int? {
    var state = 0
    for (slot, arm) in assignment.arms.enumerated() {
      guard slot < slotCount, let next = next(slot: slot, state: state, arm: arm) else {
        return slot
      }
      state = next
    }
    return assignment.arms.count < slotCount ? assignment.arms.count : nil
  }
}
