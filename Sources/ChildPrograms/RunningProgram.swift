public import Foundation

/// A program that was started.
///
/// It is ended when the value goes before anybody has waited for it: none is left behind.
public final class RunningProgram {
  /// What a program that has ended left.
  public struct End: Sendable {
    /// The exit status; minus the signal's number where one ended it; 255 where the system does not tell,
    /// as for a process that ignores SIGCHLD.
    public let status: Int32
    /// Time on the processor, in seconds.
    public let processor: Double
    /// The most memory, as the system counts it: in kilobytes on Linux.
    public let memory: Int
  }

  /// The process's number.
  public let number: pid_t
  private var end: End?

  init(_ number: pid_t) { self.number = number }

  deinit {
    if end == nil {
      signal(SIGKILL)
      _ = wait()
    }
  }

  /// Sends a signal; nothing where the end was waited for, since the number may be another's then.
  public func signal(_ which: Int32) {
    if end == nil { kill(number, which) }
  }

  /// Waits for the end.
  @discardableResult
  public func wait() -> End {
    if let end { return end }
    var state: Int32 = 0
    var use = rusage()
    var answer = wait4(number, &state, 0, &use)
    while answer < 0, errno == EINTR { answer = wait4(number, &state, 0, &use) }
    if answer < 0 { state = 255 << 8 }
    let status = state & 0x7f == 0 ? (state >> 8) & 0xff : -(state & 0x7f)
    func seconds(_ time: timeval) -> Double {
      Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
    let end = End(
      status: status, processor: seconds(use.ru_utime) + seconds(use.ru_stime),
      memory: use.ru_maxrss)
    self.end = end
    return end
  }
}
