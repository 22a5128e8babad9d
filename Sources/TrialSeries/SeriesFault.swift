import BlindRecord

/// Why trials cannot be pooled, or a part of it cannot be computed, in one sentence.
package struct SeriesFault: Refusal, Equatable {
  /// What was found.
  package let message: String
  /// What to do.
  package let hint: String?

  /// A fault.
  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// No trial is left.
  static func nothing(_ leftOut: [LeftOut]) -> SeriesFault {
    guard !leftOut.isEmpty else {
      return SeriesFault("found no trial, expected at least one")
    }
    let shown = leftOut.prefix(5).map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
    let rest = leftOut.count > 5 ? "; and \(leftOut.count - 5) more" : ""
    return SeriesFault(
      "no trial is left to pool, \(counted(leftOut.count, "was", "were")) left out: " + shown + rest
    )
  }

  private static func counted(_ number: Int, _ one: String, _ several: String) -> String {
    "\(number) \(number == 1 ? one : several)"
  }
}
