import Foundation
import Synchronization

/// One line on standard error that says how far a simulation is; nothing where that is no terminal.
final class ProgressBar: Sendable {
  private let label: String
  private let total: Int
  private let isShown: Bool
  private let last = Mutex(-1)

  /// - Parameter isShown: by default whether standard error is a terminal.
  init(_ label: String, total: Int, isShown: Bool = isatty(STDERR_FILENO) == 1) {
    self.label = label
    self.total = total
    self.isShown = isShown
  }

  /// Draws the bar anew where it has moved.
  func show(_ done: Int) {
    guard isShown else { return }
    let percent = total > 0 ? 100 * done / total : 100
    let isNew = last.withLock { last in
      defer { last = percent }
      return last != percent
    }
    if isNew { Output.complain("\r" + ProgressBar.line(label, done: done, total: total)) }
  }

  /// Removes the bar.
  func end() {
    if isShown { Output.complain("\r\u{1B}[K") }
  }

  /// "simulating [#####.....] 500 of 1000, Ctrl-C ends it".
  static func line(_ label: String, done: Int, total: Int) -> String {
    let width = 30
    let filled = total > 0 ? min(width, width * done / total) : width
    return label + " [" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: width - filled) + "] \(done) of \(total), Ctrl-C ends it"
  }
}
