/// What a stranger found out about a trial folder, check by check.
public struct Verification: Sendable, Codable, Equatable {
  /// One check, in the order of the design.
  public struct Check: Sendable, Codable, Equatable {
    /// What was checked, such as `files`, `seal`, `journal` or `draw`.
    public let name: String
    /// Whether it holds.
    public let ok: Bool
    /// What was found, in words.
    public let detail: String
  }

  /// Whether every check holds.
  public let verified: Bool
  /// Every check that was made.
  public let checks: [Check]

  init(checks: [Check]) {
    self.checks = checks
    self.verified = checks.allSatisfy(\.ok)
  }

  /// The transcript: a line for each check and the verdict.
  public var transcript: String {
    let lines = checks.map { "\($0.ok ? "ok    " : "FAILED") \($0.name): \($0.detail)" }
    let failures = checks.filter { !$0.ok }.count
    let verdict =
      verified
      ? "verified: \(checks.count) checks hold"
      : "NOT verified: \(failures) of \(checks.count) checks fail"
    return (lines + [verdict]).joined(separator: "\n")
  }
}
