import BlindRecord
import TrialJournal

/// An app that records and cannot unblind: what it imports does not know that arms exist.
@main struct RecorderOnly {
  static func main() throws {
    let journal = try Journal.open(in: CommandLine.arguments.dropFirst().first ?? ".")
    guard let clock = WallClock.system(zone: journal.manifest.schedule.zone),
      let due = journal.manifest.schedule.occasion(on: clock.now.day)
    else { return print("nothing is due today") }
    print("\(journal.manifest.title): slot \(due.slot), kit \(due.kit)")
    var answers: [String: Answer] = [:]
    for item in journal.manifest.items {
      print("\(item.prompt) (\(item.expectation))")
      answers[item.name] = try readLine().map(item.answer) ?? .skipped(reason: "no answer")
    }
    let guess = journal.manifest.guessPrompt.flatMap { _ in TreatmentGuess(percent: nil) }
    let checkIn = CheckIn(slot: due.slot, kit: due.kit, answers: answers, guess: guess)
    print("recorded, entry \(try journal.append(checkIn, clock: clock).index)")
  }
}
