/// Uniform draws of a weighted sum from a reference set, several slots at a time.
///
/// For every state at the start of a stride all ways through its slots are listed, with what they add to the
/// statistic and with their share of the completions. One random number then draws a whole way in constant
/// time (`AliasTable`), where `Sampler` spends one on each slot.
struct StrideSampler {
  /// A way through the slots of a stride.
  private struct Way {
    /// What it adds to the statistic and to its overlap.
    let value, overlap: Double
    /// Which of its slots have the second arm, the first slot in the lowest bit.
    let arms: UInt32
    /// The node where it leads.
    var next: Int32
    /// Of the part of a number that falls on this place, how much is its own; the rest is the alias's.
    var own: Double
    var alias: Int32
  }

  /// A state at the start of a stride: where its ways lie.
  private struct Node {
    let first, count: Int32
  }

  /// Slots that are drawn with one number; at most 2⁴ ways from a state.
  static let stride = 4

  private let slotCount: Int
  private let start: (value: Double, overlap: Double)
  private var nodes: [Node] = []
  private var ways: [Way] = []
  private var generator: SamplingGenerator
  /// The ways of the last draw, one for each stride.
  private var taken: [Int32]

  /// - Parameter seed: of the generator; `nil` for the fixed one of an analysis.
  init(_ reference: ReferenceSet, _ contrast: LinearContrast, seed: UInt64? = nil) {
    generator = seed.map { SamplingGenerator(seed: $0) } ?? SamplingGenerator()
    slotCount = reference.slotCount
    start = (contrast.start, contrast.overlapStart)
    let borders = Array(Swift.stride(from: 0, to: slotCount, by: StrideSampler.stride))
    taken = [Int32](repeating: 0, count: borders.count)
    for border in borders {
      let end = min(slotCount, border + StrideSampler.stride)
      let after = Int32(nodes.count + reference.stateCount(border))
      for state in 0..<Int32(reference.stateCount(border)) {
        let (found, weights) = StrideSampler.ways(
          reference, contrast, from: (border, state), to: end)
        let first = Int32(ways.count)
        nodes.append(Node(first: first, count: Int32(found.count)))
        // A dead state has no way.
        guard !found.isEmpty else { continue }
        let table = AliasTable(weights)
        for (place, way) in found.enumerated() {
          var way = way
          way.next += after
          (way.own, way.alias) = (table.limits[place], first + Int32(table.aliases[place]))
          ways.append(way)
        }
      }
    }
  }

  /// The ways from a state to a border, and their weights, which sum to 1; none from a dead state.
  private static func ways(
    _ reference: ReferenceSet, _ contrast: LinearContrast, from place: (slot: Int, state: Int32),
    to end: Int
  ) -> ([Way], [Double]) {
    let power = reference.power(place.slot, place.state)
    let all = reference.completions(place.slot, place.state, over: power)
    guard all > 0 else { return ([], []) }
    var (ways, weights) = ([Way](), [Double]())
    func follow(
      _ slot: Int, _ state: Int32, _ value: Double, _ overlap: Double, _ arms: UInt32
    ) {
      guard slot < end else {
        ways.append(
          Way(value: value, overlap: overlap, arms: arms, next: state, own: 1, alias: 0))
        weights.append(reference.completions(end, state, over: power) / all)
        return
      }
      if let next = reference.next(slot, state, 0) {
        follow(slot + 1, next, value, overlap, arms)
      }
      if let next = reference.next(slot, state, 1) {
        follow(
          slot + 1, next, value + contrast.gain[slot], overlap + contrast.overlapGain[slot],
          arms | 1 << UInt32(slot - place.slot))
      }
    }
    follow(place.slot, place.state, 0, 0, 0)
    return (ways, weights)
  }

  /// The statistic of one assignment and its overlap.
  mutating func draw() -> (value: Double, overlap: Double) {
    // Copies in registers; the generator is written back once.
    var (generator, sum) = (generator, start)
    nodes.withUnsafeBufferPointer { nodes in
      ways.withUnsafeBufferPointer { ways in
        taken.withUnsafeMutableBufferPointer { taken in
          var node = 0
          for stride in taken.indices {
            let here = nodes[node]
            let point = generator.unit() * Double(here.count)
            let place = min(here.count - 1, Int32(point))
            let drawn = Int(here.first + place)
            let isOwn = point - Double(place) < ways[drawn].own
            let way = isOwn ? drawn : Int(ways[drawn].alias)
            taken[stride] = Int32(way)
            sum.value += ways[way].value
            sum.overlap += ways[way].overlap
            node = Int(ways[way].next)
          }
        }
      }
    }
    self.generator = generator
    return sum
  }

  /// The assignment that was drawn last.
  var arms: [Int] {
    (0..<slotCount).map { slot in
      let way = ways[Int(taken[slot / StrideSampler.stride])]
      return Int(way.arms >> UInt32(slot % StrideSampler.stride) & 1)
    }
  }
}
