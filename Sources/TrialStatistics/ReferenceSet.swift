/// The set of draws that a two-arm scheme could have made, all equally likely.
///
/// It is held as a layered automaton: `layers[slot][state][arm]` is the state after the slot, or -1
/// where the arm is not allowed. The first state is 0; every path through all layers is one
/// assignment. The number of paths that lead from a state to the end (the backward count) gives the
/// size of the set, the draw without rejection, and the chance of each next arm. In most schemes every
/// assignment is one draw; where it is not, the last layers are `Lots`.
///
/// The states of all borders (before each slot, and after the last) lie one behind the other in
/// flat arrays.
public struct ReferenceSet: Sendable {
  /// Where the states of each border start, and after the last border the number of all states.
  private let starts: [Int]
  /// Two for each state: where the arms lead, or -1 where no assignment goes on.
  private let transitions: [Int32]
  /// For each state, the number of ways to the end.
  private let completions: [WayCount]
  /// For each state with a way to the end, the number of ways to it; 0 for the others.
  private let arrivals: [WayCount]
  /// The layers behind the slots that hold how often an assignment stands in the set.
  let lots: Int
  /// What counts are multiplied with at each slot where the set is too large for them; else empty.
  private let steps: [Double]
  /// The number of states with an assignment through them, per border.
  let liveStates: [Int]
  /// The number of assignments, exactly, or `nil` from 2¹²⁷ on.
  public let exactCount: UInt128?
  /// Whether with every assignment the one with both arms exchanged is known to be in the set too.
  private(set) var isClosedUnderComplement = false

  /// The set of paths through `layers`; arms beyond the second and states that are not there are
  /// not allowed.
  ///
  /// - Parameter ends: how often the assignments that end in each state stand in the set; one of each
  ///   where it is empty.
  public init(layers: [[[Int32]]], ends: [UInt64] = []) {
    let lots = Lots(ends)
    self.lots = lots.count
    var builder = Builder(layers + lots.layers)
    exactCount = builder.countBack()
    builder.countForward()
    starts = builder.starts
    transitions = builder.transitions
    completions = builder.completions
    arrivals = builder.arrivals
    liveStates = builder.liveStates
    steps = builder.steps
    isClosedUnderComplement = complementIsFollowed()
  }

  /// The number of layers: of the slots, and of the lots behind them.
  public var slotCount: Int { starts.count - 2 }

  /// The automaton as layers again, `layers[slot][state][arm]`; -1 also where no assignment goes on.
  public var layers: [[[Int32]]] {
    (0..<max(0, slotCount)).map { slot in
      (starts[slot]..<starts[slot + 1]).map { [transitions[2 * $0], transitions[2 * $0 + 1]] }
    }
  }

  /// The number of assignments, rounded where it exceeds 2⁵³, infinite from 2¹⁰²⁴ on.
  public var count: Double { completions.isEmpty || starts[1] == 0 ? 0 : completions[0].value }

  /// Whether counts of assignments have to be scaled: there are more than 2⁵¹².
  var isHuge: Bool { !steps.isEmpty }

  /// What counts of paths are multiplied with when they go over a slot: 1, but in a huge set.
  ///
  /// All are powers of two. Whoever counts with them counts all assignments as `scaledCount`.
  func step(_ slot: Int) -> Double { steps.isEmpty ? 1 : steps[slot] }

  /// The number of assignments as it comes out of a count with `step`: `count`, but in a huge set.
  var scaledCount: Double {
    guard isHuge else { return count }
    return completions[0].over(-steps.reduce(0) { $0 + Int($1.exponent) })
  }

  /// The first slot (from 0) at which `arms`, of all layers, leaves the set, or `nil` for an element.
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

  /// Whether there is one assignment only, however often it is drawn.
  var isSingle: Bool {
    var state: Int32 = 0
    for slot in 0..<slotCount - lots {
      let (zero, one) = (next(slot, state, 0), next(slot, state, 1))
      guard (zero == nil) != (one == nil), let next = zero ?? one else { return false }
      state = next
    }
    return true
  }

  /// The state after `slot`, or `nil` where no assignment goes on.
  func next(_ slot: Int, _ state: Int32, _ arm: Int) -> Int32? {
    let next = transitions[2 * (starts[slot] + Int(state)) + arm]
    return next >= 0 ? next : nil
  }

  /// The number of states at a border; border 0 is before the first slot.
  func stateCount(_ border: Int) -> Int { starts[border + 1] - starts[border] }

  /// The number of ways from a state at a border to the end, in units of 2^`power`.
  func completions(_ border: Int, _ state: Int32, over power: Int = 0) -> Double {
    completions[starts[border] + Int(state)].over(power)
  }

  /// The power of two over which a state's completions are a `Double` in any set; 0 unless it is huge.
  func power(_ border: Int, _ state: Int32) -> Int {
    completions[starts[border] + Int(state)].exponent
  }

  /// The number of ways to a state at a border that lead on to the end; infinite from 2¹⁰²⁴ on.
  func arrivals(_ border: Int, _ state: Int32) -> Double {
    arrivals[starts[border] + Int(state)].value
  }

  /// The first state at a border that lies on an assignment.
  func firstLiveState(_ border: Int) -> Int32 {
    Int32((0..<stateCount(border)).first { arrivals[starts[border] + $0].significand > 0 } ?? 0)
  }
}

extension ReferenceSet {
  /// Makes the flat arrays from the layers.
  private struct Builder {
    var starts = [0]
    var transitions: [Int32] = []
    var completions: [WayCount] = []
    var arrivals: [WayCount] = []
    var liveStates: [Int] = []
    private let slotCount: Int

    init(_ layers: [[[Int32]]]) {
      slotCount = layers.count
      for layer in layers { starts.append(starts[starts.count - 1] + layer.count) }
      transitions.reserveCapacity(2 * starts[slotCount])
      for (slot, layer) in layers.enumerated() {
        let limit = slot + 1 < slotCount ? Int32(layers[slot + 1].count) : Int32.max
        for arms in layer {
          for arm in 0...1 {
            let allowed = arm < arms.count && arms[arm] >= 0 && arms[arm] < limit
            transitions.append(allowed ? arms[arm] : -1)
          }
        }
      }
      let last = transitions[(2 * starts[max(0, slotCount - 1)])...].max()
      starts.append(starts[slotCount] + (slotCount == 0 ? 1 : Int(last ?? -1) + 1))
    }

    /// Counts from the end, and closes every way that does not lead there.
    mutating func countBack() -> UInt128? {
      let size = starts[slotCount + 1]
      completions = [WayCount](repeating: WayCount(1), count: size)
      var exact = [UInt128](repeating: 1, count: size)
      var fits = true
      for slot in (0..<slotCount).reversed() {
        for state in starts[slot]..<starts[slot + 1] {
          var (ways, whole) = (WayCount(0), UInt128(0))
          for edge in (2 * state)...(2 * state + 1) where transitions[edge] >= 0 {
            let next = starts[slot + 1] + Int(transitions[edge])
            guard completions[next].significand > 0 else {
              transitions[edge] = -1
              continue
            }
            ways += completions[next]
            if fits { whole += exact[next] }
          }
          if whole >= UInt128(1) << 126 { fits = false }
          completions[state] = ways
          exact[state] = whole
        }
      }
      return !fits ? nil : starts[1] == 0 ? 0 : exact[0]
    }

    /// Counts from the start, and the states on the way.
    mutating func countForward() {
      arrivals = [WayCount](repeating: WayCount(0), count: completions.count)
      if starts[1] > 0, completions[0].significand > 0 { arrivals[0] = WayCount(1) }
      for slot in 0..<slotCount {
        for state in starts[slot]..<starts[slot + 1] where arrivals[state].significand > 0 {
          for edge in (2 * state)...(2 * state + 1) where transitions[edge] >= 0 {
            arrivals[starts[slot + 1] + Int(transitions[edge])] += arrivals[state]
          }
        }
      }
      liveStates = (0...slotCount).map { border in
        (starts[border]..<starts[border + 1]).reduce(0) {
          $0 + (arrivals[$1].significand > 0 ? 1 : 0)
        }
      }
    }

    /// The steps with which no border has more than 2⁵⁰¹ ways to it; none where a `Double` counts them.
    var steps: [Double] {
      guard starts[1] > 0, completions[0].magnitude > 512 else { return [] }
      var taken = 0
      return (1...slotCount).map { border in
        var ways = WayCount(0)
        for state in starts[border]..<starts[border + 1] { ways += arrivals[state] }
        let next = max(taken, ways.magnitude - 500)
        defer { taken = next }
        return Double(sign: .plus, exponent: taken - next, significand: 1)
      }
    }
  }
}
