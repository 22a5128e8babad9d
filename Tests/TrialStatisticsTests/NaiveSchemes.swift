@testable import TrialStatistics

/// A scheme that is nothing but a list of its assignments.
struct NaiveScheme {
  let assignments: [[Int]]
  /// The blocks of the block-adjusted statistic.
  var blocks: [Range<Int>]

  init(_ assignments: [[Int]], blocks: [Range<Int>]? = nil) {
    self.assignments = assignments
    self.blocks = blocks ?? [0..<(assignments.first?.count ?? 0)]
  }

  /// The list as a tree of layers, one state per prefix; one that is listed several times is in the set
  /// as often.
  var reference: ReferenceSet {
    var layers: [[[Int32]]] = []
    var prefixes: [[Int]] = [[]]
    for slot in 0..<(assignments.first?.count ?? 0) {
      var layer = [[Int32]](repeating: [-1, -1], count: prefixes.count)
      var next: [[Int]] = []
      var index: [[Int]: Int] = [:]
      for (state, prefix) in prefixes.enumerated() { index[prefix] = state }
      var known: [[Int]: Int32] = [:]
      for arms in assignments {
        let before = Array(arms[0..<slot])
        let after = Array(arms[0...slot])
        if known[after] == nil {
          known[after] = Int32(next.count)
          next.append(after)
        }
        layer[index[before] ?? 0][arms[slot]] = known[after] ?? -1
      }
      layers.append(layer)
      prefixes = next
    }
    let ends = prefixes.map { prefix in UInt64(assignments.count { $0 == prefix }) }
    return ReferenceSet(layers: layers, ends: ends)
  }
}

/// Builds layers from a rule: from what is remembered and an arm to what is remembered next.
func layers<Memory: Hashable>(
  slots: Int, start: Memory, ends: (Memory) -> Bool = { _ in true },
  step: (Int, Memory, Int) -> Memory?
) -> [[[Int32]]] {
  var layers: [[[Int32]]] = []
  var states: [Memory] = [start]
  for slot in 0..<slots {
    var index: [Memory: Int32] = [:]
    var next: [Memory] = []
    var layer: [[Int32]] = []
    for state in states {
      layer.append(
        (0...1).map { arm in
          guard let memory = step(slot, state, arm), slot + 1 < slots || ends(memory) else {
            return -1
          }
          if let known = index[memory] { return known }
          index[memory] = Int32(next.count)
          next.append(memory)
          return Int32(next.count - 1)
        })
    }
    layers.append(layer)
    states = next
  }
  return layers
}

/// The layers of every sequence without three slots of one arm in a row.
func atMostTwoInARow(_ slots: Int) -> [[[Int32]]] {
  layers(slots: slots, start: [0, 0], ends: { _ in true }) { _, memory, arm in
    let run = memory[1] == arm ? memory[0] + 1 : 1
    return run > 2 ? nil : [run, arm]
  }
}

/// The layers of blocks with a fixed number of active slots each.
func blockLayers(sizes: [Int], active: [Int]) -> [[[Int32]]] {
  let block = sizes.indices.flatMap { [Int](repeating: $0, count: sizes[$0]) }
  let starts = sizes.indices.map { sizes[0..<$0].reduce(0, +) }
  return layers(slots: block.count, start: 0) { slot, used, arm in
    let size = sizes[block[slot]]
    let place = slot - starts[block[slot]]
    let now = used + arm
    guard now <= active[block[slot]], now + size - place - 1 >= active[block[slot]] else {
      return nil
    }
    return place + 1 == size ? 0 : now
  }
}

/// Consecutive ranges of the given lengths.
func ranges(_ sizes: [Int]) -> [Range<Int>] {
  var start = 0
  return sizes.map { size in
    defer { start += size }
    return start..<(start + size)
  }
}
