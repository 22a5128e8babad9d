public import BlindRecord
import Synchronization
public import TrialSeal

/// A triangle test, alone: whether somebody who does not know which is which can tell the capsules apart.
///
/// The cups are filled and sorted like kits. Then each round's three cups stand in a row, and the odd one
/// is named; the order is opened after the last answer.
///
/// ```swift
/// let test = try MatchingTest.open(trial, in: folder, after: notes)
/// try test.scan("7GQ2MXX") { try journal.append($0, clock: clock) }
///                                   // .registered while filling, .cup(round: 7, cup: 2) while sorting
/// try test.answer(2)                // for round `test.round`
/// let note = try test.result(cues: ["smell"])
/// try test.close()                  // after the note is in the record
/// ```
public final class MatchingTest: Sendable {
  /// Where the test stands.
  public enum Step: Sendable, Equatable {
    /// Fill cups of `arms[content]`, label and scan each one.
    case fill(content: Int)
    /// The last cup of the content is registered: clear the bench, then `goOn()`.
    case clear(content: Int)
    /// Shuffle the cups, then `goOn()`.
    case shuffle
    /// Scan a cup, put it where the answer says; `goOn()` when all stand.
    case sort
    /// Look at the cups of a round and name the odd one.
    case answer(round: Int)
    /// All rounds are answered: `result` opens the order.
    case finish
  }

  /// What a scan is answered.
  public enum Answer: Sendable, Equatable {
    /// Filling: the label belongs to a cup of this content from now on.
    case registered
    /// Filling: the label was scanned before.
    case known
    /// Sorting: the cup's place.
    case cup(round: Int, cup: Int)
  }

  /// The names of the two contents, the reference first.
  public let arms: [String]
  /// The rule of the protocol.
  public let rule: Manifest.Packing.Matching
  /// The number of this test, from 1.
  public let number: Int
  private let trial: String
  private let cups: [KitCode]
  private let kits: [KitCode]
  private let order: MatchingOrder
  private let secret: [UInt8]
  private let state: Mutex<State>

  private struct State: Sendable {
    let files: PackingFiles
    var register: PackingRegister
    var answers: [UInt8]
    /// Whether the record says that the test was begun.
    var isAnnounced = false
  }

  /// What to look at; each is asked for after the last round.
  public static let cues = [
    "colour", "size", "shape or seam", "weight", "rattle", "smell", "taste", "powder outside",
    "writing or print", "how it floats or dissolves",
  ]

  private static let format = Array("selfblind/matching/v1".utf8)

  /// Opens the test that was begun, or begins the next one.
  ///
  /// - Parameter notes: what the journal says of tests so far.
  /// - Throws: `PackingError`.
  public static func open(
    _ trial: SealedTrial, in folder: String, after notes: [MatchingNote]
  ) throws -> MatchingTest {
    let job = try PackingJob(trial)
    guard let rule = trial.manifest.packing?.matching else { throw PackingError.noMatchingTest }
    let begun = notes.count { $0.result == nil }
    let isOpen = notes.last.map { $0.result == nil } ?? false
    return try MatchingTest(
      job, rule: rule, number: isOpen ? begun : begun + 1, isBegun: isOpen,
      commitment: isOpen ? notes.last?.commitment : nil, in: folder)
  }

  package init(
    _ job: PackingJob, rule: Manifest.Packing.Matching, number: Int, isBegun: Bool,
    commitment: String?, in folder: String
  ) throws {
    let files = try PackingFiles(folder: folder, register: PackingFolder.matching)
    arms = job.matched
    self.rule = rule
    self.number = number
    trial = job.trial
    (cups, kits) = (job.cups, job.labels)
    let quotas = [3 * rule.rounds / 2, 3 * rule.rounds / 2]
    let labels = job.cups.count
    // An earlier test whose result is in the record: the power went before its file did.
    if !isBegun, let earlier = try files.readRegister(MatchingTest.number), earlier < number {
      files.removeRegister()
    }
    let stored = try files.readRegister { bytes -> (secret: [UInt8], State)? in
      MatchingTest.read(bytes, number, job.trial, rule.rounds, quotas, labels, files)
    }
    if var stored {
      stored.1.isAnnounced = isBegun
      secret = stored.secret
      state = Mutex(stored.1)
      order = try MatchingOrder(secret: stored.secret, trial: job.trial, rounds: rule.rounds)
      guard commitment == nil || commitment == order.commitment else {
        throw PackingError.damaged("packing/matching.age")
      }
    } else {
      guard !isBegun else { throw PackingError.damaged("packing/matching.age") }
      let fresh = try MatchingOrder.newSecret()
      secret = fresh
      order = try MatchingOrder(secret: fresh, trial: job.trial, rounds: rule.rounds)
      let first = State(
        files: files, register: PackingRegister(quotas: quotas, labels: labels),
        answers: Array(repeating: 0, count: rule.rounds))
      try files.write(MatchingTest.bytes(first, fresh, number, job.trial))
      state = Mutex(first)
    }
  }

  /// The note that has to be in the record before the first cup is registered; `nil` when it is there.
  public var announcement: MatchingNote? {
    state.withLock { $0.isAnnounced }
      ? nil : MatchingNote(test: number, commitment: order.commitment, result: nil)
  }

  /// Where the test stands.
  public var step: Step {
    state.withLock { state in
      switch state.register.step {
      case .fill: return .fill(content: state.register.arm)
      case .clear: return .clear(content: state.register.arm)
      case .shuffle: return .shuffle
      case .sort: return .sort
      case .finished:
        return state.answers.firstIndex(of: 0).map { .answer(round: $0 + 1) } ?? .finish
      }
    }
  }

  /// Cups of this step that are done, how many there are, and the number of the scan that can be taken back.
  public var progress: (done: Int, total: Int, scans: Int) {
    state.withLock { state in
      let isFilling = state.register.step == .fill || state.register.step == .clear
      return (
        state.register.done, isFilling ? 3 * rule.rounds / 2 : 3 * rule.rounds,
        state.register.scans.count
      )
    }
  }

  /// Takes the code of a cup.
  ///
  /// A test begins with its first cup: who only looks at the first step has begun none.
  ///
  /// - Parameter announce: writes the note that the test was begun into the record; called once, before the first
  ///   cup is registered.
  /// - Throws: `PackingError`, or what `announce` throws; nothing has changed then.
  public func scan(_ typed: String, announce: (MatchingNote) throws -> Void) throws -> Answer {
    guard let code = KitCode(typed) else { throw PackingError.unreadableCode }
    guard let label = cups.firstIndex(of: code) else {
      let piece: PackingPiece = step == .sort ? .drawnCup : .cup
      throw kits.contains(code)
        ? PackingError.kitLabel(code, on: piece) : .foreignLabel(code, on: piece)
    }
    if let note = announcement {
      try announce(note)
      state.withLock { $0.isAnnounced = true }
    }
    return try register(code, label)
  }

  private func register(_ code: KitCode, _ label: Int) throws(PackingError) -> Answer {
    try change { state throws(PackingError) in
      switch state.register.step {
      case .fill: return state.register.register(label) ? .registered : .known
      case .sort:
        guard state.register.entries[label].state != .free else {
          throw .neverRegistered(code, on: .drawnCup)
        }
        state.register.sort(label)
        let place = state.register.place(of: label, order.tickets) - 1
        return .cup(round: place / 3 + 1, cup: place % 3 + 1)
      case .clear, .shuffle, .finished: throw .notScanned(step: "\(state.register.step)")
      }
    }
  }

  /// Takes the last scan of this step back.
  ///
  /// - Parameter scan: the number of the scan that is meant; `nil` for whichever is the last now.
  public func undo(_ scan: Int? = nil) throws(PackingError) {
    try change { state throws(PackingError) in try state.register.undo(scan) }
  }

  /// Says that the present step is done.
  public func goOn() throws(PackingError) {
    try change { state throws(PackingError) in
      guard !state.register.goOn() else { return }
      switch state.register.step {
      case .fill: throw .cupsNotFilled(3 * rule.rounds / 2 - state.register.done)
      case .sort: throw .cupsNotSorted(3 * rule.rounds - state.register.done)
      default: throw .notConfirmed(step: "\(state.register.step)")
      }
    }
  }

  /// Names the odd cup of the present round.
  ///
  /// - Precondition: `cup` is 1, 2 or 3.
  public func answer(_ cup: Int) throws(PackingError) {
    try change { state throws(PackingError) in
      guard state.register.step == .finished, let round = state.answers.firstIndex(of: 0),
        (1...3).contains(cup)
      else { throw .notConfirmed(step: "\(state.register.step)") }
      state.answers[round] = UInt8(cup)
    }
  }

  /// Opens the order, after the last answer.
  ///
  /// - Parameter cues: what was noticed, in words.
  public func result(cues: [String]) throws(PackingError) -> MatchingNote {
    guard step == .finish else { throw .notConfirmed(step: "answer") }
    let answers = state.withLock { $0.answers.map(Int.init) }
    return MatchingNote(
      test: number, commitment: order.commitment,
      result: MatchingNote.Result(
        answers: answers, secret: MatchingOrder.text(of: secret), right: order.right(answers),
        cues: cues))
  }

  /// Removes what only this test needed, after its result is in the record.
  public func close() { state.withLock { $0.files.removeRegister() } }

  private func change<Value: Sendable>(
    _ body: (inout State) throws(PackingError) -> Value
  ) throws(PackingError) -> Value {
    let outcome: Result<Value, PackingError> = state.withLock { state in
      let before = state
      do throws(PackingError) {
        let value = try body(&state)
        try state.files.write(MatchingTest.bytes(state, secret, number, trial))
        return .success(value)
      } catch {
        state = before
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private static func bytes(
    _ state: State, _ secret: [UInt8], _ number: Int, _ trial: String
  ) -> [UInt8] {
    format + [UInt8(number >> 8 & 255), UInt8(number & 255)] + secret + state.answers
      + state.register.bytes(trial: trial)
  }

  /// The number of the test that a register is of.
  private static func number(_ bytes: [UInt8]) -> Int? {
    guard bytes.starts(with: format), bytes.count > format.count + 2 else { return nil }
    return Int(bytes[format.count]) << 8 | Int(bytes[format.count + 1])
  }

  private static func read(
    _ bytes: [UInt8], _ number: Int, _ trial: String, _ rounds: Int, _ quotas: [Int],
    _ labels: Int, _ files: PackingFiles
  ) -> (secret: [UInt8], State)? {
    let head = format + [UInt8(number >> 8 & 255), UInt8(number & 255)]
    let start = head.count + MatchingOrder.secretLength
    guard bytes.starts(with: head), bytes.count > start + rounds,
      let register = PackingRegister(
        bytes: Array(bytes[(start + rounds)...]), trial: trial, quotas: quotas, labels: labels)
    else { return nil }
    return (
      Array(bytes[head.count..<start]),
      State(files: files, register: register, answers: Array(bytes[start..<(start + rounds)]))
    )
  }
}
