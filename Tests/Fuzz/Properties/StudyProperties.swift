import BlindRecord
import Foundation
import GroupStudy
import TrialDesign
import TrialReport

/// What must hold of the plan and the table of a study: the first line that is `===` parts them.
enum StudyProperties {
  /// What is read can be analysed and reported as JSON, or is refused in a sentence.
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let border = lines.firstIndex(where: { $0.elementsEqual([0x3D, 0x3D, 0x3D]) }) else {
      _ = try plan(bytes)
      return
    }
    func joined(_ part: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
      Array(part.joined(separator: [0x0A]))
    }
    guard let plan = try plan(joined(lines[..<border])),
      let table = try table(joined(lines[(border + 1)...]), plan)
    else { return }
    try hold(table.persons <= table.rows.count, "more persons than rows")
    // Drawing persons anew costs a thousand times what reading does.
    guard plan.analysis.replicates <= 200, fingerprint(bytes).isMultiple(of: 16) else { return }
    let result = StudyResult(table, plan: plan, file: "x.csv")
    for outcome in result.outcomes {
      let counted =
        outcome.rows + outcome.withoutOutcome + outcome.withoutArm + outcome.withoutCovariate
      try hold(counted <= table.rows.count, "rows counted twice")
      try hold(
        (outcome.withoutGuess.effect == nil) == (outcome.withoutGuess.refusal != nil),
        "neither an effect nor a reason")
    }
    do {
      _ = try JSONSerialization.jsonObject(with: Data(try StudyReport(result).json.utf8))
    } catch {
      throw BrokenProperty("a report that cannot be made or read: \(error)")
    }
  }

  private static func plan(_ bytes: [UInt8]) throws(BrokenProperty) -> StudyPlan? {
    do { return try StudyPlan(bytes: bytes, file: "plan.yaml") } catch {
      try hold(!error.faults.isEmpty, "refused without a fault")
      for fault in error.faults {
        try hold(fault.line > 0 && fault.column > 0, "a fault at line \(fault.line)")
      }
      return nil
    }
  }

  private static func table(
    _ bytes: [UInt8], _ plan: StudyPlan
  ) throws(BrokenProperty) -> StudyTable? {
    do { return try StudyTable(csv: bytes, name: "x.csv", plan: plan) } catch {
      try hold(
        !error.message.unicodeScalars.contains { $0.properties.generalCategory == .control },
        "more than a sentence: \(error.message)")
      return nil
    }
  }

  /// Studies that are read to the end; the second with people who have one row each.
  static var seeds: [[UInt8]] {
    let plan = """
      title: s
      arms: [a, b]
      columns: {person: p, arm: t, guess: g, occasion: [d], missing: [NA]}
      sets: {x: {d: [1, 2, 3, 4]}, y: {d: 1}}
      covariates: {age: number, site: categories}
      outcomes: [{name: m, set: x, relevance: 1, covariates: [age, site]}, {name: n, column: m, set: y}]
      analysis: {level: 0.9, bootstrap: {replicates: 200}, smallestStratum: 2}

      """
    func table(_ days: Int) -> String {
      (0..<8).reduce(into: "p,t,g,d,age,site,m\n") { text, person in
        for day in 1...days {
          let isActive = (person + day) % 2 == 1
          let said = ["a", "b", "dk", "0.3", ""][(person * day + day) % 5]
          text +=
            "\(person),\(isActive ? "b" : "a"),\(said),\(day),\(30 + person * person),"
            + "\(["u", "v"][person % 2]),\((person * 7 + day * day * 3) % 11)\n"
        }
      }
    }
    return [4, 1].map { Array((plan + "===\n" + table($0)).utf8) }
  }
}
