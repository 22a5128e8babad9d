import Foundation
import Synchronization

/// Ctrl-C, or a shutdown, while something long runs whose beginning is worth keeping.
enum Interruption {
  private static let flag = Atomic(false)

  /// Whether one has come since ``arm()``.
  static var hasCome: Bool { flag.load(ordering: .relaxed) }

  /// From now on an interruption is noted instead of ending the process; a second one ends it.
  static func arm() {
    // Made before a signal can come: a handler must not be the first to use it.
    flag.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        Interruption.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// From now on an interruption ends the process, as usual.
  static func disarm() { for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) } }
}
