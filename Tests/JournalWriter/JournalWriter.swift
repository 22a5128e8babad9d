import BlindRecord
import MerkleLog
import TrialJournal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process for the tests to kill: it writes entries and acknowledges each one after it is kept.
///
///     journal-writer check-ins FOLDER FIRST COUNT    one check-in for each slot
///     journal-writer events FOLDER TERM COUNT        adverse events
///     journal-writer lock FOLDER STEP                locks, and kills itself at a step
///
/// A program of its own and no mode of the shipped one, which would then have a door for made-up
/// entries.
@main struct JournalWriter {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 3 else { return finish("three or four arguments expected", 64) }
    do {
      let journal = try Journal.open(in: arguments[1])
      switch (arguments[0], arguments.dropFirst(3).first.flatMap { Int($0) }) {
      case ("check-ins", let count?):
        let first = Int(arguments[2]) ?? 1
        for slot in first..<(first + count) { try checkIn(slot, journal) }
      case ("events", let count?):
        for _ in 0..<count { try event(arguments[2], journal) }
      case ("lock", _):
        _ = try journal.lock(reason: "all slots done", clock: clock(journal)) { step in
          if "\(step)" == arguments[2] { kill(getpid(), SIGKILL) }
        }
      default: finish("unknown arguments", 64)
      }
      // A test that wants to kill it while the journal is open.
      if getenv("JOURNAL_WRITER_WAITS") != nil { while true { sleep(60) } }
      try journal.close()
    } catch {
      finish("\(error)", 2)
    }
  }

  /// Records one slot on its day and acknowledges it, or says that it was there.
  private static func checkIn(_ slot: Int, _ journal: Journal) throws {
    guard let occasion = journal.manifest.schedule.occasion(slot: slot) else { return }
    var answers: [String: Answer] = [:]
    for item in journal.manifest.items {
      switch item.kind {
      case .number(let lower, _, _, _): answers[item.name] = .number(lower)
      case .choice(let options): answers[item.name] = .choice(options.first ?? "")
      case .choices(let options, _): answers[item.name] = .choices(Array(options.prefix(1)))
      case .text: answers[item.name] = .text("")
      }
    }
    let guess =
      journal.manifest.guessPrompt == nil ? nil : TreatmentGuess(percent: 50, reason: "")
    let moment = Moment(seconds: occasion.day.ordinal * 86_400 + 72_000, zone: "UTC", offset: 0)
    do {
      let receipt = try journal.append(
        CheckIn(slot: slot, kit: occasion.kit, answers: answers, guess: guess),
        clock: .set(to: moment))
      say("ack \(slot) \(receipt.index)\n", to: 1)
    } catch JournalError.alreadyRecorded(let slot) {
      say("had \(slot)\n", to: 1)
    }
  }

  private static func event(_ term: String, _ journal: Journal) throws {
    let clock = clock(journal)
    let adverse = AdverseEvent(
      term: term, onset: clock.now.day, severity: .mild, serious: false)
    let receipt = try journal.append(adverse, clock: clock)
    say("ack \(receipt.index)\n", to: 1)
  }

  /// A clock that stands on the day after the last slot.
  private static func clock(_ journal: Journal) -> WallClock {
    let last = journal.manifest.schedule.occasions.map(\.day.ordinal).max() ?? 0
    return .set(to: Moment(seconds: (last + 1) * 86_400, zone: "UTC", offset: 0))
  }

  private static func say(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    write(descriptor, bytes, bytes.count)
  }

  private static func finish(_ text: String, _ status: Int32) {
    say(text + "\n", to: 2)
    exit(status)
  }
}
