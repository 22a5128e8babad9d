import BlindRecord
import Foundation
import GroupStudy
import TrialDesign
import TrialReport
import TrialTestSupport

/// Small tables and what the program says about them.
enum StudyFixture {
  static let plan = """
    title: Small
    arms: [placebo, active]
    columns: {person: who, arm: arm, guess: guess, occasion: [day], missing: [NA]}
    covariates: {age: number, site: categories}
    outcomes: [y]
    analysis: {bootstrap: {replicates: 200}, smallestStratum: 2}

    """

  /// Ten persons with four days each; the guess follows the arm on most days.
  static func table(_ change: (inout [String]) -> Void = { _ in }) -> String {
    var lines = ["who,day,arm,guess,age,site,y"]
    for person in 0..<10 {
      for day in 0..<4 {
        let isActive = (person + day) % 2 == 1
        let isRight = (person * person + 3 * day) % 5 != 0
        let said = isActive == isRight
        let value =
          Double(person % 5) + (isActive ? 1 : 0) + (said ? 2 : 0)
          + Double((person * 7 + day * 5 + day * day * 3) % 11) / 4
        lines.append(
          "p\(person),\(day),\(isActive ? "active" : "placebo"),\(said ? "active" : "placebo"),"
            + "\(30 + person * person),\(["b", "a", "c"][person % 3]),\(value)")
      }
    }
    change(&lines)
    return lines.joined(separator: "\n") + "\n"
  }

  static func result(_ table: String = table(), plan: String = plan) throws -> StudyResult {
    let plan = try StudyPlan(bytes: Array(plan.utf8), file: "plan.yaml")
    let table = try StudyTable(csv: Array(table.utf8), name: "data.csv", plan: plan)
    return StudyResult(table, plan: plan, file: "data.csv")
  }

  /// The shared table of the citizen-science study; `nil` where it is not here.
  static func citizenScience(_ plan: String) throws -> StudyResult? {
    guard let url = SharedFiles.url("data/citizen-science-weeks.csv") else { return nil }
    let plan = try StudyPlan(bytes: Array(plan.utf8), file: "plan.yaml")
    let table = try StudyTable(csv: SharedFiles.bytes(url), name: "weeks.csv", plan: plan)
    return StudyResult(table, plan: plan, file: "weeks.csv")
  }
}
