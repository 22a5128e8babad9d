/// What the likelihood of a random intercept needs of each person: the number of rows, the means of
/// the columns, and the products of the columns about these means.
///
/// A person drawn twice by a bootstrap counts as two persons with the same sums, so that a replicate
/// costs as much as there are persons, not rows.
struct PersonSums: Sendable {
  /// The number of columns, the outcome last.
  let width: Int
  /// The rows of each person.
  let sizes: [Int]
  /// The distinct numbers of rows, ascending.
  let distinct: [Int]
  /// The place of each person's number of rows in `distinct`.
  let places: [Int]
  /// n times the products of the means: the lower triangle of each person, one after another.
  let between: [Double]
  /// The products about the means, likewise.
  let within: [Double]

  /// The elements of a lower triangle.
  var triangle: Int { width * (width + 1) / 2 }

  /// - Parameter groups: the rows of each person.
  init(columns: [[Double]], groups: [[Int]]) {
    width = columns.count
    sizes = groups.map(\.count)
    let distinct = Set(sizes).sorted()
    self.distinct = distinct
    places = sizes.map { size in distinct.firstIndex(of: size) ?? 0 }
    var between: [Double] = []
    var within: [Double] = []
    for group in groups {
      let size = Double(group.count)
      let means = columns.map { column in group.reduce(0) { $0 + column[$1] } / size }
      let about = columns.indices.map { place in group.map { columns[place][$0] - means[place] } }
      for row in columns.indices {
        for column in 0...row {
          between.append(size * means[row] * means[column])
          within.append(zip(about[row], about[column]).reduce(0) { $0 + $1.0 * $1.1 })
        }
      }
    }
    self.between = between
    self.within = within
  }

  /// The sums of all persons, each counted so many times.
  func total(_ times: [Int]? = nil) -> MixedSums {
    let step = triangle
    var inner = [Double](repeating: 0, count: step)
    var outer = [Double](repeating: 0, count: step * distinct.count)
    var persons = [Double](repeating: 0, count: distinct.count)
    for person in sizes.indices {
      let weight = times.map { Double($0[person]) } ?? 1
      guard weight > 0 else { continue }
      let from = person * step
      let into = places[person] * step
      persons[places[person]] += weight
      for element in 0..<step {
        inner[element] += weight * within[from + element]
        outer[into + element] += weight * between[from + element]
      }
    }
    return MixedSums(
      width: width, sizes: distinct.map(Double.init), persons: persons, within: inner,
      between: outer)
  }
}
