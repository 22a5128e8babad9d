import Foundation
import TrialStatistics

/// A set of assignments with its automaton; the state is the number of active slots of the block.
struct Design {
  let name: String
  let slots: Int
  /// The slots of each block; one for a scheme without.
  let blocks: [Range<Int>]
  let reference: ReferenceSet
  private let layers: [[[Int32]]]

  static func pairs(_ count: Int) -> Design {
    Design("\(count) pairs", [Int](repeating: 2, count: count))
  }

  static func blocks(_ size: Int, _ count: Int) -> Design {
    Design("\(count) blocks of \(size)", [Int](repeating: size, count: count))
  }

  /// Sets that are small enough to take every assignment as the real one.
  static let small = [
    pairs(6), pairs(8), blocks(4, 2), blocks(4, 3), Design("mixed blocks 4, 2, 6", [4, 2, 6]),
    Design("complete, 5 of 10", [10]), Design(coin: 9, fewest: 2),
  ]

  /// Blocks of even sizes, half of each active.
  private init(_ name: String, _ sizes: [Int]) {
    var layers: [[[Int32]]] = []
    for size in sizes {
      for place in 0..<size {
        layers.append(
          (0...place).map { used in
            (0...1).map { arm in
              let next = used + arm
              guard next <= size / 2, place + 1 - next <= size / 2 else { return -1 }
              return place + 1 == size ? 0 : Int32(next)
            }
          })
      }
    }
    self.init(name, layers, sizes)
  }

  /// Independent slots with at least `fewest` of each arm.
  private init(coin slots: Int, fewest: Int) {
    let layers = (0..<slots).map { slot in
      (0...slot).map { used in
        (0...1).map { arm -> Int32 in
          let next = used + arm
          let fits = slot + 1 < slots || (next >= fewest && slots - next >= fewest)
          return fits ? Int32(next) : -1
        }
      }
    }
    self.init("coin, \(slots) slots, at least \(fewest) of each", layers, [slots])
  }

  private init(_ name: String, _ layers: [[[Int32]]], _ sizes: [Int]) {
    self.name = name
    var start = 0
    blocks = sizes.map { size in
      defer { start += size }
      return start..<start + size
    }
    self.layers = layers
    slots = layers.count
    reference = ReferenceSet(layers: layers)
  }

  var hasBlocks: Bool { blocks.count > 1 }

  /// Every assignment.
  var assignments: [[Int]] {
    var paths: [(state: Int, arms: [Int])] = [(0, [])]
    for layer in layers {
      paths = paths.flatMap { path in
        (0...1).compactMap { arm in
          let next = Int(layer[path.state][arm])
          return next < 0 ? nil : (next, path.arms + [arm])
        }
      }
    }
    return paths.map(\.arms)
  }

  /// A uniform draw; every block is drawn like an urn without replacement.
  func drawn(_ noise: inout Noise) -> [Int] {
    var state = 0
    var arms: [Int] = []
    var completions = [[Double]](repeating: [1], count: slots + 1)
    for slot in layers.indices.reversed() {
      completions[slot] = layers[slot].map { next in
        next.reduce(0) { sum, state in
          state < 0 || Int(state) >= completions[slot + 1].count
            ? sum : sum + completions[slot + 1][Int(state)]
        }
      }
    }
    for slot in layers.indices {
      let next = layers[slot][state][1]
      let chance = next < 0 ? 0 : completions[slot + 1][Int(next)] / completions[slot][state]
      let arm = noise.uniform() < chance ? 1 : 0
      arms.append(arm)
      state = Int(layers[slot][state][arm])
    }
    return arms
  }
}
