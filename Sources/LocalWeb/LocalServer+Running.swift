import Foundation
import Synchronization

extension LocalServer {
  private final class Outcome: Sendable {
    let failure = Mutex<(any Error)?>(nil)
  }

  /// Serves until SIGINT or SIGTERM, from a program that does nothing else meanwhile.
  ///
  /// - Parameter ready: is told the port once it listens.
  /// - Throws: as `run`.
  package func runAlone(ready: @escaping @Sendable (Int) -> Void) throws {
    let outcome = Outcome()
    let isOver = DispatchSemaphore(value: 0)
    Task {
      do { try await run(ready: ready) } catch {
        outcome.failure.withLock { $0 = error }
      }
      isOver.signal()
    }
    isOver.wait()
    if let failure = outcome.failure.withLock({ $0 }) { throw failure }
  }
}
