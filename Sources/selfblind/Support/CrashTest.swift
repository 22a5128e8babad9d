/// Crashes on purpose while something that looks like a secret is in memory.
///
/// A command of its own so that a test can run it in the finished program: what standard error then
/// holds is all that a real crash could print.
enum CrashTest {
  /// The name on the command line, missing from the help.
  static let name = "crash-test"
  /// What must never be printed.
  static let canary = "CANARY-9f3e2a-PLACEBO-ACTIVE-PLACEBO"

  /// Traps: by an index beyond the end, or by an overflow.
  ///
  /// - Returns: 64 for an unknown way to crash.
  static func run(_ way: String?) -> Int32 {
    let secret = Array((canary + " " + canary + " " + canary).utf8)
    return secret.withUnsafeBufferPointer { plan in
      switch way {
      case "index":
        return Int32([Int](repeating: plan.count, count: 3)[plan.count])
      case "overflow":
        var sum = Int32.max - 60
        for byte in plan { sum += Int32(byte) }
        return sum
      default:
        return 64
      }
    }
  }
}
