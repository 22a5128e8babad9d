import Synchronization

/// The port, known once the server listens.
final class PortBox: Sendable {
  private let port = Mutex(0)

  /// 0 before.
  var value: Int {
    get { port.withLock { $0 } }
    set { port.withLock { $0 = newValue } }
  }
}
