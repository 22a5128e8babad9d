/// A distribution in a form that a figure can show.
enum DistributionFigure {
  /// Above this many different values they are gathered in classes.
  static let most = 2_000
  static let classes = 500

  /// Sorts `points`, joins equal values, and gathers in classes where there are too many.
  static func gathered(
    _ points: [(value: Double, probability: Double)]
  ) -> [(value: Double, probability: Double)] {
    if points.count > 4 * most { return joined(classed(points)) }
    let joined = joined(points.sorted { $0.value < $1.value })
    return joined.count > most ? classed(joined) : joined
  }

  private static func joined(
    _ points: [(value: Double, probability: Double)]
  ) -> [(value: Double, probability: Double)] {
    var result: [(value: Double, probability: Double)] = []
    for point in points {
      if let last = result.last, last.value == point.value {
        result[result.count - 1].probability += point.probability
      } else {
        result.append(point)
      }
    }
    return result
  }

  private static func classed(
    _ points: [(value: Double, probability: Double)]
  ) -> [(value: Double, probability: Double)] {
    var low = Double.infinity
    var high = -Double.infinity
    for point in points {
      low = min(low, point.value)
      high = max(high, point.value)
    }
    guard low < high else { return joined(points) }
    var mass = [Double](repeating: 0, count: classes)
    var moment = mass
    for point in points {
      let place = Int((point.value - low) / (high - low) * Double(classes))
      let index = min(classes - 1, max(0, place))
      mass[index] += point.probability
      moment[index] += point.probability * (point.value - low)
    }
    return mass.indices.filter { mass[$0] > 0 }.map { index in
      (low + moment[index] / mass[index], mass[index])
    }
  }
}
