/// Maps values to places along an axis.
struct LinearScale {
  /// The value at `start`.
  let lower: Double
  /// The value at `end`; larger than `lower`.
  let upper: Double
  /// Where the lower value lies.
  let start: Double
  /// Where the upper value lies; may be before `start`.
  let end: Double

  /// A scale over the values, widened a little, never empty.
  init(over values: [Double], from start: Double, to end: Double, margin: Double = 0.06) {
    let finite = values.filter(\.isFinite)
    let least = finite.min() ?? 0
    let most = finite.max() ?? 1
    let spread = most - least
    let room = spread > 0 ? spread * margin : max(abs(most) * 0.1, 0.5)
    self.init(lower: least - room, upper: most + room, from: start, to: end)
  }

  /// A scale between two values.
  init(lower: Double, upper: Double, from start: Double, to end: Double) {
    self.lower = lower
    self.upper = upper > lower ? upper : lower + 1
    self.start = start
    self.end = end
  }

  /// The place of a value, held within the axis.
  func place(_ value: Double) -> Double {
    let share = min(1, max(0, (value - lower) / (upper - lower)))
    return start + share * (end - start)
  }

  /// Round values within the axis, at most so many.
  func ticks(_ most: Int, whole: Bool = false) -> [Double] {
    let raw = max(whole ? 1 : 0, (upper - lower) / Double(max(1, most)))
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    let factors = whole ? [1.0, 2, 5, 10] : [1.0, 2, 2.5, 5, 10]
    let factor = factors.first { $0 * power >= raw * 0.999_999 } ?? 10
    let step = factor * power
    let first = (lower / step).rounded(.up)
    let last = (upper / step).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
  }
}
