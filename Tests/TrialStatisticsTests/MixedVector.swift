import Foundation
import TrialTestSupport

@testable import TrialStatistics

/// The values of Tests/Vectors/mixed-models.json, which lme4, lmerTest and pbkrtest computed.
struct MixedVector: Decodable {
  struct Model: Decodable {
    let personVariance, residualVariance, deviance: Double
    /// Estimate, standard error, degrees, t, lower, upper, p of each coefficient.
    let satterthwaite: [[Double]]
    let kenwardRoger: [[Double]]?
  }
  struct Rows: Decodable {
    let person: [Int]
    let active, guess, age, y: [Double]

    /// The columns of a model as R writes it.
    func columns(_ formula: String) -> [MixedDesign.Column] {
      var columns = [MixedDesign.Column("active", active)]
      if formula.contains("guess") { columns.append(MixedDesign.Column("guess", guess)) }
      if formula.contains("age") { columns.append(MixedDesign.Column("age", age)) }
      if formula.contains("*") {
        columns.append(MixedDesign.Column("both", zip(active, guess).map { $0 * $1 }))
      }
      return columns
    }
  }
  struct Case: Decodable {
    let data: Rows
    let models: [String: Model]
  }
  let sets: [String: Case]

  static func read() throws -> MixedVector {
    let url = SharedFiles.packageRoot.appending(path: "Tests/Vectors/mixed-models.json")
    return try JSONDecoder().decode(MixedVector.self, from: Data(contentsOf: url))
  }
}
