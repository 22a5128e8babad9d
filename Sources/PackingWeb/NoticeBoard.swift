import LocalWeb
import Synchronization

/// The last answer for each visitor, shown above the step until the next one.
///
/// In memory alone: after a restart the page shows where packing stands and no answer, and a kit that is
/// scanned again gets the same one.
final class NoticeBoard: Sendable {
  private struct State {
    var notices: [Visitor: Notice] = [:]
    var isFinished = false
  }
  private let state = Mutex(State())

  /// What was last answered to a visitor.
  func notice(for visitor: Visitor) -> Notice? { state.withLock { $0.notices[visitor] } }

  /// Notes an answer, or that there is none.
  func put(_ notice: Notice?, for visitor: Visitor) {
    state.withLock { $0.notices[visitor] = notice }
  }

  /// Whether packing was finished through this site.
  var isFinished: Bool { state.withLock { $0.isFinished } }

  /// Packing is over; what was answered before is forgotten.
  func finish() { state.withLock { $0 = State(isFinished: true) } }
}
