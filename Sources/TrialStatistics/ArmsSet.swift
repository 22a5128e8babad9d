/// The assignments of a scheme with two or more arms, as paths through its layers.
struct ArmsSet {
  private let layers: [[[Int32]]]
  /// The ways to the end from each state at each border.
  private let completions: [[WayCount]]
  /// How often the assignments that end in each state stand in the set; one of each where it is empty.
  private let ends: [UInt64]
  let armCount: Int

  var count: Double { completions.first?.first?.value ?? 0 }
  var slotCount: Int { layers.count }

  /// The paths through `layers` that take only arms that `allows` allows.
  init(
    layers: [[[Int32]]], ends: [UInt64] = [], armCount: Int,
    allows: (_ slot: Int, _ arm: Int) -> Bool = { _, _ in true }
  ) {
    self.armCount = armCount
    self.ends = ends
    var kept = layers.enumerated().map { slot, layer in
      layer.map { next in
        (0..<armCount).map { next.indices.contains($0) && allows(slot, $0) ? next[$0] : -1 }
      }
    }
    var ways: [[WayCount]] = []
    var after = ends.isEmpty ? nil : ends.map { WayCount(Double($0)) }
    for slot in kept.indices.reversed() {
      var own = [WayCount](repeating: WayCount(0), count: kept[slot].count)
      for state in kept[slot].indices {
        for arm in 0..<armCount where kept[slot][state][arm] >= 0 {
          let next = Int(kept[slot][state][arm])
          let none = WayCount(0)
          let more = after.map { $0.indices.contains(next) ? $0[next] : none } ?? WayCount(1)
          if more.significand > 0 { own[state] += more } else { kept[slot][state][arm] = -1 }
        }
      }
      ways.append(own)
      after = own
    }
    self.layers = kept
    completions = ways.reversed()
  }

  /// The first slot (from 0) at which `arms` leaves the set, or `nil` for an element.
  func firstImpossibleSlot(of arms: [Int]) -> Int? {
    var state = 0
    for slot in 0..<min(arms.count, slotCount) {
      guard layers[slot].indices.contains(state), (0..<armCount).contains(arms[slot]),
        layers[slot][state][arms[slot]] >= 0
      else { return slot }
      state = Int(layers[slot][state][arms[slot]])
    }
    return arms.count == slotCount ? nil : min(arms.count, slotCount)
  }

  /// Calls `body` with each assignment up to `most` of them; beyond that with `observed` and as many
  /// draws as are returned.
  func forEach(
    most: Double, observed: [Int], draws: Int = Limits.draws, _ body: ([Int]) -> Void
  ) -> Int? {
    var arms = observed
    guard count > most else {
      func follow(_ slot: Int, _ state: Int) {
        guard slot < slotCount else {
          for _ in 0..<(ends.isEmpty ? 1 : ends[state]) { body(arms) }
          return
        }
        for arm in 0..<armCount where layers[slot][state][arm] >= 0 {
          arms[slot] = arm
          follow(slot + 1, Int(layers[slot][state][arm]))
        }
      }
      if count > 0 { follow(0, 0) }
      return nil
    }
    body(observed)
    var generator = SamplingGenerator()
    for _ in 0..<draws {
      var state = 0
      for slot in layers.indices {
        let own = completions[slot][state]
        var rest = generator.unit() * own.significand
        var chosen = -1
        for arm in 0..<armCount where layers[slot][state][arm] >= 0 {
          chosen = arm
          let next = Int(layers[slot][state][arm])
          let more =
            slot + 1 < slotCount
            ? completions[slot + 1][next] : WayCount(ends.isEmpty ? 1 : Double(ends[next]))
          rest -= more.over(own.exponent)
          if rest < 0 { break }
        }
        arms[slot] = chosen
        state = Int(layers[slot][state][chosen])
      }
      body(arms)
    }
    return draws
  }
}
