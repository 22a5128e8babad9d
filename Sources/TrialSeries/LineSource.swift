import Foundation

/// Lines of an open file, a batch at a time: what is held does not grow with the file.
package final class LineSource {
  /// The system could not read; the value of `errno`.
  package struct Failure: Error { package let number: Int32 }

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Where the line begins that was not handed out yet.
  private var start = 0
  /// Up to where no line feed was found.
  private var searched = 0
  private var isAtEnd = false
  /// Whether the rest of a line beyond the limit is being left out.
  private var isSkipping = false

  private let longest: Int

  /// - Parameters:
  ///   - descriptor: an open file; it stays open.
  ///   - longest: the most bytes of a line.
  package init(descriptor: Int32, longest: Int = LineTask.longestLine) {
    self.descriptor = descriptor
    self.longest = longest
  }

  /// The next lines without their line feeds, at least one; `nil` at the end.
  ///
  /// What has come is handed out at once, so that somebody who waits for the answer to a line before the
  /// next one gets it. A line beyond the limit is `nil` in the list. Bytes behind the last line feed are
  /// a line too: half of one is for the reader of lines to refuse.
  package func batch(atMost most: Int) throws -> [[UInt8]?]? {
    var lines: [[UInt8]?] = []
    while lines.count < most {
      if let line = takeLine() {
        lines.append(line)
        continue
      }
      if !lines.isEmpty { break }
      if isAtEnd {
        guard isSkipping || start < buffer.count else { return nil }
        lines.append(isSkipping ? nil : Array(buffer[start...]))
        (start, isSkipping) = (buffer.count, false)
        break
      }
      try fill()
    }
    return lines
  }

  /// The next whole line; `nil` where there is none in the buffer.
  private func takeLine() -> [UInt8]?? {
    let end = buffer.withUnsafeBytes { bytes -> Int? in
      guard searched < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
    guard let end else {
      searched = buffer.count
      return nil
    }
    defer {
      start = end + 1
      searched = start
      isSkipping = false
    }
    if isSkipping || end - start > longest { return .some(nil) }
    return .some(Array(buffer[start..<end]))
  }

  private func fill() throws {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    if buffer.count > longest {
      isSkipping = true
      buffer.removeAll(keepingCapacity: true)
      searched = 0
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(number: errno) }
      if count == 0 { isAtEnd = true }
      buffer.append(contentsOf: chunk[..<count])
      return
    }
  }
}
