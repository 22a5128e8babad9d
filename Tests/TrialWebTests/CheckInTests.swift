import BlindRecord
import Foundation
import LocalWeb
import Testing
import TrialJournal
import TrialWeb

@Suite struct CheckInTests {
  @Test func todayNamesTheKitAndTheWay() async throws {
    let desk = try Desk()
    let before = await desk.page("/")
    #expect(before.contains("No slot is due today."))
    #expect(before.contains("Next: slot 1, kit \(Desk.kit(1).text), on 2024-10-04, in 1 day."))
    desk.go(toDay: 1)
    let page = await desk.page("/")
    #expect(page.contains("<p class=\"kit\">\(Desk.kit(1).text)</p>"))
    #expect(page.contains("href=\"/check-in?slot=1\""))
    #expect(page.contains("Caffeine &lt;and&gt; mood"))
    desk.go(toDay: 2)
    #expect(await desk.page("/").contains("Slot 1 of 2024-10-04</a>"))
  }

  @Test func ratingsLeadToTheGuessAndBothAreOneEntry() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let form = await desk.page("/check-in", ["slot": "1"])
    // It waits in the page for a device without a connection, where nobody sees it before the ratings.
    let shown = form.prefix(upTo: form.range(of: "<template")?.lowerBound ?? form.endIndex)
    #expect(!shown.contains("Was it not the reference?"))
    #expect(!form.contains("checked"))
    var fields = Desk.form(1, once: 1)
    fields["guess"] = nil
    let (asked, page) = await desk.post("/check-in", fields)
    #expect(asked.status == .ok)
    #expect(page.contains("<legend>Was it not the reference?</legend>"))
    #expect(page.contains("<input type=\"hidden\" name=\"answer-mood\" value=\"6\">"))
    #expect(try desk.events().isEmpty)
    let (done, _) = await desk.post("/guess", Desk.form(1, once: 1, ["guess-reason": "jittery"]))
    #expect(done.location == "/recorded?entry=1")
    let expected = CheckIn(
      slot: 1, kit: Desk.kit(1),
      answers: [
        "mood": .number(DecimalNumber(units: 6)),
        "hours": .number(DecimalNumber(units: 75, decimals: 1)), "sleep": .choice("well"),
        "note": .skipped(reason: nil),
      ], guess: TreatmentGuess(percent: 60, reason: "jittery"))
    #expect(try desk.events() == [.checkIn(expected)])
    #expect(try desk.journal.entries()[1].form?.text == Desk.token(1))
    #expect(await desk.page("/recorded", ["entry": "1"]).contains("Slot 1, entry 1, at 20:00"))
    #expect(await desk.page("/").contains("<strong>recorded</strong>"))
  }

  @Test func withoutAGuessTheRatingsAreTheEntry() async throws {
    let desk = try Desk(guess: nil)
    desk.go(toDay: 1)
    var fields = Desk.form(1, once: 1)
    fields["guess"] = nil
    #expect(await desk.post("/check-in", fields).0.location == "/recorded?entry=1")
    #expect(try desk.events().count == 1)
  }

  @Test func aFormThatIsSentAgainFindsItsEntry() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    for _ in 1...3 {
      #expect(
        await desk.post("/guess", Desk.form(1, once: 7)).0.location == "/recorded?entry=1")
      // Also from the page before it, as a browser's way back and forth does.
      #expect(
        await desk.post("/check-in", Desk.form(1, once: 7)).0.location == "/recorded?entry=1")
    }
    #expect(try desk.events().count == 1)
    let (other, page) = await desk.post("/guess", Desk.form(1, once: 8))
    #expect(other.status == .conflict)
    #expect(page.contains("Slot 1: recorded already. Correct an answer instead, with a reason."))
    #expect(try desk.events().count == 1)
  }

  @Test func atTheSameTimeTheSameFormIsStillOne() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let (site, visitor) = (desk.site, desk.visitor)
    let event = ["once": Desk.token(5), "term": "headache", "severity": "mild"]
    let places = await withTaskGroup(of: String?.self) { group in
      for _ in 1...40 {
        group.addTask {
          await site.respond(to: WebRequest(.post, "/event", fields: event, visitor: visitor))
            .location
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(places) == ["/recorded?entry=1"])
    #expect(try desk.events().count == 1)
  }

  @Test(arguments: [
    (["answer-mood": ""], "mood: It is not answered. Answer it, or skip it."),
    (
      ["answer-mood": "11"], "mood: Found “11”, expected a whole number from 0 to 10."
    ),
    (["answer-hours": "7.55"], "expected a number with at most 1 decimal from 0 to 16"),
    (["answer-sleep": "so so"], "expected one of well, badly"),
  ])
  func whatIsWrongIsSaidBesideItsItem(_ change: [String: String], _ words: String) async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    for path in ["/check-in", "/guess"] {
      let (answer, page) = await desk.post(path, Desk.form(1, once: 1, change))
      #expect(answer.status == .unprocessable)
      #expect(page.contains(words))
      #expect(page.contains("aria-invalid=\"true\""))
      // What was right stays.
      #expect(page.contains("value=\"7,5\"") || change["answer-hours"] != nil)
    }
    #expect(try desk.events().isEmpty)
  }

  @Test func aSkipIsRecordedWithItsReason() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let skips = ["answer-mood": "", "skip-mood": "yes", "reason-mood": "asleep all day "]
    #expect(
      await desk.post("/guess", Desk.form(1, once: 1, skips)).0.location == "/recorded?entry=1")
    guard case .checkIn(let made)? = try desk.events().first else { return #expect(Bool(false)) }
    #expect(made.answers["mood"] == .skipped(reason: "asleep all day"))
  }

  @Test(arguments: [
    (["guess": ""], "Guess: found none"), (["guess": "101"], "Guess: found “101”"),
    (["guess": "-5"], "Guess: found “-5”"),
    (["guess": "60", "guess-exact": "161"], "Guess: found “161”"),
  ])
  func aWrongGuessIsAskedAgain(_ change: [String: String], _ words: String) async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let (answer, page) = await desk.post("/guess", Desk.form(1, once: 1, change))
    #expect(answer.status == .unprocessable)
    #expect(page.contains(words))
    #expect(page.contains("name=\"answer-mood\" value=\"6\""))
    #expect(try desk.events().isEmpty)
  }

  @Test func dontKnowAndAnExactNumberAreGuesses() async throws {
    let desk = try Desk()
    desk.go(toDay: 2)
    for (slot, change, percent) in [
      (1, ["guess": "dk"], nil), (2, ["guess": "", "guess-exact": "37"], 37),
    ] {
      _ = await desk.post("/guess", Desk.form(slot, once: slot, change))
      guard case .checkIn(let made)? = try desk.events().last else { return #expect(Bool(false)) }
      #expect(made.guess?.percent == percent)
    }
  }

  @Test func theWindowHolds() async throws {
    let desk = try Desk()
    #expect(await desk.page("/check-in", ["slot": "1"]).contains("Slot 1: due on 2024-10-04"))
    desk.go(toDay: 3)
    let late = await desk.page("/check-in", ["slot": "1"])
    #expect(late.contains("the entry will say that it was made 2 days late"))
    #expect(await desk.post("/guess", Desk.form(1, once: 1)).0.status == .seeOther)
    #expect(await desk.page("/slot", ["slot": "1"]).contains("recorded 2 days late"))
    desk.go(toDay: 5)
    let (answer, page) = await desk.post("/guess", Desk.form(2, once: 2))
    #expect(answer.status == .conflict)
    #expect(page.contains("Slot 2: could be recorded until 2024-10-07, and today is 2024-10-08."))
  }

  @Test func withoutATokenNothingIsWritten() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    for once in ["", "0", Desk.token(1).uppercased() + "A", String(repeating: "g", count: 32)] {
      for path in ["/check-in", "/guess", "/event", "/deviation", "/pause", "/correct"] {
        let (answer, _) = await desk.post(path, Desk.form(1, once: 1, ["once": once]))
        #expect(answer.status == .unprocessable || answer.status == .notFound)
      }
    }
    #expect(try desk.events().isEmpty)
  }

  @Test func whoPacksAloneComparesTheCode() async throws {
    let desk = try Desk(alone: true)
    #expect(await desk.page("/").contains("The kits are not packed yet."))
    let kits = (1...6).map { Desk.kit(100 + $0) }
    let spares = [PackedKits.Spare(spare: 1, kit: Desk.kit(107))]
    desk.go(toDay: 1, seconds: 0)
    let now = try #require(WallClock.moment(seconds: 20_000 * 86_400, zone: "UTC"))
    _ = try desk.journal.append(PackedKits(kits: kits, spares: spares), clock: .set(to: now))
    desk.go(toDay: 1)
    let today = await desk.page("/")
    #expect(today.contains("<p class=\"kit\">slot 1</p>"))
    for (path, slot) in [
      ("/", nil), ("/check-in", nil), ("/offline", nil), ("/slot", "1"), ("/emergency", nil),
    ] {
      let page = await desk.page(path, slot.map { ["slot": $0] } ?? [:])
      #expect(!page.contains(kits[0].text), "it is read on the kit")
    }
    #expect(await desk.page("/slot", ["slot": "1"]).contains("the kit marked slot 1: open"))
    #expect(await desk.page("/check-in").contains("--slot 1</code>"))
    desk.go(toDay: 2)
    let late = await desk.page("/")
    #expect(late.contains("</a>, the kit marked slot 1, until ") && !late.contains(kits[0].text))
    desk.go(toDay: 1)
    for (code, words) in [
      ("", "The code on the kit is missing."), ("ABC", "The code has a wrong character"),
      (kits[1].text, "That is the kit of slot 2."), (Desk.kit(107).text, "That is spare 1."),
      (Desk.kit(300).text, "That code is on no kit of this trial."),
    ] {
      let (answer, page) = await desk.post("/check-in", Desk.form(1, once: 1, ["kit": code]))
      #expect(answer.status == .unprocessable)
      #expect(page.contains(words))
      // A form that waited on a device comes straight here.
      let (refused, why) = await desk.post("/guess", Desk.form(1, once: 1, ["kit": code]))
      #expect(refused.status != .seeOther)
      #expect(!why.contains(kits[0].text), "what is expected is read on the kit")
    }
    #expect(try desk.events().count == 1)
    let right = Desk.form(1, once: 1, ["kit": kits[0].text.lowercased()])
    #expect(await desk.post("/check-in", right).0.status == .ok)
    #expect(await desk.post("/guess", right).0.location == "/recorded?entry=2")
    #expect(
      await desk.page("/slot", ["slot": "1"]).contains("kit <b class=\"code\">\(kits[0].text)</b>"))
    // A kit is taken once, and a day without a dose is rated.
    desk.go(toDay: 2)
    let twice = Desk.form(2, once: 2, ["kit": kits[0].text])
    #expect(
      await desk.post("/check-in", twice).1.contains(
        "That kit was taken at slot 1, says the record."))
    let missed = [
      "once": Desk.token(3), "slot": "2", "kind": "missed-dose", "reason": "forgot",
    ]
    #expect(await desk.post("/deviation", missed).0.status == .seeOther)
    let page = await desk.page("/check-in", ["slot": "2"])
    #expect(page.contains("If it was taken after all: its code"))
    #expect(await desk.post("/check-in", Desk.form(2, once: 4)).0.status == .ok)
    #expect(await desk.post("/guess", Desk.form(2, once: 4)).0.location == "/recorded?entry=4")
    guard case .checkIn(let made)? = try desk.events().last else { return #expect(Bool(false)) }
    #expect(made.kit == nil)
  }

  @Test func theKitThatADeviationNamesIsTheOneRecorded() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let (done, _) = await desk.post(
      "/deviation",
      [
        "once": Desk.token(1), "slot": "1", "kind": "wrong-kit", "kit": Desk.kit(2).text,
        "reason": "dark",
      ])
    #expect(done.location == "/recorded?entry=1")
    #expect(await desk.page("/recorded", ["entry": "1"]).contains("On to the check-in"))
    #expect(await desk.page("/check-in", ["slot": "1"]).contains(Desk.kit(2).text))
    _ = await desk.post("/guess", Desk.form(1, once: 2))
    guard case .checkIn(let made)? = try desk.events().last else { return #expect(Bool(false)) }
    #expect(made.kit == Desk.kit(2))
  }
}
