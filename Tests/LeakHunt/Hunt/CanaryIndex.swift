/// Looks for many secrets in all their forms in one pass, since the memory of a process is large.
struct CanaryIndex {
  private let forms: [(bytes: [UInt8], canary: Int)]
  /// By the first two bytes, the forms that begin so.
  private let starts: [[Int]]

  /// An index of some canaries, by their places in the list.
  init(_ canaries: [Canary]) {
    let forms = canaries.enumerated().flatMap { place, canary in
      canary.forms.map { (bytes: $0, canary: place) }
    }
    var starts = Array(repeating: [Int](), count: 1 << 16)
    for (place, form) in forms.enumerated() {
      starts[Int(form.bytes[0]) << 8 | Int(form.bytes[1])].append(place)
    }
    (self.forms, self.starts) = (forms, starts)
  }

  /// The places of the canaries that some bytes hold.
  func found(in haystack: [UInt8]) -> Set<Int> {
    var found: Set<Int> = []
    haystack.withUnsafeBufferPointer { bytes in
      var key = 0
      for place in bytes.indices {
        key = (key << 8 | Int(bytes[place])) & 0xFFFF
        guard place > 0, !starts[key].isEmpty else { continue }
        for form in starts[key] where matches(forms[form].bytes, bytes, at: place - 1) {
          found.insert(forms[form].canary)
        }
      }
    }
    return found
  }

  private func matches(
    _ form: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Bool {
    guard start + form.count <= bytes.count else { return false }
    return form.indices.allSatisfy { bytes[start + $0] == form[$0] }
  }
}
