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
    let kits = try design.kitsToFillAlone(spares: part.spares)
    var lines = [
      "  packed by: the participant alone, "
        + zip(kits, design.arms).map { "\($0) kits of \($1.name)" }.joined(separator: ", ")
    ]
    if part.spares < 2 {
      lines.append("  warning: with fewer than 2 spares of each arm an audit says next to nothing")
    }
    if let rule = part.matching {
      let test = try TriangleTest(rounds: rule.rounds, mostRight: rule.mostRight)
      lines.append(
        "  matching test: who cannot tell fails with \(percent(test.failsWhenAlike)), who notices the "
          + "difference in half of the rounds passes with \(percent(test.passes(whenNoticedIn: 0.5)))"
      )
    }
    return lines
  }
}
