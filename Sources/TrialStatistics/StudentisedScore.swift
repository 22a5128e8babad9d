/// t² with the sign of t, as a fraction of integers, so that equal ones are ties.
struct SignedSquare {
  private let sign: Int
  private let numerator: UInt128
  private let denominator: UInt128
  /// The nearest floating-point number; infinite where nothing varies and something differs.
  let approximation: Double

  init(difference: Int128, square: UInt128, over denominator: UInt128) {
    sign = difference.signum() < 0 ? -1 : difference == 0 ? 0 : 1
    numerator = square
    self.denominator = denominator
    if sign == 0 {
      approximation = 0
    } else {
      approximation =
        Double(sign) * (denominator == 0 ? .infinity : Double(square) / Double(denominator))
    }
  }

  /// t itself.
  var t: Double { Double(sign) * approximation.magnitude.squareRoot() }

  /// Whether this is less than, equal to or greater than another: -1, 0 or 1.
  ///
  /// - Parameter tolerance: relative differences up to which they are ties; 0 for exact fractions.
  func compared(to other: SignedSquare, tolerance: Double) -> Int {
    guard sign == other.sign, sign != 0 else { return (sign - other.sign).signum() }
    return sign * magnitudeCompared(to: other, tolerance: tolerance)
  }

  /// The same for the magnitudes.
  func magnitudeCompared(to other: SignedSquare, tolerance: Double) -> Int {
    guard sign != 0, other.sign != 0 else { return abs(sign) - abs(other.sign) }
    let (one, two) = (approximation.magnitude, other.approximation.magnitude)
    if one == .infinity || two == .infinity { return one == two ? 0 : one < two ? -1 : 1 }
    // Far from equal the floating-point numbers decide; else both products, in 256 bits.
    if (one - two).magnitude > max(1e-12, tolerance) * two { return one < two ? -1 : 1 }
    if tolerance > 0 { return 0 }
    let first = numerator.multipliedFullWidth(by: other.denominator)
    let second = other.numerator.multipliedFullWidth(by: denominator)
    if first.high != second.high { return first.high < second.high ? -1 : 1 }
    return first.low == second.low ? 0 : first.low < second.low ? -1 : 1
  }
}

/// The studentised difference of integers at effect 0, exactly.
struct StudentisedScore {
  /// The slots with an outcome, and their outcomes less the smallest one.
  private let rows: [Int]
  private let units: [Int128]
  /// The rows of each block and what makes their weights integers; `nil` for Welch's t.
  private let blocks: [(rows: Range<Int>, scale: Int128)]?

  /// `nil` where the integers of the outcome are too large for 128 bits.
  init?(units: [Int64], rows: [Int], blocks: [Range<Int>]?) {
    self.rows = rows
    let least = Int128(units.min() ?? 0)
    self.units = units.map { Int128($0) - least }
    let range = self.units.reduce(0.0) { max($0, Double($1)) } + 1
    let n = Double(rows.count)
    guard let blocks else {
      self.blocks = nil
      guard range * range * n * n * n * n * n * n < 0x1p124 else { return nil }
      return
    }
    var multiple = 1.0
    var common = 1
    for block in blocks where !block.isEmpty {
      common = common / StudentisedScore.divisor(common, block.count) * block.count
      multiple = Double(common)
      guard multiple < 0x1p40 else { return nil }
    }
    let bound = n * n * multiple
    guard range * range * bound * bound * bound * bound < 0x1p124 else { return nil }
    self.blocks = blocks.filter { !$0.isEmpty }.map { ($0, Int128(common / $0.count)) }
  }

  private static func divisor(_ left: Int, _ right: Int) -> Int {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  /// t² with its sign, or `nil` where the assignment has no statistic.
  func score(_ arms: [Int]) -> SignedSquare? {
    if let blocks { return byBlocks(arms, blocks) }
    var count: (Int128, Int128) = (0, 0)
    var sum: (Int128, Int128) = (0, 0)
    var squares: (Int128, Int128) = (0, 0)
    for (index, slot) in rows.enumerated() {
      let value = units[index]
      if arms[slot] == 1 {
        count.0 += 1
        sum.0 += value
        squares.0 += value * value
      } else {
        count.1 += 1
        sum.1 += value
        squares.1 += value * value
      }
    }
    guard count.0 > 1, count.1 > 1 else { return nil }
    let difference = count.1 * sum.0 - count.0 * sum.1
    let active = (count.0 * squares.0 - sum.0 * sum.0) * count.1 * count.1 * (count.1 - 1)
    let reference = (count.1 * squares.1 - sum.1 * sum.1) * count.0 * count.0 * (count.0 - 1)
    return SignedSquare(
      difference: difference,
      square: UInt128(difference * difference * (count.0 - 1) * (count.1 - 1)),
      over: UInt128(active + reference))
  }

  private func byBlocks(_ arms: [Int], _ blocks: [(rows: Range<Int>, scale: Int128)])
    -> SignedSquare?
  {
    var parts: Int128 = 0
    var (value, weight): (Int128, Int128) = (0, 0)
    var (squares, products, weights): (Int128, Int128, Int128) = (0, 0, 0)
    for block in blocks {
      var (active, sum, total): (Int128, Int128, Int128) = (0, 0, 0)
      for index in block.rows {
        total += units[index]
        if arms[rows[index]] == 1 {
          active += 1
          sum += units[index]
        }
      }
      let size = Int128(block.rows.count)
      guard active > 0, active < size else { continue }
      // w d and w, times the common multiple of the block sizes.
      let product = block.scale * (size * sum - active * total)
      let own = block.scale * active * (size - active)
      parts += 1
      value += product
      weight += own
      squares += product * product
      products += product * own
      weights += own * own
    }
    guard parts > 1 else { return nil }
    let spread =
      weight * weight * squares - 2 * weight * value * products + value * value * weights
    return SignedSquare(
      difference: value, square: UInt128(value * value * weight * weight * (parts - 1)),
      over: UInt128(spread * parts))
  }
}
