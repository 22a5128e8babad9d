/// The usual columns that are taken out of the outcomes before the arms are compared.
///
/// Each is known without the arms, so the test of no effect stays exact with any of them. The first
/// two hold nothing but the calendar, and the interval is exact as well. Columns that depend on each
/// other are left out by the test, so all can be given together.
public enum Covariates {
  /// A straight line over the days, from its middle.
  ///
  /// - Parameter days: the number of each slot's day.
  public static func trend(days: [Int]) -> [[Double]] {
    let middle = days.reduce(0) { $0 + Double($1) } / Double(max(1, days.count))
    return [days.map { Double($0) - middle }]
  }

  /// A level for each day of the week that occurs.
  ///
  /// - Parameter ordinals: the number of each slot's day in any count of days.
  public static func weekday(ordinals: [Int]) -> [[Double]] {
    let weekdays = ordinals.map { ($0 % 7 + 7) % 7 }
    return Set(weekdays).sorted().map { day in weekdays.map { $0 == day ? 1 : 0 } }
  }

  /// The outcome of the slot before; the mean where there is none.
  ///
  /// It does not see the arms, so the test of no effect is exact. The interval holds the column as it
  /// was observed: under an effect τ the slot before holds a part of τ, so that another assignment
  /// would have led to another column, and the coverage is nearly but not quite the nominal one, as
  /// with an estimated autocorrelation.
  public static func previous(outcome: [Double?]) -> [[Double]] {
    let known = outcome.compactMap { $0 }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    return [outcome.indices.map { $0 == 0 ? mean : outcome[$0 - 1] ?? mean }]
  }
}
