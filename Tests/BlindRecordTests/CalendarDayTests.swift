import BlindRecord
import Testing

/// The calendar against facts that anybody can look up, and against itself over four centuries.
struct CalendarDayTests {
  @Test(arguments: [
    // `date -u -d DAY +%s` divided by 86,400, and `+%u`.
    ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2),
    ("2024-02-29", 19_782, 4), ("2024-12-31", 20_088, 2), ("2026-11-23", 20_780, 1),
    ("2100-03-01", 47_541, 1), ("1900-03-01", -25_508, 4), ("0001-01-01", -719_162, 1),
    ("9999-12-31", 2_932_896, 5),
  ])
  func knownDays(text: String, ordinal: Int, weekday: Int) throws {
    let day = try #require(CalendarDay(text))
    #expect(day.ordinal == ordinal && day.weekday == weekday && day.description == text)
  }

  @Test func everyDayOfFourCenturies() {
    var (year, month, day) = (1800, 1, 1)
    let first = CalendarDay(year: 1800, month: 1, day: 1)?.ordinal ?? 0
    for ordinal in first..<(first + 146_097) {
      let found = CalendarDay(ordinal: ordinal)
      guard found.components == (year, month, day),
        CalendarDay(year: year, month: month, day: day) == found,
        CalendarDay(found.description) == found
      else {
        Issue.record("\(year)-\(month)-\(day) is \(found)")
        return
      }
      // The naive calendar: count on, and know the lengths of the months.
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (2200, 1, 1))
  }

  @Test(arguments: [
    "", "2024", "2024-1-01", "2024-01-1", "24-01-01", "2024-13-01", "2024-00-10", "2024-01-00",
    "2024-04-31", "2023-02-29", "1900-02-29", "0000-01-01", "2024-01-01 ", " 2024-01-01",
    "2024/01/01", "+024-01-01", "-024-01-01", "2024-01-01T", "２024-01-01", "12024-01-01",
  ])
  func noSuchDay(text: String) { #expect(CalendarDay(text) == nil) }

  @Test func daysAreOrdered() throws {
    let day = try #require(CalendarDay("2024-02-28"))
    #expect(day.advanced(by: 2).description == "2024-03-01")
    #expect(day.advanced(by: -59).description == "2023-12-31")
    #expect(day < day.advanced(by: 1))
  }
}
