import ArgumentParser
import BlindRecord
import Foundation
import TrialJournal

/// Records the answers of one occasion, or a later correction of one.
struct CheckInCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkin",
    abstract: "Record today's answers and the guess.",
    discussion: """
      selfblind checkin caffeine focus=6 restless=20 guess=60 --skip notes

      Without answers it asks for each of them. An entry belongs to the slot that is due today; late
      ones are taken for as many days as the protocol says. Nothing recorded is ever changed: with
      --correct the new answer counts and the old one stays readable.

      With --kit the code on the container is compared: of another slot, a spare, or not of this trial,
      each is one dialogue, the same whatever the kit holds. Where none was taken (missed-dose, lost-kit
      or broken-kit without a spare), the ratings are recorded without a code.
      """)

  @Argument(help: "The trial's folder.", transform: FolderName.read)
  var folder: String

  @Argument(
    help: ArgumentHelp(
      "Answers as item=value; guess=60 in percent, or guess=dk for \"don't know\".",
      valueName: "answer"))
  var answers: [String] = []

  @Option(help: ArgumentHelp("The slot it belongs to, if not today's.", valueName: "number"))
  var slot: Int?

  @Option(help: ArgumentHelp("The code on the kit that was taken.", valueName: "code"))
  var kit: String?

  @Option(
    help: ArgumentHelp("An item that is deliberately not answered.", valueName: "item"))
  var skip: [String] = []

  @Flag(help: "The answers correct those already recorded; needs --reason.")
  var correct = false

  @Option(help: ArgumentHelp("Why an answer is skipped or corrected.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("What the guess rests on.", valueName: "text"))
  var guessReason: String = ""

  @OptionGroup var time: ClockOptions

  func run() throws {
    let journal = try Journal.open(in: folder)
    let manifest = journal.manifest
    let clock = try time.wallClock(zone: manifest.zone)
    let today = clock.now.day
    let code = try DueSlot.kitCode(kit)
    let rows = try journal.rows(today: today)
    let dialogue = try KitDialogue(journal, rows: rows, clock: clock)
    guard !dialogue.isUnpacked else { throw JournalError.notPacked }
    let isAsking = answers.isEmpty && skip.isEmpty
    let occasion = try dialogue.occasion(slot: slot, kit: code, asking: isAsking)
    // What a departure says was taken goes before the schedule.
    let takenKit = rows[occasion.slot - 1].takenKit
    var form = AnswerForm(of: manifest)
    try form.take(answers, guessReason: guessReason)
    try form.skip(skip, reason: reason)
    if correct { return try record(form, of: occasion, rows, in: journal, clock) }
    let taken: KitCode?
    if isAsking {
      try checkOpen(occasion, in: journal, rows, today)
      // A code on the screen could be typed without a look at the kit, so who scans is not told it.
      let isTold = manifest.packing?.isAlone != true && !rows[occasion.slot - 1].isOnlyToBeRated
      let kit = isTold ? ", kit \(takenKit)" : ""
      try Output.show("\(manifest.title), slot \(occasion.slot), \(occasion.day)\(kit)")
      guard
        let dose = try dialogue.dose(
          of: occasion, kit: code, isAsked: manifest.packing != nil)
      else { return }
      taken = dose.kit
      try form.askForTheRest()
    } else {
      let hasNoDose = rows[occasion.slot - 1].hasNoDose
      let isTaken = rows[occasion.slot - 1].isOnlyToBeRated
      let isNeeded =
        manifest.packing?.isAlone == true || rows[occasion.slot - 1].hasUnknownKit
      guard code != nil || hasNoDose || isTaken || !isNeeded else {
        throw CommandRefusal(
          "the kit was not scanned",
          hint:
            "give its code: --kit CODE, as it stands on the label; if none was taken, record missed-dose, "
            + "lost-kit or broken-kit first")
      }
      taken = code ?? (hasNoDose ? nil : takenKit)
      // Also one that nobody typed, because somebody else packed, may have been swallowed at another slot.
      if let taken { try dialogue.demandAccount(of: taken, occasion) }
    }
    try form.checkComplete()
    let receipt = try journal.append(
      CheckIn(
        slot: occasion.slot, kit: taken, answers: form.complete, guess: form.guess),
      clock: clock)
    let delay = today.ordinal - occasion.day.ordinal
    let late = delay > 0 ? ", late by \(delay) \(delay == 1 ? "day" : "days")" : ""
    try Output.show("recorded slot \(occasion.slot) of \(rows.count)\(late) (\(receipt.entry))")
  }

  /// Refuses before the questions what would be refused after them.
  private func checkOpen(
    _ occasion: Occasion, in journal: Journal, _ rows: [SlotRecord], _ today: CalendarDay
  ) throws {
    let slot = occasion.slot
    guard try !journal.isLocked else { throw JournalError.locked }
    if rows.contains(where: {
      $0.occasion.slot == slot && [.recorded, .recordedLate].contains($0.status)
    }) {
      throw JournalError.alreadyRecorded(slot: slot)
    }
    if today < occasion.day {
      throw JournalError.notDue(slot: slot, due: occasion.day, today: today)
    }
    let lastDay = occasion.day.advanced(by: journal.manifest.schedule.entryWindow)
    if lastDay < today {
      throw JournalError.tooLate(slot: slot, lastDay: lastDay, today: today)
    }
    if let pause = try Pauses(journal.entries()).pause(over: occasion.day) {
      throw JournalError.paused(slot: slot, since: pause.from, until: pause.to)
    }
  }

  /// Records each answer of the form as a correction.
  private func record(
    _ form: AnswerForm, of occasion: Occasion, _ rows: [SlotRecord], in journal: Journal,
    _ clock: WallClock
  ) throws {
    guard let reason, !reason.isEmpty else {
      throw ValidationError("A correction needs a reason: --reason \"…\"")
    }
    guard form.guess == nil else {
      throw CommandRefusal(
        "a guess cannot be corrected", hint: "record what you think now as a deviation")
    }
    guard !form.answers.isEmpty else {
      throw ValidationError("A correction needs the new answer: item=value")
    }
    let standing = rows[occasion.slot - 1].answers
    for (item, answer) in form.answers.sorted(by: { $0.key < $1.key }) {
      if standing[item] == answer { throw JournalError.sameAnswer(slot: occasion.slot, item: item) }
      let receipt = try journal.append(
        Correction(slot: occasion.slot, item: item, answer: answer, reason: reason), clock: clock)
      try Output.show("corrected \(item) of slot \(occasion.slot) (\(receipt.entry))")
    }
  }
}
