/// p-values of several outcomes, corrected for their number.
public enum SeveralOutcomes {
  /// Holm's correction: valid whatever the dependence between the outcomes (Holm 1979).
  ///
  /// - Throws: `SampleError.probabilityOutOfRange`.
  public static func holm(_ probabilities: [Double]) throws(SampleError) -> [Double] {
    if let bad = probabilities.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw .probabilityOutOfRange(position: bad + 1)
    }
    var adjusted = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    for (place, index) in order.enumerated() {
      largest = max(largest, probabilities[index] * Double(order.count - place))
      adjusted[index] = min(1, largest)
    }
    return adjusted
  }
}
