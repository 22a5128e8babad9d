import TrialTestSupport

/// A case of the reference inputs, written as the two files of `analyze`.
extension RandomizationCase {
  /// The ratings, with an empty cell where one is missing.
  var csv: String {
    var lines = ["slot,arm,mood"]
    for (slot, arm) in assignment.enumerated() {
      let value = outcome[slot].map { "\($0)" } ?? ""
      lines.append("\(slot + 1),\(arm == 1 ? "active" : "placebo"),\(value)")
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  /// The design file.
  func design(statistic: String, level: String) -> String {
    """
    arms: [placebo, active]
    scheme:
      \(scheme)
    analysis:
      statistic: \(statistic)
      whitening: none
      level: \(level)

    """
  }

  private var scheme: String {
    let active = design.active?.list ?? []
    func flow(_ numbers: [Int]?) -> String {
      "[\((numbers ?? []).map(String.init).joined(separator: ", "))]"
    }
    let slots = assignment.count
    return switch design.kind {
    case "blocks": "blocks: {sizes: \(flow(design.sizes)), active: \(flow(active))}"
    case "complete": "complete: {slots: \(slots), active: \(active.first ?? 0)}"
    case "maxrun":
      "alternation: {slots: \(slots), active: \(active.first ?? 0), "
        + "longestRun: \(design.maxRun ?? 0)}"
    case "phasesAB", "phasesABAB":
      "phases: {kind: \(design.kind.dropFirst(6)), slots: \(slots), "
        + "shortest: \(design.limit ?? 0)}"
    case "periods":
      "periods: {pairs: \(design.pairs ?? 0), length: \(design.length ?? 0), "
        + "drop: \(dropFirstDaysOfEachPeriod)}"
    case "bernoulli": "coin: {slots: \(slots), fewest: \(design.minPerArm ?? 0)}"
    default:
      "listed: {assignments: ["
        + (design.sequences ?? []).map { $0.map { $0 == 1 ? "A" : "P" }.joined() }
        .joined(separator: ", ") + "]}"
    }
  }

  /// A series of the Bayesian reference (`day,active,y`), as ratings by slot.
  static func csv(ofSeries text: String) -> String {
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let lines = rows.enumerated().map { place, row in
      let value = row[2].contains(where: \.isNumber) ? row[2] : ""
      return "\(place + 1),\(row[1] == "1" ? "active" : "placebo"),\(value)"
    }
    return (["slot,arm,y"] + lines).joined(separator: "\n") + "\n"
  }

  /// A design that any such series can have.
  static func coinDesign(slots: Int) -> String {
    """
    arms: [placebo, active]
    scheme:
      coin: {slots: \(slots), fewest: 1}
    analysis:
      statistic: mean-difference
      whitening: none
      level: 0.95

    """
  }
}
