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
  /// - Returns: `false` when there is none.
  mutating func undo() -> Bool {
    guard let label = scans.popLast() else { return false }
    if step == .sort {
      entries[label].state = .registered
    } else {
      entries[label] = Entry()
      step = .fill
    }
    return true
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
      step = .finished
    }
    scans = []
    return true
  }

  /// Gives the slots of missing kits to spares of the same arm, in the order of the tickets.
  ///
  /// - Returns: the missing kits and who takes their places, as labels.
  mutating func replaceOpen(slots: Int, tickets: [[Int]]) -> [(lost: Int, instead: Int)] {
    var moves: [(lost: Int, instead: Int)] = []
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
      moves.append((label, spare))
      // They change tickets, so that the place goes with the kit that is there.
      let ticket = entries[label].ticket
      entries[label].ticket = entries[spare].ticket
      entries[spare].ticket = ticket
    }
    scans = []
    return moves
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
