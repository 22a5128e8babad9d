/// The number of paths by (key, overlap, sum) at one border.
struct Lattice<Count: PathWeight> {
  typealias Row = LatticeRow
  typealias Part = LatticePart

  private var shape = LatticeShape()
  /// The shape of the border before, whose memory is used again.
  private var spare = LatticeShape()
  /// The cells of all rows, and others that hold nothing.
  private(set) var cells: [Count]
  /// Which rows were left out, as mirror images of others; `nil` where all are here.
  let mirror: IntegerContrast.Mirror?
  /// Whether only the places of the rows are followed, to learn what memory they need.
  private let isPlan: Bool
  /// The most cells in use at any time, those between the rows included.
  private(set) var peak = 1
  /// Whether the last step wrote upwards from the bottom.
  private var isLow = true

  var parts: [Part] { shape.parts }
  var rows: [Row] { shape.rows }

  /// The one empty path, with room for `capacity` cells; more are made where they are needed.
  init(
    start key: LatticeKey, capacity: Int = 0, mirror: IntegerContrast.Mirror? = nil,
    isPlan: Bool = false
  ) {
    self.mirror = mirror
    self.isPlan = isPlan
    shape.parts = [Part(key: key, overlap: 0, rows: 0..<1)]
    shape.rows = [Row(low: 0, width: 1, start: 0)]
    shape.size = 1
    cells = Lattice.memory(max(64, capacity))
    cells[0] = Count(1)
  }

  /// A finished lattice, whose cells are still to be written.
  init(parts: [Part], rows: [Row], size: Int, mirror: IntegerContrast.Mirror?) {
    self.mirror = mirror
    isPlan = false
    shape.parts = parts
    shape.rows = rows
    shape.size = size
    peak = size
    cells = Lattice.memory(max(1, size))
  }

  /// Cells without values: the memory of those that are never written is never taken.
  private static func memory(_ capacity: Int) -> [Count] {
    [Count](unsafeUninitializedCapacity: capacity) { $1 = capacity }
  }

  /// Becomes what follows by `moves`.
  mutating func advance(_ moves: LatticeMoves) {
    spare.follow(shape, moves)
    let place = LatticePlacement(from: shape, to: spare, moves)
    let base = shape.rows.first?.start ?? 0
    if isLow {
      // Some more room, since the next lattice is mostly larger and is written from below.
      let above = max(place.downwards, place.upwards) * 5 / 4
      reserve(base + above + spare.size)
      spare.shift(by: base + above)
    } else {
      if base < place.upwards { lift(by: place.upwards - base) }
      reserve(spare.size)
    }
    if !isPlan { gather(moves, from: shape, to: spare) }
    isLow.toggle()
    swap(&shape, &spare)
  }

  /// The cells, to be read and written.
  mutating func withMemory(_ body: (UnsafeMutablePointer<Count>) -> Void) {
    cells.withUnsafeMutableBufferPointer { buffer in
      if let memory = buffer.baseAddress { body(memory) }
    }
  }

  /// Multiplies all counts.
  mutating func scale(by step: Double) {
    guard !isPlan else { return }
    let rows = rows
    withMemory { memory in
      for row in rows {
        for index in row.start..<row.start + row.width {
          memory[index] = memory[index].scaled(by: step)
        }
      }
    }
  }

  /// Makes room for so many cells.
  private mutating func reserve(_ capacity: Int) {
    peak = max(peak, capacity)
    guard !isPlan, capacity > cells.count, let first = shape.rows.first?.start else { return }
    var larger = Lattice.memory(capacity + capacity / 4)
    larger.withUnsafeMutableBufferPointer { target in
      cells.withUnsafeBufferPointer { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        (target + first).update(from: source + first, count: shape.size)
      }
    }
    cells = larger
  }

  /// Moves all rows upwards.
  private mutating func lift(by distance: Int) {
    guard let first = shape.rows.first?.start else { return }
    reserve(first + distance + shape.size)
    defer { shape.shift(by: distance) }
    guard !isPlan else { return }
    cells.withUnsafeMutableBufferPointer { buffer in
      guard let memory = buffer.baseAddress else { return }
      (memory + first + distance).update(from: memory + first, count: shape.size)
    }
  }
}
