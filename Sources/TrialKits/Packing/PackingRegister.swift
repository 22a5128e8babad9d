import BlindRecord

/// Which label holds which ticket, and where packing stands: a value that knows no file and no key.
///
/// Everything that a step does is in here, so that simulations pack thousands of times and the sealed
/// file only stores it. Each operation looks at every label, whatever is found.
struct PackingRegister: Equatable, Sendable {
  /// Where packing stands.
  enum Step: UInt8 {
    case fill, clear, shuffle, sort, finished
  }

  /// What a label is used for.
  struct Entry: Equatable {
    enum State: UInt8 {
      case free, registered, sorted, lost
    }
    var arm: UInt8 = .max
    var ticket: UInt16 = 0
    var state = State.free
    /// The move after a loss that the kit has a part in, from 1, until the step ends; 0 for none.
    var move: UInt8 = 0
  }

  /// Kits of each arm.
  let quotas: [Int]
  var step = Step.fill
  /// The arm that is filled, from 0.
  var arm = 0
  var entries: [Entry]
  /// The labels of this step's scans, oldest first.
  var scans: [Int] = []

  init(quotas: [Int], labels: Int) {
    self.quotas = quotas
    entries = Array(repeating: Entry(), count: labels)
    skipEmptyArms()
  }

  /// Kits of the current arm that are registered, or kits that are sorted.
  var done: Int {
    switch step {
    case .fill, .clear: entries.count { $0.state == .registered && $0.arm == UInt8(arm) }
    case .shuffle: 0
    case .sort, .finished: entries.count { $0.state == .sorted || $0.state == .lost }
    }
  }

  /// Kits that are registered and not sorted.
  var open: [Int] { entries.indices.filter { entries[$0].state == .registered } }

  /// Registers a label for the arm that is filled.
  ///
  /// - Returns: `false` for a label that was registered before, for whichever arm.
  mutating func register(_ label: Int) -> Bool {
    guard entries[label].state == .free else { return false }
    entries[label] = Entry(arm: UInt8(arm), ticket: UInt16(done), state: .registered)
    scans.append(label)
    if done == quotas[arm] { step = .clear }
    return true
  }

  /// Marks a label's kit as sorted; again is the same.
  mutating func sort(_ label: Int) {
    guard entries[label].state == .registered else { return }
    entries[label].state = .sorted
    scans.append(label)
  }

  /// Takes the last scan of this step back.
  ///
  /// - Parameter scan: its number, from 1; `nil` for the last one whichever it is.
  /// - Throws: `nothingToUndo` when there is none, `scanIsPast` when that one is not the last.
  mutating func undo(_ scan: Int? = nil) throws(PackingError) {
    guard let label = scans.last else { throw .nothingToUndo }
    if let scan, scan != scans.count { throw .scanIsPast(scan) }
    scans.removeLast()
    if step == .sort {
      entries[label].state = .registered
    } else {
      entries[label] = Entry()
      step = .fill
    }
  }

  /// Goes on to the next step; the order of the scans is forgotten.
  ///
  /// - Returns: `false` when the step is not over.
  mutating func goOn() -> Bool {
    switch step {
    case .fill, .finished: return false
    case .clear:
      arm += 1
      step = .fill
      skipEmptyArms()
    case .shuffle: step = .sort
    case .sort:
      guard open.isEmpty else { return false }
      for label in entries.indices { entries[label].move = 0 }
      step = .finished
    }
    scans = []
    return true
  }

  /// Gives the slots of missing kits to spares of the same arm, in the order of the tickets; which ones stays
  /// in `moves`.
  mutating func replaceOpen(slots: Int, tickets: [[Int]]) {
    var number = entries.map(\.move).max() ?? 0
    let missing = open
    for label in missing { entries[label].state = .lost }
    for label in missing where place(of: label, tickets) <= slots {
      let arm = entries[label].arm
      let spares = entries.indices.filter {
        entries[$0].arm == arm && entries[$0].state == .sorted && place(of: $0, tickets) > slots
      }
      guard let spare = spares.min(by: { entries[$0].ticket < entries[$1].ticket }) else {
        continue
      }
      number += 1
      entries[label].move = number
      entries[spare].move = number
      // They change tickets, so that the place goes with the kit that is there.
      let ticket = entries[label].ticket
      entries[label].ticket = entries[spare].ticket
      entries[spare].ticket = ticket
    }
    scans = []
  }

  /// The places of the spares that were brought elsewhere, each with its new one: until the step ends, since
  /// nobody knows before that the kits stand there.
  func moves(_ tickets: [[Int]]) -> [(from: Int, to: Int)] {
    entries.indices.filter { entries[$0].move > 0 && entries[$0].state == .sorted }
      .compactMap { label in
        // A lost kit holds the ticket of the spare that went to its slot.
        entries.indices.first { entries[$0].move == entries[label].move && $0 != label }
          .map { (place(of: $0, tickets), place(of: label, tickets)) }
      }
  }

  /// Overwrites which label holds which ticket; the step stays.
  mutating func forget() {
    for label in entries.indices { entries[label] = Entry() }
    for scan in scans.indices { scans[scan] = 0 }
    scans = []
  }

  /// The place of a registered label.
  func place(of label: Int, _ tickets: [[Int]]) -> Int {
    tickets[Int(entries[label].arm)][Int(entries[label].ticket)]
  }

  private mutating func skipEmptyArms() {
    while arm < quotas.count, quotas[arm] == 0 { arm += 1 }
    if arm == quotas.count { (step, arm) = (.shuffle, 0) }
  }
}
