/// The additions that lead from the lattice at one border to the next.
struct LatticeMoves {
  /// One addition of a key's rows to another's.
  struct Move {
    let source: Int
    let target: Int
    let overlap: Int
    let sum: Int
    let factor: Int
  }

  struct Target {
    let key: LatticeKey
    var lowOverlap: Int
    var highOverlap: Int
    /// How many moves lead here.
    var count = 0
  }

  /// The moves; those to one target follow each other once they are `grouped`.
  private(set) var list: [Move] = []
  private(set) var targets: [Target] = []
  /// The target of each state where paths differ in nothing else; else by key.
  private var byState: [Int]
  private var byKey: [LatticeKey: Int] = [:]
  /// Overlaps above this one are not counted.
  private let most: Int

  /// - Parameters:
  ///   - states: how many states there are after the moves, or `nil` where keys differ in their
  ///     tallies as well.
  ///   - most: the largest overlap that is counted.
  init(states: Int?, upTo most: Int) {
    byState = [Int](repeating: -1, count: states ?? 0)
    self.most = most
  }

  /// Adds a move from the key at `source`, whose overlaps are given, to `key`.
  mutating func add(
    _ source: Int, overlaps: ClosedRange<Int>, to key: LatticeKey, overlap: Int, sum: Int,
    factor: Int
  ) {
    let low = overlaps.lowerBound + overlap
    let high = min(overlaps.upperBound + overlap, most)
    guard low <= high else { return }
    let target: Int
    if let known = place(of: key) {
      target = known
      targets[known].lowOverlap = min(targets[known].lowOverlap, low)
      targets[known].highOverlap = max(targets[known].highOverlap, high)
    } else {
      target = targets.count
      targets.append(Target(key: key, lowOverlap: low, highOverlap: high))
      if byState.isEmpty { byKey[key] = target } else { byState[Int(key.state)] = target }
    }
    targets[target].count += 1
    list.append(
      Move(source: source, target: target, overlap: overlap, sum: sum, factor: factor))
  }

  private func place(of key: LatticeKey) -> Int? {
    guard !byState.isEmpty else { return byKey[key] }
    let place = byState[Int(key.state)]
    return place >= 0 ? place : nil
  }

  /// The same moves, those to each target one behind the other.
  consuming func grouped() -> LatticeMoves {
    guard targets.count > 1, let first = list.first else { return self }
    var places: [Int] = []
    var start = 0
    for target in targets {
      places.append(start)
      start += target.count
    }
    var sorted = [Move](repeating: first, count: list.count)
    for move in list {
      sorted[places[move.target]] = move
      places[move.target] += 1
    }
    list = sorted
    return self
  }
}
