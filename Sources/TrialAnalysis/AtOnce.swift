import Dispatch
import Foundation
import Synchronization

/// Independent pieces of work on several processors.
package enum AtOnce {
  /// As many pieces as there are processors.
  package static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The results for elements, in their order, whichever processor computed which: they are the same however
  /// many there are.
  ///
  /// - Parameter workers: how many at once.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], workers: Int = processors,
    _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    guard workers > 1, elements.count > 1 else { return elements.map(transform) }
    let next = Atomic(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: elements.count))
    DispatchQueue.concurrentPerform(iterations: min(workers, elements.count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < elements.count else { return }
        let result = transform(elements[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
