/// Rows of many persons, checked: the outcome, the person of each row, and the columns of the model.
///
/// The column of ones is added first; its name is `intercept`. Inside, the columns are orthonormal
/// and the outcome has lost its least-squares fit and is of length 1, so that no large numbers cancel
/// whatever the units are.
public struct MixedDesign: Sendable {
  /// A named column of the model, with one number per row.
  public struct Column: Hashable, Sendable {
    /// What it is called in contrasts and errors.
    public let name: String
    /// One number per row.
    public let values: [Double]

    /// A column by its name and values.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// The name of the column of ones.
  public static let intercept = "intercept"

  /// The names of the columns, the intercept first.
  public let names: [String]
  /// The mean of each column.
  public let means: [Double]
  /// The number of rows.
  public let rows: Int
  /// The number of persons.
  public let persons: Int
  /// The persons with one row only.
  public let single: Int

  /// The sums of each person.
  let sums: PersonSums
  /// The transpose of R in X = QR.
  let triangle: SquareMatrix
  /// The coefficients of the least-squares fit in Q.
  let fitted: [Double]
  /// The length of what that fit leaves of the outcome.
  let scale: Double

  /// - Parameters:
  ///   - outcome: one value per row.
  ///   - persons: the person of each row, by any number.
  ///   - columns: the columns beside the intercept.
  /// - Throws: `MixedModelError` for inputs that do not belong together or are not finite, fewer than
  ///   two persons, no more rows than columns, a column that follows from those before it (both
  ///   named), an outcome without variation.
  public init(
    outcome: [Double], persons: [Int], columns: [Column]
  ) throws(MixedModelError) {
    let all = [Column(MixedDesign.intercept, outcome.map { _ in 1 })] + columns
    try MixedDesign.check(outcome, persons, all)
    var places: [Int: Int] = [:]
    var groups: [[Int]] = []
    for (row, person) in persons.enumerated() {
      if let place = places[person] {
        groups[place].append(row)
      } else {
        places[person] = groups.count
        groups.append([row])
      }
    }
    guard groups.count >= 2 else { throw .tooFewPersons(found: groups.count) }
    let basis = try MixedDesign.basis(all)
    let (rest, fitted) = basis.residual(of: outcome)
    let length = OrthonormalColumns.length(rest)
    guard length.isFinite, length > OrthonormalColumns.length(outcome) * 1e-13 else {
      throw .noVariation
    }
    names = all.map(\.name)
    means = all.map { $0.values.reduce(0, +) / Double(outcome.count) }
    rows = outcome.count
    self.persons = groups.count
    single = groups.count { $0.count == 1 }
    triangle = basis.triangle
    self.fitted = fitted
    scale = length
    sums = PersonSums(columns: basis.columns + [rest.map { $0 / length }], groups: groups)
  }

  private static func check(
    _ outcome: [Double], _ persons: [Int], _ columns: [Column]
  ) throws(MixedModelError) {
    guard persons.count == outcome.count else {
      throw .lengthsDiffer(name: "persons", found: persons.count, expected: outcome.count)
    }
    for (place, column) in columns.enumerated()
    where columns[..<place].contains(where: { $0.name == column.name }) {
      throw .nameTwice(name: column.name)
    }
    for column in [Column("outcome", outcome)] + columns {
      guard column.values.count == outcome.count else {
        throw .lengthsDiffer(
          name: column.name, found: column.values.count, expected: outcome.count)
      }
      if let row = column.values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(name: column.name, row: row + 1)
      }
    }
    guard outcome.count > columns.count else {
      throw .tooFewRows(found: outcome.count, needed: columns.count + 1)
    }
  }

  /// The columns made orthonormal; the first that cannot be is named, with those it follows from.
  private static func basis(_ columns: [Column]) throws(MixedModelError) -> OrthonormalColumns {
    if let basis = OrthonormalColumns(columns.map(\.values)) { return basis }
    var known = OrthonormalColumns([columns[0].values])
    for (place, column) in columns.enumerated().dropFirst() {
      guard let next = OrthonormalColumns(columns[...place].map(\.values)) else {
        // What the column is a combination of: its coefficients in the columns before it.
        var weights = known?.residual(of: column.values).coefficients ?? []
        known?.triangle.divideTransposed(&weights)
        let reach = OrthonormalColumns.length(column.values)
        let others = weights.indices.filter {
          weights[$0].magnitude * OrthonormalColumns.length(columns[$0].values) > reach * 1e-6
        }
        throw .columnDependent(
          name: column.name,
          of: others.isEmpty ? [columns[0].name] : others.map { columns[$0].name })
      }
      known = next
    }
    throw .columnDependent(name: columns[0].name, of: [])
  }
}
