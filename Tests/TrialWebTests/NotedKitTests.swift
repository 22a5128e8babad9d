import BlindRecord
import Foundation
import LocalWeb
import Testing
import TrialJournal
import TrialTestSupport
import TrialWeb

/// What was noted of another kit before the check-in: nothing more is to be taken, and a note may be wrong.
@Suite struct NotedKitTests {
  /// A trial that was packed alone, on the day of slot 1.
  private static func packed() throws -> (desk: Desk, kits: [KitCode]) {
    let desk = try Desk(alone: true)
    let kits = (1...6).map { Desk.kit(100 + $0) }
    desk.go(toDay: 1, seconds: 0)
    let spares = [PackedKits.Spare(spare: 1, kit: Desk.kit(107))]
    _ = try desk.journal.append(PackedKits(kits: kits, spares: spares), clock: now())
    desk.go(toDay: 1)
    return (desk, kits)
  }

  private static func now() throws -> WallClock {
    .set(to: try #require(WallClock.moment(seconds: 20_000 * 86_400, zone: "UTC")))
  }

  private static func note(_ desk: Desk, _ slot: Int, _ kit: KitCode, once: Int) async {
    let fields = [
      "once": Desk.token(once), "kind": "wrong-kit", "slot": "\(slot)", "kit": kit.text,
      "reason": "dark",
    ]
    #expect(await desk.post("/deviation", fields).0.status == .seeOther)
  }

  private static func lastKit(_ desk: Desk) throws -> KitCode? {
    guard case .checkIn(let made)? = try desk.events().last else { return nil }
    return made.kit
  }

  @Test(arguments: [false, true])
  func afterAnotherKitWasTakenNoneIsToBeTaken(isAlone: Bool) async throws {
    let (desk, kits) =
      isAlone ? try Self.packed() : (try Desk(), (1...6).map { Desk.kit($0) })
    desk.go(toDay: 1)
    await Self.note(desk, 1, kits[1], once: 1)
    let name = isAlone ? "the kit of slot 2" : "kit \(kits[1].text)"
    for path in ["/", "/check-in"] {
      let page = await desk.page(path)
      #expect(page.contains("The record says that \(name) was taken"), "\(page)")
      #expect(page.contains("take nothing more"))
      #expect(!page.contains("Take the kit") && !page.contains("class=\"kit\""))
    }
    desk.go(toDay: 2)
    #expect(await desk.page("/").contains("</a>, only to be rated, until "))
    desk.go(toDay: 1)
    // The note named the kit, so it need not be at hand any more.
    #expect(await desk.post("/check-in", Desk.form(1, once: 2)).0.status == .ok)
    #expect(await desk.post("/guess", Desk.form(1, once: 2)).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == kits[1])
  }

  /// After a part of it nothing more is to be taken, and who packed alone still scans: the note names no kit.
  @Test(arguments: [("partial-dose", true), ("late-dose", false)])
  func afterAPartOfItNothingMoreIsToBeTaken(kind: String, isAlone: Bool) async throws {
    let (desk, kits) = isAlone ? try Self.packed() : (try Desk(), (1...6).map { Desk.kit($0) })
    desk.go(toDay: 1)
    let note = ["once": Desk.token(1), "kind": kind, "slot": "1", "kit": "", "reason": "spilled"]
    #expect(await desk.post("/deviation", note).0.status == .seeOther)
    for path in ["/", "/check-in"] {
      let page = await desk.page(path)
      #expect(page.contains("a dose was taken already: take nothing more"), "\(page)")
      #expect(!page.contains("Take the kit") && !page.contains("class=\"kit\""))
    }
    if isAlone {
      #expect(await desk.post("/check-in", Desk.form(1, once: 2)).0.status == .unprocessable)
    }
    let scanned = Desk.form(1, once: 3, isAlone ? ["kit": kits[0].text] : [:])
    #expect(await desk.post("/guess", scanned).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == kits[0])
  }

  /// The spare may be the wrong one: somebody said its number.
  @Test func anEmergencyNamesTheSpareThatStandsForTheSlot() async throws {
    let (desk, _) = try Self.packed()
    for (kind, kit) in [(Deviation.Kind.lostKit, nil), (.spareKit, Desk.kit(107))] {
      _ = try desk.journal.append(
        Deviation(slot: 1, kind: kind, kit: kit, reason: "fell"), clock: Self.now())
    }
    let words = "spare 1 stands for its kit, and holds the same if it is the right one"
    #expect(await desk.page("/emergency").contains(words))
    let form = Desk.form(1, once: 1, ["kit": Desk.kit(107).text])
    #expect(await desk.post("/guess", form).0.status == .seeOther)
    #expect(await desk.page("/emergency").contains(words), "after the check-in too")
  }

  @Test func aWrongNoteKeepsNoDoseOut() async throws {
    let (desk, kits) = try Self.packed()
    await Self.note(desk, 1, kits[1], once: 1)
    desk.go(toDay: 2)
    let today = await desk.page("/")
    #expect(today.contains("selfblind replace ") && today.contains("If that is wrong, take it"))
    let form = Desk.form(2, once: 2, ["kit": kits[1].text])
    let (refused, page) = await desk.post("/check-in", form)
    #expect(refused.status == .unprocessable)
    #expect(page.contains("name=\"note-wrong\"") && page.contains("selfblind replace "), "\(page)")
    let picture = try PictureFile.png(ofCodes: [kits[1].text])
    let (_, read) = await desk.post("/check-in/photograph", form, file: picture)
    #expect(read.contains("name=\"note-wrong\""))
    let ticked = form.merging(["note-wrong": "yes"]) { $1 }
    #expect(await desk.post("/check-in", ticked).0.status == .ok)
    #expect(await desk.post("/guess", ticked).0.status == .seeOther)
    guard case .checkIn(let made)? = try desk.events().dropLast().last else {
      Issue.record("no check-in before the remark")
      return
    }
    #expect(made.kit == kits[1])
    // What a check-in says was swallowed is not there any more, whatever is ticked.
    desk.go(toDay: 3)
    let twice = Desk.form(3, once: 3, ["kit": kits[1].text, "note-wrong": "yes"])
    let (again, said) = await desk.post("/check-in", twice)
    #expect(again.status == .unprocessable && !said.contains("name=\"note-wrong\""))
  }

  /// With its own kit scanned, slot 1 took no other one.
  @Test func theCheckInOverrulesTheNote() async throws {
    let (desk, kits) = try Self.packed()
    await Self.note(desk, 1, kits[1], once: 1)
    let own = Desk.form(1, once: 2, ["kit": kits[0].text])
    #expect(await desk.post("/check-in", own).0.status == .ok)
    #expect(await desk.post("/guess", own).0.status == .seeOther)
    desk.go(toDay: 2)
    #expect(await desk.page("/").contains("<p class=\"kit\">slot 2</p>"))
    let form = Desk.form(2, once: 3, ["kit": kits[1].text])
    #expect(await desk.post("/check-in", form).0.status == .ok)
    #expect(await desk.post("/guess", form).0.status == .seeOther)
  }

  /// Where somebody else packed no code is asked for, and one can be typed.
  @Test func whereSomebodyElsePackedTheNoteCanBeWrongToo() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    await Self.note(desk, 1, Desk.kit(2), once: 1)
    #expect(await desk.page("/check-in").contains("If it was another kit after all: its code"))
    let own = Desk.form(1, once: 2, ["kit": Desk.kit(1).text])
    #expect(await desk.post("/check-in", own).0.status == .ok)
    #expect(await desk.post("/guess", own).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == Desk.kit(1))
    desk.go(toDay: 2)
    #expect(await desk.page("/").contains("<p class=\"kit\">\(Desk.kit(2).text)</p>"))
    #expect(await desk.post("/guess", Desk.form(2, once: 3)).0.status == .seeOther)
  }

  /// A note says that the slot's kit was swallowed the day before; who has it in hand says so.
  @Test func whereSomebodyElsePackedANoteOfAnotherSlotIsAskedAbout() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    await Self.note(desk, 1, Desk.kit(2), once: 1)
    desk.go(toDay: 2)
    let page = await desk.page("/check-in", ["slot": "2"])
    #expect(
      page.contains("was taken for slot 1, says the record") && !page.contains("with the kit"))
    let (refused, back) = await desk.post("/check-in", Desk.form(2, once: 2))
    #expect(refused.status == .unprocessable && back.contains("name=\"note-wrong\""), "\(back)")
    let ticked = Desk.form(2, once: 2, ["note-wrong": "yes"])
    #expect(await desk.post("/check-in", ticked).0.status == .ok)
    #expect(await desk.post("/guess", ticked).0.status == .seeOther)
    let events = try desk.events().suffix(2)
    guard case .checkIn(let made)? = events.first, case .deviation(let said)? = events.last else {
      Issue.record("\(events)")
      return
    }
    #expect(made.kit == Desk.kit(2))
    #expect(
      said
        == Deviation(
          slot: 2, kind: .other,
          reason:
            "the note is wrong which says that the kit \(Desk.kit(2).text) was taken for slot 1"))
    // Sent twice it is there once.
    #expect(await desk.post("/guess", ticked).0.status == .seeOther)
    #expect(try desk.events().count == 3)
    // Something was taken the day before, and its kit is not known any more: it is asked for.
    desk.go(toDay: 3)
    #expect(await desk.page("/emergency").contains("something, and no entry says which kit"))
    let (unknown, asked) = await desk.post("/check-in", Desk.form(1, once: 4))
    #expect(unknown.status == .unprocessable, "\(asked)")
    #expect(asked.contains("the record does not say which it was"))
    #expect(await desk.post("/guess", Desk.form(1, once: 5)).0.status == .unprocessable)
    #expect(
      await desk.page("/check-in", ["slot": "1"]).contains("a dose was taken already"))
    let own = Desk.form(1, once: 3, ["kit": Desk.kit(1).text])
    #expect(await desk.post("/guess", own).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == Desk.kit(1))
  }

  /// The kit that was replaced was found again, and taken.
  @Test func whereSomebodyElsePackedTheOwnKitCanBeFoundAgain() async throws {
    let desk = try Desk(spares: [Desk.kit(7)])
    desk.go(toDay: 1)
    let spare = Desk.kit(7)
    for (kind, kit) in [(Deviation.Kind.lostKit, nil), (.spareKit, spare)] {
      _ = try desk.journal.append(
        Deviation(slot: 1, kind: kind, kit: kit, reason: "fell"), clock: Self.now())
    }
    #expect(await desk.page("/check-in").contains("with the kit <b class=\"code\">\(spare.text)"))
    let own = Desk.form(1, once: 1, ["kit": Desk.kit(1).text])
    #expect(await desk.post("/check-in", own).0.status == .ok)
    #expect(await desk.post("/guess", own).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == Desk.kit(1))
  }

  /// What was opened before the record changed is not recorded with a kit that it never showed.
  @Test func aFormRecordsTheKitThatItShowed() async throws {
    let desk = try Desk()
    desk.go(toDay: 1)
    let shown = "name=\"shown-1\" value=\"\(Desk.kit(1).text)\""
    #expect(await desk.page("/check-in").contains(shown))
    #expect(await desk.page("/offline").contains(shown))
    let form = Desk.form(1, once: 2, ["shown-1": Desk.kit(1).text])
    await Self.note(desk, 1, Desk.kit(2), once: 1)
    let (_, guess) = await desk.post("/check-in", form)
    #expect(guess.contains(shown), "the guess carries it")
    let (refused, back) = await desk.post("/guess", form)
    #expect(refused.status == .unprocessable, "\(refused.status)")
    #expect(
      back.contains(
        "found \(Desk.kit(1).text) on this form, expected \(Desk.kit(2).text), as the record says"))
    #expect(back.contains("name=\"shown-1\" value=\"\(Desk.kit(2).text)\""))
    let again = form.merging(["shown-1": Desk.kit(2).text]) { $1 }
    #expect(await desk.post("/guess", again).0.status == .seeOther)
    #expect(try Self.lastKit(desk) == Desk.kit(2))
  }
}
