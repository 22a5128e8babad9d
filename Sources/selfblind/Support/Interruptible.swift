import Foundation
import Synchronization

/// Work that Ctrl-C ends early, with what is done so far.
enum Interruptible {
  /// Runs `work` and waits for it; an interruption cancels its task and nothing else.
  ///
  /// - Throws: what the work throws.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let shared = Shared(result: result)
    let task = Task {
      do {
        let value = try await work()
        shared.result.withLock { $0 = .success(value) }
      } catch {
        shared.result.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    // Only while there is something to keep; asked for, since a source of signals does not come back
    // once it was given up.
    let former = Interruption.arm(once: false)
    defer { Interruption.disarm(former) }
    while done.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
      if Interruption.hasCome { task.cancel() }
    }
    guard let found = shared.result.withLock({ $0 }) else {
      throw CommandRefusal("the simulation ended without a result", isFaultOfTheSystem: true)
    }
    return try found.get()
  }

  /// What the task leaves for the thread that waits.
  private final class Shared<Value: Sendable>: Sendable {
    let result: Mutex<Result<Value, any Error>?>
    init(result: consuming Mutex<Result<Value, any Error>?>) { self.result = result }
  }
}
