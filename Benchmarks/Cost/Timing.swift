import Foundation
import TrialStatistics

/// Processor time of one analysis: p-values, both intervals, the estimate and the figure.
struct Timing {
  let milliseconds: Double
  /// What is exact: `exact`, `p` where the intervals are drawn, or `drawn`.
  let method: String

  /// The shortest of many runs; other work on the machine only ever adds to it.
  init(_ test: RandomizationTest) throws {
    var best = Double.infinity
    var method = ""
    let start = Timing.now()
    var runs = 0
    while runs < 3 || (runs < 20_000 && Timing.now() - start < 600) {
      let before = Timing.now()
      let result = try test.result()
      best = min(best, Timing.now() - before)
      method = result.method != .exact ? "drawn" : result.intervalDraws == nil ? "exact" : "p"
      runs += 1
    }
    milliseconds = best
    self.method = method
  }

  /// The processor time of this process in milliseconds.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
