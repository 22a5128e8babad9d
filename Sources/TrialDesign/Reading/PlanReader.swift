import BlindRecord

/// The values of an `analysis`, for protocols and open designs alike.
struct PlanReader {
  let reader: ProtocolReader
  let fields: Fields

  private var faults: FaultList { reader.faults }

  /// The words of a type, as they are listed in a message.
  static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
    Word.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// The plan; every value is read before one that is wrong ends it.
  ///
  /// - Parameters:
  ///   - item: the outcome's item, for the bounds of what is stated in its unit.
  ///   - others: the further outcomes; `nil` where they are wrong.
  func plan(
    outcome: String, item: Item?, others: [String]?
  ) -> (plan: AnalysisPlan, level: DecimalNumber)? {
    let statistic = word("statistic", AnalysisPlan.Statistic.meanDifference)
    let adjustments = adjustments()
    let whitening = whitening()
    let level = level()
    let relevance = positive("relevance", item)
    let sides = word("sides", AnalysisPlan.Sides.doubled)
    let midP = fields["midP"] == nil ? false : reader.flag(fields["midP"], "midP")
    let carryOver = carryOver()
    let priors = priors(item)
    let monitoring = monitoring(item)
    guard let others, let statistic, let adjustments, let whitening, let level, let relevance,
      let sides, let midP, let carryOver, let priors, let monitoring
    else { return nil }
    let plan = AnalysisPlan(
      outcome: outcome, alsoTested: others, statistic: statistic, adjustments: adjustments,
      whitening: whitening, level: level.value, relevance: relevance.value, sides: sides,
      midP: midP, carryOver: carryOver.value, priors: priors, monitoring: monitoring.value)
    return isConsistent(plan) ? (plan, level) : nil
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ otherwise: Word
  ) -> Word? {
    fields[key] == nil ? otherwise : reader.word(fields[key], key, as: Word.self)
  }

  /// In the order of the cases, whatever order they are written in: it has no meaning.
  private func adjustments() -> [AnalysisPlan.Adjustment]? {
    guard let node = fields["adjust"] else { return [] }
    let named = reader.list(node, "adjust", most: 3) {
      reader.word($0, "adjust", as: AnalysisPlan.Adjustment.self)
    }
    guard let named else { return nil }
    guard Set(named).count == named.count else {
      faults.add(node, found: "an adjustment twice", expected: "each adjustment once")
      return nil
    }
    return AnalysisPlan.Adjustment.allCases.filter(named.contains)
  }

  private func whitening() -> AnalysisPlan.Whitening? {
    guard let node = fields["whitening"] else { return AnalysisPlan.Whitening.none }
    if case .scalar(let text, _) = node.kind {
      if text == "none" { return AnalysisPlan.Whitening.none }
      if text == "estimated" { return .estimated }
      if let phi = DecimalNumber(text), abs(phi.value) < 1 { return .fixed(phi.value) }
    }
    faults.add(node, expected: "whitening: none, estimated, or a number between -1 and 1")
    return nil
  }

  private func level() -> DecimalNumber? {
    guard let node = fields["level"] else { return DecimalNumber(units: 95, decimals: 2) }
    guard let level = reader.decimal(node, "level") else { return nil }
    guard level >= DecimalNumber(units: 5, decimals: 1),
      level <= DecimalNumber(units: 9999, decimals: 4)
    else {
      faults.add(
        node, found: "the level \(level)", expected: "a level from 0.5 to 0.9999",
        hint: "the level is that of the interval: write 0.95 for a test at 0.05")
      return nil
    }
    return level
  }

  /// A positive number in the outcome's unit, in a box, so that "not stated" is not "wrong".
  private func positive(_ key: String, _ item: Item?) -> (value: DecimalNumber?, isStated: Bool)? {
    guard let node = fields[key] else { return (nil, false) }
    guard let number = reader.decimal(node, key) else { return nil }
    guard number > DecimalNumber(units: 0) else {
      faults.add(node, expected: "\(key) above 0, in the outcome's unit")
      return nil
    }
    if let item, case .number(let lower, let upper, let decimals, _) = item.kind {
      let width = DecimalNumber(
        units: upper.scaled(to: decimals) - lower.scaled(to: decimals), decimals: decimals)
      guard number <= width else {
        faults.add(
          node, expected: "\(key) within the range of \(item.name), at most \(width)")
        return nil
      }
    }
    return (number, true)
  }

  private func carryOver() -> (value: AnalysisPlan.CarryOver?, isStated: Bool)? {
    guard let node = fields["carryOver"] else { return (nil, false) }
    guard let part = reader.fields(node, "carryOver", known: ["lag", "dropUpTo"]) else {
      return nil
    }
    let lag = part["lag"] == nil ? false : reader.flag(part["lag"], "lag")
    let drop =
      part["dropUpTo"] == nil ? 0 : reader.whole(part["dropUpTo"], "dropUpTo", in: 0...30)
    guard let lag, let drop else { return nil }
    guard lag || drop > 0 else {
      faults.add(
        node, found: "a carryOver without lag: true or dropUpTo",
        expected: "what is to be looked at", hint: "remove carryOver for none")
      return nil
    }
    return (AnalysisPlan.CarryOver(lag: lag, dropUpTo: drop), true)
  }

  private func priors(_ item: Item?) -> AnalysisPlan.Priors? {
    guard let node = fields["prior"] else { return AnalysisPlan.Priors() }
    guard let part = reader.fields(node, "prior", known: ["effectSD", "autocorrelation"]) else {
      return nil
    }
    let inner = PlanReader(reader: reader, fields: part)
    let sd = inner.positive("effectSD", item)
    let phi = inner.word("autocorrelation", AnalysisPlan.Priors.Autocorrelation.uniform)
    guard let sd, let phi else { return nil }
    return AnalysisPlan.Priors(effectSD: sd.value, autocorrelation: phi)
  }

  private func monitoring(
    _ item: Item?
  ) -> (value: AnalysisPlan.Monitoring?, isStated: Bool)? {
    guard let node = fields["monitoring"] else { return (nil, false) }
    guard let part = reader.fields(node, "monitoring", known: ["sd", "from"]) else { return nil }
    let inner = PlanReader(reader: reader, fields: part)
    guard
      part.required("sd", expected: "sd: a guess of the standard deviation of ordinary days")
        != nil
    else { return nil }
    let sd = inner.positive("sd", item)
    let from = part["from"] == nil ? 1 : reader.whole(part["from"], "from", in: 1...500)
    guard let value = sd?.value, let from else { return nil }
    if case .number(_, _, let decimals, _)? = item?.kind {
      let least = DecimalNumber(units: 1, decimals: decimals + 1)
      guard value >= least else {
        faults.add(
          part["sd"] ?? node, found: "sd: \(value)",
          expected: "sd as far as ordinary days lie apart, at least \(least), a tenth of a step",
          hint: "a standard deviation that is far too small makes all looks say continue")
        return nil
      }
    }
    return (AnalysisPlan.Monitoring(sd: value, from: from), true)
  }

  /// Refuses parts that cannot be had together.
  ///
  /// Ranks and studentised differences of what is left after an adjustment would still give an exact
  /// p, but no interval in the outcome's unit; so they stand alone.
  private func isConsistent(_ plan: AnalysisPlan) -> Bool {
    if plan.monitoring != nil, !plan.alsoTested.isEmpty {
      faults.add(
        fields["monitoring"] ?? fields.node, found: "monitoring beside alsoTested",
        expected: "one outcome to be looked at",
        hint: "outcomes that are not named in the plan are reported all the same")
      return false
    }
    let standsAlone: Set<AnalysisPlan.Statistic> = [.studentised, .rankSum, .signedRank]
    guard standsAlone.contains(plan.statistic) else { return true }
    let key: String
    if plan.whitening != .none {
      key = "whitening"
    } else if !plan.adjustments.isEmpty {
      key = "adjust"
    } else {
      return true
    }
    faults.add(
      fields[key] ?? fields.node, found: "\(key) beside the statistic \(plan.statistic.rawValue)",
      expected: key == "whitening" ? "whitening: none" : "no adjust",
      hint: "mean-difference and block-adjusted take adjustments and whitening")
    return false
  }
}
