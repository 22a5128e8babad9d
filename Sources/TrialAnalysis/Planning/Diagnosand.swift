/// One figure of a design from simulation, with its Monte-Carlo error.
public struct Diagnosand: Hashable, Sendable, Codable {
  /// The figure; `nil` where no simulated trial says anything about it.
  public let value: Double?
  /// Its standard error from simulating a limited number of trials.
  public let error: Double?
  /// The simulated trials it is from.
  public let count: Int

  /// The share of the simulated trials in which something was so.
  ///
  /// The error is that of (successes + ½) in (trials + 1), so that it is not 0 where all agree.
  init(share successes: Int, of count: Int) {
    self.count = count
    guard count > 0 else {
      (value, error) = (nil, nil)
      return
    }
    let near = (Double(successes) + 0.5) / (Double(count) + 1)
    value = Double(successes) / Double(count)
    error = (near * (1 - near) / Double(count)).squareRoot()
  }

  /// The mean over simulated trials; without an error where there is only one.
  init(mean values: [Double]) {
    count = values.count
    guard !values.isEmpty else {
      (value, error) = (nil, nil)
      return
    }
    let mean = values.reduce(0, +) / Double(count)
    value = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    error = count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : nil
  }
}
