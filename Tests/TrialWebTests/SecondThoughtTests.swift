import BlindRecord
import Foundation
import LocalWeb
import Testing
import TrialJournal

@testable import TrialWeb

/// What people do with forms that no plan foresees: they come late, from elsewhere, and back again.
@Suite struct SecondThoughtTests {
  @Test func theSpareIsNamedWhereverAKitIs() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let spare = Desk.kit(2).text
    let lost = [
      "once": Desk.token(1), "kind": "wrong-kit", "slot": "1", "kit": spare, "reason": "broken",
    ]
    #expect(await desk.post("/deviation", lost).0.status == .seeOther)
    let today = await desk.page("/")
    #expect(today.contains("<p class=\"kit\">\(spare)</p>"))
    #expect(!today.contains(Desk.kit(1).text))
    #expect(await desk.page("/offline").contains("slot 1, 2024-10-04, kit \(spare)"))
    #expect(await desk.page("/emergency").contains("slot 1, 2024-10-04, kit \(spare)"))
    #expect(await desk.page("/slot", ["slot": "1"]).contains(spare))
  }

  @Test func aFormOfAnotherTrialIsRefused() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let form = await desk.page("/check-in")
    #expect(form.contains("name=\"trial\" value=\"00112233aabbccdd\""))
    #expect(form.contains("<meta name=\"trial\" content=\"00112233aabbccdd\">"))
    let foreign = Desk.form(1, once: 1, ["trial": "ffffffffffffffff", "kept": "90"])
    let (answer, page) = await desk.post("/guess", foreign)
    #expect(answer.status == .unprocessable)
    #expect(page.contains("found one of another trial"))
    #expect(try desk.events().isEmpty)
    let own = Desk.form(1, once: 1, ["trial": "00112233aabbccdd"])
    #expect(await desk.post("/guess", own).0.status == .seeOther)
  }

  /// Ratings at 23:58 and the guess at 0:01 are an entry of the day that is rated.
  @Test func theGuessAfterMidnightBelongsToItsRatings() async throws {
    let desk = try Desk(window: 0)
    desk.go(toDay: 1, seconds: 86_280)
    let (_, page) = await desk.post("/check-in", Desk.form(1, once: 1, ["guess": ""]))
    let begun = try #require(page.firstMatch(of: #/name="begun" value="(\d+)"/#))
    desk.go(toDay: 2, seconds: 60)
    let late = Desk.form(1, once: 1, ["begun": String(begun.1)])
    #expect(await desk.post("/guess", late).0.location == "/recorded?entry=1")
    #expect(try desk.journal.entries()[1].kept == 180)
    #expect(try desk.journal.entries()[1].day == Desk.firstDay)
    #expect(await !desk.page("/recorded", ["entry": "1"]).contains("late"))
    // Not for any later hour: that is another day's work.
    desk.go(toDay: 3, seconds: 7_300)
    let tooLate = Desk.form(2, once: 2, ["begun": "\((20_001) * 86_400 + 86_280)"])
    #expect(await desk.post("/guess", tooLate).0.status == .conflict)
  }

  /// 23:30 before the night in which clocks go forward, sent at eight in the morning.
  @Test func aFormThatWaitedOverSummerTimeKeepsItsDay() async throws {
    // Slot 1 is 2024-10-04; the night in Sydney is that to 2024-10-06, the day of slot 3.
    let desk = try Desk(window: 0, zone: "Australia/Sydney")
    desk.go(toDay: 2, seconds: 72_000 + 3_600)
    let eight = 7 * 3_600 + 30 * 60
    let (answer, _) = await desk.post("/guess", Desk.form(2, once: 1, ["kept": "\(eight)"]))
    #expect(answer.location == "/recorded?entry=1")
    #expect(try desk.journal.entries()[1].day.description == "2024-10-05")
  }

  @Test func whatWasTypedComesBack() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let event = [
      "once": Desk.token(1), "term": "a rash", "severity": "moderate", "onset": "2031-01-01",
      "action": "cream",
    ]
    let (refused, page) = await desk.post("/event", event)
    #expect(refused.status == .conflict)
    for words in [
      "a rash</textarea>", "value=\"moderate\" required checked", "2031-01-01", "cream",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(page.contains("role=\"alert\"") && page.contains("nothing was recorded"))
    let other = ["once": Desk.token(2), "kind": "wrong-kit", "kit": "ABC", "reason": "in a hurry"]
    let departure = await desk.post("/deviation", other).1
    #expect(departure.contains("value=\"ABC\"") && departure.contains("in a hurry</textarea>"))
    #expect(departure.contains("value=\"wrong-kit\" required checked"))
    _ = await desk.post("/guess", Desk.form(1, once: 3))
    let correction = [
      "once": Desk.token(4), "slot": "1", "item": "mood", "answer-mood": "9", "reason": " ",
    ]
    let (answer, again) = await desk.post("/correct", correction)
    #expect(answer.status == .conflict)
    #expect(again.contains("value=\"9\" checked"))
  }

  @Test func aSkipGoesBeforeAnAnswerAndANumberBeforeAButton() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let form = Desk.form(
      1, once: 1, ["skip-mood": "yes", "guess": "60", "guess-exact": "63"])
    #expect(await desk.post("/guess", form).0.status == .seeOther)
    guard case .checkIn(let made)? = try desk.events().first else { return #expect(Bool(false)) }
    #expect(made.answers["mood"] == .skipped(reason: nil))
    #expect(made.guess?.percent == 63)
  }

  @Test(arguments: ["America/New_York\0x", "Nowhere/Land", "Europe/Berlin;", ""])
  func aZoneThatIsNoneIsRefused(_ zone: String) {
    #expect(WallClock.system(zone: zone) == nil)
    #expect(WallClock.moment(seconds: 0, zone: zone) == nil)
  }

  /// A quotation mark with a combining mark behind it is one character, and ends a cell all the same.
  @Test func cellsAreQuotedByScalars() {
    var table = CSVText(["a", "b"])
    table.add(["\"\u{301},y", "z"])
    #expect(table.text == "a,b\n\"\"\"\u{301},y\",z\n")
  }
}
