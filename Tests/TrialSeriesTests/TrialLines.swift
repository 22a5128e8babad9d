import Foundation
import TrialStatistics

/// Lines of made-up trials, the same for the same number.
enum TrialLines {
  static let design =
    #"{"arms":["placebo","active"],"scheme":{"pairs":{"count":14}},"analysis":{"level":0.95}}"#

  /// A trial of 14 pairs with some missing ratings and guesses.
  static func line(_ number: Int, outcome: String = "mood", extra: String = "") -> String {
    var generator = CounterGenerator(seed: 5, simulation: number, stream: .noise)
    var (arms, values, guesses): ([String], [String], [String]) = ([], [], [])
    for _ in 0..<14 {
      let isFirst = generator.uniform() < 0.5
      for active in [isFirst, !isFirst] {
        arms.append(active ? "\"active\"" : "\"placebo\"")
        let value = (5 + 1.5 * generator.normal() + (active ? 0.5 : 0)).rounded()
        values.append(generator.uniform() < 0.05 ? "null" : "\(Int(max(0, min(10, value))))")
        let guess = generator.uniform()
        guesses.append(guess < 0.2 ? "\"dk\"" : guess < 0.6 ? "0.3" : "0.7")
      }
    }
    return
      #"{"id":"p\#(number)","design":\#(design),"arms":[\#(arms.joined(separator: ","))],"#
      + #""outcomes":{"\#(outcome)":[\#(values.joined(separator: ","))]},"#
      + #""guesses":[\#(guesses.joined(separator: ","))]\#(extra)}"#
  }

  /// A small trial of pairs with given ratings.
  static func small(_ id: String, _ values: [String], outcome: String = "m") -> String {
    let arms = values.indices.map { $0 % 4 == 0 || $0 % 4 == 3 ? "\"p\"" : "\"a\"" }
    return
      #"{"id":"\#(id)","design":{"arms":["p","a"],"scheme":{"pairs":{"count":\#(values.count / 2)}}},"#
      + #""arms":[\#(arms.joined(separator: ","))],"outcomes":{"\#(outcome)":[\#(values.joined(separator: ","))]}}"#
  }
}
