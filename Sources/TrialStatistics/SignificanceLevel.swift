/// One minus the level of an interval, as an exact fraction.
///
/// A level is a decimal (0.95), and a p-value may equal it exactly (1/20), so the two are compared
/// as fractions and not as floating point.
struct SignificanceLevel {
  /// The fraction `numerator / denominator` that an interval leaves out.
  let numerator: Int
  let denominator: Int

  /// Reads the level as its shortest decimal text, to nine digits.
  init(level: Double) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .levelOutOfRange }
    let scale = 1_000_000_000
    let units = Int((level * Double(scale)).rounded())
    guard units > 0, units < scale else { throw .levelOutOfRange }
    numerator = scale - units
    denominator = scale
  }
}
