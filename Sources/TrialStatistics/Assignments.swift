/// The assignments over which a statistic without a faster route is computed: all of them, or draws.
///
/// Draws begin with the observed assignment, which is one draw more: with it a p-value is
/// (c + 1) / (m + 1) and never 0 (Phipson and Smyth 2010).
struct Assignments {
  let reference: ReferenceSet
  let observed: [Int]
  /// The number of draws beside the observed assignment, or `nil` where all assignments are listed.
  let draws: Int?

  /// All assignments up to `most` of them, else draws.
  init(_ reference: ReferenceSet, observed: [Int], most: Double = Limits.enumerated) {
    self.reference = reference
    self.observed = observed
    draws = reference.count <= most ? nil : Limits.draws
  }

  /// How many there are.
  var total: Double { draws.map { Double($0 + 1) } ?? reference.count }

  /// Calls `body` with each.
  func forEach(_ body: ([Int]) -> Void) {
    guard let draws else {
      Enumeration(reference: reference).forEach(body)
      return
    }
    body(observed)
    var sampler = Sampler(reference)
    var arms = observed
    for _ in 0..<draws {
      sampler.draw(into: &arms)
      body(arms)
    }
  }

  /// Exact, or Monte-Carlo with the error of the doubled p-value.
  func method(_ greater: Double, _ less: Double) -> Method {
    draws.map { .monteCarlo(draws: $0, standardError: Sampler.error(min(greater, less), $0)) }
      ?? .exact
  }
}

extension Enumeration {
  /// Calls `body` with every assignment of the set.
  func forEach(_ body: ([Int]) -> Void) {
    var arms = [Int](repeating: 0, count: reference.slotCount)
    func follow(_ slot: Int, _ state: Int32) {
      guard slot < reference.slotCount else {
        body(arms)
        return
      }
      for arm in 0...1 {
        guard let next = reference.next(slot, state, arm) else { continue }
        arms[slot] = arm
        follow(slot + 1, next)
      }
    }
    if reference.count > 0 { follow(0, 0) }
  }
}
