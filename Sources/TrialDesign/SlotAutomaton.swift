public import BigInt

/// A randomization scheme compiled into layers, one per slot.
///
/// A path from the start (state 0 of layer 0) through all layers is an assignment; every path is one,
/// and every state can reach the end. In most schemes all assignments are equally likely; where several
/// equally likely draws give the same one, its last state says how many (`ends`), and what is counted are
/// draws. From the same forward and backward counts come the number of
/// assignments, a uniform draw without rejection, enumeration, the best guesser's share and the
/// posterior after a code break, so schedule and reference distribution cannot disagree.
public struct SlotAutomaton: Sendable {
  /// The next state by slot, state and arm; -1 where the scheme forbids the arm.
  public let layers: [[[Int32]]]
  /// Arms, numbered from 0; 0 is the reference.
  public let armCount: Int
  /// For each state after the last slot, the draws that give an assignment which ends there, without the
  /// factor that all have in common: one state and 1 where all assignments are equally likely.
  public let ends: [UInt64]
  /// For each slot and state, the draws on the ways to the end; one more entry for the end itself.
  package let completions: [[BigUInt]]

  /// Most states, over all slots.
  package static let mostStates = 1_000_000
  /// The most that all states together may hold.
  private static let mostHeld = 8 * mostStates

  /// The number of equally likely draws, exactly: that of the assignments, but where `ends` differ.
  public var count: BigUInt { completions.first?.first ?? 0 }

  /// The number of slots.
  public var slotCount: Int { layers.count }

  /// Compiles a rule: reachable states layer by layer, then without those that reach no end, and with
  /// one state for all those of a slot from which the same may follow, equally often.
  ///
  /// - Throws: `SchemeError` when the rule makes no sense, allows no sequence, or is too large.
  package init<Rule: SlotRule>(compiling rule: Rule) throws(SchemeError) {
    try rule.validate()
    guard rule.slotCount >= 1 else { throw .noSlots }
    guard rule.armCount >= 2 else { throw .tooFewArms }
    guard rule.slotCount <= SchemeError.mostSlots else { throw .tooManySlots(rule.slotCount) }
    let (reached, draws) = try SlotAutomaton.reach(rule)
    let (layers, ends) = try SlotAutomaton.trim(reached, draws: draws)
    guard layers.first?.isEmpty == false else { throw .impossible }
    self.layers = layers
    self.ends = ends
    armCount = rule.armCount
    completions = SlotAutomaton.countBackward(layers, ends: ends)
  }

  /// All reachable states, numbered by discovery, and the draws of each state of the end, 0 where it is
  /// not accepted.
  private static func reach<Rule: SlotRule>(
    _ rule: Rule
  ) throws(SchemeError) -> (layers: [[[Int32]]], draws: [BigUInt]) {
    var layers: [[[Int32]]] = []
    var current = [rule.start]
    var total = 0
    var held = 0
    for slot in 0..<rule.slotCount {
      var numbers: [Rule.State: Int32] = [:]
      var following: [Rule.State] = []
      var layer: [[Int32]] = []
      numbers.reserveCapacity(current.count)
      layer.reserveCapacity(current.count)
      for state in current {
        var row = [Int32](repeating: -1, count: rule.armCount)
        for arm in 0..<rule.armCount {
          guard let next = rule.next(state, arm: arm, slot: slot) else { continue }
          if let number = numbers[next] {
            row[arm] = number
          } else {
            row[arm] = Int32(following.count)
            numbers[next] = Int32(following.count)
            following.append(next)
            total += 1
            held += rule.size(of: next)
            guard total <= mostStates, held <= mostHeld else { throw .tooManyStates }
          }
        }
        layer.append(row)
      }
      layers.append(layer)
      current = following
    }
    return (layers, current.map { rule.accepts($0) ? rule.draws($0) : 0 })
  }

  /// Removes the states from which no accepted end is reached, makes one of those from which the same
  /// may follow, and renumbers the rest in order.
  ///
  /// Accepted ends with equally many draws are one state. From the end to the start, states with equal
  /// rows are the same, so that no smaller automaton has the same sequences (Revuz 1992).
  private static func trim(
    _ layers: [[[Int32]]], draws: [BigUInt]
  ) throws(SchemeError) -> (layers: [[[Int32]]], ends: [UInt64]) {
    let kinds = Set(draws).subtracting([0]).sorted()
    let common = kinds.reduce(BigUInt(0)) { $0.greatestCommonDivisor(with: $1) }
    var ends: [UInt64] = []
    for kind in kinds {
      guard let end = UInt64(exactly: kind / common) else { throw .tooManyDraws }
      ends.append(end)
    }
    var numbers = draws.map { number in Int32(kinds.firstIndex(of: number) ?? -1) }
    var result: [[[Int32]]] = []
    for layer in layers.reversed() {
      var kept: [[Int32]] = []
      var ofLayer: [Int32] = []
      var places: [Row: Int32] = [:]
      places.reserveCapacity(layer.count)
      for row in layer {
        let row = row.map { $0 < 0 ? -1 : numbers[Int($0)] }
        guard row.contains(where: { $0 >= 0 }) else {
          ofLayer.append(-1)
          continue
        }
        let key = Row(row)
        let place = places[key] ?? Int32(kept.count)
        if place == kept.count {
          places[key] = place
          kept.append(row)
        }
        ofLayer.append(place)
      }
      numbers = ofLayer
      result.append(kept)
    }
    return (result.reversed(), ends)
  }

  /// A row as a key: two arms, the usual number, are one word.
  private struct Row: Hashable {
    private let first: UInt64
    private let others: ArraySlice<Int32>

    init(_ row: [Int32]) {
      first = UInt64(UInt32(bitPattern: row[0])) << 32 | UInt64(UInt32(bitPattern: row[1]))
      others = row[2...]
    }
  }

  private static func countBackward(_ layers: [[[Int32]]], ends: [UInt64]) -> [[BigUInt]] {
    var after = ends.map { BigUInt($0) }
    var result = [after]
    for layer in layers.reversed() {
      after = layer.map { row in
        row.reduce(BigUInt(0)) { $1 < 0 ? $0 : $0 + after[Int($1)] }
      }
      result.append(after)
    }
    return result.reversed()
  }

  /// The state after giving `arm` to 0-based `slot`, or `nil` where that cannot be.
  package func next(slot: Int, state: Int, arm: Int) -> Int? {
    guard layers[slot][state].indices.contains(arm) else { return nil }
    let next = layers[slot][state][arm]
    return next < 0 ? nil : Int(next)
  }
}
