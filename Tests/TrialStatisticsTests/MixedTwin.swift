import Foundation

@testable import TrialStatistics

/// A random-intercept model by its definition: the full covariance matrix of all rows, the deviance
/// of (τ, σ) as it is written in books, a search by halving steps, derivatives by differences.
struct MixedTwin {
  let outcome: [Double]
  let persons: [Int]
  /// The columns, that of ones first.
  let columns: [[Double]]
  let isRestricted: Bool

  /// The covariance matrix.
  private func covariance(_ tau: Double, _ sigma: Double) -> [[Double]] {
    persons.indices.map { i in
      persons.indices.map { j in
        (persons[i] == persons[j] ? tau * tau : 0) + (i == j ? sigma * sigma : 0)
      }
    }
  }

  /// (X'V⁻¹X)⁻¹ and the coefficients.
  func solution(_ tau: Double, _ sigma: Double) -> (covariance: [[Double]], beta: [Double]) {
    let inverse = DenseModel.inverse(covariance(tau, sigma))
    let weighted = columns.map { DenseModel.product(inverse, $0) }
    let middle = DenseModel.inverse(columns.map { a in weighted.map { DenseModel.dot(a, $0) } })
    return (middle, DenseModel.product(middle, weighted.map { DenseModel.dot($0, outcome) }))
  }

  /// −2 ln of the (restricted) likelihood.
  func deviance(_ tau: Double, _ sigma: Double) -> Double {
    let matrix = covariance(tau, sigma)
    let inverse = DenseModel.inverse(matrix)
    let (middle, beta) = solution(tau, sigma)
    let residual = outcome.indices.map { row in
      outcome[row] - columns.indices.reduce(0) { $0 + beta[$1] * columns[$1][row] }
    }
    var result =
      log(DenseModel.determinant(matrix))
      + DenseModel.dot(residual, DenseModel.product(inverse, residual))
    var freedom = outcome.count
    if isRestricted {
      freedom -= columns.count
      result -= log(DenseModel.determinant(middle))
    }
    return result + Double(freedom) * log(2 * .pi)
  }

  /// The τ and σ of the smallest deviance: steps in both directions, halved where none helps.
  func estimate() -> (tau: Double, sigma: Double) {
    let mean = outcome.reduce(0, +) / Double(outcome.count)
    let spread = outcome.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(outcome.count)
    var place = (spread.squareRoot() / 2, spread.squareRoot() / 2)
    var best = deviance(place.0, place.1)
    var step = spread.squareRoot() / 2
    while step > spread.squareRoot() * 1e-9 {
      var isBetter = false
      for (a, b) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (1, 1), (-1, -1)] {
        let next = (abs(place.0 + a * step), place.1 + b * step)
        guard next.1 > 1e-6 * spread.squareRoot() else { continue }
        let value = deviance(next.0, next.1)
        if value < best - 1e-13 {
          (place, best, isBetter) = (next, value, true)
        }
      }
      if !isBetter { step /= 2 }
    }
    return (place.0, place.1)
  }

  /// Satterthwaite's degrees of freedom of a contrast, all derivatives by central differences.
  func degrees(_ contrast: [Double], at place: (tau: Double, sigma: Double)) -> Double {
    func variance(_ tau: Double, _ sigma: Double) -> Double {
      DenseModel.dot(contrast, DenseModel.product(solution(tau, sigma).covariance, contrast))
    }
    let h = place.sigma * 1e-4
    func slope(_ f: (Double, Double) -> Double) -> [Double] {
      [
        (f(place.tau + h, place.sigma) - f(place.tau - h, place.sigma)) / (2 * h),
        (f(place.tau, place.sigma + h) - f(place.tau, place.sigma - h)) / (2 * h),
      ]
    }
    func second(_ a: Int, _ b: Int) -> Double {
      func at(_ i: Double, _ j: Double) -> Double {
        let first = i * (a == 0 ? 1 : 0) + j * (b == 0 ? 1 : 0)
        let other = i * (a == 1 ? 1 : 0) + j * (b == 1 ? 1 : 0)
        return deviance(place.tau + first * h, place.sigma + other * h)
      }
      return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h)
    }
    let information = DenseModel.inverse([
      [second(0, 0), second(0, 1)], [second(1, 0), second(1, 1)],
    ])
    let gradient = slope(variance)
    let spread = 2 * DenseModel.dot(gradient, DenseModel.product(information, gradient))
    let value = variance(place.tau, place.sigma)
    return 2 * value * value / spread
  }
}
