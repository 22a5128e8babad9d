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
    #expect(today.contains("kit \(spare) was taken") && !today.contains("class=\"kit\""))
    #expect(!today.contains(Desk.kit(1).text))
    #expect(await desk.page("/offline").contains("slot 1, 2024-10-04, only to be rated"))
    #expect(await desk.page("/emergency").contains("slot 1, 2024-10-04, kit \(spare)"))
    #expect(await desk.page("/slot", ["slot": "1"]).contains(spare))
  }

  /// Slot 1's envelope says nothing of slot 4's kit: whoever is asked must open slot 4.
  @Test func inAnEmergencyTheSlotOfTheKitThatWasTakenIsNamed() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let mistake = [
      "once": Desk.token(1), "kind": "wrong-kit", "slot": "1", "kit": Desk.kit(4).text,
      "reason": "dark",
    ]
    #expect(await desk.post("/deviation", mistake).0.status == .seeOther)
    for _ in 1...2 {
      let page = await desk.page("/emergency")
      #expect(
        page.contains(
          "kit \(Desk.kit(4).text), which is slot 4’s: <strong>open slot 4</strong></li>"))
      _ = await desk.post("/guess", Desk.form(1, once: 2))
    }
    // Its own day says that nothing may be left of it.
    desk.go(toDay: 4)
    let today = await desk.page("/")
    #expect(today.contains("Its kit \(Desk.kit(4).text) was taken for slot 1, says the record"))
    #expect(!today.contains("class=\"kit\""))
    let missed = ["once": Desk.token(3), "kind": "missed-dose", "slot": "4", "reason": "empty"]
    #expect(await desk.post("/deviation", missed).0.status == .seeOther)
    let after = await desk.page("/")
    #expect(after.contains("Recorded as not taken") && after.contains("/check-in?slot=4"))
    #expect(await !desk.page("/emergency", ["entry": "1"]).contains("It is recorded"))
  }

  @Test(arguments: [
    ("Dr. Weiss, 030 1234", "Dr. Weiss, <a href=\"tel:0301234\">030 1234</a>"),
    (
      "+49 (30) 12-34 or 112",
      "<a href=\"tel:+49301234\">+49 (30) 12-34</a> or <a href=\"tel:112\">112</a>"
    ),
    ("Room 101, 24/7 <b>", "Room 101, 24/7 &lt;b&gt;"),
  ])
  func theContactIsALinkToItsNumber(_ contact: String, _ link: String) async throws {
    let desk = try Desk(contact: contact)
    #expect(await desk.page("/emergency").contains("<p class=\"call\">\(link)</p>"))
  }

  @Test(arguments: [Int.min, Int.min + 1, -1, 0, Int.max])
  func whereNumbersEndNothingEnds(_ end: Int) async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let begun = Desk.form(1, once: 1, ["begun": "\(end)"])
    #expect(await desk.post("/guess", begun).0.location == "/recorded?entry=1")
    #expect(try desk.journal.entries()[1].kept == nil)
    for name in ["slot", "entry"] {
      for path in ["/check-in", "/slot", "/correct", "/recorded", "/emergency"] {
        _ = await desk.page(path, [name: "\(end)", "item": "mood"])
      }
    }
    let form = Desk.form(2, once: 2, ["slot": "\(end)", "kept": "\(end)", "item": "mood"])
    for path in ["/check-in", "/guess", "/event", "/deviation", "/pause", "/correct"] {
      #expect(await desk.post(path, form).0.status != .seeOther)
    }
    #expect(try desk.events().count == 1)
  }

  /// Sent in the last second of a day, and there in the first of the next.
  @Test func aFormOnItsWayOverMidnightKeepsItsDay() async throws {
    let desk = try Desk(window: 0)
    desk.go(toDay: 2, seconds: 0)
    let late = Desk.form(1, once: 1, ["kept": "1"])
    #expect(await desk.post("/guess", late).0.location == "/recorded?entry=1")
    #expect(try desk.journal.entries()[1].day == Desk.firstDay)
    // On one day the way is nothing that the record must say; more than a minute is.
    desk.go(toDay: 2)
    #expect(await desk.post("/guess", Desk.form(2, once: 2, ["kept": "60"])).0.status == .seeOther)
    #expect(try desk.journal.entries()[2].kept == nil)
    desk.go(toDay: 3)
    #expect(await desk.post("/guess", Desk.form(3, once: 3, ["kept": "61"])).0.status == .seeOther)
    #expect(try desk.journal.entries()[3].kept == 61)
    // Ratings before midnight, the guess after it, and then the form waited.
    let begun = (Desk.firstDay.ordinal + 3) * 86_400 + 86_399
    desk.go(toDay: 5, seconds: 30)
    let both = Desk.form(4, once: 4, ["kept": "20", "begun": "\(begun)"])
    #expect(await desk.post("/guess", both).0.status == .seeOther)
    #expect(try desk.journal.entries()[4].kept == 31)
  }

  @Test func aGuessIsNotMadeTwice() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let wrong = Desk.form(
      1, once: 1, ["answer-mood": "11", "guess": "30", "guess-reason": "jittery"])
    let (answer, page) = await desk.post("/guess", wrong)
    #expect(answer.status == .unprocessable)
    #expect(page.contains("name=\"guess\" value=\"30\""))
    #expect(page.contains("name=\"guess-reason\" value=\"jittery\""))
    let mended = await desk.post("/check-in", wrong.merging(["answer-mood": "1"]) { $1 }).1
    #expect(mended.contains("name=\"guess\" value=\"30\" checked"))
    #expect(mended.contains(">jittery</textarea>"))
  }

  @Test func aRefusedFormKeepsWhatWasTyped() async throws {
    let desk = try Desk()
    desk.go(toDay: 6)
    for path in ["/check-in", "/guess"] {
      let (answer, page) = await desk.post(
        path, Desk.form(1, once: 1, ["answer-note": "a long story"]))
      #expect(answer.status == .conflict)
      #expect(page.contains("role=\"alert\"") && page.contains("could be recorded until"))
      #expect(page.contains("a long story</textarea>"))
    }
  }

  @Test func aCorrectionToTheSameAnswerIsNone() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    _ = await desk.post("/guess", Desk.form(1, once: 1))
    let same = [
      "once": Desk.token(2), "slot": "1", "item": "mood", "answer-mood": "6", "reason": "x",
    ]
    let (answer, page) = await desk.post("/correct", same)
    #expect(answer.status == .conflict)
    #expect(page.contains("the answer to &quot;mood&quot; is that already"))
    #expect(try desk.events().count == 1)
  }

  @Test func theDayOnWhichAPauseBeginsCanStillBeRated() async throws {
    let desk = try Desk(window: 1)
    desk.go(toDay: 2)
    _ = await desk.post("/pause", ["once": Desk.token(1), "reason": "ill"])
    #expect(await desk.page("/").contains("/check-in?slot=2"))
    desk.go(toDay: 3)
    #expect(await !desk.page("/").contains("/check-in?slot=3"))
    desk.go(toDay: 5)
    let status = await desk.page("/status")
    #expect(status.contains("slot 3, paused</span>"))
    #expect(status.contains("Slot 3</a>, 2024-10-06: the trial was paused</li>"))
    #expect(status.contains("<div><dt>missing</dt><dd>"))
  }

  @Test func afterTheLastDayTheLockIsNamed() async throws {
    let desk = try Desk(window: 0)
    desk.go(toDay: 7)
    #expect(await desk.page("/").contains("selfblind lock "))
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
