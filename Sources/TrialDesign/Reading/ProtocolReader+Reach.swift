import BlindRecord
import Foundation

/// Plans that no outcome could fulfil: too many columns, and looks that can never end a trial.
extension ProtocolReader {
  /// Refuses more columns than slots: nothing would be left to compare.
  func checkColumns(
    _ scheme: RandomizationScheme, _ node: YAMLNode, _ plan: AnalysisPlan, days: [CalendarDay]?
  ) {
    let kept = scheme.keptSlots
    let slots = kept.count { $0 }
    var columns = plan.statistic == .blockAdjusted ? scheme.fixedBlocks?.count ?? 1 : 1
    for adjustment in plan.adjustments {
      switch adjustment {
      case .trend, .previous: columns += 1
      case .weekday:
        // Without a schedule the slots are the days.
        let weekdays =
          days.map { days in
            Set(zip(days, kept).filter(\.1).map { (($0.0.ordinal % 7) + 7) % 7 }).count
          } ?? min(7, slots)
        columns += max(0, weekdays - 1)
      }
    }
    guard !plan.adjustments.isEmpty, columns >= slots else { return }
    faults.add(
      node, found: "\(slots) slots in the analysis and \(columns) columns to be taken out of them",
      expected: "more slots than columns", hint: "plan more slots, or fewer adjustments")
  }

  /// Refuses a rule for stopping that even a perfect record does not meet.
  func checkMonitoring(
    _ scheme: RandomizationScheme, _ node: YAMLNode, _ plan: AnalysisPlan, _ items: [Item]?
  ) {
    guard let monitoring = plan.monitoring, let blocks = scheme.fixedBlocks,
      blocks.allSatisfy({ $0.count == 2 && $0[0] > 0 && $0[1] > 0 }),
      case .number(let lower, let upper, _, _)? = items?.first(where: { $0.name == plan.outcome })?
        .kind
    else { return }
    let width = upper.value - lower.value
    let largest = MonitoringReach(blocks: blocks, sd: monitoring.sd.value).largest(width: width)
    let needed = 1 / (1 - plan.level)
    guard largest < needed else { return }
    faults.add(
      node,
      found: "monitoring whose evidence is at most \((largest * 10).rounded() / 10), however clear "
        + "the ratings are",
      expected: "\((needed * 10).rounded() / 10) within reach for the level \(plan.level)",
      hint: "plan more blocks, or give the sd of ordinary days, which sets the scale")
  }
}

/// The largest evidence that the process of looks can hold: every active slot at one end of the scale and
/// every other one at the other end (Documentation/Design/statistics.md, "Valid at any time").
struct MonitoringReach {
  /// The slots of the reference and of the other arm, block by block.
  let blocks: [[Int]]
  /// The sealed guess of the standard deviation.
  let sd: Double

  func largest(width: Double) -> Double {
    let half: [Double] = (1...10).map { Double($0) / (5 * sd) }
    let tilts: [Double] = half + half.map { -$0 }
    let products = tilts.map { tilt in
      exp(blocks.reduce(0) { $0 + logarithm(of: $1, tilt: tilt, width: width) })
    }
    return products.reduce(0, +) / Double(products.count)
  }

  /// λD less the logarithm of the mean of exp(λD) over the block's assignments.
  private func logarithm(of block: [Int], tilt: Double, width: Double) -> Double {
    let (others, active) = (block[0], block[1])
    let all = Double(DesignReach.binomial(others + active, active))
    var mean = 0.0
    for shared in max(0, active - others)...active {
      let ways =
        Double(DesignReach.binomial(active, shared))
        * Double(DesignReach.binomial(others, active - shared))
      let difference =
        width
        * (Double(shared) / Double(active) - Double(active - shared) / Double(others))
      mean += ways / all * exp(tilt * (difference - width))
    }
    return -log(mean)
  }
}
