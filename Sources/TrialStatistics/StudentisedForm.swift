/// The studentised difference of one assignment, as a function of the assumed effect.
///
/// Under a constant effect τ the outcomes without it are u − τq, where u is the outcome and q the
/// observed assignment, or what the adjustments leave of both. The difference is linear in τ and its
/// squared standard error quadratic.
struct StudentisedForm {
  /// The difference at τ = 0, and what is taken off per unit of τ.
  var value = 0.0
  var overlap = 0.0
  /// The squared standard error: constant, linear and quadratic in τ.
  var square = (0.0, 0.0, 0.0)

  /// The difference at an effect.
  func difference(_ effect: Double) -> Double { value - effect * overlap }

  /// The squared standard error at an effect, and about how large its terms are.
  func variance(_ effect: Double) -> (value: Double, size: Double) {
    let (a, b, c) = (square.0, effect * square.1, effect * effect * square.2)
    return (a + b + c, a.magnitude + b.magnitude + c.magnitude)
  }

  /// t at an effect: 0 where nothing varies and nothing differs, infinite where only nothing varies.
  ///
  /// - Parameter small: differences below it are 0.
  func t(_ effect: Double, small: Double) -> Double {
    let difference = difference(effect)
    let (variance, size) = variance(effect)
    if variance <= max(size * 1e-13, small * small * 1e-3) {
      return difference.magnitude <= small ? 0 : difference > 0 ? .infinity : -.infinity
    }
    return difference / variance.squareRoot()
  }
}

/// How a studentised difference is computed from slots: by Welch, or from the differences of blocks.
struct StudentisedSeries {
  /// The slots with an outcome.
  let rows: [Int]
  /// The outcome over the rows less its mean, and what the effect is a multiple of.
  let outcome: [Double]
  let effect: [Double]
  /// The rows of each block, or `nil` for Welch's t.
  let blocks: [Range<Int>]?

  /// The form of one assignment, or `nil` where it has no statistic.
  ///
  /// - Parameter arm: the arm that is compared with the reference; slots of others are left out.
  func form(_ arms: [Int], comparing arm: Int = 1) -> StudentisedForm? {
    guard let blocks else { return welch(arms, arm) }
    return byBlocks(arms, arm, blocks)
  }

  private func sums(
    _ arms: [Int], _ arm: Int, _ places: Range<Int>
  ) -> (active: StudentisedSums, reference: StudentisedSums) {
    var active = StudentisedSums()
    var reference = StudentisedSums()
    for index in places {
      let own = arms[rows[index]]
      if own == arm {
        active.add(outcome[index], effect[index])
      } else if own == 0 {
        reference.add(outcome[index], effect[index])
      }
    }
    return (active, reference)
  }

  private func welch(_ arms: [Int], _ arm: Int) -> StudentisedForm? {
    let (active, reference) = sums(arms, arm, 0..<rows.count)
    guard active.count > 1, reference.count > 1 else { return nil }
    let (first, second) = (active.meanVariance, reference.meanVariance)
    return StudentisedForm(
      value: active.sum / active.count - reference.sum / reference.count,
      overlap: active.effect / active.count - reference.effect / reference.count,
      square: (first.0 + second.0, first.1 + second.1, first.2 + second.2))
  }

  private func byBlocks(_ arms: [Int], _ arm: Int, _ blocks: [Range<Int>]) -> StudentisedForm? {
    var weight = 0.0
    var parts: [(weight: Double, value: Double, overlap: Double)] = []
    parts.reserveCapacity(blocks.count)
    for block in blocks {
      let (active, reference) = sums(arms, arm, block)
      guard active.count > 0, reference.count > 0 else { continue }
      let own = active.count * reference.count / (active.count + reference.count)
      parts.append(
        (
          own, active.sum / active.count - reference.sum / reference.count,
          active.effect / active.count - reference.effect / reference.count
        ))
      weight += own
    }
    guard parts.count > 1 else { return nil }
    var form = StudentisedForm()
    for part in parts {
      form.value += part.weight * part.value / weight
      form.overlap += part.weight * part.overlap / weight
    }
    for part in parts {
      let share = part.weight / weight
      let (value, overlap) = (
        share * (part.value - form.value), share * (part.overlap - form.overlap)
      )
      form.square.0 += value * value
      form.square.1 -= 2 * value * overlap
      form.square.2 += overlap * overlap
    }
    let factor = Double(parts.count) / Double(parts.count - 1)
    form.square = (form.square.0 * factor, form.square.1 * factor, form.square.2 * factor)
    return form
  }
}

/// The sums of one arm.
private struct StudentisedSums {
  var count = 0.0
  var sum = 0.0
  var effect = 0.0
  private var squares = 0.0
  private var products = 0.0
  private var effectSquares = 0.0

  mutating func add(_ value: Double, _ effect: Double) {
    count += 1
    sum += value
    self.effect += effect
    squares += value * value
    products += value * effect
    effectSquares += effect * effect
  }

  /// The variance of the mean of u − τq: constant, linear and quadratic in τ.
  var meanVariance: (Double, Double, Double) {
    let scale = 1 / (count * (count - 1))
    return (
      scale * max(0, squares - sum * sum / count),
      -2 * scale * (products - sum * effect / count),
      scale * max(0, effectSquares - effect * effect / count)
    )
  }
}
