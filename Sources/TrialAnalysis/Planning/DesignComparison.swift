import BlindRecord
import TrialDesign
import TrialStatistics

/// Which designs would find an effect, how long each would take, and what it would ask of the person.
public struct DesignComparison: Sendable {
  /// What is wanted.
  public struct Target: Hashable, Sendable {
    /// The power to reach.
    public var power = 0.8
    /// The most days.
    public var longest = 120
    /// Minutes that one slot takes: the check-in, and preparing its share of the kits.
    public var minutesPerSlot = 3.0
    /// Simulated trials for each design.
    public var simulations = 400
    /// The seed.
    public var seed: UInt64 = 1

    /// The usual target: 80 % within 120 days.
    public init() {}

    /// - Throws: `PlanningFault` for a power that no trial has, or no time.
    public func check() throws(PlanningFault) {
      guard power > 0, power < 1 else {
        throw PlanningFault(
          "the power: found \(ShownNumber.text(power)), expected more than 0 and less than 1",
          hint: "no trial finds an effect with certainty; 0.8 is usual, 0.9 is strict")
      }
      guard (7...1_000).contains(longest) else {
        throw PlanningFault("the longest trial: found \(longest) days, expected 7 to 1000")
      }
      guard minutesPerSlot >= 0, minutesPerSlot.isFinite else {
        throw PlanningFault(
          "the minutes: found \(ShownNumber.text(minutesPerSlot)), expected 0 or more")
      }
      guard simulations >= 20 else {
        throw PlanningFault("found \(simulations) simulations, expected 20 or more")
      }
    }
  }

  /// The power of one design.
  public struct Point: Hashable, Sendable, Codable {
    /// Slots of the trial.
    public let slots: Int
    /// Days from the first slot to the last.
    public let days: Int
    /// The power, with its Monte-Carlo error.
    public let power: Diagnosand
    /// The standard deviation of the estimates.
    public let estimateSD: Double?
  }

  /// One kind of scheme.
  public struct Line: Sendable {
    /// The kind.
    public let name: String
    /// The designs that were simulated, the shortest first.
    public let points: [Point]
    /// The shortest that reaches the target; `nil` where none within the longest does.
    public let shortest: Shortest?
  }

  /// The shortest design of its kind that reaches the target, and its burden.
  public struct Shortest: Sendable {
    /// Slots, days and power.
    public let point: Point
    /// The scheme as a protocol file has it.
    public let scheme: String
    /// Slots with something to take.
    public let doses: Double
    /// Minutes of the person's time in all.
    public let minutes: Double
    /// The share of slots that the best guesser gets right.
    public let bestGuesser: Double
  }

  /// The target.
  public let target: Target
  /// Every kind, in a fixed order.
  public let lines: [Line]
  /// Whether it was interrupted: then kinds are missing.
  public let isInterrupted: Bool
  /// Draws that stand for the whole set in each simulated test; `nil` where the tests are exact.
  public let draws: Int?
  /// The effect that is to be found, without its sign.
  let effect: Double
  /// The level of the two-sided interval whose bound decides.
  let level: Double

  /// The most that the best guesser may get right in a recommended design: where `check` warns.
  public static let guessable = 0.7

  /// Which line is recommended, and why; `nil` where none reaches the target, and where kinds are missing that
  /// might be better.
  public var recommendation: (line: Line, reason: String)? {
    guard !isInterrupted else { return nil }
    let reaching = lines.filter { $0.shortest != nil }
    let safe = reaching.filter { ($0.shortest?.bestGuesser ?? 1) <= DesignComparison.guessable }
    let pool = safe.isEmpty ? reaching : safe
    guard let fewest = pool.compactMap({ $0.shortest?.point.days }).min() else { return nil }
    // Within a tenth of the days, the simulation's error decides; what is harder to guess is taken.
    let near = pool.filter { ($0.shortest?.point.days ?? .max) * 10 <= fewest * 11 }
    guard
      let best = near.min(by: {
        ($0.shortest?.bestGuesser ?? 1, $0.shortest?.point.days ?? 0)
          < ($1.shortest?.bestGuesser ?? 1, $1.shortest?.point.days ?? 0)
      }), let shortest = best.shortest
    else { return nil }
    let limit = ShownNumber.percent(DesignComparison.guessable)
    let reason =
      safe.isEmpty
      ? "of all, it is the hardest to guess among the shortest; none keeps the best guesser at "
        + "\(limit) or less"
      : "of the designs whose best guesser gets at most \(limit) of the slots right, the shortest "
        + "take \(fewest) days, and of those within a tenth of that it is the hardest to guess "
        + "(\(ShownNumber.percent(shortest.bestGuesser)))"
    return (best, reason + doubt(shortest.point.power))
  }

  /// What is said where the power lies above the target by less than two of its standard errors.
  private func doubt(_ power: Diagnosand) -> String {
    guard let value = power.value, let error = power.error, value - 2 * error < target.power else {
      return ""
    }
    return
      "; its power of \(ShownNumber.percent(value)) ± \(ShownNumber.text(100 * error, digits: 2)) "
      + "may be below the target by chance of the simulation, and four times as many simulations halve "
      + "that error"
  }
}

extension DesignComparison {
  /// Why nothing reaches the target, and what would be needed; lower case, without full stops.
  ///
  /// What would be needed follows from the standard deviation of the estimates at the longest simulated design,
  /// by the same t quantiles as the further slots of a report.
  public var shortfall: [String] {
    guard !isInterrupted else {
      return ["interrupted: nothing is recommended, as not all kinds were simulated"]
    }
    guard lines.allSatisfy({ $0.shortest == nil }) else { return [] }
    let ends = lines.compactMap { line in line.points.last.map { (line.name, $0) } }
    guard let best = ends.max(by: { ($0.1.power.value ?? 0) < ($1.1.power.value ?? 0) }),
      let power = best.1.power.value
    else {
      return [
        "no design of these kinds fits into \(target.longest) days",
        "give more days with --longest",
      ]
    }
    var sentences = [
      "no design reaches a power of \(ShownNumber.percent(target.power)) within \(target.longest) "
        + "days; the best is \(best.0) with \(ShownNumber.percent(power)) after \(best.1.days) days"
    ]
    let slots = Double(best.1.slots)
    let further = best.1.estimateSD.map { sd in
      FurtherSlots.further(
        sd / effect, degrees: max(2, slots / 2), scheduled: slots, level: level,
        power: target.power)
    }
    // A design may miss the target by the simulation's error alone; then a little more would do.
    if let further, further < 100 * best.1.slots {
      let times = max(1.05, 1 + Double(further) / slots)
      let ratio = times.squareRoot()
      sentences.append(
        "about \(Int((Double(best.1.days) * times).rounded(.up))) days would, or the same days with "
          + "noise \(ShownNumber.text(1 / ratio, digits: 2)) times as large, or an effect "
          + "\(ShownNumber.text(ratio, digits: 2)) times as large")
    } else {
      sentences.append(
        "the effect is so far below the noise that no length of a trial would do; a less noisy "
          + "outcome is needed, such as a mean of several measurements a day")
    }
    return sentences
  }
}
