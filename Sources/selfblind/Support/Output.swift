import BlindRecord
import Foundation

/// The one way to standard output and standard error.
///
/// Nothing is buffered: what a command reports as done was written, and a full disk or a closed pipe
/// behind standard output is an error of the command. The standard library's own `print` hides both.
enum Output {
  /// Standard output could not be written.
  struct Lost: Refusal, Equatable {
    /// The system's error number.
    let number: Int32

    var message: String {
      let reason =
        switch number {
        case ENOSPC, EDQUOT: "no space is left on the disk"
        case EBADF: "it is closed"
        default: String(cString: strerror(number)).lowercased()
        }
      return "standard output: cannot write: \(reason)"
    }
    var hint: String? { "print to a place that can be written; what was done before stands" }
    var isFaultOfTheSystem: Bool { true }
    /// Whether the reader has gone away, as `head` does: no fault of anybody.
    var isNobodyThere: Bool { number == EPIPE }
  }

  /// Makes closed pipes an error instead of a signal, and keeps the files that are opened later off
  /// the numbers 0, 1 and 2: a closed standard output would otherwise print into the journal.
  static func arm() {
    signal(SIGPIPE, SIG_IGN)
    for (number, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(number, F_GETFD) < 0 {
      // Opened the wrong way round, so that using it fails as it did when it was closed.
      guard open("/dev/null", mode) == number else { return }
    }
  }

  /// Prints a text and a line end.
  static func show(_ text: String = "", end: String = "\n") throws(Lost) {
    let number = write(text + end, to: STDOUT_FILENO)
    guard number == 0 else { throw Lost(number: number) }
  }

  /// Prints bytes as they are.
  static func show(bytes: [UInt8]) throws(Lost) {
    let number = write(bytes[...], to: STDOUT_FILENO)
    guard number == 0 else { throw Lost(number: number) }
  }

  /// Prints to standard error; where that cannot be written, only the exit status is left.
  static func complain(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// - Returns: 0, or the system's error number.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    write(Array(text.utf8)[...], to: descriptor)
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count < 0 ? errno : EIO }
      rest = rest.dropFirst(count)
    }
    return 0
  }
}
