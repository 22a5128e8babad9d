/// The bytes of a form while they come in: all of them, or the beginning and the end where they are too many.
///
/// What is too large in a form is its photograph, which stands between the fields. With the fields before and behind
/// it the step can be shown again as it was filled in, and no more memory is taken than for a form that is kept whole.
/// The end has room for all fields of a form; where somebody sends more of them behind a file that is too large, some
/// are left out with it, so such a form must record nothing.
struct KeptBody {
  /// What was left out of the middle.
  struct Gap: Equatable {
    /// How many bytes are kept before it.
    let place: Int
    /// How many bytes it has.
    let count: Int
  }

  /// Bytes that came so far.
  private(set) var count = 0
  private let mostBytes: Int
  /// The bytes that are kept of the end, at least.
  private let end: Int
  private var head: [UInt8] = []
  private var tail: [UInt8]?

  /// - Parameter mostBytes: the most bytes that are kept; what a photograph leaves of them is the room for fields.
  init(mostBytes: Int) {
    self.mostBytes = mostBytes
    end = max(0, mostBytes - LocalServer.photographAlone)
  }

  /// Takes the next bytes.
  mutating func take(_ bytes: some Collection<UInt8>) {
    count += bytes.count
    guard count > mostBytes else {
      head += bytes
      return
    }
    // The end is cut back only where it has grown to twice its length: few bytes are moved.
    let beginning = max(0, mostBytes - 2 * end)
    var tail = tail ?? Array(head.dropFirst(beginning))
    self.tail = nil
    if head.count > beginning { head.removeLast(head.count - beginning) }
    tail += bytes
    if tail.count >= 2 * end { tail.removeFirst(tail.count - end) }
    self.tail = tail
  }

  /// What is kept, and the gap in it.
  var content: (bytes: [UInt8], gap: Gap?) {
    let bytes = head + (tail ?? [])
    return (bytes, bytes.count == count ? nil : Gap(place: head.count, count: count - bytes.count))
  }
}
