import Foundation
import Synchronization

/// Ctrl-C, or a shutdown, while something long runs whose beginning is worth keeping.
enum Interruption {
  private static let flag = Atomic(false)

  /// Whether one has come since ``arm()``.
  static var hasCome: Bool { flag.load(ordering: .relaxed) }

  /// What the signals did before they were noted.
  typealias Former = [(signal: Int32, handler: sig_t?)]

  /// From now on an interruption is noted instead of ending the process.
  ///
  /// - Parameter once: whether a second one ends the process.
  /// - Returns: what ``disarm(_:)`` goes back to.
  @discardableResult static func arm(once: Bool = true) -> Former {
    // Made before a signal can come: a handler must not be the first to use it.
    flag.store(false, ordering: .relaxed)
    let numbers = [SIGINT, SIGTERM, SIGHUP]
    let former = numbers.map { number in
      (
        signal: number,
        handler: once
          ? signal(number) { number in
            Interruption.flag.store(true, ordering: .relaxed)
            signal(number, SIG_DFL)
          } : signal(number) { _ in Interruption.flag.store(true, ordering: .relaxed) }
      )
    }
    // Whoever started this program may have kept them from it.
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    return former
  }

  /// From now on the signals do again what they did before.
  static func disarm(_ former: Former) {
    for (number, handler) in former { signal(number, handler) }
  }
}
