/// A walk from one effect to the crossing where a count of assignments passes its limit.
struct CrossingWalk {
  /// Which count is followed.
  enum Side {
    case greater, less, absolute
    /// Those at least as large less those at most as large.
    case both
  }

  /// A distance from the effect at which assignments change sides, and how the count changes there
  /// on the way up.
  private struct Crossing {
    let distance: Double
    let change: Double
  }

  private let contrast: LinearContrast
  private let halves: MeetingHalves
  private var effect: Double { halves.effect }
  private let side: Side
  /// So many crossings are walked over at most.
  private static var few: Double { 50_000 }

  init(
    _ contrast: LinearContrast, _ halves: MeetingHalves, side: Side
  ) {
    self.contrast = contrast
    self.halves = halves
    self.side = side
  }

  /// The crossing where the count, `found` at the effect, comes down to `limit` on the way outwards.
  ///
  /// - Returns: `nil` if that is too far away.
  func end(
    from found: Double, limit: Double, outwards: Double, _ total: Double, _ spread: Double
  ) -> Double? {
    let missing = (found - limit).magnitude
    guard missing <= CrossingWalk.few else { return nil }
    let direction = found > limit ? outwards : -outwards
    // Ratings have few decimals, so crossings may lie in clumps with wide gaps between them.
    var width = spread * (missing + 100) * 4 / total
    while width < spread, let near = crossings(within: width) {
      let crossings =
        near
        .filter { $0.distance * direction >= 0 }
        .sorted { $0.distance * direction < $1.distance * direction }
      var count = found
      for (place, crossing) in crossings.enumerated() {
        let before = count
        count += direction * crossing.change
        guard found > limit ? count <= limit : count > limit else { continue }
        // Between two crossings both one-sided counts may be equal: then the middle.
        let other = found > limit ? place + 1 : place - 1
        let isEven = side == .both && (found > limit ? count : before) == limit
        let far = isEven && crossings.indices.contains(other) ? crossings[other] : crossing
        return effect + (crossing.distance + far.distance) / 2
      }
      width *= 3
    }
    return nil
  }

  /// All crossings of assignments whose sum is near the observed one, as far as the list is complete;
  /// `nil` if there are too many.
  private func crossings(within width: Double) -> [Crossing]? {
    let target = contrast.observed - effect
    let reach = width / (1 + halves.largestOverlap)
    let isGreater = side == .greater || side == .both || (side == .absolute && target > 0)
    var crossings: [Crossing] = []
    func add(_ distance: Double, _ room: Double, _ sign: Double) {
      guard room.magnitude > 1e-12, distance.magnitude <= reach else { return }
      let change = (room > 0 ? sign : -sign) * (side == .both ? 2 : 1)
      crossings.append(Crossing(distance: distance, change: change))
    }
    // Extreme where (sum − target) + distance · (1 − overlap) is at least, or at most, 0.
    let most = 8 * Int(CrossingWalk.few)
    guard let near = halves.list(from: target - width, to: target + width, most: most) else {
      return nil
    }
    for sum in near {
      let room = 1 - sum.overlap
      add((target - sum.value) / room, room, isGreater ? 1 : -1)
    }
    guard side == .absolute else { return crossings }
    // On the other side where (sum + target) − distance · (1 + overlap) is at most, or at least, 0.
    guard let far = halves.list(from: -target - width, to: -target + width, most: most) else {
      return nil
    }
    for sum in far {
      let room = 1 + sum.overlap
      add((sum.value + target) / room, room, isGreater ? 1 : -1)
    }
    return crossings
  }
}
