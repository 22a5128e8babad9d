/// Draws a place with given weights in constant time [Walker 1977; Vose 1991].
struct AliasTable {
  /// Of a number that falls on a place, how much of its unit is the place's own; the rest is its alias's.
  let limits: [Double]
  /// To whom the rest of each place belongs.
  let aliases: [Int]

  /// - Parameter weights: not negative, and not all 0.
  init(_ weights: [Double]) {
    let count = weights.count
    let total = weights.reduce(0, +)
    var limits = weights.map { $0 / total * Double(count) }
    var aliases = Array(0..<count)
    var small = limits.indices.filter { limits[$0] < 1 }
    var large = limits.indices.filter { limits[$0] >= 1 }
    while let less = small.popLast(), let more = large.last {
      aliases[less] = more
      limits[more] -= 1 - limits[less]
      if limits[more] < 1 { small.append(large.removeLast()) }
    }
    self.limits = limits
    self.aliases = aliases
  }

  /// The place that a number from 0 up to 1 draws.
  func place(at uniform: Double) -> Int {
    let point = uniform * Double(limits.count)
    let place = min(limits.count - 1, Int(point))
    return point - Double(place) < limits[place] ? place : aliases[place]
  }
}
