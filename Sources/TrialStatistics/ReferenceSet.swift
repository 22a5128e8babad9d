/// The set of assignments that a two-arm scheme could have produced, all equally likely.
///
/// It is held as a layered automaton: `layers[slot][state][arm]` is the state after the slot, or -1
/// where the arm is not allowed. The first state is 0; every path through all layers is one
/// assignment. The number of paths that lead from a state to the end (the backward count) gives the
/// size of the set, the draw without rejection, and the chance of each next arm.
public struct ReferenceSet: Sendable {
  let layers: [[[Int32]]]
  /// Backward counts per layer and state; one more layer than slots.
  let completions: [[Double]]
  /// The number of assignments, exactly, or `nil` from 2¹²⁷ on.
  public let exactCount: UInt128?

  /// The set of paths through `layers`; arms beyond the second and states that are not there are
  /// not allowed.
  public init(layers: [[[Int32]]]) {
    let cleaned = ReferenceSet.cleaned(layers)
    self.layers = cleaned
    var completions = [[Double]](repeating: [], count: cleaned.count + 1)
    var exact: [UInt128]? = [UInt128](
      repeating: 1, count: ReferenceSet.stateCount(after: cleaned))
    completions[cleaned.count] = [Double](repeating: 1, count: exact?.count ?? 0)
    for slot in cleaned.indices.reversed() {
      let next = completions[slot + 1]
      completions[slot] = cleaned[slot].map { arms in
        arms.reduce(0) { $0 + ($1 >= 0 ? next[Int($1)] : 0) }
      }
      exact = exact.flatMap { ReferenceSet.previous(cleaned[slot], $0) }
    }
    self.completions = completions
    exactCount = exact.map { $0.first ?? 0 }
  }

  /// The number of slots.
  public var slotCount: Int { layers.count }

  /// The number of assignments, rounded where it exceeds 2⁵³.
  public var count: Double { completions[0].first ?? 0 }

  /// The first slot (from 0) at which `arms` leaves the set, or `nil` for an element.
  ///
  /// An assignment of another length leaves the set at the first slot that is missing or too many.
  public func firstImpossibleSlot(of arms: [Int]) -> Int? {
    var state: Int32 = 0
    for slot in 0..<min(arms.count, slotCount) {
      let arm = arms[slot]
      guard (0...1).contains(arm), let next = next(slot, state, arm) else { return slot }
      state = next
    }
    return arms.count == slotCount ? nil : min(arms.count, slotCount)
  }

  /// The state after `slot`, or `nil` where no assignment goes on.
  func next(_ slot: Int, _ state: Int32, _ arm: Int) -> Int32? {
    let next = layers[slot][Int(state)][arm]
    return next >= 0 && completions[slot + 1][Int(next)] > 0 ? next : nil
  }

  /// The number of states with an assignment through them, per layer border.
  var liveStates: [Int] { live.map { $0.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } } }

  /// Forward counts of the states that lead to the end, 0 for the others.
  var live: [[Double]] {
    var forward = completions.map { [Double](repeating: 0, count: $0.count) }
    guard count > 0 else { return forward }
    forward[0][0] = 1
    for slot in layers.indices {
      for state in layers[slot].indices where forward[slot][state] > 0 {
        for arm in 0...1 {
          guard let next = next(slot, Int32(state), arm) else { continue }
          forward[slot + 1][Int(next)] += forward[slot][state]
        }
      }
    }
    return forward
  }

  // MARK: Reading the layers

  private static func cleaned(_ layers: [[[Int32]]]) -> [[[Int32]]] {
    layers.indices.map { slot in
      let limit = slot + 1 < layers.count ? Int32(layers[slot + 1].count) : Int32.max
      return layers[slot].map { arms in
        (0...1).map { arm in
          guard arm < arms.count, arms[arm] >= 0, arms[arm] < limit else { return -1 }
          return arms[arm]
        }
      }
    }
  }

  private static func stateCount(after layers: [[[Int32]]]) -> Int {
    guard let last = layers.last else { return 1 }
    return Int(last.joined().max() ?? -1) + 1
  }

  private static func previous(_ layer: [[Int32]], _ next: [UInt128]) -> [UInt128]? {
    var counts: [UInt128] = []
    for arms in layer {
      let count = arms.reduce(UInt128(0)) { $0 + ($1 >= 0 ? next[Int($1)] : 0) }
      guard count < UInt128(1) << 126 else { return nil }
      counts.append(count)
    }
    return counts
  }
}
