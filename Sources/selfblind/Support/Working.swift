import Dispatch
import Foundation
import Synchronization

/// One word on standard error while something takes longer than a second; nothing where that is no terminal.
enum Working {
  private enum State { case waiting, shown, ended }

  /// Does the work, and takes the word away when it is done.
  ///
  /// - Parameter isShown: by default whether standard error is a terminal.
  static func during<Result>(
    _ word: String, isShown: Bool = isatty(STDERR_FILENO) == 1, _ work: () throws -> Result
  ) rethrows -> Result {
    guard isShown else { return try work() }
    let state = Shared()
    DispatchQueue.global().asyncAfter(deadline: .now() + 1) {
      state.value.withLock { state in
        guard state == .waiting else { return }
        Output.complain("\r\(word) …")
        state = .shown
      }
    }
    defer {
      state.value.withLock { state in
        if state == .shown { Output.complain("\r\u{1B}[K") }
        state = .ended
      }
    }
    return try work()
  }

  private final class Shared: Sendable {
    let value = Mutex(State.waiting)
  }
}
