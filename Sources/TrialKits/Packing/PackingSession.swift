public import BlindRecord
import Foundation
import Synchronization
package import TrialSeal

/// Packing alone, scan-to-slot: what a wizard in the terminal or in the browser is a face of.
///
/// ```swift
/// let session = try PackingSession.open(trial, in: folder)   // goes on where it was left
/// try session.scan("7GQ2MXX")                                // .registered while filling
/// try session.goOn()                                         // the bench is clear; the bag is shuffled
/// try session.scan("7GQ2MXX")                                // .slot(17) or .spare(3) while sorting
/// try session.finish { packed in … }                         // into the record, then the key is removed
/// ```
///
/// Every change is on the disk before the call returns; after a crash `open` goes on with the step and the
/// counts of the last answer, or of the scan that was just being answered. A session may be shared by
/// threads; a second program is refused (`PackingError.busy`). No answer and no error names an arm or says
/// which kits went before, whatever is scanned (packing.md, section 9).
public final class PackingSession: Sendable {
  /// Where packing stands, and what the packer does now.
  public enum Step: Sendable, Equatable {
    /// Fill kits of `job.arms[arm]`, label and scan each one.
    case fill(arm: Int)
    /// The last kit of the arm is registered: put all kits into the bag, clear the bench, then `goOn()`.
    case clear(arm: Int)
    /// All arms are filled: shuffle the bag, then `goOn()`.
    case shuffle
    /// Draw a kit, scan it, put it where the answer says; `goOn()` when all are sorted.
    case sort
    /// All is sorted: `finish` puts it into the record.
    case finish

    /// One word for it, the same for every arm.
    public var name: String {
      switch self {
      case .fill: "fill"
      case .clear: "clear"
      case .shuffle: "shuffle"
      case .sort: "sort"
      case .finish: "finish"
      }
    }
  }

  /// What a scan is answered.
  public enum Answer: Sendable, Equatable {
    /// Filling: the label belongs to a kit of this arm from now on.
    case registered
    /// Filling: the label was scanned before, for this arm or an earlier one; nothing has changed.
    case known
    /// Sorting: the kit belongs to this slot; the same at each scan of it.
    case slot(Int)
    /// Sorting: the kit goes into the spare box, as the spare of this number.
    case spare(Int)
  }

  /// How far the present step is.
  public struct Progress: Sendable, Equatable {
    /// Kits of this step that are done.
    public let done: Int
    /// Kits of this step.
    public let total: Int
    /// The number of the scan that can be taken back: how many there are in this step.
    public let scans: Int
  }

  /// A spare that takes the place of a lost kit.
  public struct Move: Sendable, Equatable {
    /// The spare's number.
    public let spare: Int
    /// The slot that it is brought to.
    public let slot: Int
  }

  /// What is packed: names, numbers and labels, all public.
  public let job: PackingJob
  private let state: Mutex<State>

  private struct State: Sendable {
    var tickets: [[Int]]
    let files: PackingFiles
    var register: PackingRegister
    var isOver = false

    /// Overwrites what says which label holds what: a program that serves pages lives on when all is packed.
    mutating func forget() {
      isOver = true
      for arm in tickets.indices {
        for place in tickets[arm].indices { tickets[arm][place] = 0 }
      }
      register.forget()
    }
  }

  /// Opens packing of a job where it was left.
  ///
  /// - Parameters:
  ///   - sealedTickets: the bytes of `sealed/packing.age`.
  ///   - folder: the trial's folder.
  /// - Throws: `PackingError.busy`, `noKey`, `damaged`, `file`.
  package init(
    _ job: PackingJob, sealedTickets: [UInt8], in folder: String,
    register name: String = PackingFolder.register
  ) throws(PackingError) {
    let files = try PackingFiles(folder: folder, register: name)
    let quotas = job.arms.map(\.kits)
    let tickets = try files.open(sealedTickets, name: "sealed/packing.age") {
      PackingTickets(text: $0, trial: job.trial)
    }
    guard tickets.places.map(\.count) == quotas else { throw .damaged("sealed/packing.age") }
    var register = PackingRegister(quotas: quotas, labels: job.labels.count)
    let stored = try files.readRegister {
      PackingRegister(bytes: $0, trial: job.trial, quotas: quotas, labels: job.labels.count)
    }
    if let stored {
      register = stored
    } else {
      // From the first moment on, so that its being there tells nothing.
      try files.write(register.bytes(trial: job.trial))
    }
    self.job = job
    state = Mutex(State(tickets: tickets.places, files: files, register: register))
  }

  /// Where packing stands.
  public var step: Step { state.withLock { PackingSession.step(of: $0.register) } }

  /// How far the present step is.
  public var progress: Progress {
    state.withLock { state in
      let register = state.register
      let isFilling = register.step == .fill || register.step == .clear
      let total = isFilling ? job.arms[register.arm].kits : job.kits
      return Progress(done: register.done, total: total, scans: register.scans.count)
    }
  }

  /// Takes a scanned or typed code.
  ///
  /// - Returns: the answer, after it is on the disk.
  /// - Throws: `PackingError`; nothing has changed then.
  public func scan(_ typed: String) throws(PackingError) -> Answer {
    let label = try label(of: typed)
    return try change { state throws(PackingError) in
      switch state.register.step {
      case .fill: return state.register.register(label) ? .registered : .known
      case .sort:
        switch state.register.entries[label].state {
        case .free: throw .neverRegistered(job.labels[label])
        case .lost: throw .wasLost(job.labels[label])
        case .registered, .sorted: break
        }
        state.register.sort(label)
        let place = state.register.place(of: label, state.tickets)
        return place <= job.slots ? .slot(place) : .spare(place - job.slots)
      case .clear, .shuffle, .finished:
        throw .notScanned(step: PackingSession.step(of: state.register).name)
      }
    }
  }

  /// Takes the last scan of the present step back; again takes the one before.
  ///
  /// Says neither which label nor where it belonged.
  ///
  /// - Parameter scan: the number of the scan that is meant, `progress.scans` when it was shown; `nil` for
  ///   whichever is the last now.
  /// - Throws: `PackingError.nothingToUndo`: an earlier step is never reopened; `scanIsPast` for another scan
  ///   than the last.
  public func undo(_ scan: Int? = nil) throws(PackingError) {
    try change { state throws(PackingError) in try state.register.undo(scan) }
  }

  /// Says that the present step is done: the bench is clear, the bag is shuffled, all kits are sorted.
  ///
  /// - Returns: the next step.
  /// - Throws: `PackingError.notConfirmed` while kits are still to be filled, `notSorted` while some are
  ///   still to be sorted.
  @discardableResult
  public func goOn() throws(PackingError) -> Step {
    try change { state throws(PackingError) in
      let now = PackingSession.step(of: state.register)
      guard state.register.goOn() else {
        let open = state.register.open.count
        throw now == .sort ? .notSorted(open) : .notConfirmed(step: now.name)
      }
      return PackingSession.step(of: state.register)
    }
  }

  /// While sorting: says that every kit that is not sorted yet is lost or broken.
  ///
  /// - Returns: which spare is brought to which slot, also of earlier losses; a lost spare needs nothing.
  /// - Throws: `PackingError.tooManyLost`, `notGivenUp` in another step.
  public func giveUpOpenKits() throws(PackingError) -> [Move] {
    try change { state throws(PackingError) in
      _ = try countOpenKits(state)
      state.register.replaceOpen(slots: job.slots, tickets: state.tickets)
      return moves(state)
    }
  }

  /// While sorting: how many kits `giveUpOpenKits` would give up, to be asked about before it does.
  ///
  /// - Throws: as `giveUpOpenKits`.
  public func countOpenKits() throws(PackingError) -> Int {
    let outcome = state.withLock { state in
      Result { () throws(PackingError) in try countOpenKits(state) }
    }
    return try outcome.get()
  }

  private func countOpenKits(_ state: State) throws(PackingError) -> Int {
    guard state.register.step == .sort else {
      throw .notGivenUp(step: PackingSession.step(of: state.register).name)
    }
    let open = state.register.open.count
    let lost = open + state.register.entries.count { $0.state == .lost }
    guard lost <= job.mostLost else { throw .tooManyLost(lost, most: job.mostLost) }
    return open
  }

  /// Which spares were brought to which slots after a loss, until the sorting is said to be done: then they
  /// stand there.
  public var moves: [Move] { state.withLock { moves($0) } }

  private func moves(_ state: State) -> [Move] {
    state.register.moves(state.tickets)
      .map { Move(spare: $0.from - job.slots, slot: $0.to) }
      .sorted { $0.slot < $1.slot }
  }

  /// While sorting: the code to print again when the label of the only kit that is left is torn.
  ///
  /// - Returns: `nil` in another step, and while more kits than one are not sorted: which of them it is,
  ///   nobody can say.
  public var codeOfTheLastKit: KitCode? {
    state.withLock { state in
      guard state.register.step == .sort, state.register.open.count == 1 else { return nil }
      return state.register.open.first.map { job.labels[$0] }
    }
  }

  /// Puts the result into the record, then destroys the key and with it everything that is sealed to it.
  ///
  /// - Parameter record: writes the journal's `packed` entry; may be called again after a crash, so it takes
  ///   an entry that is already there as its own.
  /// - Throws: `PackingError.notConfirmed` before all is sorted; what `record` throws, and then nothing is lost.
  public func finish(_ record: (PackedKits) throws -> Void) throws {
    try state.withLock { state in
      guard !state.isOver else { throw PackingError.noKey }
      guard state.register.step == .finished else {
        throw PackingError.notConfirmed(step: PackingSession.step(of: state.register).name)
      }
      try record(packed(state))
      try state.files.destroyKey()
      state.forget()
    }
  }

  /// The codes by place, of the kits that are there.
  private func packed(_ state: State) -> PackedKits {
    var byPlace: [Int: KitCode] = [:]
    for label in state.register.entries.indices
    where state.register.entries[label].state == .sorted {
      byPlace[state.register.place(of: label, state.tickets)] = job.labels[label]
    }
    return PackedKits(
      kits: (1...job.slots).compactMap { byPlace[$0] },
      spares: (0..<job.spares).compactMap { spare in
        byPlace[job.slots + spare + 1].map { PackedKits.Spare(spare: spare + 1, kit: $0) }
      })
  }

  /// Makes a change, and returns when it is on the disk; when it cannot be written, nothing has changed.
  private func change<Value: Sendable>(
    _ body: (inout State) throws(PackingError) -> Value
  ) throws(PackingError) -> Value {
    let outcome: Result<Value, PackingError> = state.withLock { state in
      guard !state.isOver else { return .failure(.noKey) }
      let before = state.register
      do throws(PackingError) {
        let value = try body(&state)
        try state.files.write(state.register.bytes(trial: job.trial))
        return .success(value)
      } catch {
        state.register = before
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// The index of a label, by looking at all of them.
  private func label(of typed: String) throws(PackingError) -> Int {
    guard let code = KitCode(typed) else { throw .unreadableCode }
    var found: Int?
    for (index, label) in job.labels.enumerated() where label == code { found = index }
    if let found { return found }
    let piece: PackingPiece =
      state.withLock { $0.register.step == .sort } ? .drawnKit : .kit
    throw job.cups.contains(code) ? .cupLabel(code, on: piece) : .foreignLabel(code, on: piece)
  }

  private static func step(of register: PackingRegister) -> Step {
    switch register.step {
    case .fill: .fill(arm: register.arm)
    case .clear: .clear(arm: register.arm)
    case .shuffle: .shuffle
    case .sort: .sort
    case .finished: .finish
    }
  }
}

extension PackingSession {
  /// Lays the files of packing into a folder: the key and the tickets that are sealed to it.
  ///
  /// Sealing does the same for a trial; this is for tests and pages without one.
  package static func prepare(
    _ tickets: PackingTickets, trial: String, in folder: String
  ) throws -> [UInt8] {
    let key = try PackingKey.generate()
    try WholeFile.write(key.fileBytes, to: "\(folder)/\(PackingKey.fileName)")
    return try key.seal(tickets.bytes(trial: trial))
  }
}
