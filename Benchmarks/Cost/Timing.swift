import Foundation
import TrialStatistics

/// Processor time of one analysis: p-values, both intervals, the estimate and the figure.
struct Timing {
  let milliseconds: Double
  /// What is exact: `exact`, `p` where the intervals are drawn, or `drawn`.
  let method: String

  init(_ test: RandomizationTest) throws {
    var method = ""
    milliseconds = try Timing.shortest {
      let result = try test.result()
      method = result.method != .exact ? "drawn" : result.intervalDraws == nil ? "exact" : "p"
    }
    self.method = method
  }

  /// The shortest of many runs in milliseconds; other work on the machine only ever adds to it.
  static func shortest(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    let start = now()
    var runs = 0
    while runs < 3 || (runs < 20_000 && now() - start < 600) {
      let before = now()
      try body()
      best = min(best, now() - before)
      runs += 1
    }
    return best
  }

  /// The processor time of this process in milliseconds.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
