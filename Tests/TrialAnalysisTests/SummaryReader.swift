import Foundation
import Testing
import TrialAnalysis
import TrialDesign

/// The JSON object of an analysis, as a script would read it.
struct SummaryReader {
  private let object: [String: Any]

  /// The summary of a table under a design, both as bytes of files.
  init(csv: String, design: String, outcome: String? = nil) throws {
    let declared = try DeclaredRecord(
      csv: Array(csv.utf8), csvName: "ratings.csv",
      design: OpenDesign(bytes: Array(design.utf8), file: "design.yaml"), outcome: outcome)
    try self.init(TrialResult(declared))
  }

  init(_ result: TrialResult) throws {
    let data = try JSONEncoder().encode(AnalysisSummary(result))
    object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The field at a path such as `p.greater`; `nil` where it is absent.
  func field(_ path: String) -> Any? {
    var value: Any? = object
    for key in path.split(separator: ".") { value = (value as? [String: Any])?[String(key)] }
    return value
  }

  func number(_ path: String) -> Double? { (field(path) as? NSNumber)?.doubleValue }
  func text(_ path: String) -> String? { field(path) as? String }
  func isNull(_ path: String) -> Bool { field(path) is NSNull }
}

/// Whether two numbers agree to so many parts, or are both missing.
func agree(_ left: Double?, _ right: Double?, relative: Double = 1e-12) -> Bool {
  switch (left, right) {
  case (nil, nil): true
  case (let left?, let right?):
    abs(left - right) <= relative * max(1e-300, abs(left), abs(right)) || abs(left - right) < 1e-15
  default: false
  }
}
