import BlindRecord
import Testing
import TrialDesign
import TrialTestSupport

@testable import TrialKits
@testable import TrialSeal

/// One packing from the seed to the sorted kits, and everything that an on-looker sees of it.
struct PackingSimulation {
  /// What is wrong with a packing on purpose.
  enum Leak: CaseIterable {
    /// Labels are stuck on in the order of the manifest: it was printed in that order.
    case sheetOrder
    /// The bag was not shuffled.
    case unshuffledBag
    /// The tickets of each arm were not shuffled: its kits fill its slots in order.
    case unshuffledTickets
    /// One slot of twelve is put on the disk with a flag.
    case flagOnOneSlot
  }

  static let slots = 12
  static let protocolText = """
    selfblind: 1
    title: Twelve days
    arms: [placebo, caffeine]
    scheme: {complete: {slots: 12, active: 6}}
    schedule: {start: 2030-01-01, zone: UTC, every: 1}
    items: [{name: mood, prompt: How?, type: number, range: [0, 10]}]
    analysis: {outcome: mood, statistic: mean-difference, whitening: none, level: 0.95}
    packing: {by: participant, spares: 2}
    safety: {stoppingRules: [Stop.], emergencyContact: A, clinicianAsked: not-needed, lawful: true}
    """

  /// Whether each slot holds the second arm: the truth.
  let arms: [Bool]
  /// For each slot, what an on-looker can say of it in numbers.
  let seen: [[Double]]
  /// The names of these numbers.
  static let features = [
    "place of the label in the manifest", "when it came out of the bag",
    "first character of its code",
    "whether the answer before was a spare", "the slot that came before", "a flag on the disk",
    "the label that came before",
  ]

  /// Packs a trial of its own.
  ///
  /// - Parameter number: the share follows from it; two packings share nothing.
  init(number: Int, design: TrialProtocol, leak: Leak? = nil) throws {
    var random = SplitMix(seed: number)
    let share = (0..<32).map { _ in UInt8(random.below(256)) }
    let plan = try Plan(share: share, design: design, trial: Array(repeating: 7, count: 8))
    let packing = try #require(plan.packing)
    var tickets = packing.tickets.places
    if leak == .unshuffledTickets { tickets = tickets.map { $0.sorted() } }
    let quotas = tickets.map(\.count)
    var register = PackingRegister(quotas: quotas, labels: packing.labels.count)
    let sheet =
      leak == .sheetOrder
      ? Array(packing.labels.indices) : random.shuffled(packing.labels.count)
    var bag: [Int] = []
    for label in sheet.prefix(quotas.reduce(0, +)) {
      _ = register.register(label)
      bag.append(label)
      if register.step == .clear { _ = register.goOn() }
    }
    _ = register.goOn()
    if leak != .unshuffledBag { bag.shuffle(using: &random) }
    arms = plan.assignment.arms.map { $0 == 1 }
    seen = PackingSimulation.look(
      at: bag.map { ($0, register.place(of: $0, tickets)) }, labels: packing.labels,
      flag: leak == .flagOnOneSlot ? arms[4] : false)
  }

  /// The numbers by slot, from the answers in their order.
  private static func look(
    at answers: [(label: Int, place: Int)], labels: [KitCode], flag: Bool
  ) -> [[Double]] {
    var rows = Array(repeating: Array(repeating: 0.0, count: features.count), count: slots)
    for (turn, answer) in answers.enumerated() where answer.place <= slots {
      let before = turn > 0 ? answers[turn - 1] : (label: 0, place: 0)
      let letter = KitCode.alphabet.firstIndex(of: labels[answer.label].text.utf8.first ?? 0) ?? 0
      rows[answer.place - 1] = [
        Double(answer.label), Double(turn), Double(letter), before.place > slots ? 1 : 0,
        Double(before.place), answer.place == 5 && flag ? 1 : 0, Double(before.label),
      ]
    }
    return rows
  }
}
