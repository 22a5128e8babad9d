import BlindRecord
import Foundation
import LocalWeb
import Testing
import TrialJournal

@testable import TrialWeb

@Suite struct StatusPageTests {
  @Test func theCalendarSaysWhatIsThereAndWhatIsMissing() async throws {
    let desk = try Desk(window: 1)
    desk.go(toDay: 1)
    _ = await desk.post("/guess", Desk.form(1, once: 1))
    desk.go(toDay: 3)
    _ = await desk.post("/guess", Desk.form(2, once: 2))
    desk.go(toDay: 5)
    let page = await desk.page("/status")
    #expect(page.contains("2 of 6 slots recorded, 1 of them late"))
    for (slot, words) in [
      (1, "recorded"), (2, "recorded 1 day late"), (3, "missing"), (4, "open"), (5, "open"),
      (6, "still to come"),
    ] { #expect(page.contains("slot \(slot), \(words)</span>")) }
    #expect(page.contains("Slot 3</a>, 2024-10-06: nothing is said of it"))
    #expect(page.contains("<dt>in a row</dt><dd>0</dd>"))
    #expect(page.contains("<dt>days left</dt><dd>2</dd>"))
    #expect(page.contains("<span class=\"aside\">2024-</span>09-30</th>"))
  }

  @Test(arguments: [
    ("rrr...", 3), ("rmrr..", 2), ("mrr...", 2), ("rrm...", 0), ("......", 0),
  ])
  func aStreakIsBrokenByAMissingSlotAlone(_ made: String, _ streak: Int) async throws {
    let desk = try Desk(window: 0)
    for (place, mark) in made.enumerated() where mark == "r" {
      desk.go(toDay: place + 1)
      _ = await desk.post("/guess", Desk.form(place + 1, once: place + 1))
    }
    let days = made.count { $0 != "." }
    desk.go(toDay: days + 1, seconds: 60)
    let view = try await desk.site.view(for: desk.visitor)
    #expect(view.streak == streak)
  }

  // 23:30 UTC on 4 October is 01:30 on the 5th in Berlin, still under summer time (UTC+2).
  @Test func theDayFollowsFromInstantAndZone() async throws {
    let desk = try Desk(window: 0)
    desk.go(toDay: 1, seconds: 84_600)
    #expect(await desk.page("/").contains("It is 23:30 on 2024-10-04 in UTC."))
    let (moved, _) = await desk.post("/zone", ["zone": "Europe/Berlin"])
    #expect(moved.location == "/")
    let page = await desk.page("/")
    #expect(page.contains("It is 01:30 on 2024-10-05 in Europe/Berlin."))
    #expect(page.contains("/check-in?slot=2"))
    _ = await desk.post("/guess", Desk.form(2, once: 1))
    let moment = try #require(try desk.journal.entries().last?.moment)
    #expect(moment.zone == "Europe/Berlin" && moment.offset == 7_200)
    #expect(moment.day.description == "2024-10-05")
    let (unknown, said) = await desk.post("/zone", ["zone": "Mars/North <b>"])
    #expect(unknown.status == .unprocessable)
    #expect(said.contains("“Mars/North &lt;b&gt;” is no zone"))
    #expect(said.contains("value=\"Mars/North &lt;b&gt;\""))
  }

  // The script of the page compares both with the device's own.
  @Test func thePageSaysInWhichZoneItCounts() async throws {
    let desk = try Desk(window: 0)
    desk.go(toDay: 1, seconds: 84_600)
    _ = await desk.post("/zone", ["zone": "Europe/Berlin"])
    #expect(await desk.page("/").contains("data-zone=\"Europe/Berlin\" data-offset=\"7200\""))
    #expect(await desk.page("/zone").contains("value=\"Europe/Berlin\""))
    let offered = await desk.page("/zone", ["zone": "America/New_York\"><b>"])
    #expect(offered.contains("value=\"America/New_York&quot;&gt;&lt;b&gt;\""))
  }

  // Summer time ends in Berlin on 2024-10-27 at 01:00 UTC: 02:30 comes twice, both on the 27th.
  @Test func theHourThatComesTwiceIsOnOneDay() async throws {
    let desk = try Desk(slots: 30, window: 0, zone: "Europe/Berlin")
    for (seconds, time) in [(0, "02:00"), (1_800, "02:30"), (5_400, "02:30"), (82_799, "23:59")] {
      // Day 24 is 2024-10-27.
      desk.go(toDay: 24, seconds: seconds)
      #expect(await desk.page("/").contains("It is \(time) on 2024-10-27 in Europe/Berlin."))
    }
    desk.go(toDay: 24, seconds: 82_800)
    #expect(await desk.page("/").contains("It is 00:00 on 2024-10-28 in Europe/Berlin."))
  }

  @Test func noPageIsWiderThanItsWords() async throws {
    let desk = try Desk()
    for path in ["/nothing", "/slot", "/recorded", "/correct", "/style"] {
      #expect(await desk.get(path).0.status == .notFound)
      #expect(await desk.post(path, ["once": Desk.token(1)]).0.status == .notFound)
    }
    #expect(await desk.post("/", ["once": Desk.token(1)]).0.status == .notFound)
  }
}
