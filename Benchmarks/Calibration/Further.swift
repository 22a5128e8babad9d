import TrialAnalysis
import TrialDesign
import TrialStatistics
import TrialTestSupport

/// "How many more slots would have been needed": said by simulated trials of 28 slots, and tried out.
extension Calibration {
  /// One way to design a trial of any number of slots, and the noise of its person.
  private struct FurtherCase: Sendable {
    let name: String
    var statistic = "mean-difference"
    var whitening = "none"
    var phi = 0.0
    var missing = 0.0
    /// The scheme for so many slots.
    let scheme: @Sendable (Int) -> String
    /// The slots of a step of the scheme.
    let step: Int

    func trial(_ slots: Int) throws -> PlannedTrial {
      let text = ExampleProtocols.text(
        scheme: scheme(slots), statistic: statistic, whitening: whitening)
      return try PlannedTrial(ExampleProtocols.read(text))
    }

    func model(_ effect: Double) -> OutcomeModel {
      var model = OutcomeModel(effect: effect, noise: .known(sd: 1.5, autocorrelation: phi))
      model.missing = missing
      return model
    }

    /// The next number of slots that the scheme can have.
    func whole(_ slots: Double) -> Int { Int((slots / Double(step)).rounded(.up)) * step }
  }

  private static let furtherCases = [
    FurtherCase(
      name: "complete", scheme: { "complete: {slots: \($0), active: \($0 / 2)}" }, step: 2),
    FurtherCase(
      name: "complete, 20 % missing", missing: 0.2,
      scheme: { "complete: {slots: \($0), active: \($0 / 2)}" }, step: 2),
    FurtherCase(
      name: "complete, φ 0.6, whitened", whitening: "estimated", phi: 0.6,
      scheme: { "complete: {slots: \($0), active: \($0 / 2)}" }, step: 2),
    FurtherCase(name: "pairs", scheme: { "pairs: {count: \($0 / 2)}" }, step: 2),
    FurtherCase(
      name: "pairs, φ 0.6", phi: 0.6, scheme: { "pairs: {count: \($0 / 2)}" }, step: 2),
    FurtherCase(
      name: "blocks of four", statistic: "block-adjusted",
      scheme: { slots in
        func list(_ number: String) -> String {
          Array(repeating: number, count: slots / 4).joined(separator: ", ")
        }
        return "blocks: {sizes: [\(list("4"))], active: [\(list("2"))]}"
      }, step: 4),
  ]

  static func furtherSlots(trials: Int) throws {
    head(
      [
        "design", "said in the middle", "found with so many", "needed",
        "needed lies in what was said",
        "power said", "power",
      ],
      "Further slots: trials of 28 slots, an effect of 1, noise of 1.5; \(trials) trials each")
    for one in furtherCases {
      let (trial, model) = (try one.trial(28), one.model(1))
      let said = (0..<trials).compactMap { trial.further($0, seed: 7, under: model, effect: 1) }
      let totals = said.map { Double(28 + $0.slots) }.sorted()
      guard !totals.isEmpty else { continue }
      let middle = one.whole(totals[totals.count / 2])
      let longer = try one.trial(middle)
      let found = (0..<trials).count { longer.finds($0, seed: 8, under: model) }
      let needed = slotsNeeded(Double(found) / Double(trials), at: middle)
      let holds = said.count {
        Double(28 + $0.fewest) <= needed && needed <= Double(28 + $0.most)
      }
      let now = (0..<trials).count { trial.finds($0, seed: 9, under: model) }
      let reached = said.reduce(0) { $0 + $1.reached } / Double(said.count)
      line([
        one.name, String(middle), rate(found, trials), text(needed, 0), rate(holds, said.count),
        percent(reached), rate(now, trials),
      ])
    }
  }

  /// The slots with which an effect is found in 80 of 100 trials, from the share at another number:
  /// the distance from 0 grows with their square root.
  private static func slotsNeeded(_ share: Double, at slots: Int) -> Double {
    let normal = NormalDistribution()
    let critical = normal.quantile(below: 0.975)
    let reached = critical + normal.quantile(below: min(0.999, max(0.001, share)))
    let wanted = critical + normal.quantile(below: 0.8)
    return Double(slots) * wanted * wanted / (reached * reached)
  }
}
