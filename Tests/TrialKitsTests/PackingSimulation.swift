import BlindRecord
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
    /// The answer for one arm takes a tenth of a standard deviation longer.
    case slowArm
    /// One slot of twelve is put on the disk with a flag.
    case flagOnOneSlot
  }

  static let slots = 12
  static let spares = 2
  /// Whether each slot holds the second arm: the truth.
  let arms: [Bool]
  /// For each slot, what an on-looker can say of it in numbers.
  private(set) var seen: [[Double]]
  /// The names of these numbers.
  static let features = [
    "place of the label in the manifest", "when it came out of the bag",
    "first character of its code",
    "whether the answer before was a spare", "the slot that came before", "a flag on the disk",
    "the label that came before", "how long the answer took",
  ]

  /// Packs a trial of its own: six of twelve slots, drawn from the number; the tickets by the sealing's code.
  init(number: Int, leak: Leak? = nil) throws {
    var random = SplitMix(simulation: number)
    let ones = Set(random.shuffled(PackingSimulation.slots).prefix(6))
    let assignment = Assignment(
      arms: (0..<PackingSimulation.slots).map { ones.contains($0) ? 1 : 0 })
    let quotas = [6 + PackingSimulation.spares, 6 + PackingSimulation.spares]
    let tickets = try PackingPlan.draw(
      seed: (0..<32).map { _ in UInt8(random.below(256)) }, quotas: quotas, assignment: assignment
    ).tickets.places
    let labels = (0..<PackingPlan.labelCount(kits: quotas.reduce(0, +))).map { _ in
      KitCode(values: (0..<KitCode.length).map { _ in random.below(31) })
    }.sorted { $0.text < $1.text }
    var register = PackingRegister(quotas: quotas, labels: labels.count)
    let sheet =
      leak == .sheetOrder
      ? Array(labels.indices) : random.shuffled(labels.count)
    var bag: [Int] = []
    for label in sheet.prefix(quotas.reduce(0, +)) {
      _ = register.register(label)
      bag.append(label)
      if register.step == .clear { _ = register.goOn() }
    }
    _ = register.goOn()
    if leak != .unshuffledBag { bag.shuffle(using: &random) }
    arms = assignment.arms.map { $0 == 1 }
    seen = PackingSimulation.look(
      at: bag.map { ($0, register.place(of: $0, tickets)) }, labels: labels,
      flag: leak == .flagOnOneSlot ? arms[4] : false)
    // Nothing in the answer depends on the arm, so its time is noise, unless it is planted.
    for slot in seen.indices {
      let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
      seen[slot].append(noise + (leak == .slowArm && arms[slot] ? 0.1 : 0))
    }
  }

  /// The numbers by slot, from the answers in their order.
  private static func look(
    at answers: [(label: Int, place: Int)], labels: [KitCode], flag: Bool
  ) -> [[Double]] {
    var rows = Array(repeating: [Double](), count: slots)
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
