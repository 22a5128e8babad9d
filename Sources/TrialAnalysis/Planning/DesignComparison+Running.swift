import BlindRecord
public import TrialDesign
import TrialStatistics

extension DesignComparison {
  /// Simulates designs of every kind, and looks for the shortest of each that reaches the target.
  ///
  /// The power of a kind rises with its length; the shortest length is bracketed by doubling and then
  /// halved, with the same noise for all, so that designs differ by more than the draw of the noise.
  ///
  /// - Parameters:
  ///   - design: the protocol, for arms, items, analysis, and the rhythm of its days.
  ///   - progress: called with the kinds that are done and their number.
  /// - Throws: `PlanningFault` for an impossible target or model, `SchemeError`.
  public init(
    of design: TrialProtocol, arm: String?, under model: OutcomeModel, target: Target,
    tasks: Int? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws {
    try target.check()
    guard model.effect != 0 else {
      throw PlanningFault(
        "the effect is 0: no design can find it",
        hint:
          "give the smallest difference that would matter with --effect, or as relevance in the "
          + "protocol")
    }
    let families = DesignFamily.all(
      arms: design.arms.count, plan: design.plan, carryOver: model.carryOver)
    draws =
      design.plan.isAdjusted || design.outcome?.decimalPlaces ?? 0 > 0
      ? PlannedTrial.fewDraws : nil
    effect = model.effect.magnitude
    level = design.plan.sides.isOneSided ? 2 * design.plan.level - 1 : design.plan.level
    self.target = target
    var lines: [Line] = []
    for (place, family) in families.enumerated() {
      if Task.isCancelled { break }
      progress(place, families.count)
      var search = DesignSearch(
        design: design, arm: arm, family: family, model: model, target: target, draws: draws,
        tasks: tasks)
      try await search.run()
      if !Task.isCancelled { lines.append(search.line) }
    }
    progress(lines.count, families.count)
    self.lines = lines
    isInterrupted = lines.count < families.count
  }
}

extension Item {
  /// Digits after the point of an answer.
  fileprivate var decimalPlaces: Int {
    if case .number(_, _, let decimals, _) = kind { decimals } else { 0 }
  }
}

/// The search for the shortest design of one kind.
private struct DesignSearch {
  let design: TrialProtocol
  let arm: String?
  let family: DesignFamily
  let model: OutcomeModel
  let target: DesignComparison.Target
  let draws: Int?
  let tasks: Int?
  private var points: [Int: DesignComparison.Point] = [:]
  private var shortest: DesignComparison.Shortest?

  init(
    design: TrialProtocol, arm: String?, family: DesignFamily, model: OutcomeModel,
    target: DesignComparison.Target, draws: Int?, tasks: Int?
  ) {
    self.design = design
    self.arm = arm
    self.family = family
    self.model = model
    self.target = target
    self.draws = draws
    self.tasks = tasks
  }

  var line: DesignComparison.Line {
    DesignComparison.Line(
      name: family.name, points: points.values.sorted { $0.slots < $1.slots }, shortest: shortest)
  }

  /// The most steps whose days fit; 0 where not even one does.
  private var most: Int {
    var steps = 0
    while let last = design.days(slots: (steps + 1) * family.step).last,
      last.ordinal - design.days[0].ordinal < target.longest,
      (steps + 1) * family.step <= SchemeError.mostSlots
    { steps += 1 }
    return steps
  }

  mutating func run() async throws {
    let most = most
    guard most > 0 else { return }
    let slots = [14, 28, 42, 56, 84, 112, 168, 224, 364, 728]
    let grid = Set(slots.map { max(1, $0 / family.step) }.filter { $0 < most } + [most]).sorted()
    var (low, high) = (0, most + 1)
    for steps in grid {
      guard let power = try await power(steps) else { return }
      if power >= target.power {
        high = min(high, steps)
        // What is nearly certain needs no longer trial, and no more points of the curve.
        if power > 0.97 { break }
      } else if high > most {
        low = steps
      }
    }
    while high - low > 1, high <= most {
      let middle = (low + high) / 2
      guard let power = try await power(middle) else { return }
      if power >= target.power { high = middle } else { low = middle }
    }
    guard high <= most, let point = points[high] else { return }
    let scheme = family.scheme(high)
    let trial = try PlannedTrial(
      design, scheme: scheme, days: design.days(slots: scheme.slotCount), arm: arm)
    shortest = DesignComparison.Shortest(
      point: point, scheme: scheme.text,
      doses: Double(point.slots) * Double(design.arms.count(where: \.hasPill))
        / Double(design.arms.count),
      minutes: Double(point.slots) * target.minutesPerSlot, bestGuesser: trial.bestGuesserShare)
  }

  /// The power with so many steps; `nil` where the search was interrupted.
  private mutating func power(_ steps: Int) async throws -> Double? {
    if let known = points[steps] { return known.power.value }
    let scheme = family.scheme(steps)
    var trial: PlannedTrial
    do {
      trial = try PlannedTrial(
        design, scheme: scheme, days: design.days(slots: scheme.slotCount), arm: arm)
    } catch is SchemeError {
      return 0
    }
    trial.draws = draws
    let found = try await Diagnosis(
      of: trial, under: model, simulations: target.simulations, seed: target.seed,
      withoutEffect: false, tasks: tasks)
    guard !found.isInterrupted else { return nil }
    points[steps] = DesignComparison.Point(
      slots: trial.slotCount, days: trial.dayCount, power: found.power,
      estimateSD: found.estimateSD)
    return found.power.value
  }
}

extension TrialProtocol {
  /// Days in the rhythm of the schedule for another number of slots.
  func days(slots: Int) -> [CalendarDay] {
    guard let first = days.first else { return [] }
    var gaps = zip(days, days.dropFirst()).map { $1.ordinal - $0.ordinal }
    // A schedule of weekdays repeats after a whole week.
    if let week = (1...7).first(where: { days.count > $0 && days[$0].ordinal - first.ordinal == 7 }
    ),
      Set(gaps).count > 1
    {
      gaps = Array(gaps[0..<week])
    }
    if gaps.isEmpty { gaps = [1] }
    var day = first
    return (0..<slots).map { slot in
      if slot > 0 { day = day.advanced(by: gaps[(slot - 1) % gaps.count]) }
      return day
    }
  }
}
