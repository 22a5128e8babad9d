import TrialDesign

/// A right protocol file, to be made wrong at one place.
enum Draft {
  static let text = """
    selfblind: 1
    title: A trial
    arms: [placebo, active]
    scheme:
      blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}
    schedule:
      start: 2026-03-02
      zone: Europe/Berlin
      every: 1
    items:
      - name: mood
        prompt: How was your mood?
        type: number
        range: [0, 10]
      - name: nap
        prompt: A nap?
        type: choice
        options: [yes, no]
    guess: How likely?
    analysis:
      outcome: mood
      statistic: mean-difference
      whitening: none
      level: 0.95
    safety:
      stoppingRules: [Stop when ill.]
      emergencyContact: A friend
      clinicianAsked: no
      lawful: true

    """

  /// The text with the first occurrence of a part replaced.
  static func with(_ old: String, _ new: String) -> String {
    guard let range = text.firstRange(of: old) else { return "not in the draft: \(old)" }
    return text.replacingCharacters(in: range, with: new)
  }

  /// The faults of a file, one line each, hints after " | "; empty when there are none.
  static func faults(_ bytes: [UInt8]) -> [String] {
    do {
      _ = try TrialProtocol(bytes: bytes, file: "p.yaml")
      return []
    } catch {
      return error.faults.map { $0.message + ($0.hint.map { " | \($0)" } ?? "") }
    }
  }

  static func faults(_ text: String) -> [String] { faults(Array(text.utf8)) }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
