import RealModule

/// The likelihood of a regression with AR(1) noise, as a function of the autocorrelation alone.
///
/// The sums of squares and products of the whitened rows are, for every distinct gap g, a quadratic
/// form in 1 + φ^g and 1 − φ^g, whose matrices are sums over the rows: with d and s the difference
/// and the sum of neighbouring rows, row − φ^g · row before = ((1 + φ^g) d + (1 − φ^g) s) / 2. They
/// are formed once; a value of φ then costs as much as there are columns squared, however long the
/// series is. The outcome is taken without what ordinary least squares explains, and the columns are
/// orthonormal, so that no large numbers cancel; φ is given as tanh t, which keeps 1 − φ and 1 + φ
/// exact at both ends.
struct AR1Likelihood {
  /// Observed rows minus columns.
  let degrees: Double
  /// The coefficients of ordinary least squares of the last two columns; the last one is the effect.
  let start: (second: Double, last: Double)
  /// A power of two by which the outcome was divided.
  let unit: Double
  /// The logarithm of the determinant of R'R.
  let logScale: Double
  /// What a coefficient of Q must be divided by, and how the last one enters the one before.
  private let lastScale, secondScale, secondShare: Double
  /// The standard deviation of what ordinary least squares leaves of the outcome.
  let residualSD: Double
  /// A sum of squared innovations below which there is only rounding, in units of `unit` squared.
  let leastResidual: Double
  /// The lower triangle of the products of the first row with itself.
  private let first: [Double]
  private let steps: [Step]
  private let size: Int

  /// The sums over all pairs of neighbouring rows that are equally far apart.
  private struct Step {
    let gap: Int
    let count: Double
    /// One after the other the lower triangles of Σ dd', Σ (ds' + sd') and Σ ss'.
    let sums: [Double]
  }

  /// What one value of φ contributes, in the unit of the outcome.
  struct Node {
    var phi = 0.0
    /// The estimate of the last coefficient minus `start`, and its standard error over that of the
    /// innovations.
    var shift = 0.0
    var spread = 0.0
    /// The same of the coefficient before it, given that the last one is at its estimate; how much
    /// it changes per unit of the last one.
    var secondShift = 0.0
    var secondSlope = 0.0
    var secondSpread = 0.0
    /// The sum of squared innovations, in units of `unit` squared.
    var residual = 0.0
    /// The logarithm of the likelihood, coefficients and scale integrated out, up to a constant.
    var logLikelihood = 0.0
    /// The logarithm of 1 − φ².
    var logRoom = 0.0
  }

  /// - Parameter columns: at least two, the first of ones.
  /// - Returns: `nil` where the columns cannot be told apart.
  init?(outcome: [Double], columns: [[Double]], gaps: [Int]) {
    guard let basis = OrthonormalColumns(columns) else { return nil }
    let largest = outcome.reduce(0) { max($0, $1.magnitude) }
    unit = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let scaled = outcome.map { [unit] in $0 / unit }
    let (rest, found) = basis.residual(of: scaled)
    let last = columns.count - 1
    degrees = Double(outcome.count - columns.count)
    let length = OrthonormalColumns.length(rest)
    residualSD = length / degrees.squareRoot() * unit
    leastResidual = length * length * 1e-11
    lastScale = 1 / basis.triangle[last, last]
    secondScale = 1 / basis.triangle[last - 1, last - 1]
    secondShare = basis.triangle[last, last - 1]
    let effect = found[last] * lastScale
    start = ((found[last - 1] - secondShare * effect) * secondScale * unit, effect * unit)
    logScale = columns.indices.reduce(0) { $0 + 2 * Double.log(basis.triangle[$1, $1]) }
    let all = basis.columns + [rest]
    size = all.count
    first = AR1Likelihood.triangle(size) { all[$0][0] * all[$1][0] }
    steps = Set(gaps.dropFirst()).sorted().map { gap in
      let pairs = gaps.indices.dropFirst().filter { gaps[$0] == gap }
      // What is only rounding is made zero: near φ = ±1 it would be all that counts.
      let differences = all.map { column -> [Double] in
        let least = 8 * column.reduce(0) { max($0, $1.magnitude) } * Double.ulpOfOne
        return pairs.map { row in
          let difference = column[row] - column[row - 1]
          return difference.magnitude > least ? difference : 0
        }
      }
      let sums = all.map { column -> [Double] in
        let least = 8 * column.reduce(0) { max($0, $1.magnitude) } * Double.ulpOfOne
        return pairs.map { row in
          let sum = column[row] + column[row - 1]
          return sum.magnitude > least ? sum : 0
        }
      }
      func product(_ left: [Double], _ right: [Double]) -> Double {
        var total = 0.0
        for index in left.indices { total += left[index] * right[index] }
        return total
      }
      return Step(
        gap: gap, count: Double(pairs.count),
        sums: AR1Likelihood.triangle(all.count) { product(differences[$0], differences[$1]) }
          + AR1Likelihood.triangle(all.count) {
            product(differences[$0], sums[$1]) + product(sums[$0], differences[$1])
          } + AR1Likelihood.triangle(all.count) { product(sums[$0], sums[$1]) })
    }
  }

  private static func triangle(_ size: Int, _ element: (Int, Int) -> Double) -> [Double] {
    (0..<size).flatMap { row in (0...row).map { element(row, $0) } }
  }

  /// Room for the products of one value of φ.
  var workspace: [Double] { [Double](repeating: 0, count: first.count) }

  /// The likelihood at φ = tanh `t`.
  func node(at t: Double, _ work: inout [Double]) -> Node {
    let small = Double.exp(-2 * t.magnitude)
    let below = 2 * small / (1 + small)
    let above = 2 / (1 + small)
    let room = below * above
    var node = Node()
    node.phi = t < 0 ? below - 1 : 1 - below
    node.logRoom = Double.log(room)
    var logVariance = -node.logRoom
    for index in work.indices { work[index] = room * first[index] }
    for step in steps {
      // 1 − |φ|^g, 1 + |φ|^g, and one over the variance of what is new.
      var shrunk = below
      var grown = above
      var scale = 1.0
      if step.gap > 1 {
        shrunk = -Double.expMinusOne(Double(step.gap) * Double.log(onePlus: -below))
        grown = 2 - shrunk
        scale = room / (shrunk * grown)
        logVariance -= step.count * Double.log(scale)
      }
      if t < 0, step.gap % 2 == 1 { swap(&shrunk, &grown) }
      let squares = 0.25 * scale * grown * grown
      let mixed = 0.25 * scale * grown * shrunk
      let levels = 0.25 * scale * shrunk * shrunk
      let count = work.count
      for index in 0..<count {
        work[index] +=
          squares * step.sums[index] + mixed * step.sums[count + index]
          + levels * step.sums[2 * count + index]
      }
    }
    let logDeterminant = factor(&work)
    read(&node, work)
    let value = -0.5 * (logDeterminant + logVariance + degrees * Double.log(node.residual))
    node.logLikelihood = node.residual > 0 && value.isFinite ? value : -.infinity
    return node
  }

  /// Replaces a triangle by its Cholesky factor, but for the last element, which is left squared.
  ///
  /// - Returns: the logarithm of the determinant of the columns' part.
  private func factor(_ work: inout [Double]) -> Double {
    var logDeterminant = 0.0
    var row = 0
    for i in 0..<size {
      var other = 0
      for j in 0...i {
        var sum = work[row + j]
        for k in 0..<j { sum -= work[row + k] * work[other + k] }
        if i > j {
          work[row + j] = sum / work[other + j]
        } else if i < size - 1 {
          logDeterminant += Double.log(sum)
          work[row + j] = sum.squareRoot()
        } else {
          work[row + j] = sum
        }
        other += j + 1
      }
      row += i + 1
    }
    return logDeterminant
  }

  private func read(_ node: inout Node, _ work: [Double]) {
    let bottom = size * (size - 1) / 2
    let effect = bottom - (size - 1)
    let before = effect - (size - 2)
    let own = 1 / work[effect + size - 2]
    let second = 1 / work[before + size - 3]
    let shift = work[bottom + size - 2] * own
    let share = work[effect + size - 3]
    let secondShift = (work[bottom + size - 3] - share * shift) * second
    node.residual = work[bottom + size - 1]
    node.shift = shift * lastScale * unit
    node.spread = own * lastScale
    node.secondShift = (secondShift - secondShare * shift * lastScale) * secondScale * unit
    node.secondSlope = -(share * second / lastScale + secondShare) * secondScale
    node.secondSpread = second * secondScale
  }
}
