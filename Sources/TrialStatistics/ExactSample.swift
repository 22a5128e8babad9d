/// Lists of decimal values on one integer scale, so that differences and averages that are equal in
/// decimals are equal here.
struct ExactSample {
  private let outcome: ExactOutcome
  private let first: Int

  /// The two lists together; `second` may be empty.
  init(_ names: (String, String), _ first: [Double], _ second: [Double]) throws(SampleError) {
    for (name, list) in [(names.0, first), (names.1, second)] {
      if let bad = list.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(sample: name, position: bad + 1)
      }
    }
    do {
      outcome = try ExactOutcome(values: first + second)
    } catch {
      throw .notFinite(sample: names.0, position: 1)
    }
    self.first = first.count
  }

  /// The first list in units.
  var left: [Int64] { outcome.units.prefix(first).map { $0 ?? 0 } }
  /// The second list in units.
  var right: [Int64] { outcome.units.dropFirst(first).map { $0 ?? 0 } }

  /// The value of `units` divided by `parts`.
  func value(_ units: Int64, over parts: Double = 1) -> Double {
    outcome.decimals > 0
      ? Double(units) / (ExactOutcome.powerOfTen(outcome.decimals) * parts)
      : Double(units) * outcome.unit / parts
  }

  /// The differences of pairs, first minus second; or the first list alone if there is no second.
  static func differences(
    active: [Double], reference: [Double]
  ) throws(SampleError) -> (units: [Int64], scale: ExactSample) {
    guard active.count == reference.count else {
      throw .lengthsDiffer(
        sample: "reference arm", found: reference.count, expected: active.count)
    }
    let exact = try ExactSample(("active arm", "reference arm"), active, reference)
    return (zip(exact.left, exact.right).map { $0 - $1 }, exact)
  }
}
