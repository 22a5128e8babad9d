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
/// stands for that of the doses. Every spare that can be told counts, right or wrong, whatever it was packed as: one
/// that counted only when it is wrong would make the rate too large, and its interval no interval of it. An arm without
/// a pill may be mistaken less often than the others, so what the effect of a pill loses goes by the spares with a pill
/// alone.
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
  /// Spares whose content could be told.
  public let examined: Int
  /// Of these, the ones with another content.
  public let errors: Int
  /// The level of the interval.
  public let level: Double
  /// The exact interval of the error rate (Clopper and Pearson 1934); `nil` when nothing was examined.
  public let lower: Double?
  /// Its upper bound.
  public let upper: Double?
  /// The upper bound of the same interval for the spares that were packed with a pill; `nil` when none of them could
  /// be told.
  public let upperWithPill: Double?
  /// By what an effect shrinks when a kit holds each other arm with a pill equally often, at the upper
  /// bound of the kits with a pill: 1 − εA/(A − 1) with A arms with a pill; `nil` where nothing of the contrast
  /// would be left.
  public let attenuation: Double?
  /// The contrasts of the primary outcome between arms with a pill, at that bound.
  public let sensitivity: [Sensitivity]

  /// Spares that were opened and whose content could not be told: in no rate.
  public var unclear: Int { lines.count - examined }

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
    let told = lines.filter { $0.found != nil }
    examined = told.count
    errors = told.count { $0.found != $0.packed }
    self.level = level
    let limits = PackingAudit.limits(of: told, level: level)
    lower = limits?.lower
    upper = limits?.upper
    upperWithPill =
      PackingAudit.limits(of: told.filter { pills.contains($0.packed) }, level: level)?.upper
    let left =
      pills.count < 2
      ? 0 : upperWithPill.map { 1 - $0 * Double(pills.count) / Double(pills.count - 1) } ?? 0
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

  /// The exact interval of the rate of the wrong ones; `nil` when there are none at all.
  private static func limits(of told: [Line], level: Double) -> (lower: Double, upper: Double)? {
    try? ProportionInterval.clopperPearson.limits(
      told.count { $0.found != $0.packed }, of: told.count, level: level)
  }
}
