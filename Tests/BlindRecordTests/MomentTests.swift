import BlindRecord
import Testing

/// Instants: parsing, the day they belong to, and zones.
struct MomentTests {
  @Test(arguments: [
    // `date -u -d TEXT +%s`
    ("1970-01-01T00:00:00Z", 0, 0), ("2024-10-04T20:00:00Z", 1_728_072_000, 0),
    ("2024-10-04T22:00:00+02:00", 1_728_072_000, 7_200),
    ("2024-10-04T10:30:00-09:30", 1_728_072_000, -34_200),
    ("1969-12-31T23:59:59Z", -1, 0), ("2000-02-29T12:34:56Z", 951_827_696, 0),
  ])
  func knownInstants(text: String, seconds: Int, offset: Int) throws {
    let parsed = try #require(Moment.parse(text))
    #expect(parsed.seconds == seconds && parsed.offset == offset)
    if offset == 0 { #expect(Moment(seconds: seconds, zone: "UTC", offset: 0).utc == text) }
  }

  @Test(arguments: [
    "", "2024-10-04", "2024-10-04T20:00Z", "2024-10-04T20:00:00", "2024-10-04 20:00:00Z",
    "2024-10-04T24:00:00Z", "2024-10-04T20:60:00Z", "2024-10-04T20:00:60Z",
    "2024-10-04T20:00:00z", "2024-10-04T20-00-00Z", "2024-02-30T20:00:00Z",
    "2024-10-04T20:00:00+0200", "2024-10-04T20:00:00+24:00", "2024-10-04T20:00:00+02:60",
    "2024-10-04T20:00:00*02:00", "2024-10-04T20:00:00.5Z", "2024-10-04T2\u{301}:00:00Z",
  ])
  func otherTextsAreRefused(text: String) { #expect(Moment.parse(text) == nil) }

  @Test func theDayIsThatOfTheZone() {
    let lateEvening = Moment(seconds: 1_728_084_600, zone: "UTC", offset: 0)
    #expect(lateEvening.utc == "2024-10-04T23:30:00Z" && lateEvening.localTime == "23:30")
    #expect(lateEvening.day.description == "2024-10-04")
    let berlin = Moment(seconds: lateEvening.seconds, zone: "Europe/Berlin", offset: 7_200)
    #expect(berlin.day.description == "2024-10-05" && berlin.localTime == "01:30")
    let honolulu = Moment(seconds: 1_728_010_000, zone: "Pacific/Honolulu", offset: -36_000)
    #expect(honolulu.utc.hasPrefix("2024-10-04") && honolulu.day.description == "2024-10-03")
    #expect(Moment(seconds: -1, zone: "UTC", offset: 0).day.description == "1969-12-31")
    #expect(Moment(seconds: -86_400, zone: "UTC", offset: 0).day.description == "1969-12-31")
    #expect(Moment(seconds: -86_401, zone: "UTC", offset: 0).localTime == "23:59")
  }

  @Test func summerTimeIsTheZones() throws {
    // 2024-10-27T01:00:00Z: Berlin's clocks go from three back to two.
    let before = try #require(WallClock.moment(seconds: 1_729_990_799, zone: "Europe/Berlin"))
    let after = try #require(WallClock.moment(seconds: 1_729_990_800, zone: "Europe/Berlin"))
    #expect(before.offset == 7_200 && after.offset == 3_600)
    #expect(before.localTime == "02:59" && after.localTime == "02:00")
    #expect(WallClock.moment(seconds: 0, zone: "Nowhere/Atlantis") == nil)
  }

  @Test func aSetClockStands() throws {
    let moment = Moment(seconds: 5, zone: "UTC", offset: 0)
    #expect(WallClock.set(to: moment).now == moment && WallClock.set(to: moment).isSet)
    #expect(try #require(WallClock.system(zone: "UTC")).isSet == false)
    #expect(WallClock.system(zone: "Nowhere/Atlantis") == nil)
  }

  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "86400", "-86400"])
  func anOffsetOfADayOrMoreIsRefused(offset: String) {
    let text = "{\"instant\":\"2024-10-04T20:00:00Z\",\"offset\":\(offset),\"zone\":\"UTC\"}"
    #expect(throws: FormatError.self) {
      try CommittedJSON.decode(Moment.self, from: Array(text.utf8), place: "moment")
    }
  }
}
