import RealModule

/// Mean, standard deviation and autocorrelation of a person's ratings, with what is not known of them.
///
/// A stationary AR(1) series around a constant, gaps treated exactly; flat priors on the mean and on φ
/// from −0.95 to 0.95, p(σ) ∝ 1/σ. Given φ the innovations' variance is a sum of squares over a χ², so
/// the posterior is held as weights of 191 values of φ and drawn from exactly [Zellner and Tiao 1964].
public struct NoiseEstimate: Hashable, Sendable {
  /// A median with the bounds of a central interval of 80 %.
  public struct Range: Hashable, Sendable, Codable {
    /// The median.
    public let median: Double
    /// The point with 10 % below it.
    public let lower: Double
    /// The point with 10 % above it.
    public let upper: Double

    /// The quantiles of a distribution.
    init(_ quantile: (Double) -> Double) {
      median = quantile(0.5)
      lower = quantile(0.1)
      upper = quantile(0.9)
    }
  }

  private struct Node: Hashable {
    let phi: Double
    /// The sum of squared innovations over 1 − φ²: what a χ² divides to give the variance.
    let squares: Double
    /// The weight of this value of φ and of all before it.
    let cumulative: Double
  }

  /// The fewest ratings from which anything is estimated.
  public static let fewest = 7

  /// Ratings that were used.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The standard deviation from day to day.
  public let sd: Range
  /// The correlation of a day with the next.
  public let autocorrelation: Range
  private let nodes: [Node]
  private let degrees: Int

  /// - Parameters:
  ///   - values: the ratings in order; `nil` is missing.
  ///   - days: the day of each, ascending; `nil` where they are consecutive.
  /// - Returns: `nil` for fewer than ``fewest`` ratings, for days that do not ascend, and where nothing
  ///   varies.
  public init?(values: [Double?], days: [Int]? = nil) {
    let days = days ?? Array(values.indices)
    guard days.count == values.count, zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return nil
    }
    let rows = values.indices.filter { values[$0] != nil }
    let outcome = rows.compactMap { values[$0] }
    guard rows.count >= NoiseEstimate.fewest, outcome.allSatisfy(\.isFinite),
      Set(outcome).count > 1
    else { return nil }
    let gaps = rows.indices.map { $0 == 0 ? 0 : days[rows[$0]] - days[rows[$0 - 1]] }
    let degrees = rows.count - 1
    let ones = [[Double](repeating: 1, count: rows.count)]
    var found: [(phi: Double, squares: Double, log: Double)] = []
    for place in -95...95 {
      let phi = Double(place) / 100
      let room = 1 - phi * phi
      guard
        let fit = AR1Fit(outcome: outcome, columns: ones, gaps: gaps, phi: phi, room: room),
        fit.residual > 0
      else { continue }
      let log =
        -0.5
        * (fit.logDeterminant + fit.logVariance + Double(degrees) * Double.log(fit.residual))
      found.append((phi, fit.residual / room, log))
    }
    guard let top = found.map(\.log).max() else { return nil }
    let weights = found.map { Double.exp($0.log - top) }
    let total = weights.reduce(0, +)
    var sum = 0.0
    nodes = zip(found, weights).map { node, weight in
      sum += weight / total
      return Node(phi: node.phi, squares: node.squares, cumulative: sum)
    }
    self.degrees = degrees
    count = rows.count
    mean = outcome.reduce(0, +) / Double(rows.count)
    let drawn = nodes
    guard let chi = try? ChiSquareDistribution(degrees: Double(degrees)) else { return nil }
    autocorrelation = Range { share in drawn.first { $0.cumulative >= share }?.phi ?? 0 }
    sd = Range { NoiseEstimate.sd($0, drawn, chi) }
  }

  /// The standard deviation with a share of the posterior below it, by bisection.
  private static func sd(
    _ share: Double, _ nodes: [Node], _ chi: ChiSquareDistribution
  ) -> Double {
    func below(_ sd: Double) -> Double {
      var (sum, before) = (0.0, 0.0)
      for node in nodes {
        let weight = node.cumulative - before
        before = node.cumulative
        if weight > 1e-12 { sum += weight * chi.probability(above: node.squares / (sd * sd)) }
      }
      return sum
    }
    let size = ((nodes.map(\.squares).max() ?? 1) / chi.degrees).squareRoot()
    var (low, high) = (0.0, size)
    while below(high) < share, high < size * 1e6 { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if below(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// One pair of parameters from the posterior.
  public func draw(
    _ generator: inout CounterGenerator
  ) -> (sd: Double, autocorrelation: Double) {
    let place = generator.uniform()
    let node = nodes.first { $0.cumulative > place } ?? nodes[nodes.count - 1]
    var square = 0.0
    for _ in 0..<degrees {
      let normal = generator.normal()
      square += normal * normal
    }
    return ((node.squares / square).squareRoot(), node.phi)
  }
}
