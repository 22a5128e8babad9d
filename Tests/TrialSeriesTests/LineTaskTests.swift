import Foundation
import Testing
import TrialAnalysis
import TrialDesign

@testable import TrialSeries

/// The answer to one line: the analysis of `analyze`, and every sentence of an error line.
struct LineTaskTests {
  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    #expect(bytes.last == 0x0A && bytes.dropLast().allSatisfy { $0 != 0x0A })
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func error(_ line: String, _ kind: LineTask.Kind = .analyze) throws -> String {
    let bytes = LineTask(kind).answer(Array(line.utf8))
    #expect(LineAnswer.isRefusal(bytes))
    let fault = try #require(try object(bytes)["error"] as? [String: Any])
    return try #require(fault["message"] as? String)
  }

  /// Designs of every kind of scheme, with the arms of a trial and a plan that differs from the usual one.
  private static let designs: [(design: String, yaml: String, arms: String)] = [
    (
      #"{"arms":["p","a"],"scheme":{"pairs":{"count":4}}}"#,
      "arms: [p, a]\nscheme: {pairs: {count: 4}}\n", "paappaap"
    ),
    (
      #"{"arms":["p","a"],"scheme":{"blocks":{"sizes":[4,4],"active":[2,1]}},"analysis":{"statistic":"block-adjusted","sides":"absolute","midP":true,"level":0.9}}"#,
      "arms: [p, a]\nscheme: {blocks: {sizes: [4, 4], active: [2, 1]}}\n"
        + "analysis: {statistic: block-adjusted, sides: absolute, midP: true, level: 0.9}\n",
      "paappppa"
    ),
    (
      #"{"arms":["p","a"],"scheme":{"complete":{"slots":8,"active":4}},"analysis":{"whitening":"estimated","prior":{"effectSD":1.5}}}"#,
      "arms: [p, a]\nscheme: {complete: {slots: 8, active: 4}}\n"
        + "analysis: {whitening: estimated, prior: {effectSD: 1.5}}\n", "ppaapaap"
    ),
    (
      #"{"arms":["p","a",{"name":"n","pill":"none"}],"scheme":{"blocks":{"each":[1,1,2],"repeat":2}}}"#,
      "arms: [p, a, {name: n, pill: none}]\nscheme: {blocks: {each: [1, 1, 2], repeat: 2}}\n",
      "pannnanp"
    ),
    (
      #"{"arms":["p","a"],"scheme":{"listed":{"assignments":["ppaappaa","aappaapp","papapapa"]}}}"#,
      "arms: [p, a]\nscheme: {listed: {assignments: [ppaappaa, aappaapp, papapapa]}}\n",
      "ppaappaa"
    ),
  ]

  /// Whatever a brief answer says, `analyze` says too, to the last digit.
  @Test("a brief answer is a part of what analyze says", arguments: designs.indices)
  func brief(index: Int) throws {
    let (json, yaml, letters) = Self.designs[index]
    let arms = letters.map { "\"\($0)\"" }.joined(separator: ",")
    let moods = ["4", "6.5", "8", "5", "6", "null", "3.25", "7"]
    let guesses = ["0.2", "0.7", "\"dk\"", "0.6", "0.9", "null", "0.5", "0.1"]
    let line =
      #"{"id":"x","design":\#(json),"arms":[\#(arms)],"outcomes":{"mood":[\#(moods.joined(separator: ","))]},"guesses":[\#(guesses.joined(separator: ","))]}"#
    let rows = letters.enumerated().map { slot, arm in
      "\(slot + 1),\(arm),\(moods[slot] == "null" ? "" : moods[slot]),"
        + (guesses[slot] == "null" ? "" : guesses[slot].replacing("\"", with: ""))
    }
    let csv = "slot,arm,mood,guess\n" + rows.joined(separator: "\n") + "\n"
    let open = try OpenDesign(bytes: Array(yaml.utf8), file: "design.yaml")
    let summary = AnalysisSummary(
      try TrialResult(
        DeclaredRecord(csv: Array(csv.utf8), csvName: "r.csv", design: open, outcome: nil)))
    let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(summary))
    let whole = try #require(encoded as? [String: Any])
    let full = try object(LineTask(.analyze, isFull: true).answer(Array(line.utf8)))
    #expect(try #require(full["analysis"] as? NSDictionary) == whole as NSDictionary)
    let short = try object(LineTask(.analyze).answer(Array(line.utf8)))
    let found = try #require(short["analysis"] as? [String: Any])
    #expect(found["outcome"] as? String == "mood")
    Self.expect(found, isPartOf: whole, at: "analysis")
    let parts = try #require(short["contributions"] as? [[String: Any]])
    #expect(parts.count == Set(letters).count - 1)
    #expect((parts[0]["se"] as? Double ?? 0) > 0)
  }

  private static func expect(_ one: Any, isPartOf other: Any, at path: String) {
    switch (one, other) {
    case (let one as [String: Any], let other as [String: Any]):
      for (key, value) in one {
        guard let there = other[key] else {
          Issue.record("\(path).\(key) is not in the whole")
          continue
        }
        // Other priors are made for the whole alone.
        if key == "sensitivity" { continue }
        expect(value, isPartOf: there, at: "\(path).\(key)")
      }
    case (let one as [Any], let other as [Any]):
      #expect(one.count == other.count, "\(path)")
      for (place, pair) in zip(one, other).enumerated() {
        expect(pair.0, isPartOf: pair.1, at: "\(path)[\(place)]")
      }
    case (let one as NSObject, let other as NSObject): #expect(one == other, "\(path)")
    default: Issue.record("\(path) is of another kind")
    }
  }

  @Test("a prior of the plan does not enter what is pooled")
  func flat() throws {
    let values = ["4", "6", "8", "5", "6", "7", "3", "7", "5", "6", "7", "2"]
    let plain = TrialLines.small("x", values)
    let sharp = plain.replacing(
      #""count":6}}"#, with: #""count":6}},"analysis":{"prior":{"effectSD":0.01}}"#)
    func part(_ line: String) throws -> [String: Any] {
      let answer = try object(LineTask(.analyze).answer(Array(line.utf8)))
      return try #require((answer["contributions"] as? [[String: Any]])?.first)
    }
    let (one, two) = (try part(plain), try part(sharp))
    #expect(one["effect"] as? Double == two["effect"] as? Double)
    #expect(one["se"] as? Double == two["se"] as? Double)
    #expect((one["effect"] as? Double ?? 0).magnitude > 0.1)
  }

  @Test("every sentence of an error line")
  func sentences() throws {
    let good = TrialLines.small("b", ["1", "2", "3", "4"])
    let cases: [(line: String, message: String)] = [
      ("", "found an empty line, expected one JSON object"),
      ("  ", "found an empty line, expected one JSON object"),
      (
        #"{"id":"x""#, "column 10: found the end of the line, expected a comma or }"
      ),
      (
        "[1]",
        "the line: found a list, expected an object with id, design, arms, outcomes, guesses, outcome, units"
      ),
      ("{}", "id: found nothing, expected a text that names the trial"),
      (
        good.replacing(#""id":"b""#, with: #""id":7"#),
        "id: found 7, expected a text of 1 to 200 characters without control characters"
      ),
      (
        good.replacing(#""outcomes""#, with: #""outcoms""#),
        #"the line: found the unknown key "outcoms", expected one of id, design, arms, outcomes, guesses, outcome, units"#
      ),
      (
        good.replacing("[1,2,3,4]", with: #"[1,"2",3,4]"#),
        #"outcomes.m[2]: found "2", expected a number, or null where it is missing"#
      ),
      (
        good.replacing("[1,2,3,4]", with: "[1,1e99,3,4]"),
        #"outcomes.m[2]: found "1e99", expected a number, or null where it is missing"#
      ),
      (
        good.replacing("[1,2,3,4]", with: "[1,2,3]"),
        "outcomes.m: found 3 slots, expected 4, as the design has"
      ),
      (
        good.replacing(#""p","a","a","p"]"#, with: #""p","a","a","a"]"#),
        #"arms[4]: found "a", expected an assignment that the scheme pairs can give"#
      ),
      (
        good.replacing(#""p","a","a","p"]"#, with: #""p","a","b","p"]"#),
        #"arms[3]: found the arm "b", expected p or a"#
      ),
      (
        good.replacing("[1,2,3,4]", with: "[1,null,null,4]"),
        "outcomes: found m: the arm a has no rating: there is nothing to compare, expected numbers of "
          + #""m" under both arms"#
      ),
      (
        String(good.dropLast()) + #","guesses":[0.5,1.5,null,"dk"]}"#,
        #"guesses[2]: found "1.5", expected a probability from 0 to 1, "dk", or null"#
      ),
      (
        String(good.dropLast()) + #","outcome":"joy"}"#,
        #"outcomes: found no outcome "joy", expected one of m"#
      ),
      (
        good.replacing(#""pairs":{"count":2}"#, with: #""pairs":{"count":0}"#),
        #"design:1:65: found "0", expected count as a whole number from 1 to 4000"#
      ),
      (
        good.replacing(#""design":{"arms":["p","a"],"scheme":{"pairs":{"count":2}}},"#, with: ""),
        "design: found nothing, expected an object with arms, scheme and analysis"
      ),
    ]
    for (line, message) in cases { #expect(try error(line) == message, "\(line)") }
    #expect(
      LineTask(.analyze).answer(nil)
        == Array(
          (#"{"error":{"message":"found a line of more than 1048576 bytes, expected a shorter one"},"#
            + #""id":null}"# + "\n").utf8))
  }

  @Test("an error line names its trial where it can be read")
  func named() throws {
    let line = TrialLines.small("anna", ["1", "2", "x", "4"])
    #expect(try object(LineTask(.analyze).answer(Array(line.utf8)))["id"] is NSNull)
    let other = TrialLines.small("anna", ["1", "2", "true", "4"])
    #expect(try object(LineTask(.analyze).answer(Array(other.utf8)))["id"] as? String == "anna")
  }

  @Test("a line is answered the same alone and among others, whatever was compiled before")
  func alone() {
    let task = LineTask(.analyze, withSums: true)
    let lines = (0..<5).map { Array(TrialLines.line($0).utf8) } + [Array("{".utf8)]
    let once = lines.map { task.answer($0) }
    let again = lines.reversed().map { LineTask(.analyze, withSums: true).answer($0) }
    #expect(once == Array(again.reversed()))
  }

  private static let plan =
    #"{"id":"d","design":{"arms":["p","a"],"scheme":{"pairs":{"count":7}}},"item":{"lower":0,"upper":10},"assumed":{"effect":1,"sd":1.5},"simulations":20,"seed":9}"#

  @Test("a planned line is what plan says of the same design, and is the same again")
  func planned() async throws {
    let answer = try object(LineTask(.plan).answer(Array(Self.plan.utf8)))
    #expect(answer["slots"] as? Int == 14)
    let diagnosis = try #require(answer["diagnosis"] as? [String: Any])
    #expect(diagnosis["simulations"] as? Int == 20)
    #expect(diagnosis["seed"] as? Int == 9)
    let power = try #require(diagnosis["power"] as? [String: Any])
    #expect((power["error"] as? Double ?? 0) > 0)
    #expect(
      LineTask(.plan).answer(Array(Self.plan.utf8))
        == LineTask(.plan).answer(Array(Self.plan.utf8)))
    let other = Self.plan.replacing(#""seed":9"#, with: #""seed":10"#)
    #expect(
      LineTask(.plan).answer(Array(Self.plan.utf8)) != LineTask(.plan).answer(Array(other.utf8)))
  }

  @Test("every sentence of a planned line")
  func plannedSentences() throws {
    let cases = [
      (
        #","seed":9"#, "",
        "seed: found nothing, expected a whole number: a line that says none could not be computed again"
      ),
      (
        #""seed":9"#, #""seed":-1"#,
        "seed: found -1, expected a whole number from 0 to 18446744073709551615"
      ),
      (
        #""simulations":20"#, #""simulations":0"#,
        "simulations: found 0, expected a whole number from 1 to 1000000"
      ),
      (
        #""sd":1.5"#, #""sd":0"#,
        "the standard deviation is 0: ratings that never vary show any difference on two days"
      ),
      (
        #","sd":1.5"#, "",
        "assumed.sd: found nothing, expected the standard deviation of ordinary days"
      ),
      (#""upper":10"#, #""upper":0"#, "item.upper: found 0, expected more than 0"),
      (
        #""assumed":{"effect":1"#, #""assumed":{"effekt":1"#,
        #"assumed: found the unknown key "effekt", expected one of effect, sd, autocorrelation, mean, trend, missing, carryOver, recognized, expectancy"#
      ),
    ]
    for (part, instead, message) in cases {
      #expect(try error(Self.plan.replacing(part, with: instead), .plan) == message)
    }
  }
}
