import Testing

@testable import TrialAnalysis

/// Numbers are taken as they are written.
struct ExactDecimalTests {
  @Test(arguments: [
    ("5", 5, 0), ("-0.25", -25, 2), ("1.500", 15, 1), ("3e2", 300, 0), ("1.5E-3", 15, 4),
    ("+7", 7, 0), (".5", 5, 1), ("0.000", 0, 0), ("41.166666666666664", 41_166_666_666_666_664, 15),
  ])
  func read(text: String, units: Int, decimals: Int) throws {
    let number = try #require(ExactDecimal(text))
    #expect(number.units == Int128(units))
    #expect(number.decimals == decimals)
    #expect(number.value == Double(text))
  }

  @Test(arguments: [
    "", "-", ".", "1,5", "0x10", "nan", "inf", "1e", "1e400", "1_0", "１", "5 ", "1.1e50", "-1e51",
    "1e-51", "1e-9223372036854775808", "1e9223372036854775807",
    "1" + String(repeating: "0", count: 60),
  ])
  func notANumber(text: String) { #expect(ExactDecimal(text) == nil) }

  @Test func aSeriesHasOneScale() {
    let series = OutcomeSeries(
      name: "y", cells: [ExactDecimal("5"), nil, ExactDecimal("0.25"), ExactDecimal("-1.5")])
    #expect(series.units == [500, nil, 25, -150])
    #expect(series.decimals == 2)
    #expect(series.without([0]).units == [nil, nil, 25, -150])
  }

  /// No statistic sees what all values have in common.
  @Test func manyDigitsAreExactWhereDifferencesAreShort() {
    let texts = ["9000000000000000001", "9000000000000000004", "9000000000000000000.5"]
    let series = OutcomeSeries(name: "y", cells: texts.map { ExactDecimal($0) })
    #expect(series.units == [5, 35, 0])
  }

  @Test func tooManyDigitsFallBackToFloatingPoint() {
    let series = OutcomeSeries(
      name: "y", cells: [ExactDecimal("12345678901234567890"), ExactDecimal("0.5")])
    #expect(series.units == nil)
    #expect(series.values == [12_345_678_901_234_567_168, 0.5])
  }
}
