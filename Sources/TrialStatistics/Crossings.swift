/// Where on the axis of effects one assignment changes sides.
struct Crossings {
  /// The effects between which the assignment is at least as large as the observed one, from `from`
  /// on, and at most as large, up to `upTo`.
  var from = -Double.infinity
  var upTo = Double.infinity
  /// The effects between which it is at least as far from 0.
  var lower = -Double.infinity
  var upper = Double.infinity

  /// Those of an assignment without a statistic: extreme on every side.
  init() {}

  /// `down` and `up` are a° ∓ a, `least` and `most` 1 ∓ b, all times `twice`.
  init<Number: FixedWidthInteger & SignedInteger>(
    down: Number, up: Number, least: Number, most: Number, twice: Number,
    quotient: (Number, Number) -> Double
  ) {
    if least > 0 {
      from = quotient(down, least)
      upTo = from
    } else {
      if down > 0 { from = .infinity }
      if down < 0 { upTo = -.infinity }
    }
    if least > 0, most > 0 {
      let other = quotient(up, most)
      lower = min(from, other)
      upper = max(from, other)
    } else if least == 0, down != 0 {
      let half = quotient(up, 2 * twice)
      if down < 0 { upper = half } else { lower = half }
    } else if most == 0, up != 0 {
      let half = quotient(down, 2 * twice)
      if up > 0 { lower = half } else { upper = half }
    }
  }

  /// Whether the assignment is extreme on both sides at every effect.
  var isAlways: Bool { from == -.infinity && upTo == .infinity }

  /// The breakpoint of a side.
  subscript(side: BreakpointSide) -> Double {
    switch side {
    case .from: from
    case .upTo: -upTo
    case .lower: lower
    case .upper: -upper
    }
  }
}
