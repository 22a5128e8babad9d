import Foundation
import Testing

@testable import TrialDesign

/// Plans that could never claim anything, whatever is rated, and some that only look so.
@Suite("The reach of a plan")
struct PlanReachTests {
  private static let scheme = "blocks: {sizes: [4, 4, 4], active: [2, 2, 2]}"

  private static func faults(
    _ scheme: String, _ analysis: String = "", arms: String = "[placebo, active]"
  ) -> [String] {
    let items = "  - {name: sleep, prompt: How?, type: number, range: [0, 10]}\n    guess:"
    let text = Draft.text
      .replacingOccurrences(of: Self.scheme, with: scheme)
      .replacingOccurrences(of: "[placebo, active]", with: arms)
      .replacingOccurrences(
        of: "guess:", with: items.replacingOccurrences(of: "    guess", with: "guess")
      )
      .replacingOccurrences(
        of: "  level: 0.95", with: "  level: 0.95" + (analysis.isEmpty ? "" : "\n  \(analysis)"))
    return Draft.faults(text)
  }

  private static let three = "[placebo, active, {name: nothing, pill: none}]"

  @Test(
    "Holm's rule counts the comparisons",
    arguments: [
      ("blocks: {each: [1, 1, 1], repeat: 6}", "alsoTested: [sleep]", three, "0.125", 4),
      (
        "pairs: {count: 5}", "sides: greater\n  alsoTested: [sleep]", "[placebo, active]", "0.0625",
        2
      ),
      ("blocks: {each: [1, 1, 1], repeat: 5}", "sides: greater", three, "0.0625", 2),
      (
        "blocks: {sizes: [6], active: [3]}", "midP: true\n  alsoTested: [sleep]",
        "[placebo, active]", "0.1", 2
      ),
    ])
  func holm(_ scheme: String, _ plan: String, _ arms: String, _ p: String, _ comparisons: Int) {
    let found = Self.faults(scheme, plan, arms: arms)
    #expect(found.count == 1, "\(found)")
    #expect(
      found.first?.contains(
        "smallest p-value is \(p) after allowing for \(comparisons) comparisons") == true,
      "\(found)")
  }

  @Test("max-T needs no more assignments")
  func maxT() {
    #expect(Self.faults("pairs: {count: 6}", "alsoTested: [sleep]") == [])
    #expect(Self.faults("blocks: {each: [1, 1, 1], repeat: 6}", arms: Self.three) == [])
  }

  @Test("the absolute test of a set that is not its own mirror image needs half as many")
  func absolute() {
    #expect(Self.faults("complete: {slots: 7, active: 2}", "sides: absolute") == [])
    #expect(Self.faults("complete: {slots: 7, active: 2}").count == 1)
    let mirrored = Self.faults("complete: {slots: 6, active: 3}", "sides: absolute")
    #expect(mirrored.first?.contains("smallest p-value is 0.1,") == true, "\(mirrored)")
  }

  @Test("more columns than slots leave nothing")
  func columns() {
    let found = Self.faults(
      "complete: {slots: 8, active: 4}", "adjust: [weekday, trend, previous]")
    #expect(
      found.first?.contains("8 slots in the analysis and 9 columns to be taken out of them")
        == true,
      "\(found)")
    #expect(
      Self.faults("complete: {slots: 12, active: 6}", "adjust: [weekday, trend, previous]") == [])
  }

  @Test("looks that can never stop are refused")
  func monitoring() {
    let found = Self.faults("pairs: {count: 6}", "monitoring: {sd: 9}")
    #expect(found.first?.contains("monitoring whose evidence is at most 17.5") == true, "\(found)")
    #expect(Self.faults("pairs: {count: 8}", "monitoring: {sd: 2}") == [])
  }

  /// The largest evidence against the process itself, over every record of zeros and tens.
  @Test("perfectly parted ratings have the largest evidence")
  func largest() {
    let reach = MonitoringReach(blocks: [[2, 2], [1, 1]], sd: 3)
    let largest = reach.largest(width: 10)
    let half: [Double] = (1...10).map { Double($0) / 15 }
    let tilts: [Double] = half + half.map { -$0 }
    func evidence(_ y: [Double], _ arms: [Int]) -> Double {
      let sets = [[0, 1, 2, 3], [4, 5]]
      var logs: [Double] = []
      for tilt in tilts {
        var sum = 0.0
        for slots in sets {
          func difference(_ active: Set<Int>) -> Double {
            var found = 0.0
            for slot in slots { found += active.contains(slot) ? y[slot] : -y[slot] }
            return found / Double(slots.count / 2)
          }
          var means: [Double] = []
          for bits in 0..<(1 << slots.count) {
            let chosen = Set(
              slots.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
            if chosen.count == slots.count / 2 { means.append(exp(tilt * difference(chosen))) }
          }
          let own = Set(slots.filter { arms[$0] == 1 })
          sum += tilt * difference(own) - log(means.reduce(0, +) / Double(means.count))
        }
        logs.append(sum)
      }
      return logs.reduce(0) { $0 + exp($1) } / Double(logs.count)
    }
    let values = (0..<64).map { bits in (0..<6).map { bits >> $0 & 1 == 1 ? 10.0 : 0 } }
    let found = values.map { evidence($0, [1, 1, 0, 0, 1, 0]) }.max() ?? 0
    #expect(abs(found - largest) < 1e-9 * largest)
  }
}
