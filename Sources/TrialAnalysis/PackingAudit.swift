import TrialStatistics

/// What was found in one spare that was opened after the unblinding.
public struct AuditFinding: Hashable, Sendable, Codable {
  /// The spare's number.
  public let spare: Int
  /// The arm whose content it holds, by name; `nil` where that cannot be told.
  public let content: String?

  /// Makes a finding.
  public init(spare: Int, content: String?) {
    self.spare = spare
    self.content = content
  }
}

/// The spares, opened and compared with what was packed: how often a kit holds another arm than it should.
///
/// The spares are a random sample of the kits of each arm (packing.md, section 4), so their error rate
/// stands for that of the doses. A spare of an arm without a pill counts only where a pill was in it, which at a
/// dose is swallowed. One that holds none shows it, so it is hardly ever mistaken, and would make the rate of the
/// others look small; left out, it makes the rate rather too large than too small.
public struct PackingAudit: Hashable, Sendable, Codable {
  /// One spare.
  public struct Line: Hashable, Sendable, Codable {
    /// Its number.
    public let spare: Int
    /// The arm it was packed as.
    public let packed: String
    /// The arm whose content it holds; `nil` where that could not be told.
    public let found: String?
  }

  /// What another packing error would make of a contrast of the primary outcome.
  public struct Sensitivity: Hashable, Sendable, Codable {
    /// The arm that is compared with the reference.
    public let arm: String
    /// The effect as it was estimated.
    public let estimate: Double
    /// The effect of the arms, had the upper bound of the error rate been the true one.
    public let corrected: Double?
    /// The same for the bounds of the planned interval, where there are some.
    public let lower: Double?
    /// The upper one.
    public let upper: Double?
  }

  /// Every opened spare, by number.
  public let lines: [Line]
  /// Spares of arms with a pill whose content could be told, and those of the others that held a pill.
  public let examined: Int
  /// Of these, the ones with another content.
  public let errors: Int
  /// The level of the interval.
  public let level: Double
  /// The exact interval of the error rate (Clopper and Pearson 1934); `nil` when nothing was examined.
  public let lower: Double?
  /// Its upper bound.
  public let upper: Double?
  /// By what an effect shrinks when a kit holds each other arm with a pill equally often, at the upper
  /// bound: 1 − εA/(A − 1) with A arms with a pill; `nil` where nothing of the contrast would be left.
  public let attenuation: Double?
  /// The contrasts of the primary outcome between arms with a pill, at that bound.
  public let sensitivity: [Sensitivity]

  /// Compares findings with what was packed.
  ///
  /// - Parameters:
  ///   - spareArms: the arm of each spare, spare 1 first, as an index into `arms`.
  ///   - hasPill: whether each arm has a pill.
  ///   - primary: the primary outcome.
  init(
    _ findings: [AuditFinding], spareArms: [Int], arms: [String], hasPill: [Bool],
    primary: OutcomeResult, level: Double = 0.95
  ) {
    lines = findings.filter { spareArms.indices.contains($0.spare - 1) }
      .sorted { $0.spare < $1.spare }.map { finding in
        Line(
          spare: finding.spare, packed: arms[spareArms[finding.spare - 1]], found: finding.content)
      }
    let pills = zip(arms, hasPill).filter(\.1).map(\.0)
    let told = lines.filter { line in
      line.found.map { pills.contains(line.packed) || pills.contains($0) } ?? false
    }
    examined = told.count
    errors = told.count { $0.found != $0.packed }
    self.level = level
    let limits = try? ProportionInterval.clopperPearson.limits(errors, of: examined, level: level)
    lower = limits?.lower
    upper = limits?.upper
    let left =
      pills.count < 2
      ? 0 : limits.map { 1 - $0.upper * Double(pills.count) / Double(pills.count - 1) } ?? 0
    let attenuation = left > 0 ? left : nil
    self.attenuation = attenuation
    sensitivity = primary.contrasts.compactMap { contrast in
      // What is not between two arms with a pill is shifted and not shrunk: no factor undoes that.
      guard let test = contrast.test, pills.contains(contrast.name), pills.first == arms.first
      else { return nil }
      let bounds = test.planned.interval
      func corrected(_ value: Double?) -> Double? {
        guard let value, let attenuation else { return nil }
        return value / attenuation
      }
      return Sensitivity(
        arm: contrast.name, estimate: test.estimate, corrected: corrected(test.estimate),
        lower: corrected(bounds.lower), upper: corrected(bounds.upper))
    }
  }
}
