/// How many subsets of some numbers have a size and a sum: the shift algorithm [Streitberg and Röhmel
/// 1986] for one group.
struct SubsetSums<Count: PathWeight> {
  /// For each size the sums from the smallest to the largest possible.
  let rows: [LatticeRow]
  private(set) var cells: [Count]

  /// - Parameters:
  ///   - numbers: none negative.
  ///   - most: the largest size that is wanted.
  init(_ numbers: [Int], upTo most: Int) {
    let sorted = numbers.sorted()
    rows = SubsetSums.rows(sorted, upTo: min(most, sorted.count))
    cells = [Count](repeating: .zero, count: rows.reduce(0) { $0 + $1.width })
    cells[0] = Count(1)
    let sums = SubsetSums.sums(sorted)
    let rows = rows
    cells.withUnsafeMutableBufferPointer { buffer in
      guard let memory = buffer.baseAddress else { return }
      for (place, number) in sorted.enumerated() {
        for size in stride(from: min(place + 1, rows.count - 1), to: 0, by: -1) {
          // Subsets of the numbers before this one lie between those of the smallest and the largest.
          let low = sums[size - 1]
          let width = sums[place] - sums[place - size + 1] - low + 1
          let (from, to) = (rows[size - 1], rows[size])
          let target = memory + to.start + low + number - to.low
          let source = UnsafePointer(memory + from.start + low - from.low)
          // There may be more subsets of half of the numbers than anybody asks for, or can count.
          for step in 0..<width { target[step] &+= source[step] }
        }
      }
    }
  }

  /// Where the sums of each size lie.
  static func rows(_ sorted: [Int], upTo most: Int) -> [LatticeRow] {
    let sums = sums(sorted)
    var start = 0
    return (0...most).map { size in
      let low = sums[size]
      let width = sums[sorted.count] - sums[sorted.count - size] - low + 1
      defer { start += width }
      return LatticeRow(low: low, width: width, start: start)
    }
  }

  /// The sums of the first numbers, from that of none on.
  private static func sums(_ sorted: [Int]) -> [Int] {
    var sums = [0]
    for number in sorted { sums.append(sums[sums.count - 1] + number) }
    return sums
  }
}
