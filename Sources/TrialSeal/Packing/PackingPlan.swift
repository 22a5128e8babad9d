import BlindRecord
import OpenSSLCrypto
import TrialDesign

/// What packing adds to a plan: the spares' arms, the tickets, and the codes (packing.md, section 4).
///
/// Follows from the seed like everything else, so that nothing of packing has to be kept for the audit.
struct PackingPlan: Sendable {
  /// The arm of each spare, spare 1 first.
  let spareArms: [Int]
  /// By arm, its places in a random order.
  let tickets: PackingTickets
  /// The codes of the spares that are packed by another person.
  let spareKits: [KitCode]
  /// The codes on the labels, and on those of the cups, of a participant who packs alone.
  let labels: [KitCode]
  let cups: [KitCode]

  /// Derives it.
  ///
  /// - Parameter kits: the codes of the slots, then as many more as a helper's spares need.
  init(
    seed: [UInt8], part: PackingPart, design: TrialProtocol, assignment: Assignment,
    kits: [KitCode]
  ) throws {
    let slots = assignment.arms.count
    let isAlone = part.packer == .participant
    let quotas =
      isAlone
      ? design.kitsToFillAlone(spares: part.spares)
      : design.arms.indices.map { arm in assignment.arms.count { $0 == arm } + part.spares }
    (spareArms, tickets) = try PackingPlan.draw(seed: seed, quotas: quotas, assignment: assignment)
    spareKits = isAlone ? [] : Array(kits[slots...])
    let count = isAlone ? PackingPlan.labelCount(kits: quotas.reduce(0, +)) : 0
    let cupCount = 3 * (part.matching?.rounds ?? 0)
    let labelStream = try SeedStream(seed: seed, for: .labels)
    let all = try labelStream.kitCodes(
      count: isAlone ? count + PackingPlan.labelCount(kits: cupCount) : 0,
      without: Set(kits[..<slots]))
    // Sorted: the order in which they are printed, and so stuck on, must be in no file.
    labels = all[..<count].sorted { $0.text < $1.text }
    cups = cupCount == 0 ? [] : all[count...].sorted { $0.text < $1.text }
  }

  /// The spares' arms and the tickets, from numbers of kits by arm.
  static func draw(
    seed: [UInt8], quotas: [Int], assignment: Assignment
  ) throws -> (spareArms: [Int], tickets: PackingTickets) {
    let stream = try SeedStream(seed: seed, for: .packing)
    let spares = try quotas.indices.flatMap { arm in
      Array(repeating: arm, count: quotas[arm] - assignment.arms.count { $0 == arm })
    }.shuffled(by: stream)
    let arms = assignment.arms + spares
    let places = try quotas.indices.map { arm in
      try arms.indices.filter { arms[$0] == arm }.map { $0 + 1 }.shuffled(by: stream)
    }
    return (spares, PackingTickets(places: places))
  }

  /// Labels for so many kits: a spoiled one needs no printing.
  static func labelCount(kits: Int) -> Int { kits + max(8, (kits + 3) / 4) }

  /// What the manifest says of it.
  func manifest(_ part: PackingPart) -> Manifest.Packing {
    let isAlone = part.packer == .participant
    return Manifest.Packing(
      by: part.packer.rawValue, kits: tickets.places.reduce(0) { $0 + $1.count },
      replacements: part.spares, spareKits: isAlone ? nil : spareKits,
      labels: isAlone ? labels : nil, cups: part.matching == nil ? nil : cups,
      matching: part.matching.map {
        Manifest.Packing.Matching(rounds: $0.rounds, mostRight: $0.mostRight)
      })
  }

  /// The spares that may replace the kit of a slot, in the order in which they are taken.
  func replacements(slot: Int, slots: Int, most: Int) -> [Int] {
    let own = tickets.places.first { $0.contains(slot) } ?? []
    return own.filter { $0 > slots }.prefix(most).map { $0 - slots }
  }
}

/// The text of `sealed/spares-NNNN.age`: which spares may replace one slot's kit.
enum ReplacementNote {
  /// The width of every note of a trial, in bytes.
  static func width(spares: Int) -> Int { 24 + 12 * spares }

  /// One line, filled with line feeds.
  static func bytes(slot: Int, spares: [Int], width: Int) -> [UInt8] {
    let line = "slot \(slot): " + spares.map { "spare \($0)" }.joined(separator: ", ") + "\n"
    return Array(line.utf8) + [UInt8](repeating: 0x0A, count: max(0, width - line.utf8.count))
  }

  /// The spares of a text that is the note of a slot.
  static func spares(in text: [UInt8], slot: Int) -> [Int]? {
    let line = String(decoding: text.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    guard let found = line.wholeMatch(of: #/slot ([0-9]+): (spare [0-9]+(, spare [0-9]+)*)/#),
      Int(found.1) == slot
    else { return nil }
    return found.2.split(separator: ", ").compactMap { Int($0.dropFirst(6)) }
  }
}

extension Array {
  /// Its elements in an order drawn from a stream: exchanges from the last place down.
  func shuffled(by stream: SeedStream) throws -> [Element] {
    var list = self
    for place in list.indices.dropFirst().reversed() {
      let other = try stream.uniform(below: place + 1)
      list.swapAt(place, other)
    }
    return list
  }
}
