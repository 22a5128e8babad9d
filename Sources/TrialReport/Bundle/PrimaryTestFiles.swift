import BlindRecord
import TrialAnalysis
import TrialDesign

/// The primary test of one contrast as four tables, and what the report says of it.
struct PrimaryTestFiles {
  private let parts: PrimaryTest
  private let test: EffectTest
  /// The looks, where there were some: they change what the answer is.
  private let looks: MonitoringResult?

  init(_ parts: PrimaryTest, _ test: EffectTest, _ monitoring: MonitoringResult?) {
    self.parts = parts
    self.test = test
    looks = test.planned.isAnytimeValid ? monitoring : nil
  }

  /// - Parameter start: what the paths begin with.
  func files(_ start: String) -> [ReportBundle.File] {
    [
      ReportBundle.File("\(start)-settings.csv", settings),
      ReportBundle.File("\(start)-slots.csv", slots),
      ReportBundle.File("\(start)-layers.csv", layers),
      ReportBundle.File("\(start)-expected.csv", expected),
    ]
  }

  private var settings: String {
    var table = CSVText(["name", "value"])
    table.add(["outcome", parts.outcome])
    table.add(["arm", parts.arm])
    table.add(["reference", parts.reference])
    table.add(["statistic", parts.statistic])
    table.add(["sides", parts.sides])
    table.add(["midP", CSVText.flag(parts.midP)])
    table.add(["level", CSVText.number(parts.level)])
    table.add(["phi", CSVText.number(parts.phi)])
    table.add(["phiIsEstimated", CSVText.flag(parts.phiIsEstimated)])
    if looks != nil, let rule = parts.monitoring {
      table.add(["monitoringSD", CSVText.number(rule.sd)])
      table.add(["monitoringEnds", rule.ends.map(String.init).joined(separator: " ")])
    }
    return table.text
  }

  private var slots: String {
    var table = CSVText(
      ["slot", "value", "observed", "kept", "block"]
        + parts.columns.indices.map { "column\($0 + 1)" })
    for slot in parts.values.indices {
      let block = parts.blocks.firstIndex { $0[0] <= slot && slot <= $0[1] } ?? 0
      table.add(
        [
          "\(slot + 1)", CSVText.number(parts.values[slot]), "\(parts.observed[slot])",
          CSVText.flag(parts.kept[slot]), "\(block + 1)",
        ]
          + parts.columns.map { $0[slot].isFinite ? CSVText.number($0[slot]) : "" })
    }
    return table.text
  }

  private var layers: String {
    var table = CSVText(["slot", "state", "next0", "next1"])
    for (slot, layer) in parts.layers.enumerated() {
      for (state, next) in layer.enumerated() {
        table.add(["\(slot + 1)", "\(state)", "\(next[0])", "\(next[1])"])
      }
    }
    return table.text
  }

  private var expected: String {
    var table = CSVText(["name", "value"])
    switch test.method {
    case .exact: table.add(["method", "exact"])
    case .monteCarlo(_, let error):
      table.add(["method", "monte-carlo"])
      table.add(["standardError", CSVText.number(error)])
    }
    table.add(["count", test.referenceSet.count])
    table.add(["estimate", CSVText.number(test.estimate)])
    table.add(["greater", CSVText.number(test.p.greater)])
    table.add(["less", CSVText.number(test.p.less)])
    table.add(["doubled", CSVText.number(test.p.doubled)])
    table.add(["absolute", CSVText.number(test.p.absolute)])
    if test.intervalDraws == nil {
      table.add(["lower", CSVText.number(test.interval.lower)])
      table.add(["upper", CSVText.number(test.interval.upper)])
    }
    for (name, value) in answer { table.add([name, CSVText.number(value)]) }
    return table.text
  }

  /// What the answer uses and does not stand among the numbers of the test.
  private var answer: [(String, Double?)] {
    let interval = test.planned.interval
    if let looks {
      return [
        ("largestEvidence", max(1, looks.evidence.max() ?? 1)), ("anytimeP", looks.anytimeP),
        ("anytimeLower", interval.lower), ("anytimeUpper", interval.upper),
      ]
    }
    let p: [(String, Double?)] = test.planned.isMidP ? [("midP", test.planned.p)] : []
    guard test.intervalDraws == nil else { return p }
    switch test.planned.sides {
    case .doubled: return p
    case .absolute:
      return p + [("absoluteLower", interval.lower), ("absoluteUpper", interval.upper)]
    case .greater: return p + [("plannedLower", interval.lower)]
    case .less: return p + [("plannedUpper", interval.upper)]
    }
  }
}
