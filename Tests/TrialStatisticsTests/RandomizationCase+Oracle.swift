import Foundation
import TrialStatistics
import TrialTestSupport

/// A case of the reference inputs, with its set written as plainly as possible.
extension RandomizationCase {
  /// The slots of the endpoint.
  var kept: [Bool]? {
    guard dropFirstDaysOfEachPeriod > 0, let length = design.length else { return nil }
    return outcome.indices.map { $0 % length >= dropFirstDaysOfEachPeriod }
  }

  /// The reference set, written as plainly as possible.
  var reference: ReferenceSet { ReferenceSet(layers: layersOfDesign) }

  private var layersOfDesign: [[[Int32]]] {
    let slots = assignment.count
    let active = design.active?.list ?? []
    switch design.kind {
    case "blocks": return blockLayers(sizes: design.sizes ?? [], active: active)
    case "complete": return blockLayers(sizes: [slots], active: active)
    case "maxrun":
      let longest = design.maxRun ?? 0
      return layers(slots: slots, start: [0, -1, 0], ends: { $0[0] == active[0] }) {
        _, memory, arm in
        let run = arm == memory[1] ? memory[2] + 1 : 1
        return run > longest || memory[0] + arm > active[0] ? nil : [memory[0] + arm, arm, run]
      }
    case "periods":
      let length = design.length ?? 1
      return layers(slots: slots, start: [-1, -1]) { slot, memory, arm in
        let place = slot % (2 * length)
        if place == 0 { return [arm, arm] }
        if place % length == 0 { return arm == memory[0] ? nil : [memory[0], arm] }
        guard arm == memory[1] else { return nil }
        return place == 2 * length - 1 ? [-1, -1] : memory
      }
    case "bernoulli":
      let least = design.minPerArm ?? 0
      return layers(
        slots: slots, start: 0, ends: { $0 >= least && slots - $0 >= least }
      ) { _, used, arm in used + arm }
    case "phasesAB", "phasesABAB":
      let phases = design.kind == "phasesAB" ? 2 : 4
      let shortest = design.limit ?? 1
      return layers(
        slots: slots, start: [0, 0], ends: { $0[0] == phases - 1 && $0[1] >= shortest }
      ) { _, memory, arm in
        if arm == memory[0] % 2 { return [memory[0], min(shortest, memory[1] + 1)] }
        guard memory[1] >= shortest, memory[0] + 1 < phases else { return nil }
        return [memory[0] + 1, 1]
      }
    default: return []
    }
  }

  /// The set of an explicit list, or of the design's rule.
  var set: ReferenceSet {
    design.sequences.map { NaiveScheme($0).reference } ?? reference
  }

  /// The blocks of the block-adjusted statistic.
  var blocks: [Range<Int>] { ranges(design.sizes ?? [assignment.count]) }
}

/// The expected answers of one case.
struct OracleAnswer: Decodable {
  let observed: Fraction
  let pAtTau: [String: Counts]
  let ci: [String: Intervals]

  struct Fraction: Decodable {
    let numerator: Double
    let denominator: Double

    var value: Double { numerator / denominator }
  }

  struct Counts: Decodable {
    let total: String
    let ge: String
    let le: String
    let absGe: String
    let eq: String
    let undefinedCountedAsExtreme: String

    func share(_ count: String) -> Double {
      (UInt128(count).map { Double($0) } ?? .nan) / (UInt128(total).map { Double($0) } ?? .nan)
    }
  }

  struct Limits: Decodable {
    let lower: Fraction?
    let upper: Fraction?
  }

  struct Intervals: Decodable {
    let equalTailed: Limits
    let absolute: Limits
  }
}

struct OracleAnswers: Decodable {
  let expected: [String: [String: OracleAnswer]]
}
