import BlindRecord
import Testing

/// Numbers kept exactly as entered.
struct DecimalNumberTests {
  @Test(arguments: [
    ("0", 0, 0, "0"), ("-0", 0, 0, "0"), ("7", 7, 0, "7"), ("007", 7, 0, "7"),
    ("6.5", 65, 1, "6.5"), ("6.50", 65, 1, "6.5"), ("-0.5", -5, 1, "-0.5"),
    ("0.000000001", 1, 9, "0.000000001"), ("-12.034", -12_034, 3, "-12.034"),
    ("999999999.999999999", 999_999_999_999_999_999, 9, "999999999.999999999"),
    ("100", 100, 0, "100"), ("10.0", 10, 0, "10"),
  ])
  func texts(text: String, units: Int, decimals: Int, shortest: String) throws {
    let number = try #require(DecimalNumber(text))
    #expect(number.units == units && number.decimals == decimals)
    #expect(number.description == shortest)
    #expect(DecimalNumber(shortest) == number)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "+1", "--1", "1e3", "1,5", " 1", "1 ", "inf", "nan", "0x10",
    "1.2.3", "1234567890", "0.1234567890", "１", "1_000", "-.5",
  ])
  func otherTextsAreRefused(text: String) { #expect(DecimalNumber(text) == nil) }

  @Test func orderIsNumerical() {
    let ascending = ["-10", "-9.99", "-0.5", "0", "0.05", "0.5", "0.51", "9.9", "10"]
      .compactMap { DecimalNumber($0) }
    #expect(ascending.count == 9 && ascending == ascending.shuffled().sorted())
  }

  @Test func scalingAndValue() throws {
    let number = try #require(DecimalNumber("-2.75"))
    #expect(number.scaled(to: 4) == -27_500 && number.scaled(to: 2) == -275)
    #expect(number.value == -2.75)
    #expect(try #require(DecimalNumber("0.1")).value == 0.1)
    #expect(DecimalNumber(units: 1_500, decimals: 2) == DecimalNumber(units: 15))
  }
}
