import BlindRecord
import LocalWeb
import Testing

@testable import TrialJournal

@Suite struct EventTests {
  @Test func aSeriousEventLeadsToTheEmergencyPage() async throws {
    let desk = try Desk()
    desk.go(toDay: 2)
    let mild = ["once": Desk.token(1), "term": "headache", "severity": "mild"]
    #expect(await desk.post("/event", mild).0.location == "/recorded?entry=1")
    let serious = [
      "once": Desk.token(2), "term": "collapse", "severity": "severe", "serious": "yes",
      "onset": "2024-10-04", "action": "ambulance", "outcome": "goes on",
    ]
    #expect(await desk.post("/event", serious).0.location == "/emergency?entry=2")
    let page = await desk.page("/emergency", ["entry": "2"])
    for words in [
      "It is recorded, entry 2.", "Dr. Weiss", "<li>chest pain</li>", "selfblind break-code",
      "kit \(Desk.kit(2).text)", "Stopping is always allowed.",
    ] { #expect(page.contains(words)) }
    #expect(
      try desk.events().last
        == .adverseEvent(
          AdverseEvent(
            term: "collapse", onset: Desk.firstDay, severity: .severe, serious: true,
            action: "ambulance", outcome: "goes on")))
  }

  @Test func whomToCallIsThereWhateverTheRecordIs() async throws {
    let desk = try Desk()
    desk.go(toDay: 8)
    let now = try #require(WallClock.moment(seconds: 20_007 * 86_400 + 72_000, zone: "UTC"))
    _ = try desk.journal.append(event: .locked(reason: "enough"), clock: .set(to: now))
    #expect(await desk.page("/emergency").contains("Dr. Weiss"))
    #expect(await desk.page("/").contains("The record is locked"))
    let (answer, page) = await desk.post(
      "/event", ["once": Desk.token(2), "term": "x", "severity": "mild", "serious": "yes"])
    #expect(answer.status == .conflict)
    #expect(page.contains("The record is locked; nothing is added any more."))
    // No form that can only fail.
    for path in ["/event", "/deviation", "/pause"] {
      #expect(await !desk.page(path).contains("<form"))
    }
    #expect(page.contains("href=\"/emergency\""))
  }

  @Test(arguments: [
    ("/event", ["term": "", "severity": "mild"], "found an empty text, expected words"),
    ("/event", ["term": "x"], "Side effect: found no strength"),
    (
      "/event", ["term": "x", "severity": "mild", "onset": "2024-10-09"],
      "It cannot have begun on 2024-10-09"
    ),
    ("/event", ["term": "x", "severity": "mild", "onset": "soon"], "Since when: found “soon”"),
    ("/deviation", ["kind": "other", "reason": " "], "found an empty text, expected words"),
    ("/deviation", ["kind": "paused", "reason": "x"], "What went differently: found nothing"),
    ("/deviation", ["kind": "wrong-kit", "reason": "x"], "say of which slot, and the code"),
    ("/deviation", ["kind": "missed-dose", "reason": "x"], "Say of which slot."),
    (
      "/deviation", ["kind": "late-dose", "slot": "5", "reason": "x"], "Slot 5 is due on 2024-10-08"
    ),
    ("/event", ["term": "\0", "severity": "mild"], "found a control character"),
    ("/event", ["term": "\u{202E}x", "severity": "mild"], "one that reorders its neighbours"),
    (
      "/event", ["term": "x", "severity": "mild", "onset": "0001-01-01"],
      "the earliest day is 2023-10-04"
    ),
    (
      "/event", ["term": "x", "severity": "mild", "kept": "9223372036854775807"],
      "a form can wait 14 days"
    ),
    ("/event", ["term": "x", "severity": "mild", "kept": "-1"], "Form: found “-1”"),
    (
      "/deviation", ["kind": "missed-dose", "slot": "5", "reason": "x"],
      "Slot 5 is due on 2024-10-08"
    ),
    ("/deviation", ["kind": "other", "slot": "99", "reason": "x"], "Slot 99: not in the schedule"),
    ("/deviation", ["kind": "other", "slot": "x", "reason": "x"], "Slot: found “x”"),
    ("/deviation", ["kind": "other", "kit": "ABC", "reason": "x"], "Kit code: found “ABC”"),
    ("/resume", ["reason": "x"], "The trial is not paused."),
  ])
  func whatCannotBeRecordedIsSaid(
    _ path: String, _ fields: [String: String], _ words: String
  ) async throws {
    let desk = try Desk()
    desk.go(toDay: 2)
    let (answer, page) = await desk.post(
      path, fields.merging(["once": Desk.token(1)]) { $1 })
    #expect([.conflict, .unprocessable].contains(answer.status))
    #expect(page.contains(words), "\(page)")
    #expect(try desk.events().isEmpty)
  }

  @Test func aPauseStopsTheAsking() async throws {
    let desk = try Desk()
    desk.go(toDay: 2)
    let pause = ["once": Desk.token(1), "reason": "ill"]
    #expect(await desk.post("/pause", pause).0.location == "/recorded?entry=1")
    #expect(await desk.page("/status").contains("Paused since 2024-10-05."))
    // The day of the pause can still be rated, what comes after it cannot.
    #expect(await desk.post("/guess", Desk.form(2, once: 2)).0.status == .seeOther)
    desk.go(toDay: 3)
    #expect(await desk.page("/").contains("Paused since 2024-10-05."))
    let (answer, page) = await desk.post("/guess", Desk.form(3, once: 3))
    #expect(answer.status == .conflict)
    #expect(
      page.contains(
        "Slot 3: the trial has been paused since 2024-10-05. <a href=\"/pause\">End the pause</a> first."
      ))
    #expect(
      await desk.post("/pause", ["once": Desk.token(4), "reason": "x"]).1
        .contains("The trial has been paused since 2024-10-05."))
    desk.go(toDay: 4)
    #expect(
      await desk.post("/resume", ["once": Desk.token(5), "reason": "well"]).0.status == .seeOther)
    #expect(await desk.post("/guess", Desk.form(4, once: 6)).0.status == .seeOther)
    // The day between stays missing, although it could be late.
    let (late, reason) = await desk.post("/guess", Desk.form(3, once: 7))
    #expect(late.status == .conflict)
    #expect(reason.contains("Slot 3: its day lies in the pause from 2024-10-05 to 2024-10-07."))
    #expect(await !desk.page("/").contains("slot=3"))
  }

  @Test func aCorrectionKeepsTheOldValue() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    _ = await desk.post("/guess", Desk.form(1, once: 1))
    #expect(await desk.page("/slot", ["slot": "1"]).contains("/correct?slot=1&amp;item=mood"))
    let form = await desk.page("/correct", ["slot": "1", "item": "mood"])
    #expect(form.contains("<b>6</b>. It stays readable"))
    #expect(!form.contains("checked"))
    let correct = [
      "once": Desk.token(2), "slot": "1", "item": "mood", "answer-mood": "4",
      "reason": "wrong line",
    ]
    for _ in 1...2 {
      #expect(await desk.post("/correct", correct).0.location == "/recorded?entry=2")
    }
    let page = await desk.page("/slot", ["slot": "1"])
    #expect(
      page.contains(
        "<s>6</s> corrected on 2024-10-04 at 20:00: wrong line</span><b>4</b>"))
    let (empty, said) = await desk.post(
      "/correct", correct.merging(["once": Desk.token(3), "answer-mood": "5", "reason": ""]) { $1 })
    #expect(empty.status == .conflict)
    #expect(said.contains("Reason of the correction: found an empty text, expected words."))
    #expect(
      await desk.post(
        "/correct", correct.merging(["once": Desk.token(4), "answer-mood": "99"]) { $1 }
      ).0
        .status == .unprocessable)
    #expect(await desk.get("/correct", ["slot": "2", "item": "mood"]).0.status == .conflict)
    #expect(await desk.get("/correct", ["slot": "1", "item": "x"]).0.status == .notFound)
    #expect(try desk.events().count == 2)
  }
}
