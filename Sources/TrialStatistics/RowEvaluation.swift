/// The answers of a randomization test from the rows of a lattice.
///
/// Along a row the overlap is constant and the statistic rises in equal steps, so the breakpoints of
/// `CellEvaluation` are sorted as they are: they are neither listed nor compared, but found by
/// dividing. At effect 0 the overlap does not matter and the rows of a key are added up.
struct RowEvaluation<Count: PathWeight> {
  /// A row whose overlaps lie inside of (-1, 1); all numbers are times the weights of both
  /// statistics.
  struct Slope {
    let row: Lattice<Count>.Row
    /// Whether the cells are taken from the last to the first, for the row's mirror image.
    let isImage: Bool
    /// a° − a and a° + a of the first cell, and what a cell adds to a.
    let down, up, step: Double
    /// 1 − b and 1 + b.
    let least, most: Double
    /// From this cell on the first root, (a° − a) / (1 − b), is the lower one.
    var split = 0
  }

  private(set) var total = Count.zero
  private(set) var undefined = Count.zero
  private(set) var greater = Count.zero
  private(set) var less = Count.zero
  private(set) var ties = Count.zero
  private(set) var absolute = Count.zero
  private(set) var balance = Count.zero
  let observed: (numerator: Int64, overlap: Int64, weight: Int64)
  let unit: Double
  let divisor: Double
  private(set) var points: [(value: Double, count: Count)] = []
  private(set) var slopes: [Slope] = []
  /// Cells outside of those rows.
  private(set) var edges: [(crossings: Crossings, count: Count)] = []
  private(set) var cumulated: [Count] = []
  let isSymmetric: Bool

  /// Takes the lattice, whose counts it cumulates in place.
  ///
  /// - Precondition: `fits(lattice, contrast, observed)`.
  init(
    _ lattice: consuming Lattice<Count>, _ contrast: IntegerContrast,
    observed: (numerator: Int64, overlap: Int64, weight: Int64), outcome: ExactOutcome
  ) {
    self.observed = observed
    isSymmetric = lattice.mirror != nil
    divisor = ExactOutcome.powerOfTen(max(0, outcome.decimals))
    unit = outcome.decimals > 0 ? 1 : outcome.unit
    slopes.reserveCapacity(lattice.rows.count * (isSymmetric ? 2 : 1))
    for part in lattice.parts {
      guard let span = lattice.span(of: part) else { continue }
      add(part, span, lattice, contrast)
    }
    total += undefined
    greater += undefined
    less += undefined
    absolute += undefined
    balance += total
    lattice.cumulate()
    cumulated = lattice.cells
  }

  /// Compares a key's cells at effect 0, files its rows, and does the same with their images.
  private mutating func add(
    _ part: Lattice<Count>.Part, _ span: ClosedRange<Int>, _ lattice: borrowing Lattice<Count>,
    _ contrast: IntegerContrast
  ) {
    let tally = part.key.tally
    let scale = Scale(tally, contrast)
    var columns = [(cells: lattice.column(of: part, span), low: span.lowerBound, scale: scale)]
    if let mirror = lattice.mirror {
      let imaged = part.rows.filter {
        lattice.hasImage(overlap: part.overlap + $0 - part.rows.lowerBound)
      }
      let rows = imaged.isEmpty ? 0..<0 : part.rows.lowerBound..<imaged[imaged.count - 1] + 1
      let half = LatticePart(key: part.key, overlap: part.overlap, rows: rows)
      if let span = lattice.span(of: half) {
        columns.append(
          (
            cells: lattice.column(of: half, span).reversed(),
            low: mirror.sum - span.upperBound, scale: Scale(mirror.tally(tally), contrast)
          ))
      }
    }
    for column in columns {
      if scale.weight > 0 {
        compare(column.cells, from: column.low, column.scale)
      } else {
        let count = column.cells.reduce(.zero, +)
        undefined += count
        edges.append((Crossings(), count))
        balance += count
      }
    }
    guard scale.weight > 0 else { return }
    for (place, index) in part.rows.enumerated() where lattice.rows[index].width > 0 {
      let row = lattice.rows[index]
      let overlap = part.overlap + place
      add(row, low: row.low, overlap: overlap, scale, lattice.cells, isImage: false)
      guard let mirror = lattice.mirror, lattice.hasImage(overlap: overlap) else { continue }
      add(
        row, low: mirror.sum - (row.low + row.width - 1), overlap: mirror.overlap - overlap,
        columns[1].scale, lattice.cells, isImage: true)
    }
  }

  /// Whether all products of the statistic's integers need less than 50 bits.
  static func fits(
    _ lattice: Lattice<Count>, _ contrast: IntegerContrast,
    _ observed: (numerator: Int64, overlap: Int64, weight: Int64)
  ) -> Bool {
    lattice.parts.allSatisfy { part in
      guard let span = lattice.span(of: part) else { return true }
      let scale = Scale(part.key.tally, contrast)
      let largest = max(
        scale.numerator(span.lowerBound), scale.numerator(span.upperBound), Double(scale.weight),
        Double(observed.numerator.magnitude))
      return largest * Double(max(observed.weight, scale.weight)) < 0x1p50
    }
  }

  /// The integers of the statistic along the sums and overlaps of one key.
  private struct Scale {
    let start: (numerator: Int64, overlap: Int64, weight: Int64)
    let gain: Int64
    let overlapGain: Int64

    init(_ tally: IntegerContrast.Tally, _ contrast: IntegerContrast) {
      start = contrast.finished(0, 0, tally)
      let next = contrast.finished(1, 1, tally)
      gain = next.numerator - start.numerator
      overlapGain = next.overlap - start.overlap
    }

    var weight: Int64 { start.weight }

    func numerator(_ sum: Int) -> Double {
      (Double(start.numerator) + Double(gain) * Double(sum)).magnitude
    }
  }

  /// Compares all cells of a key with the observed statistic, at effect 0.
  private mutating func compare(_ column: [Count], from sum: Int, _ scale: Scale) {
    let there = observed.numerator * scale.weight
    var numerator = scale.start.numerator + scale.gain * Int64(sum)
    points.reserveCapacity(points.count + column.count)
    for count in column {
      defer { numerator += scale.gain }
      guard count != .zero else { continue }
      let here = numerator * observed.weight
      total += count
      if here >= there { greater += count }
      if here <= there { less += count }
      if here == there { ties += count }
      if here.magnitude >= there.magnitude { absolute += count }
      points.append((quotient(Double(numerator), Double(scale.weight)), count))
    }
  }

  /// Files a row: as it is, or cell by cell where its overlap is 1 or -1.
  private mutating func add(
    _ row: Lattice<Count>.Row, low: Int, overlap: Int, _ scale: Scale, _ cells: [Count],
    isImage: Bool
  ) {
    let overlap = scale.start.overlap + scale.overlapGain * Int64(overlap)
    let least = observed.weight * (scale.weight - overlap)
    let most = observed.weight * (scale.weight + overlap)
    let there = observed.numerator * scale.weight
    let step = scale.gain * observed.weight
    let here = scale.start.numerator * observed.weight + step * Int64(low)
    if least > 0, most > 0 {
      var slope = Slope(
        row: row, isImage: isImage, down: Double(there - here), up: Double(there + here),
        step: Double(step),
        least: Double(least), most: Double(most))
      slope.split = split(slope)
      slopes.append(slope)
      return
    }
    for column in 0..<row.width {
      let count = cells[row.start + (isImage ? row.width - 1 - column : column)]
      guard count != .zero else { continue }
      let value = here + step * Int64(column)
      let crossings = Crossings(
        down: there - value, up: there + value, least: least, most: most,
        twice: observed.weight * scale.weight
      ) { quotient(Double($0), Double($1)) }
      if crossings.isAlways { balance += count }
      edges.append((crossings, count))
    }
  }

  private func split(_ slope: Slope) -> Int {
    let guess =
      (slope.down * slope.most - slope.up * slope.least)
      / (slope.step * (slope.least + slope.most))
    func isFirst(_ column: Int) -> Bool {
      quotient(slope.down - slope.step * Double(column), slope.least)
        <= quotient(slope.up + slope.step * Double(column), slope.most)
    }
    var split = Int(min(max(guess, 0), Double(slope.row.width)))
    while split > 0, isFirst(split - 1) { split -= 1 }
    while split < slope.row.width, !isFirst(split) { split += 1 }
    return split
  }

  func quotient(_ numerator: Double, _ denominator: Double) -> Double {
    numerator * unit / (denominator * divisor)
  }
}
