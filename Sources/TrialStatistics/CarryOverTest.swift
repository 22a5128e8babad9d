/// Whether an effect outlasts its slot, by randomization.
///
/// Two looks, each recomputed for **every** assignment, since which slots follow a change depends on
/// the assignment: never the slots "after an observed switch", which would make another set of
/// slots than the scheme drew.
public struct CarryOverTest: Sendable {
  let test: RandomizationTest
  /// The slots of a third arm, whose arm does not vary here.
  let elsewhere: [Bool]

  /// Checks that the parts belong together.
  ///
  /// - Parameters:
  ///   - elsewhere: the slots that have neither of the two arms, where there are more (they are not
  ///     `kept`); a slot after one of them follows a change.
  ///   - the others: as for `RandomizationTest`.
  public init(
    outcome: ExactOutcome, observed: [Int], kept: [Bool]?, reference: ReferenceSet,
    elsewhere: [Bool]? = nil, whitening: Whitening = .none, covariates: [[Double]] = [],
    level: Double
  ) throws(StatisticsError) {
    test = try RandomizationTest(
      outcome: outcome, observed: observed, kept: kept, reference: reference,
      statistic: .meanDifference, whitening: whitening, covariates: covariates, level: level)
    let slots = reference.slotCount - reference.lots
    if let elsewhere {
      try RandomizationTest.check("slots of other arms", elsewhere.count, slots)
    }
    self.elsewhere = reference.withLots(
      elsewhere ?? [Bool](repeating: false, count: slots), false)
  }

  /// The sensitivity table: the difference in means when the first 0, 1, … `most` slots after a change
  /// of arm are left out.
  ///
  /// - Throws: `StatisticsError.negativeSlots`.
  public func table(upTo most: Int) throws(StatisticsError) -> [CarryOverRow] {
    guard most >= 0 else { throw .negativeSlots(found: most) }
    var rows: [CarryOverRow] = []
    for dropped in 0...most {
      let slots = eligible(test.observed, dropped).filter { $0 }.count
      do {
        let result = try leavingOut(dropped)
        rows.append(CarryOverRow(dropped: dropped, slots: slots, result: result, reason: nil))
      } catch {
        rows.append(CarryOverRow(dropped: dropped, slots: slots, result: nil, reason: error))
      }
    }
    return rows
  }

  /// Which used slots have the arm of the `dropped` slots before them, as far as there are so many.
  func eligible(_ arms: [Int], _ dropped: Int) -> [Bool] {
    var same = 0
    return arms.indices.map { slot in
      let follows =
        slot > 0 && arms[slot] == arms[slot - 1] && elsewhere[slot] == elsewhere[slot - 1]
      same = follows ? same + 1 : 0
      return test.used[slot] && same >= min(dropped, slot)
    }
  }
}

/// One row of the table of slots left out.
public struct CarryOverRow: Sendable {
  /// How many slots after each change of arm were left out.
  public let dropped: Int
  /// The slots that remain under the observed assignment.
  public let slots: Int
  /// What the remaining slots say; `nil` where they cannot be compared.
  public let result: RandomizationResult?
  /// Why not.
  public let reason: StatisticsError?
}

/// What the fit with the arm of the slot before says.
public struct LagResult: Sendable {
  /// The coefficient of the slot's own arm, its p-values, and its interval under a constant own effect
  /// without carry-over.
  public let own: RandomizationResult
  /// The coefficient of the arm of the slot before, with the p-values of no effect at all.
  ///
  /// Its interval is that under a constant effect of the slot before and no own one.
  public let before: RandomizationResult
  /// The slots in the fit.
  public let slots: Int
}
