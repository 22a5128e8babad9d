import BlindRecord
import TrialDesign
import TrialStatistics

extension CheckCommand {
  /// Who packs, how many kits, and what the matching test can tell; nothing where the protocol does not say.
  static func packing(of design: TrialProtocol) throws -> [String] {
    guard let part = design.packing else { return [] }
    let spares = "\(part.spares) \(part.spares == 1 ? "spare" : "spares") of each arm"
    guard part.packer == .participant else {
      return ["  packed by: \(part.packer.rawValue), \(spares)"]
    }
    let kits = design.kitsToFillAlone(spares: part.spares)
    var lines = [
      "  packed by: the participant alone, "
        + zip(kits, design.arms).map { "\($0) kits of \($1.name)" }.joined(separator: ", ")
    ]
    lines += try audit(of: design, spares: part.spares)
    let pills = design.arms.filter(\.hasPill).map(\.name)
    if let rule = part.matching {
      let test = try TriangleTest(rounds: rule.rounds, mostRight: rule.mostRight)
      lines.append(
        "  matching test: \(pills.joined(separator: " against ")); \(test.worth)")
    } else if pills.count > 2 {
      lines.append(
        "  matching test: none; it compares two arms with a pill, so compare these by pairs beforehand"
      )
    }
    return lines
  }

  /// What opening the spares at the end can say at best: when none of them is wrong.
  ///
  /// Those of every arm count, as in the audit; as many as are asked for: packing alone there may be more, and lost
  /// kits take some.
  private static func audit(of design: TrialProtocol, spares: Int) throws -> [String] {
    let count = spares * design.arms.count
    guard spares > 0 else { return ["  audit: none, as there are no spares"] }
    let upper = try ProportionInterval.clopperPearson.limits(0, of: count, level: 0.95).upper
    return [
      "  audit: with no error among \(count) spares, at most \(percent(upper)) of the kits are wrong "
        + "(95 %)"
    ]
  }
}
