/// A checked list of finite values with its mean and variance.
struct Sample: Hashable, Sendable {
  let values: [Double]
  let mean: Double
  /// The variance with n − 1 below; 0 for a single value.
  let variance: Double

  var count: Int { values.count }
  var deviation: Double { variance.squareRoot() }

  init(_ values: [Double], _ name: String, atLeast needed: Int) throws(SampleError) {
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(sample: name, position: bad + 1)
    }
    guard values.count >= needed else {
      throw .tooFew(sample: name, found: values.count, needed: needed)
    }
    self.values = values
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      mean = values.first ?? 0
      variance = 0
      return
    }
    let size = Double(values.count)
    let rough = values.reduce(0, +) / size
    // The second pass takes away what rounding left in the first.
    let mean = rough + values.reduce(0) { $0 + ($1 - rough) } / size
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (size - 1)
  }
}
